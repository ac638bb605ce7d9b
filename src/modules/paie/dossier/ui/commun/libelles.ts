import { type Centimes, euros, negate, subtract } from '#socle/argent.ts'
import type { NomEtat } from '#ui'
import type { Dossier, EtatPiece, zBulletinVu } from '../../contract.ts'

/** The state of a month as the agency says it: its word, and the state of the design system. */
export const ETATS_DOSSIER: Record<Dossier['etat'], { libelle: string; etat: NomEtat }> = {
  ouvert: { libelle: 'À calculer', etat: 'aFaire' },
  calcule: { libelle: 'Calculé, à contrôler', etat: 'aFaire' },
  aApprouver: { libelle: 'À l’approbation', etat: 'enAttente' },
  renvoye: { libelle: 'Renvoyé, à corriger', etat: 'attention' },
  approuve: { libelle: 'Approuvé', etat: 'fait' },
  diffuse: { libelle: 'Bulletins remis', etat: 'fait' },
}

export const ETATS_DE_PIECE: Record<EtatPiece, { libelle: string; etat: NomEtat }> = {
  deposee: { libelle: 'À lire', etat: 'aFaire' },
  recue: { libelle: 'Reçue', etat: 'fait' },
  aCompleter: { libelle: 'À compléter', etat: 'attention' },
  refusee: { libelle: 'Refusée', etat: 'bloquant' },
  remplacee: { libelle: 'Remplacée', etat: 'enAttente' },
}

type LigneVue = (typeof zBulletinVu)['_output']['lignes'][number]

/** Groups of a payslip, in the order of the paper. */
export const GROUPES_LIGNES: readonly { cle: string; libelle: string; estGain: boolean }[] = [
  { cle: 'remuneration', libelle: 'Rémunération', estGain: true },
  { cle: 'sante', libelle: 'Santé', estGain: false },
  { cle: 'retraite', libelle: 'Retraite', estGain: false },
  { cle: 'famille', libelle: 'Famille', estGain: false },
  { cle: 'chomage', libelle: 'Chômage', estGain: false },
  { cle: 'autres', libelle: 'Autres contributions', estGain: false },
  { cle: 'exoneration', libelle: 'Exonérations', estGain: false },
  { cle: 'csg', libelle: 'CSG et CRDS', estGain: false },
  { cle: 'impot', libelle: 'Impôt sur le revenu', estGain: false },
  { cle: 'frais', libelle: 'Remboursements de frais', estGain: true },
  { cle: 'retenues', libelle: 'Retenues', estGain: false },
]

const gains = new Set(GROUPES_LIGNES.filter((g) => g.estGain).map((g) => g.cle))

/** What the line adds to the pay (or takes from it, negative), as the reader counts. */
export function effetSurLaPaie(ligne: LigneVue): Centimes | undefined {
  if (ligne.montant === undefined) return undefined
  const m = euros(ligne.montant)
  return gains.has(ligne.groupe) ? m : negate(m)
}

/** `apres - avant`, when both are known. */
export const ecartEntre = (avant: string | null | undefined, apres: string): Centimes | null =>
  avant === null || avant === undefined ? null : subtract(euros(apres), euros(avant))

/** A rate as the law writes it, with the French comma: « 11,10 % ». */
export const lireTaux = (texte: string): string => texte.replace('.', ',').replace(/\s*%/, '\u202f%')
