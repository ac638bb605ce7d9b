import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zMois } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'

export const EDITIONS = {
  livre: 'Livre de paie',
  charges: 'État des charges par organisme',
  journal: 'Journal de paie par compte',
  virements: 'Liste des virements',
  annuel: 'Récapitulatif de l’année',
  papier: 'Bulletins à remettre sur papier',
} as const
export type Edition = keyof typeof EDITIONS
export const FORMATS = ['pdf', 'xlsx', 'csv'] as const

export const lireEdition = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/editions',
  resume: 'Donne une édition du mois en PDF/A, en XLSX ou en CSV ; « projet » tant que la paie n’est pas approuvée',
  params: z.object({ mois: zMois }),
  query: z.object({
    organisme: zId<'Organisme'>(),
    edition: z.enum(Object.keys(EDITIONS) as [Edition, ...Edition[]]),
    format: z.enum(FORMATS).default('pdf'),
    /** One production of the month; all of them when it is left out. */
    rang: z.coerce.number().int().min(1).max(999).optional(),
  }),
  reply: z.any(),
})

export const lireAttestation = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/agents/:carriere/attestation',
  resume: 'Donne l’attestation d’emploi et de rémunération d’un agent en PDF/A',
  params: z.object({ mois: zMois, carriere: zId<'Carriere'>() }),
  query: z.object({ organisme: zId<'Organisme'>() }),
  reply: z.any(),
})
