import type { Jour, Mois } from '#socle/dates.ts'
import type { Id } from '#socle/ids.ts'

/**
 * The demonstration département as plain JSON-able data: amounts are decimal strings ("150.00"), quotités are fractions
 * ("6/7"), periods are half-open `[depuis, jusqua[` with `jusqua: null` while they last.
 */

export type TypeOrganisme =
  | 'agence'
  | 'commune'
  | 'cc'
  | 'ca'
  | 'ccas'
  | 'cias'
  | 'ehpad'
  | 'sad'
  | 'ssiad'
  | 'syndicat'

type PopulationAnnuelle = { annee: number; municipale: number; totale: number }

export type Organisme = {
  id: Id<'Organisme'>
  type: TypeOrganisme
  nom: string
  siren: string
  siret: string
  /** INSEE code of the commune, or of the commune where the body sits. */
  codeInsee: string
  adresse: string
  codePostal: string
  ville: string
  /** By year, newest last: the body's own for communes and EPCI, empty for the others. */
  populations: PopulationAnnuelle[]
  /** EPCI à fiscalité propre of which the commune is a member. */
  epciId: Id<'Organisme'> | null
  /** Body to which a CCAS, a CIAS or an EHPAD is attached; members of a syndicat are in `membresIds`. */
  rattachementId: Id<'Organisme'> | null
  membresIds: Id<'Organisme'>[]
  /** True when the body does not exist: its SIREN starts with 2999. */
  estFictif: boolean
  courriel: string
  telephone: string
  /** Client of the outsourced payroll. */
  pex: ReglagesPex | null
}

/** What the payroll of a body needs to know about it; rates in percent, as the body voted or received them. */
export type ReglagesPex = {
  /** Agents at the last count (élus excluded): FNAL, versement mobilité. */
  effectif: number
  tauxAt: string
  tauxVersementMobilite: string
  /** Centre de gestion: compulsory under 350 fonctionnaires. */
  estAffilieCdg: boolean
  cdgObligatoire?: string
  cdgAdditionnelle?: string
  /** What the délibération says of the IFSE in sickness. */
  ifseSuitTraitement: boolean
  /** Day of the month until which the papers are expected. */
  jourLimiteDepot: number
}

export type Sexe = 'F' | 'M'

export type Personne = {
  id: Id<'Personne'>
  sexe: Sexe
  nomNaissance: string
  nomUsage: string | null
  prenoms: string[]
  naissance: Jour
  /** Place of birth as printed on the demonstration papers. */
  lieuNaissance: string
  /** 15 characters with its key; commune code 990 to 999 of a département, which INSEE never gave: fictitious. */
  nir: string
  adresse: string
  codePostal: string
  ville: string
  courriel: string
  telephone: string
  /** Valid key, bank code 99999, which no bank has. */
  iban: string
  bic: string
  enfants: Enfant[]
}

export type Enfant = { prenom: string; naissance: Jour }

/** One career: one person at one employer. One payslip a month for each career in post. */
export type Carriere = {
  id: Id<'Carriere'>
  personneId: Id<'Personne'>
  organismeId: Id<'Organisme'>
  matricule: string
  emploi: string
  entree: Jour
  /** First day out of the post, `null` while it lasts. */
  sortie: Jour | null
  motifSortie: MotifSortie | null
  /** Ordered, without gap, from 2024-01-01 (or the entry) on. */
  situations: SituationCarriere[]
}

export type MotifSortie = 'retraite' | 'mutation' | 'fin de contrat' | 'démission' | 'fin de mandat'

export type SituationCarriere = {
  depuis: Jour
  jusqua: Jour | null
  /** Why the situation changed, in the words of an arrêté. */
  motif: string
} & (SituationAgent | SituationElu)

type RegimeRetraite = 'cnracl' | 'ircantec'

export type SituationAgent = {
  statut: 'titulaire' | 'stagiaire' | 'contractuel'
  filiere: string
  cadreEmplois: string
  categorie: 'A' | 'B' | 'C'
  grade: string
  /** Scale of grilles.csv that holds the index: C1, C2, C3, B1, B2, B3, A-attache… */
  echelle: string
  echelon: number
  ib: number
  im: number
  /** Day from which the seniority in the échelon is counted. */
  dateEchelon: Jour
  /** Weekly minutes of the post: 2100 is full time. Temps non complet is under it. */
  minutesHebdo: number
  /** Weekly minutes of the posts held in other territorial bodies: the sum decides of the CNRACL. */
  minutesHebdoAutres: number
  /** Temps partiel of the agent in percent of the post: 100, 90, 80, 70, 60, 50. */
  quotiteTempsPartiel: 50 | 60 | 70 | 80 | 90 | 100
  regime: RegimeRetraite
  /** Points of nouvelle bonification indiciaire, fonctionnaires only. */
  nbiPoints: number
  nbiMotif: string | null
  ifse: Ifse | null
  /** Complément de traitement indiciaire (Ségur), in points: EHPAD, SSIAD, SAD. */
  ctiPoints: number
  /** Children for whom this agent receives the SFT: none when the other parent does. */
  enfantsSft: number
  zoneIndemniteResidence: 1 | 2 | 3
  pas: Pas
  /** Monthly refund of the public transport pass. */
  remboursementTransport: string | null
}

