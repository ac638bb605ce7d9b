import { type AuthenticationResponseJSON, generateAuthenticationOptions } from '@simplewebauthn/server'
import { inscrireAgence } from '#modules/journal/index.ts'
import { type Base, inPlateforme } from '#socle/db/base.ts'
import { findCompteOfCle, noteEchec } from '../db/comptes.ts'
import { findCle, putDefi, spendDefi } from '../db/facteurs.ts'
import { attenteApres } from '../domain/frein.ts'
import { acceptCle, refusCle, requireNom, type Site } from './cles.ts'
import { requirePatience, type SessionNouvelle, startSession } from './connexion.ts'

const freinOf = (adresse: string) => `adresse:${adresse}`

/** Names no account: the authenticator itself proposes those that it holds for this site. */
export async function challengeConnexion(base: Base, site: Site, adresse: string) {
  requireNom(site)
  await requirePatience(base, [freinOf(adresse)])
  const options = await generateAuthenticationOptions({ rpID: site.domaine, userVerification: 'required' })
  await inPlateforme(base, (tx) => putDefi(tx, options.challenge))
  return options
}

const challengeOf = (reponse: AuthenticationResponseJSON): string => {
  try {
    return String(JSON.parse(Buffer.from(reponse.response.clientDataJSON, 'base64url').toString()).challenge)
  } catch {
    return ''
  }
}

/**
 * A session by a passkey alone. The device is something that she has, and it has checked who holds it: both factors at
 * once, so a key that anybody may touch is refused here. Unknown, suspended or wrong: the same words.
 */
export async function openSessionByCle(
  base: Base,
  site: Site,
  saisie: { reponse: AuthenticationResponseJSON; postePartage?: boolean | undefined },
  origine: { appareil: string; adresse: string },
): Promise<SessionNouvelle> {
  const { reponse } = saisie
  await requirePatience(base, [freinOf(origine.adresse)])
  const session = await inPlateforme(base, async (tx) => {
    const defi = challengeOf(reponse)
    const facteur = (await spendDefi(tx, defi)) ? await findCle(tx, reponse.id) : undefined
    const compte = facteur && (await findCompteOfCle(tx, facteur.id))
    if (!compte || !(await acceptCle(tx, facteur, site, { reponse, defi, personneVerifiee: true }))) return undefined
    const ouverte = await startSession(tx, compte, {
      ...origine,
      postePartage: saisie.postePartage === true,
      secondFacteur: 'cle',
    })
    await inscrireAgence(
      tx,
      { personneId: compte.personneId, nom: compte.identifiant },
      { acte: 'session.ouvrir', detail: { adresse: origine.adresse, par: 'clé d’accès' } },
    )
    return ouverte
  })
  if (session) return session
  await inPlateforme(base, async (tx) => {
    await noteEchec(tx, freinOf(origine.adresse), (n) => attenteApres(Math.floor(n / 10)))
    await inscrireAgence(
      tx,
      { personneId: null, nom: 'Compte inconnu' },
      { acte: 'session.refuser', detail: { adresse: origine.adresse, par: 'clé d’accès' } },
    )
  })
  throw refusCle()
}
