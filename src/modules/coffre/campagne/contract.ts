import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'

const zCampagne = z.object({
  id: z.string(),
  lanceePar: z.string(),
  lanceeLe: z.string(),
  finieLe: z.string().nullable(),
  proprietaires: z.number().int(),
  faits: z.number().int(),
  controles: z.number().int(),
  anomalies: z.number().int(),
})
export type CampagneVue = z.output<typeof zCampagne>

export const listerCampagnes = route({
  verbe: 'GET',
  chemin: '/api/coffre/campagnes',
  resume: 'Liste les contrôles d’intégrité de tous les documents',
  reply: z.object({ campagnes: z.array(zCampagne) }),
})

export const lancerCampagne = route({
  verbe: 'POST',
  chemin: '/api/coffre/campagnes',
  resume: 'Lance un contrôle d’intégrité de tous les documents et de tous les coffres',
  body: z.object({ id: zId<'Campagne'>() }),
  reply: z.object({ id: z.string() }),
})

const zConstat = z.object({ ou: z.string(), reference: z.string(), constat: z.enum(['corrompu', 'absent']) })
export type ConstatVu = z.output<typeof zConstat>

export const lireCampagne = route({
  verbe: 'GET',
  chemin: '/api/coffre/campagnes/:campagne',
  resume: 'Donne le rapport d’un contrôle d’intégrité',
  params: z.object({ campagne: zId<'Campagne'>() }),
  reply: z.object({ campagne: zCampagne, constats: z.array(zConstat) }),
})
