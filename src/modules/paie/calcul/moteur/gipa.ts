import {
  type Centimes,
  type Fraction,
  fractionToCentimes,
  max,
  minus,
  multiply,
  plus,
  ratio,
  UN,
  ZERO,
} from '#socle/argent.ts'
import type { Mois } from '#socle/dates.ts'
import type { JeuParametres } from '../parametres/jeu.ts'

/** Mean value of the point over a calendar year, month by month. */
function pointMoyen(jeu: JeuParametres, annee: number): Fraction {
  let total: Fraction = { num: 0n, den: 1n }
  for (let m = 1; m <= 12; m++)
    total = plus(total, jeu.pour(`${annee}-${String(m).padStart(2, '0')}` as Mois).fraction('point_indice.annuel'))
  return multiply(total, ratio(1, 12))
}

/**
 * Garantie individuelle du pouvoir d’achat of a year of payment: traitement of the start raised by the inflation, less that of
 * the end, four years later. Throws `ParametreManquant` for a year without a text.
 */
export function montantGipa(jeu: JeuParametres, annee: number, imDebut: number, imFin: number): Centimes {
  const inflation = jeu.pour(`${annee}-12` as Mois).fraction('gipa.inflation')
  const debut = multiply(pointMoyen(jeu, annee - 5), ratio(imDebut, 1))
  const fin = multiply(pointMoyen(jeu, annee - 1), ratio(imFin, 1))
  const g = fractionToCentimes(minus(multiply(debut, plus(UN, inflation)), fin))
  return max(ZERO, g)
}
