import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'
import { route } from '#socle/contrat.ts'
import { zMois } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'

const GENRES = ['complementaire', 'urgence'] as const
export const LIBELLES_GENRE: Record<(typeof GENRES)[number], string> = {
  complementaire: 'Production complémentaire',
  urgence: 'Production d’urgence',
}
export const LIBELLES_ETAT_COMPLEMENT = {
  prepare: 'En préparation',
  aApprouver: 'À approuver',
  renvoye: 'Renvoyée, à corriger',
  approuve: 'Approuvée',
  diffuse: 'Terminée',
  abandonne: 'Abandonnée',
} as const

const zTotaux = z.object({
  bulletins: z.number(),
  brut: z.string(),
  cotisations: z.string(),
  netAPayer: z.string(),
  cout: z.string(),
})
const zAnomalie = z.object({
  code: z.string(),
  message: z.string(),
  conseil: z.string().nullable(),
  bloquante: z.boolean(),
})
const zAgent = z.object({
  carriereId: z.string(),
  nom: z.string(),
  matricule: z.string(),
  emploi: z.string(),
  acompte: z.string().nullable(),
  /** Net of the payslips of the month approved before this one. */
  dejaPaye: z.string(),
  /** Null while nothing is computed, or when nothing is left to pay. */
  brut: z.string().nullable(),
  netAPayer: z.string().nullable(),
  cout: z.string().nullable(),
  anomalies: z.array(zAnomalie),
})
const zResume = z.object({
  mois: z.string(),
  rang: z.number(),
  genre: z.enum(GENRES),
  motif: z.string(),
  etat: z.enum(Object.keys(LIBELLES_ETAT_COMPLEMENT) as (keyof typeof LIBELLES_ETAT_COMPLEMENT)[]),
  creeLe: z.string(),
  creePar: z.string(),
  totaux: zTotaux,
})
export const zComplement = zResume.extend({
  actes: z.array(z.enum(['calculer', 'envoyer', 'approuver', 'renvoyer', 'abandonner'])),
  calculeLe: z.string().nullable(),
  envoyeLe: z.string().nullable(),
  envoyePar: z.string().nullable(),
  approuveLe: z.string().nullable(),
  approuvePar: z.string().nullable(),
  motifRenvoi: z.string().nullable(),
  diffuseLe: z.string().nullable(),
  /** Names what is computed now: sent back with the act, so that nobody signs what he did not read. */
  empreinte: z.string().nullable(),
  bloquantes: z.number(),
  agents: z.array(zAgent),
})
export type Complement = z.output<typeof zComplement>

const mois = z.object({ mois: zMois })
const rang = mois.extend({ rang: z.coerce.number().int().min(2).max(999) })
const vu = z.object({ empreinte: z.string().regex(/^[0-9a-f]{64}$/) })
const chemin = '/api/paie/dossiers/:mois/complements'

export const listerComplements = route({
  verbe: 'GET',
  chemin,
  resume: 'Liste les productions d’un mois, la principale et celles qui la complètent, avec le total du mois',
  params: mois,
  reply: z.object({
    principale: zTotaux,
    complements: z.array(zResume),
    total: zTotaux,
    /** Why none can be opened now; null when it can. */
    refus: z.object({ complementaire: z.string().nullable(), urgence: z.string().nullable() }),
  }),
})

export const ouvrirComplement = route({
  verbe: 'POST',
  chemin,
  resume:
    'Ouvre une production complémentaire ou d’urgence pour quelques agents, et la calcule ; un second envoi du même identifiant n’en ouvre pas d’autre',
  params: mois,
  body: z.object({
    id: zId<'Complement'>(),
    genre: z.enum(GENRES),
    motif: z.string().trim().min(5, 'Dites pourquoi, en une phrase : l’ordonnateur la lit.').max(300),
    agents: z
      .array(z.object({ carriereId: zId<'Carriere'>(), acompte: zMontant.nullish() }))
      .min(1, 'Choisissez au moins un agent.')
      .max(500),
  }),
  reply: zComplement,
})
/** What the form asks: one acompte for each agent, or none. */
export const zOuverture = z.object({
  genre: z.enum(GENRES),
  motif: ouvrirComplement.body.shape.motif,
  carriereIds: z.array(zId<'Carriere'>()).min(1, 'Choisissez au moins un agent.').max(500),
  acompte: zMontant.nullish(),
})
export const lireComplement = route({
  verbe: 'GET',
  chemin: `${chemin}/:rang`,
  resume: 'Donne une production complémentaire, agent par agent, avec ce qui a déjà été payé',
  params: rang,
  reply: zComplement,
})
export const calculerComplement = route({
  verbe: 'POST',
  chemin: `${chemin}/:rang/calculer`,
  resume: 'Recalcule le mois entier des agents choisis et ne garde que la différence avec ce qui est payé',
  params: rang,
  reply: zComplement,
})
export const envoyerComplement = route({
  verbe: 'POST',
  chemin: `${chemin}/:rang/envoyer`,
  resume: 'Signe les contrôles d’une production complémentaire et l’envoie à l’ordonnateur',
  params: rang,
  body: vu,
  reply: zComplement,
})
export const approuverComplement = route({
  verbe: 'POST',
  chemin: `${chemin}/:rang/approuver`,
  resume: 'Approuve une production complémentaire : ses bulletins sont figés, puis remis',
  params: rang,
  body: vu,
  reply: zComplement,
})
export const renvoyerComplement = route({
  verbe: 'POST',
  chemin: `${chemin}/:rang/renvoyer`,
  resume: 'Renvoie une production complémentaire au gestionnaire, avec le motif',
  params: rang,
  body: z.object({ motif: z.string().trim().min(5, 'Dites ce qui est à corriger.').max(1000) }),
  reply: zComplement,
})
export const abandonnerComplement = route({
  verbe: 'POST',
  chemin: `${chemin}/:rang/abandonner`,
  resume: 'Abandonne une production complémentaire avant son approbation, avec les éléments saisis pour elle',
  params: rang,
  reply: zComplement,
})
