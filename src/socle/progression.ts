import { z } from 'zod'

/** What a long work says of itself, event after event (server-sent events); the status line shows it. */
export const zProgression = z.object({
  etat: z.enum(['attente', 'enCours', 'pause', 'fait', 'echec']),
  fait: z.number().int().min(0),
  total: z.number().int().min(0),
  /** One sentence: « Calcul de la commune de Pontonx-sur-l’Adour ». */
  message: z.string().optional(),
})

export type Progression = z.infer<typeof zProgression>
