import type { HorsFonction } from './fonction.ts'

export type Section = 'F' | 'I'
export type Sens = 'D' | 'R'
/** Real, or ordre: between the two sections (042 and 040), or inside one (043, 041). */
export type Mouvement = 'reel' | 'entreSections' | 'interne'
export const MOUVEMENTS: readonly Mouvement[] = ['reel', 'entreSections', 'interne']

/** What the chapters of a budget are read from. */
export type Vote = 'nature' | 'fonction'

export type Chapitre = {
  code: string
  libelle: string
  section: Section
  /** `prevision`: a line without execution (001, 002, 020 to 024). */
  type: 'compte' | 'globalise' | 'prevision'
}
export type Compte = {
  code: string
  parent: string | undefined
  libelle: string
  estFeuille: boolean
  /** The chapter by sense and kind of movement; absent when the account is not used there. */
  chapitres: Record<Sens, Partial<Record<Mouvement, string>>>
  /** May stand in an opération d’équipement, as an expense or as an income. */
  equipement: { D: boolean; R: boolean }
  supprime: boolean
}
export type Fonction = { code: string; libelle: string; estFeuille: boolean }
export type Plan = {
  code: string
  annee: number
  norme: 'M57' | 'M4' | 'M14'
  libelle: string
  usage: 'budget' | 'lecture'
  /** By function, `horsFonction` says where falls what no service carries. */
  vote: Vote
  horsFonction: HorsFonction
  comptes: ReadonlyMap<string, Compte>
  /** Those of a vote by nature and, in M57, of a vote by function: no number is in both. */
  chapitres: ReadonlyMap<string, Chapitre>
  fonctions: ReadonlyMap<string, Fonction>
}
/** What names a plan, without its accounts. */
export type EntetePlan = Pick<Plan, 'code' | 'annee' | 'norme' | 'libelle' | 'usage'>
