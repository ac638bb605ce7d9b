import { z } from 'zod'
import { route } from '#socle/contrat.ts'

const zJour = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Une date est attendue.')
const zNumero = z.coerce.number().int().min(1)

export const zEcriture = z.object({
  numero: z.number(),
  le: z.string(),
  nom: z.string(),
  via: z.string().nullable(),
  acte: z.string(),
  genre: z.enum(['actes', 'lectures']),
  libelle: z.string().meta({ description: 'L’acte en français.' }),
  objet: z.string().nullable(),
  detail: z.string().nullable(),
  sensible: z.enum(['paie', 'sante']).nullable(),
  empreinte: z.string(),
})
export type EcritureVue = z.infer<typeof zEcriture>

export const lireEcritures = route({
  verbe: 'GET',
  chemin: '/api/journal/ecritures',
  resume: 'Cherche dans le journal de l’organisme, du plus récent au plus ancien',
  query: z.object({
    organisme: z.string().optional(),
    recherche: z.string().trim().max(100).optional(),
    genre: z.enum(['actes', 'lectures']).optional(),
    depuis: zJour.optional(),
    jusqua: zJour.optional(),
    page: zNumero.default(1),
    taille: zNumero.max(200).default(50),
  }),
  reply: z.object({
    ecritures: z.array(zEcriture),
    total: z.number().meta({ description: 'Nombre d’écritures trouvées.' }),
    scellement: z
      .object({ numero: z.number(), le: z.string(), autorite: z.string() })
      .nullable()
      .meta({ description: 'La dernière écriture datée par une autorité d’horodatage.' }),
  }),
})

export const verifierChaine = route({
  verbe: 'POST',
  chemin: '/api/journal/verification',
  resume: 'Relit tout le journal de l’organisme et dit s’il a été modifié',
  reply: z.object({ ecritures: z.number(), ruptures: z.array(z.object({ numero: z.number(), message: z.string() })) }),
})

export const exporter = route({
  verbe: 'GET',
  chemin: '/api/journal/export',
  resume: 'Donne le journal et ses preuves, vérifiables avec openssl',
  query: z.object({ organisme: z.string().optional(), de: zNumero.optional(), a: zNumero.optional() }),
  reply: z.unknown(),
})
