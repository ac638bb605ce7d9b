import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'
import { zProgression } from '#socle/progression.ts'
import { zReglagesAsap } from '../contract.ts'

const base = '/api/finances/echanges'
const texte = z.string()
const nul = z.string().nullable()

const zAnomalie = z.object({ code: texte, message: texte, lieu: texte.optional(), bloquante: z.boolean() })

export const zFlux = z.object({
  id: texte,
  nom: texte,
  budget: texte,
  exercice: z.number(),
  sens: z.enum(['D', 'R']),
  bordereauId: texte,
  typeBordereau: texte,
  bordereau: z.number(),
  pieces: z.number(),
  version: texte,
  etat: z.enum(['aCorriger', 'pret', 'remplace', 'remis', 'accepte', 'refuse']),
  libelleEtat: texte,
  genereLe: texte,
  genereParNom: texte,
  remisLe: nul,
  reponduLe: nul,
  motif: texte,
  anomalies: z.array(zAnomalie),
  actes: z.array(z.enum(['remettre', 'regenerer', 'simuler'])),
})
export type FluxVue = z.output<typeof zFlux>

/** A piece that the comptable rejected or put on hold. */
export const zRejet = z.object({
  pieceId: texte,
  sens: z.enum(['D', 'R']),
  numero: z.number(),
  exercice: z.number(),
  objet: texte,
  tiers: texte,
  ttc: texte,
  etat: z.enum(['rejetee', 'suspendue']),
  motif: texte,
  faire: texte,
})
export type RejetVue = z.output<typeof zRejet>

export const zAPart = z.object({
  id: texte,
  genre: texte,
  libelleGenre: texte,
  libelle: texte,
  montant: nul,
  detail: texte,
  faire: texte,
  fichier: texte,
  traiteLe: nul,
  traiteParNom: nul,
  note: texte,
})
export type APartVue = z.output<typeof zAPart>

export const zReponseVue = z.object({
  id: texte,
  genre: z.enum(['acquit', 'retour']),
  nom: texte,
  emiseLe: nul,
  recueLe: texte,
  recueParNom: texte,
  appliques: z.number(),
  deja: z.number(),
  misAPart: z.number(),
})
export type ReponseVue = z.output<typeof zReponseVue>

export const lireEchanges = route({
  verbe: 'GET',
  chemin: base,
  resume: 'Les échanges avec le comptable : rejets, ce qui est mis à part, flux et réponses',
  reply: z.object({
    rejets: z.array(zRejet),
    aPart: z.array(zAPart),
    flux: z.array(zFlux),
    reponses: z.array(zReponseVue),
    aEmettre: z.array(
      z.object({
        id: texte,
        libelle: texte,
        pieces: z.number(),
        /** A long flux that a job writes. */
        generation: zProgression.nullable(),
      }),
    ),
    demonstration: z.boolean(),
    peutEcrire: z.boolean(),
    peutRegler: z.boolean(),
    reglages: z.object({
      version: z.enum(['5.17', '5.24']),
      dematerialise: z.boolean(),
      asap: zReglagesAsap.nullable(),
    }),
  }),
})

const pBordereau = z.object({ bordereau: zId<'Bordereau'>() })
const pFlux = z.object({ flux: zId<'Flux'>() })

export const genererFlux = route({
  verbe: 'POST',
  chemin: `${base}/bordereaux/:bordereau/flux`,
  resume: 'Génère le flux PES d’un bordereau signé et le contrôle',
  params: pBordereau,
  /** No id yet: the bordereau is long, its flux is being written. */
  reply: z.object({ id: nul, anomalies: z.array(zAnomalie) }),
})
export const telechargerFlux = route({
  verbe: 'GET',
  chemin: `${base}/flux/:flux/fichier`,
  resume: 'Le fichier PES, tel qu’il a été généré',
  params: pFlux,
  reply: z.any(),
})
export const remettreFlux = route({
  verbe: 'POST',
  chemin: `${base}/flux/:flux/remise`,
  resume: 'Note que le flux est remis au comptable ; le bordereau est transmis',
  params: pFlux,
  reply: z.object({ fait: z.boolean() }),
})
export const simulerReponse = route({
  verbe: 'POST',
  chemin: `${base}/flux/:flux/simulation`,
  resume: 'Démonstration : le comptable simulé répond à ce flux',
  params: pFlux,
  reply: z.object({ appliques: z.number() }),
})

export const zBilan = z.object({
  genre: z.enum(['acquit', 'retour']),
  nom: texte,
  dejaLue: z.boolean(),
  appliques: z.number(),
  deja: z.number(),
  misAPart: z.number(),
  faits: z.array(z.object({ libelle: texte, effet: z.enum(['applique', 'deja', 'aPart']), detail: texte })),
})
export type Bilan = z.output<typeof zBilan>
export const deposerReponse = route({
  verbe: 'POST',
  chemin: `${base}/reponses`,
  resume: 'Lit un ACQUIT ou un PES Retour ; avec aBlanc, dit ce qu’il ferait sans rien changer',
  query: z.object({ aBlanc: z.enum(['0', '1']).optional() }),
  reply: zBilan,
})
export const traiterAPart = route({
  verbe: 'POST',
  chemin: `${base}/a-part/:apart/traitement`,
  resume: 'Note comment une ligne mise à part a été traitée',
  params: z.object({ apart: zId<'APart'>() }),
  body: z.object({ note: z.string().trim().min(3, 'Dites en une phrase ce qui a été fait.').max(300) }),
  reply: z.object({ fait: z.boolean() }),
})
export const reglerEchanges = route({
  verbe: 'PUT',
  chemin: `${base}/reglages`,
  resume: 'Choisit la version de PES et la signature électronique',
  body: z.object({ version: z.enum(['5.17', '5.24']), dematerialise: z.boolean() }),
  reply: z.object({ fait: z.boolean() }),
})

export const reglerAsap = route({
  verbe: 'PUT',
  chemin: `${base}/reglages/asap`,
  resume: 'Ce que disent les avis des sommes à payer que la DGFiP imprime',
  body: zReglagesAsap,
  reply: z.object({ fait: z.boolean() }),
})

export const zReste = z.object({
  tiers: texte,
  nom: texte,
  produit: texte,
  reste: texte,
  frais: texte,
  calculeLe: texte,
})
export type ResteVue = z.output<typeof zReste>
export const listerRestes = route({
  verbe: 'GET',
  chemin: `${base}/restes`,
  resume: 'Les restes à recouvrer par débiteur, selon le dernier retour du comptable',
  reply: z.object({ restes: z.array(zReste) }),
})
