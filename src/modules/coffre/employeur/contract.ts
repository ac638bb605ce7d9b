import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'

export const ACCES = {
  ouvert: 'Coffre ouvert',
  invite: 'Lettre remise',
  sansAcces: 'Sans accès',
  papier: 'Papier demandé',
  ferme: 'Coffre fermé',
  gele: 'Coffre gelé (décès)',
} as const
export type EtatAcces = keyof typeof ACCES

const zTitulaire = z.object({
  personneId: z.string(),
  nom: z.string(),
  prenom: z.string(),
  etat: z.enum(Object.keys(ACCES) as [EtatAcces, ...EtatAcces[]]),
  documents: z.number().int(),
  dernierMois: z.string(),
  inviteeLe: z.string().nullable(),
  opposition: z.object({ id: z.string(), recueLe: z.string(), effetLe: z.string() }).nullable(),
})
export type TitulaireVu = z.output<typeof zTitulaire>

export const listerTitulaires = route({
  verbe: 'GET',
  chemin: '/api/coffre/titulaires',
  resume: 'Liste les agents qui ont reçu un document, avec l’état de leur accès au coffre',
  reply: z.object({ titulaires: z.array(zTitulaire) }),
})

export const editerLettres = route({
  verbe: 'POST',
  chemin: '/api/coffre/lettres',
  resume: 'Édite les lettres d’accès : un code par agent, qui remplace le précédent',
  body: z.object({ personnes: z.array(zId<'Personne'>()).min(1, 'Choisissez au moins un agent.').max(500) }),
  reply: z.unknown().meta({ description: 'Un PDF, une page par agent. Les codes n’existent nulle part ailleurs.' }),
})

export const noterOpposition = route({
  verbe: 'POST',
  chemin: '/api/coffre/oppositions',
  resume: 'Note qu’un agent demande des bulletins sur papier',
  body: z.object({ id: zId<'Opposition'>(), personneId: zId<'Personne'>(), recueLe: zJour, effetLe: zJour }),
  reply: z.object({ id: z.string() }),
})

export const leverOpposition = route({
  verbe: 'POST',
  chemin: '/api/coffre/oppositions/:opposition/levee',
  resume: 'Note qu’un agent accepte de nouveau les bulletins électroniques',
  params: z.object({ opposition: zId<'Opposition'>() }),
  body: z.object({ leveeLe: zJour }),
  reply: z.object({ levee: z.literal(true) }),
})

export const exporterPapier = route({
  verbe: 'GET',
  chemin: '/api/coffre/oppositions/liste',
  resume: 'Exporte la liste des agents qui demandent ou ont demandé du papier, avec ses dates',
  reply: z.unknown().meta({ description: 'Un fichier CSV, une ligne par demande, les demandes levées comprises.' }),
})
