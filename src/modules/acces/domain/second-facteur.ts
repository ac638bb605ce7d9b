/** Ways to give a second factor. `federation`: the identity provider asked for it. */
export const MOYENS = ['totp', 'cle', 'secours', 'demonstration'] as const
export type Moyen = (typeof MOYENS)[number]

/** Typed by everybody in the demonstration, whose password is public too; an account that enrols a real factor loses it. */
export const CODE_DEMONSTRATION = '246810'

/**
 * Rights that a password alone opens. A right asks for a second factor unless it stands here: a new one is protected
 * without anybody having to think of it.
 */
const DROITS_SANS_SECOND_FACTEUR: readonly string[] = []

export const demandeSecondFacteur = (droit: string): boolean => !DROITS_SANS_SECOND_FACTEUR.includes(droit)

export type EtatSecondFacteur = 'fait' | 'aDonner' | 'aInscrire' | 'facultatif'

/** Where a session stands: whoever has enrolled a factor gives it, whoever needs one enrols it. */
export function etatOf(s: { fait: boolean; requis: boolean; moyens: readonly Moyen[] }): EtatSecondFacteur {
  if (s.fait) return 'fait'
  if (s.moyens.some((m) => m === 'totp' || m === 'cle')) return 'aDonner'
  if (!s.requis) return 'facultatif'
  return s.moyens.length > 0 ? 'aDonner' : 'aInscrire'
}

/** Crockford's letters: no I, L, O, U to take for another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A recovery code of 80 bits, in four groups: `7K3M-0QXZ-…`. */
export function codeSecoursOf(octets: Uint8Array): string {
  let bits = 0n
  for (const o of octets.subarray(0, 10)) bits = (bits << 8n) | BigInt(o)
  let code = ''
  for (let i = 0; i < 16; i++) code = ALPHABET[Number((bits >> BigInt(5 * i)) & 31n)] + code
  return code.replace(/(.{4})(?=.)/g, '$1-')
}

/** As a person types it: case, spaces and dashes do not count, and O is 0, I and L are 1. */
export const normaliserCode = (saisi: string): string =>
  saisi
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
