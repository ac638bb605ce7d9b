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
