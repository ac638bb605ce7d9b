import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { renderSVG } from 'uqr'
import { inscrireAgence } from '#modules/journal/index.ts'
import { type Base, inPlateforme, type Tx } from '#socle/db/base.ts'
import type { Compte } from '#socle/http/servir.ts'
import { newId } from '#socle/ids.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import type { Secrets } from '#socle/secrets.ts'
import { clearFrein, empreinteOf, noteEchec } from '../db/comptes.ts'
import { listFacteurs, listMoyens, replaceCodesSecours, takeCodeSecours, takePas } from '../db/facteurs.ts'
import type { MoyenDonne } from '../db/tables.ts'
import { attenteApres } from '../domain/frein.ts'
import { CODE_DEMONSTRATION, codeSecoursOf, type Moyen, normaliserCode } from '../domain/second-facteur.ts'
import { requirePatience } from './connexion.ts'

const NOMBRE_CODES = 10
const PERIODE = 30

export const placeOf = (facteurId: string) => `acces_facteur/${facteurId}`

const totpOf = (secret: string, compte: { identifiant: string }) =>
  new TOTP({ issuer: 'Bosquet', label: compte.identifiant, secret: Secret.fromBase32(secret), period: PERIODE })

/** The step that this code is for, one period of clock drift allowed on each side. */
function pasOf(secret: string, code: string): number | undefined {
  const delta = totpOf(secret, { identifiant: 'x' }).validate({ token: code, window: 1 })
  return delta === null ? undefined : Math.floor(Date.now() / 1000 / PERIODE) + delta
}

export const refusCode = () =>
  new Refus('secondFacteur.incorrect', 'Ce code n’est pas le bon, ou a déjà servi. Attendez le suivant.', {
    status: 400,
    champs: { code: 'Code incorrect, ou déjà utilisé.' },
  })

export type NouvelleCle = { jeton: string; jetonCsrf: string }

/**
 * Raises the session: from now on it carries another cookie, so that a cookie taken before the second factor is worth
 * nothing after it.
 */
export async function raiseSession(tx: Tx, sessionId: string, moyen: MoyenDonne): Promise<NouvelleCle> {
  const cle = { jeton: randomBytes(32).toString('base64url'), jetonCsrf: randomBytes(24).toString('base64url') }
  await tx
    .updateTable('app.acces_session')
    .set({
      empreinte: empreinteOf(cle.jeton),
      jeton_csrf: cle.jetonCsrf,
      second_facteur_le: new Date(),
      second_facteur: moyen,
      active_le: new Date(),
    })
    .where('id', '=', sessionId)
    .execute()
  return cle
}

async function checkCode(tx: Tx, secrets: Secrets, compteId: string, moyen: Moyen, code: string): Promise<boolean> {
  if (!(await listMoyens(tx, compteId)).includes(moyen)) return false
  if (moyen === 'demonstration') return normaliserCode(code) === CODE_DEMONSTRATION
  if (moyen === 'secours') return takeCodeSecours(tx, compteId, empreinteOf(normaliserCode(code)))
  for (const f of await listFacteurs(tx, compteId)) {
    if (f.nature !== 'totp') continue
    const pas = pasOf(secrets.open(f.secret!, placeOf(f.id)), code.replace(/\s/g, ''))
    if (pas !== undefined) return takePas(tx, f.id, pas)
  }
  return false
}

/** A second factor typed by the person. Wrong codes are slowed like wrong passwords. */
export async function giveCode(
  base: Base,
  secrets: Secrets,
  qui: Compte,
  saisie: { moyen: Exclude<Moyen, 'cle'>; code: string },
): Promise<NouvelleCle> {
  const frein = `facteur:${qui.compteId}`
  await requirePatience(base, [frein])
  const cle = await inPlateforme(base, async (tx) =>
    (await checkCode(tx, secrets, qui.compteId, saisie.moyen, saisie.code))
      ? raiseSession(tx, qui.sessionId, saisie.moyen)
      : undefined,
  )
  await inPlateforme(base, async (tx) => {
    if (cle) return clearFrein(tx, frein)
    await noteEchec(tx, frein, attenteApres)
    await inscrireAgence(tx, qui, { acte: 'secondFacteur.refuser', detail: { moyen: saisie.moyen } })
  })
  if (!cle) throw refusCode()
  return cle
}

