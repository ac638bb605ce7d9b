import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

/** A passkey in software, as an operating system keeps one: for the tests of the server. */
export function createAuthentificateur(origine: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = publicKey.export({ format: 'jwk' })
  const id = randomBytes(16)
  let compteur = 0
  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: origine, crossOrigin: false }))
  const entete = (domaine: string, drapeaux: number) => {
    const nombre = Buffer.alloc(4)
    nombre.writeUInt32BE(++compteur)
    return Buffer.concat([createHash('sha256').update(domaine).digest(), Buffer.from([drapeaux]), nombre])
  }
  return {
    inscrire(options: { challenge: string; rp: { id: string } }) {
      const cose = isoCBOR.encode(
        new Map<number, number | Uint8Array>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, new Uint8Array(Buffer.from(jwk.x!, 'base64url'))],
          [-3, new Uint8Array(Buffer.from(jwk.y!, 'base64url'))],
        ]),
      )
      const authData = Buffer.concat([
        entete(options.rp.id, 0x45), // present, verified, with a credential
        Buffer.alloc(16),
        Buffer.from([0, id.length]),
        id,
        cose,
      ])
      const attestation = isoCBOR.encode(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', new Uint8Array(authData)],
        ]) as never,
      )
      return {
        id: id.toString('base64url'),
        rawId: id.toString('base64url'),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData('webauthn.create', options.challenge).toString('base64url'),
          attestationObject: Buffer.from(attestation).toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    prouver(options: { challenge: string; rpId: string }, personneVerifiee = true) {
      const donnees = clientData('webauthn.get', options.challenge)
      const authData = entete(options.rpId, personneVerifiee ? 0x05 : 0x01)
      const signature = sign(
        'sha256',
        Buffer.concat([authData, createHash('sha256').update(donnees).digest()]),
        privateKey,
      )
      return {
        id: id.toString('base64url'),
        rawId: id.toString('base64url'),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: donnees.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: signature.toString('base64url'),
        },
      }
    },
  }
}