type Ifse = { groupe: string; mensuel: string }

/** The rate sent by the DGFiP, in percent, or the neutral grid when none was sent. */
export type Pas = { mode: 'taux'; taux: string } | { mode: 'neutre' }

type FonctionElu = 'maire' | 'adjoint'

export type SituationElu = {
  statut: 'elu'
  fonction: FonctionElu
  /** 1 for the first adjoint; 1 for the maire as well. */
  rang: number
  /** Population that gives the stratum. */
  population: number
  /** Rate voted, in percent of the legal maximum of the function and stratum: "100", "85"… */
  pourcentDuMaximum: string
  /** Monthly indemnities of the other mandates, for the threshold of half the ceiling. */
  autresIndemnites: string
  mandatsIndemnises: number
  pas: Pas
}

/** What changes one month only; it is entered by the payroll officer from a paper of the body. */
export type Variable = {
  id: Id<'Variable'>
  carriereId: Id<'Carriere'>
  mois: Mois
  pieceId: Id<'Piece'> | null
  contenu: ContenuVariable
}

/** Same words as the `Situation` of the payroll engine. */
export type ContenuVariable =
  | { nature: 'heures'; heures: Heures[] }
  | { nature: 'prime'; code: CodePrime; libelle: string; montant: string }
  | { nature: 'absence'; motif: MotifAbsence; depuis: Jour; jusqua: Jour; sansCarence: boolean }

export type Heures = {
  type: 'supplementaires' | 'complementaires'
  moment: 'jour' | 'nuit' | 'dimanche'
  minutes: number
}
export type CodePrime = 'CIA' | 'ASTREINTE' | 'REGIE' | 'ELECTIONS'
type MotifAbsence = 'maladie' | 'congeSansTraitement' | 'greve'

export type KindPiece =
  | 'arrete'
  | 'contrat'
  | 'arretTravail'
  | 'rib'
  | 'sft'
  | 'heures'
  | 'deliberation'
  | 'etatPrimes'
  | 'finContrat'

/** A supporting document, described; its bytes come from `drawPiece`. */
export type Piece = {
  id: Id<'Piece'>
  organismeId: Id<'Organisme'>
  mois: Mois
  kind: KindPiece
  libelle: string
  nomFichier: string
  /** Those whom it concerns; empty when it concerns the body as a whole. */
  carrieresIds: Id<'Carriere'>[]
  effet: Jour
  depotPar: Id<'Compte'> | null
  deposeLe: Jour
  /** True for the papers that the visit opens: the demonstration deposits their drawn PDF. */
  estVitrine: boolean
}

export type Question = {
  id: Id<'Question'>
  organismeId: Id<'Organisme'>
  mois: Mois
  carriereId: Id<'Carriere'> | null
  pieceId: Id<'Piece'> | null
  objet: string
  echeance: Jour
  messages: { auteurId: Id<'Compte'>; le: Jour; texte: string }[]
  estClose: boolean
}

export type Role =
  | 'deposant'
  | 'ordonnateur'
  | 'lecteur'
  | 'agentPaye'
  | 'administrateur'
  | 'gestionnaire'
  | 'superviseur'
  | 'referentReglementaire'
  | 'responsableFinances'
  | 'administrateurTechnique'

/** Someone who signs in. The password is the same for all and is printed at the first start: it is not here. */
export type Compte = {
  id: Id<'Compte'>
  courriel: string
  nom: string
  prenom: string
  /** The person behind; the agency’s own staff is not paid here and is not in `personnes`. */
  personneId: Id<'Personne'>
  habilitations: { organismeId: Id<'Organisme'>; role: Role }[]
  /** Shown in the list of demonstration accounts printed at the first start. */
  vitrine: string | null
}

export type Portefeuille = {
  id: Id<'Portefeuille'>
  nom: string
  gestionnaireId: Id<'Compte'>
  organismesIds: Id<'Organisme'>[]
}

/** A binôme takes a portfolio between two days. */
export type Remplacement = {
  portefeuilleId: Id<'Portefeuille'>
  remplacantId: Id<'Compte'>
  depuis: Jour
  jusqua: Jour
  motif: string
}

export type Demonstration = {
  graine: number
  /** Months with variables and papers, oldest first; the last one is the month of the visit. */
  mois: Mois[]
  agenceId: Id<'Organisme'>
  organismes: Organisme[]
  personnes: Personne[]
  carrieres: Carriere[]
  variables: Variable[]
  pieces: Piece[]
  questions: Question[]
  comptes: Compte[]
  portefeuilles: Portefeuille[]
  remplacements: Remplacement[]
}
