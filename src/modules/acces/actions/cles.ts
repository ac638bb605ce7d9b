import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { inscrireAgence } from '#modules/journal/index.ts'
import { type Base, inPlateforme, type Tx } from '#socle/db/base.ts'
import type { Compte } from '#socle/http/servir.ts'
import { newId } from '#socle/ids.ts'
import { Refus } from '#socle/refus.ts'
import { type Facteur, listFacteurs, setDefi, takeDefi } from '../db/facteurs.ts'
import { firstCodes, raiseSession } from './second-facteur.ts'

/** Where the browser stands: passkeys are bound to the name of the site. */
export type Site = { origine: string; domaine: string }

export const refusCle = () =>
  new Refus('cle.refusee', 'La clé n’a pas été reconnue. Recommencez, ou choisissez un autre moyen.', { status: 400 })

/** A browser makes passkeys for a name, never for an IP address. */
export function requireNom(site: Site): void {
  if (/^[\d.]+$|:/.test(site.domaine))
    throw new Refus(
      'cle.sansNom',
      'Une clé d’accès demande un nom de site : ouvrez Bosquet par son nom, pas par une adresse IP.',
      { status: 409 },
    )
}

export async function challengeInscription(base: Base, qui: Compte, identifiant: string, site: Site) {
  requireNom(site)
  return inPlateforme(base, async (tx) => {
    const options = await generateRegistrationOptions({
      rpName: 'Bosquet',
      rpID: site.domaine,
      userName: identifiant,
      userDisplayName: qui.nom,
      userID: new TextEncoder().encode(qui.compteId) as Uint8Array<ArrayBuffer>,
      attestationType: 'none',
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
      excludeCredentials: (await cles(tx, qui.compteId)).map((c) => ({ id: c.cleId!, transports: c.transports })),
    })
    await setDefi(tx, qui.sessionId, options.challenge)
    return options
  })
}

const cles = async (tx: Tx, compteId: string) => (await listFacteurs(tx, compteId)).filter((f) => f.nature === 'cle')

/** What the library throws is a reply that does not hold: a refusal, never an incident. */
const verified = <T extends { verified: boolean }>(verification: Promise<T>): Promise<T | undefined> =>
  verification.then(
    (v) => (v.verified ? v : undefined),
    () => undefined,
  )

export async function registerCle(base: Base, qui: Compte, site: Site, nom: string, reponse: RegistrationResponseJSON) {
  return inPlateforme(base, async (tx) => {
    const defi = await takeDefi(tx, qui.sessionId)
    const v =
      defi &&
      (await verified(
        verifyRegistrationResponse({
          response: reponse,
          expectedChallenge: defi,
          expectedOrigin: site.origine,
          expectedRPID: site.domaine,
          requireUserVerification: false,
        }),
      ))
    if (!v) return undefined
    const { credential } = v.registrationInfo!
    await tx
      .insertInto('app.acces_facteur')
      .values({
        id: newId(),
        compte_id: qui.compteId,
        nature: 'cle',
        nom,
        secret: null,
        cle_id: credential.id,
        cle_publique: Buffer.from(credential.publicKey).toString('base64url'),
        compteur: credential.counter,
        transports: credential.transports ?? [],
        confirme_le: new Date(),
      })
      .execute()
    const inscrit = { codes: await firstCodes(tx, qui.compteId), cle: await raiseSession(tx, qui.sessionId, 'cle') }
    await inscrireAgence(tx, qui, { acte: 'secondFacteur.inscrire', detail: { moyen: 'cle' } })
    return inscrit
  }).then(orRefuse)
}

/** The refusal comes after the transaction: a challenge that was tried is spent, even by a wrong answer. */
function orRefuse<T>(fait: T | undefined): T {
  if (fait === undefined) throw refusCle()
  return fait
}

export async function challengeVerification(base: Base, qui: Compte, site: Site) {
  requireNom(site)
  return inPlateforme(base, async (tx) => {
    const options = await generateAuthenticationOptions({
      rpID: site.domaine,
      allowCredentials: (await cles(tx, qui.compteId)).map((c) => ({ id: c.cleId!, transports: c.transports })),
      userVerification: 'preferred',
    })
    await setDefi(tx, qui.sessionId, options.challenge)
    return options
  })
}

/**
 * Checks the answer of one of the account's keys, in the transaction of what it opens. `personneVerifiee`: alone, without
 * a password before it, a key that anybody can touch is not enough.
 */
export async function checkCle(
  tx: Tx,
  qui: Pick<Compte, 'compteId' | 'sessionId'>,
  site: Site,
  reponse: AuthenticationResponseJSON,
  { personneVerifiee = false } = {},
): Promise<boolean> {
  const defi = await takeDefi(tx, qui.sessionId)
  const facteur = (await cles(tx, qui.compteId)).find((f) => f.cleId === reponse.id)
  return (
    defi !== undefined && facteur !== undefined && acceptCle(tx, facteur, site, { reponse, defi, personneVerifiee })
  )
}

/** The answer of this key to this challenge holds, here; its counter moves on. */
export async function acceptCle(
  tx: Tx,
  facteur: Facteur,
  site: Site,
  p: { reponse: AuthenticationResponseJSON; defi: string; personneVerifiee: boolean },
): Promise<boolean> {
  const v = await verified(
    verifyAuthenticationResponse({
      response: p.reponse,
      expectedChallenge: p.defi,
      expectedOrigin: site.origine,
      expectedRPID: site.domaine,
      requireUserVerification: p.personneVerifiee,
      credential: {
        id: facteur.cleId!,
        publicKey: new Uint8Array(Buffer.from(facteur.clePublique!, 'base64url')),
        counter: facteur.compteur,
      },
    }),
  )
  if (!v) return false
  await tx
    .updateTable('app.acces_facteur')
    .set({ compteur: v.authenticationInfo.newCounter, utilise_le: new Date() })
    .where('id', '=', facteur.id)
    .execute()
  return true
}

export async function giveCle(base: Base, qui: Compte, site: Site, reponse: AuthenticationResponseJSON) {
  const cle = await inPlateforme(base, async (tx) =>
    (await checkCle(tx, qui, site, reponse)) ? raiseSession(tx, qui.sessionId, 'cle') : undefined,
  )
  if (!cle)
    await inPlateforme(base, (tx) =>
      inscrireAgence(tx, qui, { acte: 'secondFacteur.refuser', detail: { moyen: 'cle' } }),
    )
  return orRefuse(cle)
}
