import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { newId, UUID } from '#socle/ids.ts'

/** Whose key seals a document: a body, or a person (her safe). */
export type Proprietaire = `organisme:${string}` | `personne:${string}`

export const organisme = (id: string): Proprietaire => `organisme:${id}`
export const personne = (id: string): Proprietaire => `personne:${id}`

/** The clear key of an owner. It travels between threads of one process, never further. */
export type Cle = { readonly id: string; readonly secret: Uint8Array }

/** What the store receives: bytes that only the owner's key opens, and the address of their clear content. */
export type Scelle = {
  readonly proprietaire: Proprietaire
  readonly empreinte: string
  readonly taille: number
  readonly octets: Uint8Array
}

/*
 * A sealed file: "BSQ1", key id (16 bytes), nonce (12), AES-256-GCM ciphertext, tag (16).
 * The owner and the address are authenticated with it: a file moved to another owner or another name does not open.
 */
const MAGIE = Buffer.from('BSQ1')
const NONCE = 12
const TAG = 16
const ENTETE = MAGIE.length + 16 + NONCE

export const empreinteOf = (octets: Uint8Array): string => createHash('sha256').update(octets).digest('hex')

const aad = (proprietaire: Proprietaire, empreinte: string) => Buffer.from(`${proprietaire}/${empreinte}`)
const uuidBytes = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')

/** Hashes and encrypts. Pure of any state: usable in a worker thread, beside the making of the document. */
export function sceller(octets: Uint8Array, cle: Cle, proprietaire: Proprietaire, empreinte = empreinteOf(octets)) {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', cle.secret, nonce).setAAD(aad(proprietaire, empreinte))
  const corps = cipher.update(octets)
  const scelle: Scelle = {
    proprietaire,
    empreinte,
    taille: octets.length,
    octets: Buffer.concat([MAGIE, uuidBytes(cle.id), nonce, corps, cipher.final(), cipher.getAuthTag()]),
  }
  return scelle
}

/** The clear content, or `undefined` when these bytes are not what was sealed: altered, truncated, moved, other key. */
export function desceller(octets: Uint8Array, cle: Cle, proprietaire: Proprietaire, empreinte: string) {
  const scelle = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
  if (scelle.length < ENTETE + TAG || !scelle.subarray(0, MAGIE.length).equals(MAGIE)) return undefined
  if (!scelle.subarray(MAGIE.length, MAGIE.length + 16).equals(uuidBytes(cle.id))) return undefined
  const decipher = createDecipheriv('aes-256-gcm', cle.secret, scelle.subarray(ENTETE - NONCE, ENTETE))
    .setAAD(aad(proprietaire, empreinte))
    .setAuthTag(scelle.subarray(scelle.length - TAG))
  try {
    const clair = Buffer.concat([decipher.update(scelle.subarray(ENTETE, scelle.length - TAG)), decipher.final()])
    return empreinteOf(clair) === empreinte ? clair : undefined
  } catch {
    return undefined // the tag does not match: that is the finding itself
  }
}

export const newCle = (): Cle => ({ id: newId<'Cle'>(), secret: randomBytes(32) })

/** Wraps an owner's key by the master key, bound to its owner and its id. */
export function envelopper(cle: Cle, proprietaire: Proprietaire, cleMaitre: Uint8Array): string {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', cleMaitre, nonce).setAAD(Buffer.from(`${proprietaire}/${cle.id}`))
  return Buffer.concat([nonce, cipher.update(cle.secret), cipher.final(), cipher.getAuthTag()]).toString('base64')
}

/** `undefined` when this master key did not wrap it. */
export function developper(
  enveloppe: string,
  id: string,
  proprietaire: Proprietaire,
  cleMaitre: Uint8Array,
): Cle | undefined {
  const e = Buffer.from(enveloppe, 'base64')
  if (e.length !== NONCE + 32 + TAG || !UUID.test(id)) return undefined
  const decipher = createDecipheriv('aes-256-gcm', cleMaitre, e.subarray(0, NONCE))
    .setAAD(Buffer.from(`${proprietaire}/${id}`))
    .setAuthTag(e.subarray(e.length - TAG))
  try {
    return { id, secret: Buffer.concat([decipher.update(e.subarray(NONCE, e.length - TAG)), decipher.final()]) }
  } catch {
    return undefined
  }
}
