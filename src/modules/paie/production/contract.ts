import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zMois } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'

const zEtat = z.enum(['ouvert', 'calcule', 'aApprouver', 'renvoye', 'approuve', 'diffuse', 'clos'])

export const zSuivi = z.object({
  client: z.string(),
  nom: z.string(),
  type: z.string(),
  siren: z.string(),
  gestionnaire: z.string(),
  portefeuille: z.string(),
  etat: zEtat,
  agents: z.number(),
  bulletins: z.number(),
  anomalies: z.number(),
  bloquantes: z.number(),
  pieces: z.number(),
  piecesALire: z.number(),
  questions: z.number(),
  complements: z.number(),
  brut: z.string(),
  netAPayer: z.string(),
  cout: z.string(),
  estPerime: z.boolean(),
  dateLimite: z.string().nullable(),
})

export const lirePortefeuille = route({
  verbe: 'GET',
  chemin: '/api/pex/portefeuille',
  resume: 'Donne les collectivités suivies par la personne, avec l’état de leur mois ; toutes, pour un superviseur',
  query: z.object({ mois: zMois.optional() }),
  reply: z.object({ mois: z.string(), moisConnus: z.array(z.string()), suivis: z.array(zSuivi) }),
})

export const ETAPES = ['attente', 'calcul', 'approbation', 'edition', 'fini', 'arret'] as const

export const zProductionClient = z.object({
  client: z.string(),
  nom: z.string(),
  etape: z.enum(ETAPES),
  agents: z.number(),
  calcules: z.number(),
  edites: z.number(),
  anomalies: z.number(),
  bloquantes: z.number(),
  message: z.string().nullable(),
})

export const zProduction = z.object({
  id: z.string(),
  mois: z.string(),
  lanceePar: z.string(),
  lanceeLe: z.string(),
  finieLe: z.string().nullable(),
  jusqua: z.enum(['calcul', 'diffusion']),
  agents: z.number(),
  calcules: z.number(),
  edites: z.number(),
  collectivites: z.number(),
  finies: z.number(),
  arretees: z.number(),
  clients: z.array(zProductionClient),
})
export type Production = z.output<typeof zProduction>

export const lancerProduction = route({
  verbe: 'POST',
  chemin: '/api/pex/productions',
  resume:
    'Lance la paie du mois pour toutes les collectivités, un portefeuille ou quelques-unes ; un second envoi du même identifiant ne relance rien',
  body: z.object({
    id: zId<'Production'>(),
    mois: zMois,
    jusqua: z.enum(['calcul', 'diffusion']),
    /** Only the bodies of this portfolio. */
    portefeuille: zId<'Portefeuille'>().optional(),
    /** Only these bodies. */
    clients: z.array(zId<'Organisme'>()).min(1).max(2000).optional(),
  }),
  reply: zProduction,
})

export const listerProductions = route({
  verbe: 'GET',
  chemin: '/api/pex/productions',
  resume: 'Liste les dernières productions',
  reply: z.object({ productions: z.array(zProduction.omit({ clients: true })) }),
})

export const lireProduction = route({
  verbe: 'GET',
  chemin: '/api/pex/productions/:production',
  resume: 'Donne l’avancement d’une production, collectivité par collectivité',
  params: z.object({ production: zId<'Production'>() }),
  reply: zProduction,
})

export const suivreProduction = route({
  verbe: 'GET',
  chemin: '/api/pex/productions/:production/evenements',
  resume:
    'Suit une production : événements « avancement » (server-sent events), portant la même forme sans les collectivités',
  params: z.object({ production: zId<'Production'>() }),
  query: z.object({ organisme: zId<'Organisme'>() }),
  reply: z.any(),
})
