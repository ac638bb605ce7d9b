import { add, type Centimes, euros, formatFraction, fraction, multiply, plus, ratio, times } from '#socle/argent.ts'
import { addJours, type Jour, joursBetween } from '#socle/dates.ts'
import { Refus } from '#socle/refus.ts'

/** Global delay of payment: the same clock for the list of what is late, the PES block and the interest. */
export const JOURS_DELAI = 30
/** Share of the ordonnateur in the thirty days; the comptable has the other ten. */
export const JOURS_ORDONNATEUR = 20

export type Suspension = { depuis: Jour; jusqua: Jour | null }
export type Horloge = {
  depart: Jour
  /** Last day on which the payment is in time; `null` while the clock is stopped. */
  echeance: Jour | null
  /** Last day for the mandat to reach the comptable. */
  echeanceOrdonnateur: Jour | null
  ecoules: number
  suspendue: boolean
}

/** The clock starts at the later of the receipt and of the service fait; a suspension stops it, once. */
export function computeHorloge(
  f: { recueLe: Jour; serviceFaitLe: Jour | null; suspension: Suspension | null },
  aujourdhui: Jour,
): Horloge {
  const depart = f.serviceFaitLe !== null && f.serviceFaitLe > f.recueLe ? f.serviceFaitLe : f.recueLe
  const s = f.suspension
  // a suspension lifted before the clock starts stopped nothing
  const debut = s && s.depuis < depart ? depart : (s?.depuis ?? null)
  const fin = s?.jusqua ?? null
  const suspendue = debut !== null && aujourdhui >= debut && (fin === null || aujourdhui < fin)
  const arret = debut === null || fin === null ? 0 : Math.max(0, joursBetween(debut, fin))
  const ouverte = debut !== null && fin === null
  const compte = joursBetween(depart, ouverte && aujourdhui > debut ? debut : aujourdhui)
  const dejaArrete =
    debut === null || aujourdhui <= debut ? 0 : fin === null ? 0 : Math.min(arret, joursBetween(debut, aujourdhui))
  return {
    depart,
    echeance: ouverte ? null : addJours(depart, JOURS_DELAI + arret),
    echeanceOrdonnateur: ouverte ? null : addJours(depart, JOURS_ORDONNATEUR + arret),
    ecoules: Math.max(0, compte - dejaArrete),
    suspendue,
  }
}

export type TauxBce = { depuis: Jour; jusqua: Jour; taux: string | null; source: string; verifie: boolean }
export type BaremeInterets = { tauxBce: readonly TauxBce[]; points: string; forfait: string }

/** Interest owed by right when the payment is late: the rate of the half-year when they begin, and the lump sum. */
export function computeInterets(
  bareme: BaremeInterets,
  ttc: Centimes,
  horloge: Pick<Horloge, 'echeance'>,
  payeLe: Jour,
): { jours: number; taux: string; interets: Centimes; forfait: Centimes; total: Centimes } | null {
  const { echeance } = horloge
  if (echeance === null || payeLe <= echeance) return null
  const debut = addJours(echeance, 1)
  const t = bareme.tauxBce.find((x) => x.depuis <= debut && debut < x.jusqua)
  if (!t?.taux)
    throw new Refus(
      'dgp.tauxAbsent',
      `Le taux de la BCE du semestre qui contient le ${debut} n’est pas connu (dgp.tauxBce) : les intérêts ne peuvent pas être calculés.`,
    )
  const jours = joursBetween(echeance, payeLe)
  const taux = plus(fraction(t.taux), fraction(bareme.points))
  const interets = times(ttc, [taux, ratio(jours, 365)])
  const forfait = euros(bareme.forfait)
  return {
    jours,
    taux: `${formatFraction(multiply(taux, fraction('100')), 2).replace('.', ',')} %`,
    interets,
    forfait,
    total: add(interets, forfait),
  }
}
