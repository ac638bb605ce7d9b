import type { Centimes } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'

/** NatDec: what the assembly decided. */
export const ETAPES = {
  '01': 'Budget primitif',
  '02': 'Décision modificative',
  '03': 'Budget supplémentaire',
  '09': 'Compte administratif',
  '10': 'Compte financier unique',
} as const
export type Etape = keyof typeof ETAPES

/** 1 by nature, 2 by function, 3 mixed. */
export type NatureFonction = '1' | '2' | '3'

/** Level of the vote by section: c chapitre, a article. */
export type NiveauVote = 'FcIc' | 'FaIc' | 'FcIa' | 'FaIa'

export const MONTANTS = {
  MtBudgPrec: 'budgetPrecedent',
  MtRARPrec: 'rarPrecedent',
  MtPropNouv: 'proposition',
  MtPrev: 'vote',
  CredOuv: 'creditOuvert',
  MtReal: 'realise',
  MtRAR3112: 'rar3112',
} as const
export type Montant = (typeof MONTANTS)[keyof typeof MONTANTS]

/** One line of the budget: an account, its function or operation, its sense, its amounts. Signed, in cents. */
export type LigneBudgetaire = {
  nature: string
  libelle?: string | undefined
  fonction?: string | undefined
  /** Opération d’équipement. */
  operation?: string | undefined
  /** Level at which the line is voted, most often its chapter. */
  controle?: string | undefined
  controleFonction?: string | undefined
  controleOperation?: string | undefined
  articleSpecialise: boolean
  sens: 'D' | 'R'
  ordre: boolean
  /** Inside one section, or between the two. */
  typeOrdre?: 'interne' | 'entreSections' | undefined
  compteTiers?: string | undefined
  section?: 'F' | 'I' | undefined
  montants: Partial<Record<Montant, Centimes>>
  /** MtSup and CaracSup other than the section, as written. */
  montantsSupplementaires?: { code: string; montant: Centimes }[] | undefined
  caracteristiques?: { code: string; valeur: string }[] | undefined
}

/** One budget document (BP, BS, DM, CA, CFU) of one budget of one body. */
export type DocumentBudgetaire = {
  versionSchema: string
  date: Jour
  poste: { codique: string; libelle: string }
  collectivite: {
    libelle: string
    siret?: string | undefined
    finess?: string | undefined
    /** « Commune », « Communauté de communes »… */
    nature: string
    departement?: string | undefined
  }
  budget: {
    libelle: string
    siret?: string | undefined
    codeCollectivite: string
    codeBudget: string
    codeInsee?: string | undefined
    /** Norme and plan: `M57` and `M57_A`. */
    norme: string
    plan: string
    type: 'P' | 'A'
    principal?: { siret?: string | undefined; libelle?: string | undefined } | undefined
  }
  decision: {
    etape: Etape
    numero?: number | undefined
    exercice: number
    projet: boolean
    date?: Jour | undefined
    executoire?: Jour | undefined
    niveauVote?: NiveauVote | undefined
    operationsEquipement?: boolean | undefined
    /** 1: the previous budget is the primitif; 2: it is cumulated. */
    budgetPrecedent: '1' | '2'
    repriseResultats: '1' | '2' | '3' | '4'
    natureFonction: NatureFonction
    provisions?: '1' | '2' | undefined
  }
  /** General information (population, ratios), code and value as printed. */
  informations: { code: string; valeur: string }[]
  lignes: LigneBudgetaire[]
}
