import { z } from 'zod'

/** Luhn key of SIREN and SIRET; La Poste's establishments follow another rule (sum divisible by 5). */
function luhn(digits: string): number {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const d = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 1 ? d * 2 : d
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10
}
const LA_POSTE = '356000000'

export const isSiren = (text: string): boolean => /^\d{9}$/.test(text) && luhn(text) === 0
export const isSiret = (text: string): boolean =>
  /^\d{14}$/.test(text) &&
  isSiren(text.slice(0, 9)) &&
  (luhn(text) === 0 || (text.startsWith(LA_POSTE) && [...text].reduce((s, c) => s + Number(c), 0) % 5 === 0))

const compact = (text: string) => text.replace(/[\s. ]/g, '')

export const zSiren = z
  .string()
  .transform(compact)
  .refine(isSiren, 'Ce SIREN n’est pas valide : neuf chiffres, le dernier étant une clé de contrôle.')
export const zSiret = z
  .string()
  .transform(compact)
  .refine(isSiret, 'Ce SIRET n’est pas valide : quatorze chiffres, le dernier étant une clé de contrôle.')

/** Key of an IBAN (ISO 13616): the country and key go behind, letters count from 10, the rest by 97 is 1. */
export const isIban = (text: string): boolean =>
  /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(text) &&
  (!text.startsWith('FR') || text.length === 27) &&
  BigInt([...text.slice(4), ...text.slice(0, 4)].map((c) => Number.parseInt(c, 36)).join('')) % 97n === 1n

export const zIban = z
  .string()
  .transform((text) => compact(text).toUpperCase())
  .refine(isIban, 'Cet IBAN n’est pas valide : sa clé de contrôle ne correspond pas. Relisez le RIB.')
export const zBic = z
  .string()
  .transform((text) => compact(text).toUpperCase())
  .refine((t) => /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(t), 'Un BIC a huit ou onze caractères.')
