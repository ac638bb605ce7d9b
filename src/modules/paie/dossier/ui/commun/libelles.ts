import { type Centimes, euros, subtract } from '#socle/argent.ts'
import { formatNombre, formatTaux, type NomEtat } from '#ui'
import { LIBELLES_STATUT } from '../../../carriere/contract.ts'
import type { Dossier, EtatPiece } from '../../contract.ts'

/** The state of a month as the agency says it: its word, and the state of the design system. */
export const ETATS_DOSSIER: Record<Dossier['etat'], { libelle: string; etat: NomEtat }> = {
  ouvert: { libelle: 'À calculer', etat: 'aFaire' },
  calcule: { libelle: 'Calculé, à contrôler', etat: 'aFaire' },
  aApprouver: { libelle: 'À l’approbation', etat: 'enAttente' },
  renvoye: { libelle: 'Renvoyé, à corriger', etat: 'attention' },
  approuve: { libelle: 'Approuvé', etat: 'fait' },
  diffuse: { libelle: 'Bulletins remis', etat: 'fait' },
  clos: { libelle: 'Clos', etat: 'fait' },
}

export const ETATS_DE_PIECE: Record<EtatPiece, { libelle: string; etat: NomEtat }> = {
  deposee: { libelle: 'À lire', etat: 'aFaire' },
  recue: { libelle: 'Reçue', etat: 'fait' },
  aCompleter: { libelle: 'À compléter', etat: 'attention' },
  refusee: { libelle: 'Refusée', etat: 'bloquant' },
  remplacee: { libelle: 'Remplacée', etat: 'enAttente' },
}

/** A statut of the wire as people say it. */
export const libelleStatut = (statut: string): string =>
  (LIBELLES_STATUT as Readonly<Record<string, string>>)[statut] ?? statut

/** `apres - avant`, when both are known. */
export const ecartEntre = (avant: string | null | undefined, apres: string): Centimes | null =>
  avant === null || avant === undefined ? null : subtract(euros(apres), euros(avant))

/** A value as the law writes it, with the French comma: « 11,10 % », « 1 820 ». */
export function lireTaux(texte: string): string {
  const taux = /^(-?\d+(?:\.\d+)?)\s*%$/.exec(texte)?.[1]
  if (taux !== undefined) return formatTaux(taux)
  return /^-?\d+(\.\d+)?$/.test(texte) ? formatNombre(texte) : texte.replace(/(\d)\.(\d)/g, '$1,$2')
}

/** « 2 85 11 40 990 002 49 » */
export const lireNir = (nir: string): string =>
  nir.replace(/^(\d)(\d\d)(\d\d)(\w\w)(\d{3})(\d{3})(\d\d)?$/, '$1 $2 $3 $4 $5 $6 $7').trim()
