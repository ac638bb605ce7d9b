import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'

declare const unit: unique symbol
/** A calendar day, `2026-01-31`. Days compare with `<`. */
export type Jour = string & { readonly [unit]: 'jour' }
/** A calendar month, `2026-01`. Months compare with `<`. */
export type Mois = string & { readonly [unit]: 'mois' }

const JOUR = /^\d{4}-\d{2}-\d{2}$/
const MOIS = /^\d{4}-(0[1-9]|1[0-2])$/

function isJour(text: string): text is Jour {
  if (!JOUR.test(text)) return false
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' })
    return true
  } catch {
    return false
  }
}
const isMois = (text: string): text is Mois => MOIS.test(text)

/** Throws a plain `Error` (a bug, not a refusal) when the text is not a day: user input goes through `zJour`. */
export function jour(text: string): Jour {
  if (!isJour(text)) throw new Error(`not a day: ${text}`)
  return text
}
/** Throws a plain `Error` when the text is not a month: user input goes through `zMois`. */
export function mois(text: string): Mois {
  if (!isMois(text)) throw new Error(`not a month: ${text}`)
  return text
}

// Branded by their type only: a transform could not be written back into a reply.
export const zJour = z
  .string()
  .refine(isJour, 'Date attendue au format AAAA-MM-JJ, par exemple 2025-01-31.')
  .meta({ examples: ['2025-11-01'] }) as unknown as z.ZodType<Jour, string>
export const zMois = z
  .string()
  .refine(isMois, 'Mois attendu au format AAAA-MM, par exemple 2025-01.')
  .meta({ examples: ['2025-11'] }) as unknown as z.ZodType<Mois, string>

const plain = (j: Jour) => Temporal.PlainDate.from(j)

export const addJours = (j: Jour, days: number): Jour => plain(j).add({ days }).toString() as Jour
/** Same day of another month, clamped to its last day. */
export const addMoisToJour = (j: Jour, months: number): Jour => plain(j).add({ months }).toString() as Jour
export const addMois = (m: Mois, months: number): Mois =>
  Temporal.PlainYearMonth.from(m).add({ months }).toString() as Mois
export const moisOf = (j: Jour): Mois => j.slice(0, 7) as Mois
export const premierJour = (m: Mois): Jour => `${m}-01` as Jour
export const joursInMois = (m: Mois): number => Temporal.PlainYearMonth.from(m).daysInMonth
export const dernierJour = (m: Mois): Jour => `${m}-${String(joursInMois(m)).padStart(2, '0')}` as Jour
/** Days from `a` to `b`, negative when `b` is before `a`. */
export const joursBetween = (a: Jour, b: Jour): number => plain(a).until(plain(b), { largestUnit: 'day' }).days
/** Months from `a` to `b`, negative when `b` is before `a`. */
export function moisBetween(a: Mois, b: Mois): number {
  return (Number(b.slice(0, 4)) - Number(a.slice(0, 4))) * 12 + Number(b.slice(5)) - Number(a.slice(5))
}
/** Age in full years on a day. */
export const ageOn = (naissance: Jour, j: Jour): number =>
  plain(naissance).until(plain(j), { largestUnit: 'year' }).years

/** `from`, …, `to`, both included. */
export function moisRange(from: Mois, to: Mois): Mois[] {
  return Array.from({ length: Math.max(0, moisBetween(from, to) + 1) }, (_, i) => addMois(from, i))
}

const NOMS_MOIS = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
]
/** « novembre 2025 » */
export const formatMois = (m: Mois | string): string => `${NOMS_MOIS[Number(m.slice(5, 7)) - 1]} ${m.slice(0, 4)}`
/** « de novembre 2025 », « d’octobre 2025 » */
export const deMois = (m: Mois | string): string => `${/^[ao]/.test(formatMois(m)) ? 'd’' : 'de '}${formatMois(m)}`
/** « 24/11/2026 » */
export const formatJour = (j: Jour | string): string => `${j.slice(8, 10)}/${j.slice(5, 7)}/${j.slice(0, 4)}`
