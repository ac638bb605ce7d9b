import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'
import { zJour } from '#socle/dates.ts'
import { zPrive } from '../calcul/prive/situation.ts'
import { FONCTIONS_ELU } from '../calcul/situation.ts'

const zTexte = z.string().trim().max(200)
const zPourcent = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/, 'Pourcentage attendu, par exemple 1.72.')

/** Settings of an employer from a day on: notified rates and choices of its délibérations. */
export const zEmployeurPex = z.object({
  effectif: z.number().int().min(0),
  tauxAt: zPourcent,
  tauxVersementMobilite: zPourcent,
  estAffilieCdg: z.boolean(),
  /** Rates voted by the centre de gestion, when the body is affiliated. */
  cdgObligatoire: zPourcent.optional(),
  cdgAdditionnelle: zPourcent.optional(),
  ifseSuitTraitement: z.boolean(),
  /** Revocable membership of the unemployment insurance for the contractuels. */
  adhesionChomage: z.boolean().optional(),
  /** Day of the month until which documents count for the month. */
  jourLimiteDepot: z.number().int().min(1).max(28),
})
export type EmployeurPex = z.output<typeof zEmployeurPex>

export const zPasAgent = z.union([
  z.object({ mode: z.literal('taux'), taux: zPourcent }),
  z.object({ mode: z.literal('neutre') }),
])

export const NATURES_PRIME = ['prime', 'horsTransfert', 'pension', 'frais', 'avantageNature', 'nonSoumise'] as const
/** A prime paid each month until the situation changes, with the délibération or the decision that gives it. */
export const zPrimeReguliere = z.object({
  code: z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/, 'Code en capitales, par exemple PRIME_ANNUELLE.'),
  libelle: zTexte.min(1, 'Donnez un libellé : il s’imprime sur le bulletin.'),
  montant: zMontant,
  nature: z.enum(NATURES_PRIME),
  /** Follows the working time and the days of presence. */
  proratise: z.boolean().default(false),
  maladie: z.enum(['suit', 'maintenue', 'suspendue']),
  deliberation: zTexte.min(3, 'Citez la délibération ou la décision, avec sa date.'),
})
export type PrimeReguliere = z.output<typeof zPrimeReguliere>
const zPrimes = z.array(zPrimeReguliere).max(20)

export const STATUTS_INDICIAIRES = [
  'titulaire',
  'stagiaire',
  'contractuel',
  'emploiFonctionnel',
  'collaborateurCabinet',
] as const

/** Those who have a traitement: by an index, or a lump sum for some contracts. */
export const zSituationAgent = z.object({
  statut: z.enum(STATUTS_INDICIAIRES),
  /** FPH for the staff of the EHPAD that are public health establishments. */
  versant: z.enum(['FPT', 'FPH']).optional(),
  filiere: zTexte,
  cadreEmplois: zTexte,
  categorie: z.enum(['A', 'B', 'C']),
  grade: zTexte,
  echelle: zTexte,
  /** Null where the contract gives an index, or a lump sum, without échelon. */
  echelon: z.number().int().min(1).max(30).nullable().default(null),
  ib: z.number().int().min(1).max(2000).nullable().default(null),
  im: z.number().int().min(1).max(2000).nullable().default(null),
  /** Monthly gross at full time of those who have no index. */
  traitementForfaitaire: zMontant.nullable().optional(),
  dateEchelon: zJour,
  /** Weekly minutes of the post: 2100 is full time, less is a temps non complet. */
  minutesHebdo: z.number().int().min(1).max(2100),
  quotiteTempsPartiel: z.union([
    z.literal(50),
    z.literal(60),
    z.literal(70),
    z.literal(80),
    z.literal(90),
    z.literal(100),
  ]),
  regime: z.enum(['cnracl', 'ircantec']),
  nbiPoints: z.number().int().min(0).max(200).default(0),
  nbiMotif: zTexte.nullable().default(null),
  ifse: z.object({ groupe: zTexte, mensuel: zMontant, deliberation: zTexte.optional() }).nullable().default(null),
  primes: zPrimes.optional(),
  /** Chosen: pension contribution as at full time. */
  surcotisation: z.boolean().optional(),
  ctiPoints: z.number().int().min(0).max(49).default(0),
  enfantsSft: z.number().int().min(0).max(20).default(0),
  zoneIndemniteResidence: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  pas: zPasAgent,
  /** Monthly refund of the public transport pass. */
  remboursementTransport: zMontant.nullable().default(null),
  /** Weekly minutes held in other territorial bodies: they count for the affiliation to the CNRACL. */
  minutesHebdoAutres: z.number().int().min(0).max(4000).default(0),
})
export type SituationAgent = z.output<typeof zSituationAgent>

