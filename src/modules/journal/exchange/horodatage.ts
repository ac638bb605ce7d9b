import { createHash, randomBytes, webcrypto } from 'node:crypto'
import * as asn1js from 'asn1js'
import * as pkijs from 'pkijs'
import { Refus } from '#socle/refus.ts'

/*
 * Timestamps of RFC 3161, from any authority that answers over HTTP. `openssl ts -verify` is the independent check of
 * what is kept here.
 */

pkijs.setEngine('node', new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto }))

const SHA256 = '2.16.840.1.101.3.4.2.1'
const ATTENTE_MS = 15_000
const TAILLE_MAX = 64 * 1024

export type Jeton = { jeton: Buffer; dateLe: Date }

const refus = (pourquoi: string) =>
  new Refus('journal.horodatage', `L’autorité d’horodatage n’a pas donné de jeton utilisable : ${pourquoi}.`, {
    status: 502,
  })

const bytesOf = (vue: ArrayBuffer | Uint8Array) => new Uint8Array(vue).slice().buffer as ArrayBuffer

/** Asks for a timestamp of these bytes, and keeps the reply only if it is about them, signed, and new. */
export async function horodater(url: string, donnees: Buffer): Promise<Jeton> {
  const empreinte = createHash('sha256').update(donnees).digest()
  // a leading zero would be dropped by one side or the other
  const nonce = Buffer.concat([Buffer.from([0x40]), randomBytes(15)])
  const demande = new pkijs.TimeStampReq({
    version: 1,
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new asn1js.Null() }),
      hashedMessage: new asn1js.OctetString({ valueHex: bytesOf(empreinte) }),
    }),
    nonce: new asn1js.Integer({ valueHex: bytesOf(nonce) }),
    certReq: true,
  })
  let recu: Buffer
  try {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: Buffer.from(demande.toSchema().toBER(false)),
      redirect: 'error',
      signal: AbortSignal.timeout(ATTENTE_MS),
    })
    if (!reply.ok) throw refus(`réponse HTTP ${reply.status}`)
    recu = Buffer.from(await reply.arrayBuffer())
  } catch (error) {
    if (error instanceof Refus) throw error
    throw refus(`elle ne répond pas (${error instanceof Error ? error.message : 'erreur inconnue'})`)
  }
  if (recu.length > TAILLE_MAX) throw refus('réponse trop longue')
  const lu = await lireJeton(recu, donnees)
  if (!lu.nonce?.equals(nonce)) throw refus('ce n’est pas la réponse à cette demande')
  return { jeton: recu, dateLe: lu.dateLe }
}

/**
 * Reads a reply: granted, about these bytes, its signature good by the certificate that it carries. Whether that
 * certificate is trusted is for `openssl ts -verify -CAfile`, with the authority's own root.
 * @throws Refus when it is not
 */
export async function lireJeton(recu: Buffer, donnees: Buffer): Promise<{ dateLe: Date; nonce: Buffer | undefined }> {
  let reponse: pkijs.TimeStampResp
  let tst: pkijs.TSTInfo
  let signe: pkijs.SignedData
  try {
    reponse = pkijs.TimeStampResp.fromBER(bytesOf(recu))
    if (reponse.status.status > 1) throw refus(`elle refuse (statut ${reponse.status.status})`)
    signe = new pkijs.SignedData({ schema: reponse.timeStampToken!.content })
    tst = pkijs.TSTInfo.fromBER(bytesOf(signe.encapContentInfo.eContent!.getValue()))
  } catch (error) {
    if (error instanceof Refus) throw error
    throw refus('réponse illisible')
  }
  const attendue = createHash('sha256').update(donnees).digest()
  const lue = Buffer.from(tst.messageImprint.hashedMessage.getValue())
  if (tst.messageImprint.hashAlgorithm.algorithmId !== SHA256 || !lue.equals(attendue))
    throw refus('il est fait pour un autre texte')
  const juste = await signe.verify({ signer: 0, data: bytesOf(donnees) }).catch(() => false)
  if (!juste) throw refus('sa signature n’est pas bonne')
  return {
    dateLe: tst.genTime,
    nonce: tst.nonce ? Buffer.from(tst.nonce.valueBlock.valueHexView) : undefined,
  }
}
