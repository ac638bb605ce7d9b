import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zJour, zMois } from '#socle/dates.ts'
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

const zPapier = z.object({
  id: z.string(),
  agentId: z.string(),
  nom: z.string(),
  matricule: z.string(),
  depuis: z.string(),
  preuve: z.string(),
  enregistrePar: z.string(),
})
export const listerPapier = route({
  verbe: 'GET',
  chemin: '/api/paie/papier',
  resume: 'Liste les agents qui reçoivent leur bulletin sur papier',
  reply: z.object({ agents: z.array(zPapier) }),
})
export const opposerPapier = route({
  verbe: 'POST',
  chemin: '/api/paie/papier',
  resume: 'Enregistre l’opposition d’un agent au bulletin électronique, avec sa date et sa preuve',
  body: z.object({
    id: z.uuid(),
    agentId: z.uuid(),
    depuis: zJour,
    preuve: z.string().trim().min(3, 'Citez la preuve gardée, par exemple « courrier du 3 novembre ».').max(200),
  }),
  reply: z.object({ agents: z.array(zPapier) }),
})
export const finirPapier = route({
  verbe: 'POST',
  chemin: '/api/paie/papier/:papier/finir',
  resume: 'Met fin à une opposition : l’agent revient au bulletin électronique',
  params: z.object({ papier: zId<'Papier'>() }),
  reply: z.object({ agents: z.array(zPapier) }),
})
