import { randomBytes } from 'node:crypto'

// Crockford's alphabet: read over the phone without a doubt between 1 and l, 0 and o
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The number of a deposit receipt, `D-20261124-7K3M9-QX2AB`: day of deposit, then fifty random bits. */
export function newNumeroRecu(prefixe: string, instant: Date): string {
  const signes = Array.from(randomBytes(10), (n) => ALPHABET[n & 31]).join('')
  return `${prefixe}-${instant.toISOString().slice(0, 10).replaceAll('-', '')}-${signes.slice(0, 5)}-${signes.slice(5)}`
}
