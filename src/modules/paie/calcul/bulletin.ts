import type { Mois } from '#socle/dates.ts'

export type Groupe =
  | 'remuneration'
  | 'sante'
  | 'retraite'
  | 'famille'
  | 'chomage'
  | 'autres'
  | 'exoneration'
  | 'csg'
  | 'indemnitesJournalieres'
  | 'impot'
  | 'frais'
  | 'retenues'

/**
 * A line as it is stored and printed. Amounts are euros, rates the text of the parameter.
 * `montant` is signed: gains and refunds add to the pay, contributions, tax and retenues take from it when positive.
 */
export type Ligne = {
  code: string
  libelle: string
  groupe: Groupe
  /** Number of hours, of vacations, of thirtieths. */
  nombre?: string
  base?: string
  taux?: string
  montant?: string
  /** Only when it is not `base`. */
  basePatronale?: string
  tauxPatronal?: string
  montantPatronal?: string
  /** Month that a rappel corrects. */
  origine?: Mois
}

export type Totaux = {
  brut: string
  /** Contributions of the agent, CSG and CRDS left out. */
  cotisationsAgent: string
  csgDeductible: string
  csgNonDeductible: string
  crds: string
  netAvantImpot: string
  montantNetSocial: string
  netImposable: string
  /** Base of the withholding tax when it is not `netImposable` (élus, apprentices). */
  basePas: string
  tauxPas: string
  pas: string
  netAPayer: string
  cotisationsEmployeur: string
  coutEmployeur: string
  /** Overtime free of income tax, in this month. */
  heuresExonerees?: string
}

export type Bulletin = {
  mois: Mois
  population: string
  lignes: Ligne[]
  totaux: Totaux
}

/** Yearly accumulators of one agent × employer; the caller carries them from month to month. */
export type Cumuls = {
  annee: number
  /** Last month counted. */
  mois: Mois
  /** Fund → quantity → euros. */
  caisses: { [caisse: string]: { [grandeur: string]: string } }
  /** A negative net that a next payslip takes back. */
  reportNegatif?: string
}
