import type { ReactNode } from 'react'
import { formatInstant, formatJour, formatMois } from '../format/jour.ts'
import { enDecimal, formatMontant, formatNombre } from '../format/nombre.ts'
import { formatDuree } from '../format/saisie.ts'

export type Valeur = string | number | bigint | boolean | null | undefined

export type Genre = 'texte' | 'nombre' | 'montant' | 'ecart' | 'duree' | 'jour' | 'mois' | 'instant' | 'ouiNon'

export type Colonne<L> = {
  cle: string
  titre: string
  /** What is sorted, filtered and exported; shown as well unless `rendu` says otherwise. */
  valeur: (ligne: L) => Valeur
  rendu?: (ligne: L) => ReactNode
  /** Decides alignment, format, sort and type of the exported cell. Default `texte`. */
  genre?: Genre
  decimales?: number
  tri?: boolean
  /** `choix`: among the values present. A list: those, in this order (needed when the server filters). */
  filtre?: 'texte' | 'choix' | readonly { valeur: string; libelle: string }[]
  /** Hidden until the person asks for it. */
  masquee?: boolean
  /** CSS width. */
  largeur?: string
  /** Total of the rows that are shown (all of them, not the page on screen). */
  total?: (lignes: readonly L[]) => Valeur
}

const NUMERIQUES: readonly Genre[] = ['nombre', 'montant', 'ecart', 'duree']
export const estNumerique = (genre: Genre | undefined): boolean => genre !== undefined && NUMERIQUES.includes(genre)

export const estVide = (v: Valeur): v is null | undefined | '' => v === null || v === undefined || v === ''

/** What the cell reads. */
export function enTexte(v: Valeur, genre: Genre = 'texte', decimales?: number): string {
  if (estVide(v)) return ''
  if (genre === 'ouiNon') return v ? 'Oui' : 'Non'
  if (genre === 'montant') return formatMontant(typeof v === 'bigint' ? v : String(v), { euro: false })
  if (genre === 'ecart') return formatMontant(typeof v === 'bigint' ? v : String(v), { euro: false, signe: true })
  if (genre === 'nombre') return formatNombre(typeof v === 'number' ? v : String(v), decimales)
  if (genre === 'duree') return formatDuree(Number(v))
  if (genre === 'jour') return formatJour(String(v))
  if (genre === 'mois') return formatMois(String(v))
  if (genre === 'instant') return formatInstant(String(v))
  return String(v)
}

const francais = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' })

/** Order of two values of a column; what is empty comes last, as paper lists do. */
export function comparer(a: Valeur, b: Valeur, genre: Genre = 'texte'): number {
  if (estVide(a) || estVide(b)) return Number(estVide(a)) - Number(estVide(b))
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0
  if (estNumerique(genre)) return nombre(a, genre) - nombre(b, genre)
  return francais.compare(String(a), String(b))
}

const nombre = (v: Valeur, genre: Genre): number =>
  typeof v === 'bigint' ? Number(genre === 'montant' || genre === 'ecart' ? enDecimal(v) : v) : Number(v)

/** A cell of a spreadsheet: numbers stay numbers, days stay days. */
export function enCellule(v: Valeur, genre: Genre = 'texte'): string | number | Date | null {
  if (estVide(v)) return null
  if (genre === 'montant' || genre === 'ecart') return Number(enDecimal(typeof v === 'bigint' ? v : String(v)))
  if (genre === 'nombre') return Number(v)
  if (genre === 'duree') return Number(v) / 60
  if (genre === 'jour') return new Date(`${String(v)}T00:00:00Z`)
  if (genre === 'ouiNon') return v ? 'Oui' : 'Non'
  return genre === 'texte' ? String(v) : enTexte(v, genre)
}
