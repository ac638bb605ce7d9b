import { type Centimes, euros, inEuros } from '#socle/argent.ts'
import type { Contenu, Ligne } from '../contract.ts'
import type { Section, Sens } from './controler.ts'
import { NATURE_RETENUE } from './retenue.ts'

export type Comptes = {
  depense: Record<string, string>
  recette: Record<string, string>
  /** In front of a guarantee kept on a contract. */
  retenue: Record<string, string>
  tva: { deductible: string; collectee: string }
}
export type Imputee = { ligne: Ligne; section: Section; chapitre: string }
export type Ecriture = {
  ligne: number
  rang: number
  journal: 'mandats' | 'titres' | 'ordre'
  compteDebit: string
  compteCredit: string
  montant: string
  libelle: string
  section: Section
  chapitre: string
  nature: string
  fonction: string
  operation: string
  service: string
  credit: string | null
}

/** The account in front of a budget account: the longest known prefix. */
function compteDeTiers(table: Record<string, string>, nature: string): string {
  for (let n = nature.length; n >= 0; n--) {
    const found = table[nature.slice(0, n)]
    if (found) return found
  }
  throw new Error(`no account in front of ${nature}`)
}

export const compteEnFace = (
  c: Pick<Comptes, 'depense' | 'recette' | 'retenue'>,
  sens: Sens,
  { naturePiece }: Pick<Contenu, 'naturePiece'>,
  nature: string,
): string => compteDeTiers(sens === 'R' ? c.recette : naturePiece === NATURE_RETENUE ? c.retenue : c.depense, nature)

/** Account where the two pieces of an operation of ordre meet. */
const COMPTE_ORDRE = '588'

/**
 * The entries of a piece. A mandat debits the budget account and credits the creditor, a titre the reverse; a
 * cancellation turns them over. Each entry is one amount with its two accounts: it cannot but balance.
 */
export function ecrituresOf(
  p: { sens: Sens; contenu: Contenu; objet: string; lignes: readonly Imputee[]; assujetti: boolean },
  comptes: Comptes,
): Ecriture[] {
  const annule = p.contenu.typeBordereau === '02'
  const ordre = p.contenu.mouvement !== 'reel'
  const depense = p.sens === 'D'
  const journal = ordre ? 'ordre' : depense ? 'mandats' : 'titres'
  return p.lignes.flatMap(({ ligne: l, section, chapitre }, i) => {
    const face = ordre ? COMPTE_ORDRE : compteEnFace(comptes, p.sens, p.contenu, l.nature)
    const budgetAuDebit = depense !== annule
    const base = {
      ligne: i + 1,
      journal,
      libelle: l.libelle || p.objet,
      section,
      chapitre,
      nature: l.nature,
      fonction: l.fonction,
      operation: l.operation,
      service: l.service,
    } as const
    const entry = (rang: number, compte: string, montant: string, credit: string | null): Ecriture => ({
      ...base,
      rang,
      compteDebit: budgetAuDebit ? compte : face,
      compteCredit: budgetAuDebit ? face : compte,
      montant,
      credit,
    })
    const list = [entry(1, l.nature, l.ht, `${annule ? '-' : ''}${l.ht}`)]
    if (euros(l.tva) > 0n) {
      if (!p.assujetti) throw new Error('a budget without VAT carries its amounts with their tax')
      list.push(entry(2, depense ? comptes.tva.deductible : comptes.tva.collectee, l.tva, null))
    }
    return list
  })
}

/** What a set of entries weighs on each side: the two are equal, whatever the pieces. */
export function balanceOf(
  ecritures: readonly Pick<Ecriture, 'compteDebit' | 'compteCredit' | 'montant'>[],
): Map<string, string> {
  const soldes = new Map<string, bigint>()
  const move = (compte: string, m: Centimes | bigint) => soldes.set(compte, (soldes.get(compte) ?? 0n) + m)
  for (const e of ecritures) {
    move(e.compteDebit, euros(e.montant))
    move(e.compteCredit, -euros(e.montant))
  }
  return new Map([...soldes].map(([c, s]) => [c, inEuros(s as Centimes)]))
}

/** Text whose hash names what the ordonnateur reads before he signs. */
export const texteDuBordereau = (
  b: { budgetId: string; annee: number; sens: Sens; typeBordereau: string },
  pieces: readonly { id: string; objet: string; ht: string; tva: string; contenu: Contenu }[],
): string =>
  JSON.stringify([
    b.budgetId,
    b.annee,
    b.sens,
    b.typeBordereau,
    pieces.map((p) => [p.id, p.objet, p.ht, p.tva, p.contenu]),
  ])
