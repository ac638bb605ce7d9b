import type { Mois } from '#socle/dates.ts'
import type { Bulletin } from '../../../calcul/index.ts'

/** A payslip of the month with whom it pays, as the editions read it. */
export type Paye = {
  carriereId: string
  agentId: string
  matricule: string
  nom: string
  prenom: string
  nir: string
  iban: string
  bic: string
  emploi: string
  /** Number of the approved payslip; null in a draft. */
  numero: number | null
  bulletin: Bulletin
}

export type Genre = 'texte' | 'montant' | 'nombre'
export type Cellule = string | null
/** A table that prints, exports and adds up the same way, whatever it tells. */
export type Etat = {
  code: string
  titre: string
  colonnes: readonly { titre: string; genre: Genre; largeur?: number; sansTotal?: boolean }[]
  groupes: readonly {
    titre: string | null
    lignes: readonly (readonly Cellule[])[]
    total: readonly Cellule[] | null
  }[]
  total: readonly Cellule[] | null
  /** What the reader must know of the figures. */
  notes: readonly string[]
}

export type Contexte = {
  mois: Mois
  organisme: { nom: string; siret: string }
  /** False: nothing is approved yet, the paper says « Projet ». */
  approuve: boolean
}