export const zSituationElu = z.object({
  statut: z.literal('elu'),
  fonction: z.enum(FONCTIONS_ELU),
  rang: z.number().int().min(1).max(30),
  population: z.number().int().min(0),
  /** Part of the legal maximum that was voted, in percent. */
  pourcentDuMaximum: zPourcent,
  /** Monthly indemnities of the other mandates, for the threshold of half the ceiling. */
  autresIndemnites: zMontant,
  mandatsIndemnises: z.number().int().min(1).max(20),
  pas: zPasAgent,
})
export type SituationElu = z.output<typeof zSituationElu>

export const STATUTS_CONTRAT = ['vacataire', 'assistantMaternel', 'apprenti', 'pec', 'cee', 'prive'] as const

/** Contracts that have no grade: what founds the pay is in the contract itself. */
export const zSituationContrat = z.object({
  statut: z.enum(STATUTS_CONTRAT),
  /** Post or qualification, as the contract writes it. */
  grade: zTexte,
  /** Weekly minutes of the contract; what varies is entered month by month. */
  minutesHebdo: z.number().int().min(1).max(2100).nullable().default(null),
  /** Vacataire: what one vacation is worth. */
  vacation: z
    .object({ libelle: zTexte.min(1), taux: zMontant })
    .nullable()
    .default(null),
  /** Assistant maternel: one entry by child. */
  accueils: z
    .array(
      z.object({
        enfant: zTexte,
        minutesHebdo: z.number().int().min(1).max(6000),
        tauxHoraire: z.string().regex(/^\d{1,3}(\.\d{1,4})?$/, 'Taux horaire attendu, par exemple 4.50.'),
      }),
    )
    .max(10)
    .default([]),
  /** Private-law contract: pay, nature of the contract, fund, covers. Days and hours of the month are variables. */
  prive: zPrive.nullable().default(null),
  /** Share of the gross paid each month for the holidays, in percent. */
  indemniteConges: zPourcent.nullable().default(null),
  enfantsSft: z.number().int().min(0).max(20).default(0),
  primes: zPrimes.optional(),
  pas: zPasAgent,
})
export type SituationContrat = z.output<typeof zSituationContrat>

export const zSituationCarriere = z.discriminatedUnion('statut', [zSituationAgent, zSituationElu, zSituationContrat])
export type SituationCarriere = z.output<typeof zSituationCarriere>
export type StatutCarriere = SituationCarriere['statut']

export const LIBELLES_STATUT: Record<StatutCarriere, string> = {
  titulaire: 'Titulaire',
  stagiaire: 'Stagiaire',
  contractuel: 'Contractuel de droit public',
  emploiFonctionnel: 'Emploi fonctionnel',
  collaborateurCabinet: 'Collaborateur de cabinet',
  vacataire: 'Vacataire',
  assistantMaternel: 'Assistant maternel',
  apprenti: 'Apprenti',
  pec: 'Parcours emploi compétences',
  cee: 'Contrat d’engagement éducatif',
  prive: 'Salarié de droit privé',
  elu: 'Élu',
}

export const LIBELLES_FONCTION: Record<(typeof FONCTIONS_ELU)[number], string> = {
  maire: 'Maire',
  adjoint: 'Adjoint',
  conseiller: 'Conseiller délégué',
  presidentCc: 'Président de communauté de communes',
  vicePresidentCc: 'Vice-président de communauté de communes',
  presidentCa: 'Président de communauté d’agglomération',
  presidentSyndicat: 'Président de syndicat',
  vicePresidentSyndicat: 'Vice-président de syndicat',
}

export const isAgent = (s: SituationCarriere): s is SituationAgent =>
  (STATUTS_INDICIAIRES as readonly string[]).includes(s.statut)
export const isContratStatut = (statut: string): boolean => (STATUTS_CONTRAT as readonly string[]).includes(statut)

export const NATURES_ACTE = [
  'entree',
  'situation',
  'correction',
  'avancement',
  'position',
  'sortie',
  'identite',
  'compte',
  'annulation',
] as const
export type NatureActe = (typeof NATURES_ACTE)[number]

/** Reasons for leaving, as the certificates and the declarations name them. */
export const MOTIFS_SORTIE = {
  finContrat: 'Fin de contrat',
  demission: 'Démission',
  licenciement: 'Licenciement',
  rupture: 'Rupture conventionnelle',
  mutation: 'Mutation',
  detachement: 'Détachement',
  disponibilite: 'Disponibilité',
  retraite: 'Retraite',
  deces: 'Décès',
  finMandat: 'Fin de mandat',
} as const
export type MotifSortie = keyof typeof MOTIFS_SORTIE
