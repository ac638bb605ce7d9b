import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'
import { route } from '#socle/contrat.ts'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'

export const ETATS_PROPOSITION = ['proposee', 'publiee', 'refusee', 'retiree'] as const
export const ACTES = ['publier', 'refuser', 'retirer'] as const

export const zProposition = z.object({
  id: z.string(),
  code: z.string(),
  libelle: z.string(),
  unite: z.string(),
  depuis: z.string(),
  jusqua: z.string().nullable(),
  valeur: z.string(),
  tranches: z.array(z.string()).nullable(),
  texte: z.string(),
  source: z.string(),
  verifie: z.boolean(),
  note: z.string(),
  /** What was known over these dates when it is read: `null` is a hole. */
  remplace: z.string().nullable(),
  etat: z.enum(ETATS_PROPOSITION),
  proposeePar: z.string(),
  proposeeLe: z.string(),
  histoire: z.array(
    z.object({ id: z.string(), acte: z.enum(ACTES), par: z.string(), le: z.string(), motif: z.string() }),
  ),
  /** What the person who reads may do with it. */
  actes: z.array(z.enum(ACTES)),
})
export type Proposition = z.output<typeof zProposition>

const zLigneEffet = z.object({
  code: z.string(),
  libelle: z.string(),
  bulletins: z.number(),
  ecart: z.string(),
  ecartPatronal: z.string(),
})
const zMontants = z.object({ agent: zMontant.nullable(), employeur: zMontant.nullable() })
export const zResultat = z.object({
  bulletins: z.number(),
  touches: z.number(),
  debloques: z.number(),
  bloques: z.number(),
  ecartNet: z.string(),
  ecartCout: z.string(),
  lignes: z.array(zLigneEffet),
  collectivites: z.array(
    z.object({
      client: z.string(),
      nom: z.string(),
      bulletins: z.number(),
      touches: z.number(),
      debloques: z.number(),
      bloques: z.number(),
      ecartNet: z.string(),
      ecartCout: z.string(),
      /** The largest difference of one payslip of this body, net then cost. */
      plusGrandNet: z.string(),
      plusGrandCout: z.string(),
    }),
  ),
  /** Some payslips among those that move most, line by line; nobody is named. */
  exemples: z.array(
    z.object({
      collectivite: z.string(),
      profil: z.string(),
      ecartNet: z.string(),
      ecartCout: z.string(),
      lignes: z.array(z.object({ code: z.string(), libelle: z.string(), avant: zMontants, apres: zMontants })),
    }),
  ),
  /** Bodies that could not be computed at all, and why. */
  ecartees: z.array(z.object({ nom: z.string(), raison: z.string() })),
})
export type Resultat = z.output<typeof zResultat>

export const zSimulation = z.object({
  id: z.string(),
  mois: z.string(),
  propositions: z.array(z.string()),
  demandeePar: z.string(),
  demandeeLe: z.string(),
  etat: z.enum(['attente', 'enCours', 'fait', 'echec']),
  fait: z.number(),
  total: z.number(),
  resultat: zResultat.nullable(),
})
export type Simulation = z.output<typeof zSimulation>

const zTexte = (max: number) => z.string().trim().max(max)
const params = z.object({ id: zId<'Proposition'>() })
const motif = z.object({ motif: zTexte(500).min(3, 'Dites pourquoi en une phrase.') })

export const proposerValeur = route({
  verbe: 'POST',
  chemin: '/api/pex/propositions',
  resume: 'Propose une valeur légale datée, avec sa source ; rien n’en dépend avant sa publication',
  body: z.object({
    id: zId<'Proposition'>(),
    code: z.string().min(1, 'Choisissez le paramètre.'),
    depuis: zJour,
    jusqua: zJour.optional(),
    /** As people write it: `3,05 %`, `12,02`, `6/7`; for a scale, one step a line (`jusqu’à 499 : 28,1 %`). */
    valeur: zTexte(4000).min(1, 'Saisissez la valeur.'),
    texte: zTexte(300).min(3, 'Donnez le texte : loi, décret ou arrêté.'),
    source: zTexte(500).min(3, 'La source est obligatoire : où cette valeur a-t-elle été lue ?'),
    verifie: z.boolean(),
    note: zTexte(500).optional(),
  }),
  reply: zProposition,
})

export const listerPropositions = route({
  verbe: 'GET',
  chemin: '/api/pex/propositions',
  resume: 'Liste les valeurs proposées, publiées, refusées et retirées, avec ce que la personne peut en faire',
  reply: z.object({ propositions: z.array(zProposition) }),
})

export const lireProposition = route({
  verbe: 'GET',
  chemin: '/api/pex/propositions/:id',
  resume: 'Donne une valeur proposée, son histoire et sa dernière simulation',
  params,
  reply: z.object({ proposition: zProposition, simulation: zSimulation.nullable() }),
})

export const publierProposition = route({
  verbe: 'POST',
  chemin: '/api/pex/propositions/:id/publier',
  resume: 'Publie une valeur proposée par une autre personne : les calculs suivants s’en servent',
  params,
  reply: zProposition,
})
export const refuserProposition = route({
  verbe: 'POST',
  chemin: '/api/pex/propositions/:id/refuser',
  resume: 'Refuse une valeur proposée par une autre personne, avec la raison',
  params,
  body: motif,
  reply: zProposition,
})
export const retirerProposition = route({
  verbe: 'POST',
  chemin: '/api/pex/propositions/:id/retirer',
  resume: 'Retire une valeur proposée, ou publiée et dont aucun calcul ne s’est encore servi',
  params,
  body: motif,
  reply: zProposition,
})

export const simulerPropositions = route({
  verbe: 'POST',
  chemin: '/api/pex/simulations',
  resume: 'Lance la simulation de valeurs proposées sur tous les bulletins du dernier mois',
  body: z.object({
    id: zId<'Simulation'>(),
    propositions: z.array(zId<'Proposition'>()).min(1, 'Choisissez au moins une valeur.').max(30),
  }),
  reply: zSimulation,
})
export const lireSimulation = route({
  verbe: 'GET',
  chemin: '/api/pex/simulations/:id',
  resume: 'Donne une simulation et son résultat',
  params: z.object({ id: zId<'Simulation'>() }),
  reply: zSimulation,
})
export const suivreSimulation = route({
  verbe: 'GET',
  chemin: '/api/pex/simulations/:id/evenements',
  resume: 'Suit une simulation : événements « avancement » (server-sent events)',
  params: z.object({ id: zId<'Simulation'>() }),
  query: z.object({ organisme: zId<'Organisme'>() }),
  reply: z.any(),
})

export const listerParametres = route({
  verbe: 'GET',
  chemin: '/api/pex/parametres',
  resume: 'Liste les paramètres légaux de la paie : valeurs datées, unité, texte, source, vérifiés ou non',
  reply: z.object({
    parametres: z.array(
      z.object({
        code: z.string(),
        libelle: z.string(),
        theme: z.string(),
        unite: z.string(),
        valeurs: z.array(
          z.object({
            depuis: z.string(),
            jusqua: z.string().nullable(),
            valeur: z.string().nullable(),
            /** The steps of a scale, as people read them. */
            tranches: z.array(z.string()).nullable(),
            texte: z.string(),
            source: z.string(),
            verifie: z.boolean(),
            note: z.string().nullable(),
          }),
        ),
      }),
    ),
  }),
})
