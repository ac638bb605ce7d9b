import { z } from 'zod'

declare const unit: unique symbol
/** An amount that exists in the accounts: a whole number of cents. `montant * 0.0785` does not compile. */
export type Centimes = bigint & { readonly [unit]: 'centimes' }
/** An exact rate, prorata or value of the point. The denominator is positive. */
export type Fraction = { readonly num: bigint; readonly den: bigint }
/** `auPlusProche`: half a cent goes away from zero, so that a payment and its reversal give zero. */
export type Arrondi = 'auPlusProche' | 'inferieur' | 'superieur' | 'troncature'

export const ZERO = 0n as Centimes
export const UN: Fraction = { num: 1n, den: 1n }

const MONTANT = /^-?\d{1,13}(\.\d{1,2})?$/
const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,15}))?$/

/** The wire and JSON form of an amount: `"1806.66"`. */
export const zMontant = z
  .string()
  .regex(MONTANT, 'Montant attendu avec un point et deux décimales au plus, par exemple 1806.66.')
  .meta({ examples: ['1806.66'] })

/** `euros('2341.12')`. Throws a plain `Error` on anything else: user input goes through `zMontant`. */
export function euros(text: string): Centimes {
  if (!MONTANT.test(text)) throw new Error(`not an amount: ${text}`)
  const point = text.indexOf('.')
  if (point < 0) return (BigInt(text) * 100n) as Centimes
  const digits = text.slice(0, point) + text.slice(point + 1).padEnd(2, '0')
  return BigInt(digits) as Centimes
}

export const centimes = (n: bigint | number): Centimes => BigInt(n) as Centimes

function decimal(text: string): Fraction {
  const found = DECIMAL.exec(text)
  if (!found) throw new Error(`not a number: ${text}`)
  const decimals = found[3] ?? ''
  const num = BigInt(found[2]! + decimals)
  return { num: found[1] ? -num : num, den: 10n ** BigInt(decimals.length) }
}

/** `fraction('6.90 %')`, `fraction('0.069')`, `fraction('59.0734')`, `fraction('6/7')`: exact, to be parsed once. */
export function fraction(text: string): Fraction {
  const slash = text.indexOf('/')
  if (slash > 0) {
    const a = decimal(text.slice(0, slash).trim())
    const b = decimal(text.slice(slash + 1).trim())
    return ratio(a.num * b.den, a.den * b.num)
  }
  if (!text.endsWith('%')) return decimal(text.trim())
  const f = decimal(text.slice(0, -1).trim())
  return { num: f.num, den: f.den * 100n }
}

export function ratio(num: bigint | number, den: bigint | number): Fraction {
  const n = BigInt(num)
  const d = BigInt(den)
  if (d === 0n) throw new Error('a fraction has no zero denominator')
  return d < 0n ? { num: -n, den: -d } : { num: n, den: d }
}

function roundedQuotient(num: bigint, den: bigint, arrondi: Arrondi): Centimes {
  if (arrondi === 'auPlusProche') {
    const twice = num + num
    return ((num < 0n ? twice - den : twice + den) / (den + den)) as Centimes
  }
  const q = num / den
  const exact = q * den === num
  if (exact || arrondi === 'troncature') return q as Centimes
  if (arrondi === 'inferieur') return (num < 0n ? q - 1n : q) as Centimes
  return (num < 0n ? q : q + 1n) as Centimes
}

/** Multiplies everything exactly and rounds once, with the rounding that the text asks for. */
export function times(c: Centimes, fractions: readonly Fraction[], arrondi: Arrondi = 'auPlusProche'): Centimes {
  let num: bigint = c
  let den = 1n
  for (const f of fractions) {
    num *= f.num
    den *= f.den
  }
  return roundedQuotient(num, den, arrondi)
}

/** The same for one rate, without an array: the hot path of the payroll engine. */
export const timesOne = (c: Centimes, f: Fraction): Centimes => roundedQuotient(c * f.num, f.den, 'auPlusProche')

/** Exact euros (a value of the point times points…) to cents. */
export function fractionToCentimes(f: Fraction, arrondi: Arrondi = 'auPlusProche'): Centimes {
  return roundedQuotient(f.num * 100n, f.den, arrondi)
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))
const reduced = (num: bigint, den: bigint): Fraction => {
  const g = gcd(num, den)
  return g > 1n ? { num: num / g, den: den / g } : { num, den }
}
export const multiply = (a: Fraction, b: Fraction): Fraction => reduced(a.num * b.num, a.den * b.den)
export const plus = (a: Fraction, b: Fraction): Fraction => reduced(a.num * b.den + b.num * a.den, a.den * b.den)
export const minus = (a: Fraction, b: Fraction): Fraction => reduced(a.num * b.den - b.num * a.den, a.den * b.den)
export const compareFractions = (a: Fraction, b: Fraction): number => {
  const d = a.num * b.den - b.num * a.den
  return d < 0n ? -1 : d > 0n ? 1 : 0
}

export const add = (a: Centimes, b: Centimes): Centimes => (a + b) as Centimes
export const subtract = (a: Centimes, b: Centimes): Centimes => (a - b) as Centimes
export const negate = (a: Centimes): Centimes => -a as Centimes
export const min = (a: Centimes, b: Centimes): Centimes => (a < b ? a : b)
export const max = (a: Centimes, b: Centimes): Centimes => (a > b ? a : b)
/** For `sort`: -1, 0 or 1. */
export const compare = (a: Centimes, b: Centimes): number => (a < b ? -1 : a > b ? 1 : 0)

export function sum(amounts: Iterable<Centimes>): Centimes {
  let total = 0n
  for (const a of amounts) total += a
  return total as Centimes
}

/** Shares a total by weights; the remainder goes to the last line, so that the parts add up. */
export function share(total: Centimes, weights: readonly bigint[]): Centimes[] {
  const whole = weights.reduce((a, b) => a + b, 0n)
  if (weights.length === 0 || whole <= 0n) throw new Error('a share needs positive weights')
  const parts = weights.map((w) => roundedQuotient(total * w, whole, 'auPlusProche'))
  const last = parts.length - 1
  parts[last] = (total - sum(parts.slice(0, last))) as Centimes
  return parts
}

/** `"1806.66"`: JSON, SQL and exports. */
export function inEuros(c: Centimes): string {
  const negative = c < 0n
  const digits = (negative ? -c : c).toString()
  const text = digits.length > 2 ? `${digits.slice(0, -2)}.${digits.slice(-2)}` : `0.${digits.padStart(2, '0')}`
  return negative ? `-${text}` : text
}

/** « 1 806,66 € » with the French spaces. */
export function formatEuros(amount: Centimes | string): string {
  const text = typeof amount === 'string' ? inEuros(euros(amount)) : inEuros(amount)
  const [whole, cents] = text.split('.') as [string, string]
  return `${whole.replace(/\B(?=(\d{3})+$)/g, '\u202f').replace('-', '\u2212')},${cents}\u00a0€`
}

/** A decimal text of a fraction, cut at `decimals` and without useless zeros: `0.111` gives « 11,1 » in percent. */
export function formatFraction(f: Fraction, decimals = 4): string {
  const scaled = roundedQuotient(f.num * 10n ** BigInt(decimals), f.den, 'auPlusProche')
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0')
  const cut = digits.length - decimals
  const rest = digits.slice(cut).replace(/0+$/, '')
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, cut)}${rest ? `.${rest}` : ''}`
}
