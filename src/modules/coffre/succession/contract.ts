import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'

export const QUALITES = { heritier: 'Héritier', notaire: 'Notaire' } as const
export type Qualite = keyof typeof QUALITES

const zRemise = z.object({
  id: z.string(),
  beneficiaire: z.string(),
  qualite: z.enum(Object.keys(QUALITES) as [Qualite, ...Qualite[]]),
  motif: z.string(),
  documentId: z.string(),
  prepareePar: z.string(),
  prepareeLe: z.string(),
  estDeMoi: z.boolean().meta({ description: 'Je l’ai préparée : une autre personne décide.' }),
  etat: z.enum(['aDecider', 'accordee', 'remise', 'refusee']),
  decideePar: z.string().nullable(),
  decideeLe: z.string().nullable(),
  refusMotif: z.string().nullable(),
  remiseLe: z.string().nullable(),
})
export type Remise = z.output<typeof zRemise>

export const ETATS = {
  gele: 'Gelé, héritiers attendus',
  aDecider: 'Remise à décider',
  aRemettre: 'Remise accordée',
  remis: 'Remis, fermeture datée',
  ferme: 'Fermé',
  levee: 'Levé : c’était une erreur',
} as const
export type EtatSuccession = keyof typeof ETATS

const zSuccession = z.object({
  id: z.string(),
  personneId: z.string(),
  nom: z.string(),
  decedeeLe: z.string(),
  motif: z.string(),
  documentId: z.string(),
  declareePar: z.string(),
  declareeLe: z.string(),
  etat: z.enum(Object.keys(ETATS) as [EtatSuccession, ...EtatSuccession[]]),
  fermeturePrevueLe: z.string().nullable(),
  fermeeLe: z.string().nullable(),
  levee: z.object({ le: z.string(), par: z.string(), motif: z.string() }).nullable(),
  remises: z.array(zRemise),
})
export type Succession = z.output<typeof zSuccession>

const zMotif = z.string().trim().min(10, 'Dites pourquoi en une phrase (10 caractères au moins).').max(500)
const params = z.object({ succession: zId<'Succession'>() })
const base = '/api/coffre/successions'

export const listerSuccessions = route({
  verbe: 'GET',
  chemin: base,
  resume: 'Liste les coffres gelés par un décès, et ce qu’ils attendent',
  reply: z.object({ successions: z.array(zSuccession) }),
})

export const chercherTitulaires = route({
  verbe: 'GET',
  chemin: `${base}/titulaires`,
  resume: 'Cherche le titulaire d’un coffre par son nom ou son identifiant',
  query: z.object({ recherche: z.string().trim().min(3, 'Trois lettres au moins.').max(100) }),
  reply: z.object({
    titulaires: z.array(
      z.object({
        personneId: z.string(),
        nom: z.string(),
        identifiant: z.string().nullable(),
        employeurs: z.array(z.string()).meta({ description: 'Qui a déposé dans son coffre.' }),
      }),
    ),
  }),
})

export const deposerPreuve = route({
  verbe: 'POST',
  chemin: `${base}/preuves`,
  resume: 'Dépose un acte de décès ou la preuve d’une qualité, avant de s’en servir',
  reply: z.object({ documentId: z.string(), nom: z.string() }),
})

export const lirePreuve = route({
  verbe: 'GET',
  chemin: `${base}/preuves/:document`,
  resume: 'Ouvre l’acte de décès ou la preuve d’une qualité',
  params: z.object({ document: zId<'Document'>() }),
  reply: z.unknown().meta({ description: 'Le fichier, tel que déposé.' }),
})

export const declarerDeces = route({
  verbe: 'POST',
  chemin: base,
  resume: 'Déclare le décès d’un titulaire : son coffre est gelé tout de suite',
  body: z.object({
    id: zId<'Succession'>(),
    personneId: zId<'Personne'>(),
    decedeeLe: zJour,
    motif: zMotif,
    documentId: zId<'Document'>(),
  }),
  reply: zSuccession,
})

export const leverDeces = route({
  verbe: 'POST',
  chemin: `${base}/:succession/levee`,
  resume: 'Rend le coffre à son titulaire : le décès était une erreur',
  params,
  body: z.object({ motif: zMotif }),
  reply: zSuccession,
})

export const preparerRemise = route({
  verbe: 'POST',
  chemin: `${base}/:succession/remises`,
  resume: 'Prépare la remise des documents à un héritier ou à un notaire ; une autre personne décide',
  params,
  body: z.object({
    id: zId<'Remise'>(),
    beneficiaire: z.string().trim().min(3, 'Nom et prénom.').max(200),
    qualite: zRemise.shape.qualite,
    motif: zMotif,
    documentId: zId<'Document'>(),
  }),
  reply: zSuccession,
})

export const deciderRemise = route({
  verbe: 'POST',
  chemin: '/api/coffre/remises/:remise/decision',
  resume: 'Accorde ou refuse une remise préparée par une autre personne',
  params: z.object({ remise: zId<'Remise'>() }),
  body: z.union([z.object({ accord: z.literal(true) }), z.object({ accord: z.literal(false), motif: zMotif })]),
  reply: zSuccession,
})

export const telechargerRemise = route({
  verbe: 'GET',
  chemin: '/api/coffre/remises/:remise/archive',
  resume: 'Télécharge les documents d’une remise accordée, avec leurs preuves',
  params: z.object({ remise: zId<'Remise'>() }),
  reply: z.unknown().meta({ description: 'L’archive du coffre, et REMISE.txt : à qui, pourquoi, par qui.' }),
})
