import { type Centimes, type Fraction, multiply, plus, UN, ZERO } from '#socle/argent.ts'

/** Coefficients are whole numbers of ten-thousandths. */
export const DIX_MILLE = 10_000n

/** What a coefficient is made of, in ten-thousandths: exact, whatever the exponent. */
export type Bareme = {
  tmin: Fraction
  tdelta: Fraction
  /** Pay, in SMIC, up to which the coefficient is whole: one by default. */
  inflexion?: Fraction
  /** Pay, in SMIC, at which the reduction ends. */
  seuil: Fraction
  puissance: Fraction
}

const power = (x: bigint, n: number): bigint => {
  let r = 1n
  for (let i = 0; i < n; i++) r *= x
  return r
}

/**
 * Tmin + Tdelta × [inflexion/(seuil − inflexion) × (seuil × SMIC / pay − 1)]^P, rounded to four decimals, at most Tmin + Tdelta,
 * nothing from `seuil` SMIC. The rounding is found by comparing powers of whole numbers: no root is ever taken, no decimal is lost.
 */
export function coefficient(b: Bareme, smic: Centimes, remuneration: Centimes): bigint {
  if (remuneration <= ZERO) return 0n
  const { seuil, inflexion = UN } = b
  // What is under the power, as a ratio of whole numbers.
  const haut = inflexion.num * (seuil.num * smic - seuil.den * remuneration)
  if (haut <= 0n) return 0n
  const bas = (seuil.num * inflexion.den - inflexion.num * seuil.den) * remuneration
  const maximum = plus(b.tmin, b.tdelta)
  const plafond = (maximum.num * DIX_MILLE) / maximum.den
  if (haut >= bas) return plafond
  const p = multiply(b.puissance, UN)
  const num = Number(p.num)
  const den = Number(p.den)
  // (tdelta^den × x^num) as a ratio of whole numbers.
  const droite = power(b.tdelta.num, den) * power(haut, num)
  const gauche = power(b.tdelta.den, den) * power(bas, num)
  // The greatest n such that (n − 1/2)/10 000 ≤ coefficient.
  const atteint = (n: bigint): boolean => {
    const ecart = (2n * n - 1n) * b.tmin.den - b.tmin.num * 2n * DIX_MILLE
    if (ecart <= 0n) return true
    return power(ecart, den) * gauche <= droite * power(2n * DIX_MILLE * b.tmin.den, den)
  }
  let bon = 0n
  let trop = plafond + 1n
  while (trop - bon > 1n) {
    const milieu = (bon + trop) >> 1n
    if (atteint(milieu)) bon = milieu
    else trop = milieu
  }
  return bon
}