/** A seed for an authenticator application; it counts once a code of it was given. */
export async function prepareTotp(base: Base, secrets: Secrets, qui: Compte, identifiant: string, nom: string) {
  const id = newId<'Facteur'>()
  const secret = new Secret({ size: 20 }).base32
  await inPlateforme(base, async (tx) => {
    // those that were begun and left
    await tx
      .deleteFrom('app.acces_facteur')
      .where('compte_id', '=', qui.compteId)
      .where('confirme_le', 'is', null)
      .execute()
    await tx
      .insertInto('app.acces_facteur')
      .values({
        id,
        compte_id: qui.compteId,
        nature: 'totp',
        nom,
        secret: secrets.seal(secret, placeOf(id)),
        cle_id: null,
        cle_publique: null,
        confirme_le: null,
      })
      .execute()
  })
  const adresse = totpOf(secret, { identifiant }).toString()
  return { id, secret: secret.replace(/(.{4})(?=.)/g, '$1 '), adresse, qr: renderSVG(adresse, { border: 2 }) }
}

/** The first code of an application proves that it holds the seed: the factor counts, and the session is raised. */
export async function confirmTotp(base: Base, secrets: Secrets, qui: Compte, id: string, code: string) {
  const frein = `facteur:${qui.compteId}`
  await requirePatience(base, [frein])
  const fait = await inPlateforme(base, async (tx) => {
    const facteur = (await listFacteurs(tx, qui.compteId, { confirmes: false })).find(
      (f) => f.id === id && f.nature === 'totp' && f.confirmeLe === null,
    )
    if (!facteur) throw introuvable('Cette application')
    const pas = pasOf(secrets.open(facteur.secret!, placeOf(id)), code.replace(/\s/g, ''))
    if (pas === undefined || !(await takePas(tx, id, pas))) return undefined
    await tx.updateTable('app.acces_facteur').set({ confirme_le: new Date() }).where('id', '=', id).execute()
    const inscrit = { codes: await firstCodes(tx, qui.compteId), cle: await raiseSession(tx, qui.sessionId, 'totp') }
    await inscrireAgence(tx, qui, { acte: 'secondFacteur.inscrire', detail: { moyen: 'totp' } })
    return inscrit
  })
  if (fait) return fait
  await inPlateforme(base, (tx) => noteEchec(tx, frein, attenteApres))
  throw refusCode()
}

/** Recovery codes come with the first factor, and are shown once. */
export async function firstCodes(tx: Tx, compteId: string): Promise<string[] | null> {
  return (await listFacteurs(tx, compteId)).length === 1 ? renewCodes(tx, compteId) : null
}

export async function renewCodes(tx: Tx, compteId: string): Promise<string[]> {
  const codes = Array.from({ length: NOMBRE_CODES }, () => codeSecoursOf(randomBytes(10)))
  await replaceCodesSecours(
    tx,
    compteId,
    codes.map((c) => empreinteOf(normaliserCode(c))),
  )
  return codes
}

export async function removeFacteur(base: Base, qui: Compte, id: string): Promise<void> {
  await inPlateforme(base, async (tx) => {
    const done = await tx
      .deleteFrom('app.acces_facteur')
      .where('id', '=', id)
      .where('compte_id', '=', qui.compteId)
      .executeTakeFirst()
    if (done.numDeletedRows === 0n) throw introuvable('Ce moyen')
    if ((await listFacteurs(tx, qui.compteId)).length === 0)
      await tx.deleteFrom('app.acces_code_secours').where('compte_id', '=', qui.compteId).execute()
    await inscrireAgence(tx, qui, { acte: 'secondFacteur.retirer' })
  })
}
