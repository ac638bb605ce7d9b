import type { Jour, Mois } from '#socle/dates.ts'
import { moisOf } from '#socle/dates.ts'
import type { ContenuVariable, NaturePiece } from '../contract.ts'

/** A line of a payslip, as far as its paper is concerned. */
export type LigneAJustifier = { code: string; groupe: string; origine?: string | undefined }

const HEURES = /^(IHTS|HEURES|REDUCTION_HS|DEDUCTION_HS|EXO_HS)/
const QUANTITES = /^(VACATION|ENGAGEMENT|FORFAIT$|SALAIRE$)/
const ABSENCES: Record<Extract<ContenuVariable, { nature: 'absence' }>['motif'], RegExp> = {
  maladie: /^(CMO_|CARENCE|IJSS)/,
  longueMaladie: /^(CLM|IJSS)/,
  longueDuree: /^(CLD|IJSS)/,
  graveMaladie: /^(CGM|IJSS)/,
  citis: /^IJSS/,
  maternite: /^(TEMPS_PLEIN|IJSS)/,
  paternite: /^(TEMPS_PLEIN|IJSS)/,
  tempsPartielTherapeutique: /^IJSS/,
  serviceNonFait: /^SERVICE_NON_FAIT/,
  greve: /^GREVE/,
  congeParental: /^SANS_TRAITEMENT/,
  congeSansTraitement: /^SANS_TRAITEMENT/,
  disponibilite: /^SANS_TRAITEMENT/,
}

/** Is this variable why this line stands on the payslip? */
export function variableJustifie(v: ContenuVariable, ligne: LigneAJustifier): boolean {
  if (v.nature === 'prime') return v.code === ligne.code
  if (v.nature === 'heures') return HEURES.test(ligne.code)
  if (v.nature === 'absence') return ABSENCES[v.motif].test(ligne.code)
  return QUANTITES.test(ligne.code)
}

/** Kinds of paper that found a lasting line: the latest one in force counts, whatever the month of its deposit. */
const DURABLES: readonly [RegExp, readonly NaturePiece[]][] = [
  [/^SFT$/, ['sft']],
  [/^(IFSE|PRIMES|TREIZIEME_MOIS)/, ['arrete', 'etatPrimes', 'deliberation', 'contrat']],
  [/^CIA/, ['etatPrimes', 'arrete', 'deliberation']],
  [/^(TIB|IND_DIFF|IR|NBI|CTI|TRANSFERT_PRIMES_POINTS|SALAIRE|FORFAIT|ACCUEIL|VACATION)/, ['arrete', 'contrat']],
  [/^(INDEMNITE|MAJORATION)/, ['deliberation', 'arrete', 'indemniteElu']],
  [/^(FRAIS|TR$|TRANSPORT)/, ['etatFrais', 'titreRestaurant']],
  [/^(SANTE|PREVOYANCE)/, ['mutuelle']],
  [/^(CONGES_PAYES|SOLDE)/, ['finContrat', 'conge']],
]
export function naturesDurables(ligne: LigneAJustifier): readonly NaturePiece[] {
  if (ligne.groupe === 'retenues') return ['saisie', 'mutuelle']
  return DURABLES.find(([code]) => code.test(ligne.code))?.[1] ?? []
}

export type PieceJustificative = {
  id: string
  mois: string
  nature: NaturePiece
  effet: Jour | null
  etat: string
  numero: number
}

/**
 * The papers of one agent that justify a line of a month: those of the variables that made it, otherwise the latest
 * paper of the right kind in force that month.
 */
export function piecesDeLaLigne<P extends PieceJustificative>(
  ligne: LigneAJustifier,
  mois: Mois,
  variables: readonly { contenu: ContenuVariable; piece_id: string | null; effet: string | null }[],
  pieces: readonly P[],
): P[] {
  const liees = new Set(
    variables
      .filter((v) => (v.effet ?? undefined) === ligne.origine && variableJustifie(v.contenu, ligne))
      .flatMap((v) => (v.piece_id ? [v.piece_id] : [])),
  )
  const directes = pieces.filter((p) => liees.has(p.id))
  if (directes.length > 0) return directes
  const natures = naturesDurables(ligne)
  const jusqua = ligne.origine ?? mois
  const debut = (p: P) => (p.effet ? moisOf(p.effet) : p.mois)
  const candidates = pieces
    .filter((p) => natures.includes(p.nature) && p.etat !== 'refusee' && p.etat !== 'remplacee' && debut(p) <= jusqua)
    .sort((a, b) => (debut(a) === debut(b) ? b.numero - a.numero : debut(a) < debut(b) ? 1 : -1))
  return candidates.slice(0, 1)
}
