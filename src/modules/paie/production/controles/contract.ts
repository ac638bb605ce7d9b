import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zMois } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'
import { zDossier } from '../../dossier/contract.ts'
import { CAUSES, type Cause } from './domain/ecarts.ts'
import { zReglagesControle } from './domain/reglages.ts'

/** Names of the causes, for the screens. */
export const LIBELLES_CAUSE = CAUSES

const zParams = z.object({ mois: zMois })
const zParamsCarriere = z.object({ mois: zMois, carriere: zId<'Carriere'>() })
const zCause = z.enum(Object.keys(CAUSES) as [Cause, ...Cause[]])

const zEcartDeLigne = z.object({
  code: z.string(),
  libelle: z.string(),
  avant: z.string().nullable(),
  apres: z.string().nullable(),
  ecart: z.string(),
  ecartPatronal: z.string(),
  parts: z.array(z.object({ cause: zCause, ecart: z.string(), ecartPatronal: z.string() })),
  inexplique: z.boolean(),
})
export const zEcartAgent = z.object({
  carriereId: z.string(),
  nom: z.string(),
  netAvant: z.string().nullable(),
  netApres: z.string().nullable(),
  ecartNet: z.string(),
  /** What each cause does to the net, with the facts behind it, in French. */
  causes: z.array(z.object({ cause: zCause, effetNet: z.string(), phrases: z.array(z.string()) })),
  lignes: z.array(zEcartDeLigne),
  /** `aExpliquer`: a line moved without a dated fact. `grand`: explained, but so large that it is shown. */
  verdict: z.enum(['explique', 'grand', 'aExpliquer', 'arrivee', 'depart']),
})
export type EcartAgent = z.output<typeof zEcartAgent>

export const listerEcarts = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/ecarts',
  resume:
    'Explique chaque différence avec le mois précédent, par agent et par ligne : valeur légale, carrière, absence…',
  params: zParams,
  reply: z.object({ moisPrecedent: z.string(), inchanges: z.number(), agents: z.array(zEcartAgent) }),
})

export const zLigneDeListe = z.object({
  code: z.string(),
  titre: z.string(),
  constats: z.array(z.object({ carriereId: z.string().nullable(), nom: z.string(), message: z.string() })),
  remarque: z.string(),
})
export type LigneDeListe = z.output<typeof zLigneDeListe>

const zDoubleRegard = z.object({
  carriereId: z.string(),
  nom: z.string(),
  /** « C’est votre propre bulletin. », or the link that was declared. */
  raison: z.string(),
  empreinte: z.string(),
  officier: z.string(),
  fait: z.object({ par: z.string(), le: z.string() }).nullable(),
  /** This person may give the second look. */
  peut: z.boolean(),
})

export const zListeDeControle = z.object({
  mois: z.string(),
  /** Hash of the run that the list speaks of; null when nothing is computed. */
  empreinte: z.string().nullable(),
  lignes: z.array(zLigneDeListe),
  signature: z.object({ par: z.string(), le: z.string() }).nullable(),
  peutSigner: z.boolean(),
  doublesRegards: z.array(zDoubleRegard),
})
export type ListeDeControle = z.output<typeof zListeDeControle>

export const lireControles = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/controles',
  resume: 'Donne la liste de contrôle du mois, ses constats, sa signature et les seconds regards attendus',
  params: zParams,
  reply: zListeDeControle,
})

export const signerControles = route({
  verbe: 'POST',
  chemin: '/api/paie/dossiers/:mois/controles/signer',
  resume: 'Signe la liste de contrôle des bulletins nommés par leur empreinte, avec les remarques du gestionnaire',
  params: zParams,
  body: z.object({
    empreinte: z.string(),
    remarques: z.record(z.string(), z.string().trim().max(1000)).optional(),
  }),
  reply: zListeDeControle,
})

export const donnerDoubleRegard = route({
  verbe: 'POST',
  chemin: '/api/paie/dossiers/:mois/agents/:carriere/double-regard',
  resume: 'Donne le second regard sur le bulletin d’un gestionnaire ou d’un de ses proches',
  params: zParamsCarriere,
  body: z.object({ empreinte: z.string() }),
  reply: zListeDeControle,
})

export const calculerAgent = route({
  verbe: 'POST',
  chemin: '/api/paie/dossiers/:mois/agents/:carriere/calculer',
  resume: 'Calcule le bulletin provisoire d’un seul agent ; les autres bulletins restent comme ils sont',
  params: zParamsCarriere,
  reply: zDossier,
})

export const lireReglages = route({
  verbe: 'GET',
  chemin: '/api/paie/controles/reglages',
  resume: 'Donne les seuils de contrôle de l’organisme et ce que sa convention dit de l’accord tacite',
  reply: zReglagesControle,
})
export const ecrireReglages = route({
  verbe: 'PUT',
  chemin: '/api/paie/controles/reglages',
  resume: 'Modifie les seuils de contrôle de l’organisme',
  body: zReglagesControle,
  reply: zReglagesControle,
})

export const zLien = z.object({
  id: z.string(),
  agentId: z.string(),
  agent: z.string(),
  lien: z.string(),
  declareLe: z.string(),
  finiLe: z.string().nullable(),
})
export const listerLiens = route({
  verbe: 'GET',
  chemin: '/api/paie/liens',
  resume: 'Liste les proches que la personne a déclarés parmi les agents de l’organisme',
  reply: z.object({ liens: z.array(zLien) }),
})
export const declarerLien = route({
  verbe: 'POST',
  chemin: '/api/paie/liens',
  resume: 'Déclare qu’un agent est un proche : son bulletin demandera un second regard',
  body: z.object({
    id: z.uuid(),
    agentId: z.uuid(),
    lien: z.string().trim().min(3, 'Dites le lien en un mot, par exemple « conjoint ».').max(80),
  }),
  reply: z.object({ liens: z.array(zLien) }),
})
export const finirLien = route({
  verbe: 'POST',
  chemin: '/api/paie/liens/:lien/finir',
  resume: 'Met fin à un lien déclaré',
  params: z.object({ lien: zId<'Lien'>() }),
  reply: z.object({ liens: z.array(zLien) }),
})

export const lireHistorique = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/historique',
  resume: 'Donne les totaux des treize derniers mois, pour les graphiques de l’approbation',
  params: zParams,
  reply: z.object({
    mois: z.array(
      z.object({
        mois: z.string(),
        bulletins: z.number(),
        brut: z.string(),
        netAPayer: z.string(),
        cout: z.string(),
      }),
    ),
  }),
})
