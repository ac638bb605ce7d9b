import type { Anomalie } from '#socle/refus.ts'
import type { Plan } from '../../nomenclature/domain/plan.ts'
import type { Ligne } from './equilibre.ts'
import { controlerEquilibre } from './equilibre.ts'
import { type Compteur, controlerVirement } from './fongibilite.ts'

export const GENRES = ['provisoire', 'BP', 'BS', 'DM', 'VC', 'RAR'] as const
export type Genre = (typeof GENRES)[number]
export type EtatVersion = 'preparation' | 'vote' | 'abandonne'
export type ActeVersion = 'modifier' | 'voter' | 'abandonner'

export const LIBELLES_GENRE: Record<Genre, string> = {
  provisoire: 'Crédits avant le vote',
  BP: 'Budget primitif',
  BS: 'Budget supplémentaire',
  DM: 'Décision modificative',
  VC: 'Virement de crédits',
  RAR: 'Restes à réaliser',
}
/** « Décision modificative n° 2 »; a budget primitif is alone in its year. */
export const nomVersion = (genre: Genre, numero: number) =>
  ['BP', 'BS', 'RAR'].includes(genre) && numero === 1 ? LIBELLES_GENRE[genre] : `${LIBELLES_GENRE[genre]} n° ${numero}`

export const actesPermis = (etat: EtatVersion): ActeVersion[] =>
  etat === 'preparation' ? ['modifier', 'voter', 'abandonner'] : []

/** Credits open before the vote and restes à réaliser come first; what changes a budget needs one. */
export const genresPossibles = (exercice: 'preparation' | 'provisoire' | 'ouvert' | 'clos'): Genre[] =>
  exercice === 'clos' ? [] : exercice === 'ouvert' ? ['DM', 'BS', 'VC', 'RAR'] : ['provisoire', 'RAR', 'BP']

/**
 * Everything that forbids the vote of a version, or deserves a look. `avant` is what already stands for the year,
 * without the credits open before the vote, which the budget replaces.
 */
export function controlerVersion(
  plan: Plan,
  genre: Genre,
  lignes: readonly Ligne[],
  avant: readonly Ligne[],
  compteurs: readonly Compteur[],
): Anomalie[] {
  const pleines = lignes.filter((l) => l.montant !== 0n)
  const vide: Anomalie[] =
    pleines.length === 0 ? [{ code: 'version.vide', message: 'Cette version n’a aucun montant.', bloquante: true }] : []
  if (genre === 'VC') return controlerVirement(plan, pleines, compteurs)
  if (genre === 'provisoire' || genre === 'RAR') return vide
  return [...vide, ...controlerEquilibre([...avant, ...pleines]).anomalies]
}
