import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Keeps the secrets that Bosquet must be able to read again (TOTP seeds, client secrets): sealed in the database by a
 * key derived from the master key of the installation, and bound to their place, so that a copied row opens nothing.
 */
export type Secrets = {
  seal(clair: string, place: string): string
  /** @throws when this is not what was sealed for this place: altered, moved, or another master key */
  open(scelle: string, place: string): string
}

const NONCE = 12
const TAG = 16

export function openSecrets(cleMaitre: Uint8Array): Secrets {
  const cle = Buffer.from(hkdfSync('sha256', cleMaitre, '', 'bosquet secrets 1', 32))
  return {
    seal(clair, place) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', cle, nonce).setAAD(Buffer.from(place))
      return Buffer.concat([nonce, cipher.update(clair, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
        'base64',
      )
    },
    open(scelle, place) {
      const b = Buffer.from(scelle, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', cle, b.subarray(0, NONCE))
        .setAAD(Buffer.from(place))
        .setAuthTag(b.subarray(b.length - TAG))
      return decipher.update(b.subarray(NONCE, b.length - TAG), undefined, 'utf8') + decipher.final('utf8')
    },
  }
}
