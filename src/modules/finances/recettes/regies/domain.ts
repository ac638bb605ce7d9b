import { type Centimes, compare, euros, formatEuros, sum, ZERO } from '#socle/argent.ts'
import { formatJour, type Jour, joursBetween } from '#socle/dates.ts'
import type { Anomalie } from '#socle/refus.ts'
import { COUPURES } from './contract.ts'

export type EtatRegie = {
  genre: 'recettes' | 'avances' | 'mixte'
  acte: string
  encaisseMax: Centimes
  fondsCaisse: Centimes
  avanceMax: Centimes
  joursVersement: number
  /** What the box of incomes holds beyond its float, and what is left of the advance. */
  encaisse: Centimes
  avance: Centimes
  /** The oldest money that is still in the box of incomes. */
  plusAncienLe: Jour | null
  dernierVersementLe: Jour | null
  regisseur: boolean
}

/** What the texts and the act of the régie do not allow to last. */
export function alertesRegie(r: EtatRegie, aujourdhui: Jour): Anomalie[] {
  const found: Anomalie[] = []
  const dire = (code: string, message: string, conseil: string, bloquante = true) =>
    found.push({ code: `regie.${code}`, message, conseil, bloquante })
  if (!r.regisseur) dire('sansRegisseur', 'Aucun régisseur n’est en fonction.', 'Enregistrez l’arrêté de nomination.')
  if (r.acte === '')
    dire('sansActe', 'L’acte qui institue la régie n’est pas renseigné.', 'Donnez son numéro et sa date.', false)
  if (r.genre !== 'avances') {
    if (compare(r.encaisse, r.encaisseMax) > 0)
      dire(
        'encaisse',
        `L’encaisse est de ${formatEuros(r.encaisse)}, au-dessus du plafond de ${formatEuros(r.encaisseMax)}.`,
        'Versez au comptable aujourd’hui.',
      )
    const depuis = r.plusAncienLe
    if (depuis && joursBetween(depuis, aujourdhui) > r.joursVersement)
      dire(
        'versement',
        `Des recettes du ${formatJour(depuis)} attendent depuis ${joursBetween(depuis, aujourdhui)} jours.`,
        `Versez au comptable au moins tous les ${r.joursVersement} jours.`,
      )
  }
  if (r.genre !== 'recettes' && compare(r.avance, r.avanceMax) > 0)
    dire(
      'avance',
      `L’avance détenue est de ${formatEuros(r.avance)}, au-dessus du plafond de ${formatEuros(r.avanceMax)}.`,
      'Reversez le surplus au comptable.',
    )
  return found
}

/** Sum of a cash count. */
export const totalCoupures = (c: Record<string, number>): Centimes =>
  sum(COUPURES.map((v) => (euros(v) * BigInt(c[v] ?? 0)) as Centimes))

export type OperationARegulariser = { id: string; nature: string; fonction: string; libelle: string; montant: Centimes }
/** Lines of the piece: one for each account; what was collected then cancelled is not there. */
export function regrouper(operations: readonly OperationARegulariser[]) {
  const lignes = new Map<string, { nature: string; fonction: string; libelle: string; montant: Centimes }>()
  for (const o of operations) {
    const cle = `${o.nature}/${o.fonction}`
    const l = lignes.get(cle) ?? { nature: o.nature, fonction: o.fonction, libelle: o.libelle, montant: ZERO }
    l.montant = (l.montant + o.montant) as Centimes
    lignes.set(cle, l)
  }
  return [...lignes.values()].filter((l) => l.montant > ZERO)
}
