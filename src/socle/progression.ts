import { z } from 'zod'

/** What a long work says of itself, event after event (server-sent events); the status line shows it. */
export const zProgression = z.object({
  etat: z.enum(['attente', 'enCours', 'pause', 'fait', 'echec']),
  fait: z.number().int().min(0),
  total: z.number().int().min(0),
  /** What is done, in words, where « fait sur total » would not be understood: « 5 500 calculés, 2 310 remis ». */
  compte: z.string().optional(),
  /** One sentence: « Calcul de la commune de Pontonx-sur-l’Adour ». */
  message: z.string().optional(),
})

export type Progression = z.infer<typeof zProgression>
