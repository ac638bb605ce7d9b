import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { inscrireAgence } from '#modules/journal/index.ts'
import { type Base, inPlateforme, type Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { Refus } from '#socle/refus.ts'
import { type CompteConnu, clearFrein, empreinteOf, findCompte, noteEchec, readAttente } from '../db/comptes.ts'
import { attenteApres } from '../domain/frein.ts'
import { VERROU_MINUTES } from '../domain/verrou.ts'

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const ARGON2 = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }

export const hashMotDePasse = (motDePasse: string): Promise<string> => hash(motDePasse.normalize('NFKC'), ARGON2)

/** An account without a password (`SANS_MOT_DE_PASSE`) has none that is right. */
export const verifyMotDePasse = async (empreinte: string, motDePasse: string): Promise<boolean> =>
  empreinte.startsWith('$argon2') && verify(empreinte, motDePasse.normalize('NFKC'))

/** Kept in the place of the fingerprint until the owner of a new account has chosen her password. */
export const SANS_MOT_DE_PASSE = 'aucun'

// An unknown identifiant costs the same time as a known one: its password is checked against this.
let leurre: Promise<string> | undefined

export type SessionNouvelle = { jeton: string; jetonCsrf: string; compte: CompteConnu; sessionId: string }

/** The message is the same whether the account exists or not. */
const refusConnexion = () => new Refus('connexion.refusee', 'Identifiant ou mot de passe incorrect.', { status: 401 })

/** @throws Refus while one of these keys has to wait */
export async function requirePatience(base: Base, cles: string[]): Promise<void> {
  const attente = await inPlateforme(base, (tx) => readAttente(tx, cles))
  if (attente > 0)
    throw new Refus(
      'connexion.ralentie',
      `Trop d’essais. Réessayez dans ${attente < 60 ? `${attente} s` : `${Math.ceil(attente / 60)} min`}.`,
      { status: 429 },
    )
}

export async function openSession(
  base: Base,
  saisie: { identifiant: string; motDePasse: string; postePartage?: boolean | undefined },
  origine: { appareil: string; adresse: string },
): Promise<SessionNouvelle> {
  const identifiant = saisie.identifiant.trim().toLowerCase()
  const cles = [`identifiant:${identifiant}`, `adresse:${origine.adresse}`]
  await requirePatience(base, cles)
  const compte = await inPlateforme(base, (tx) => findCompte(tx, identifiant))
  leurre ??= hashMotDePasse(randomBytes(16).toString('hex'))
  const connue = compte?.empreinte === SANS_MOT_DE_PASSE ? undefined : compte?.empreinte
  const juste = (await verifyMotDePasse(connue ?? (await leurre), saisie.motDePasse)) && connue !== undefined
  if (!compte || !juste) {
    await inPlateforme(base, async (tx) => {
      await noteEchec(tx, cles[0]!, attenteApres)
      // one address may be a whole town hall: it is slowed ten times later than an account
      await noteEchec(tx, cles[1]!, (n) => attenteApres(Math.floor(n / 10)))
      // what was typed for an account that does not exist may be a password: it is not written
      await inscrireAgence(
        tx,
        { personneId: compte?.personneId ?? null, nom: compte?.identifiant ?? 'Compte inconnu' },
        { acte: 'session.refuser', detail: { adresse: origine.adresse } },
      )
    })
    throw refusConnexion()
  }
  return inPlateforme(base, async (tx) => {
    await clearFrein(tx, cles[0]!)
    const session = await startSession(tx, compte, { ...origine, postePartage: saisie.postePartage === true })
    await inscrireAgence(
      tx,
      { personneId: compte.personneId, nom: compte.identifiant },
      { acte: 'session.ouvrir', detail: { adresse: origine.adresse } },
    )
    return session
  })
}

/** The session of a person whose first factor was just checked, by us or by an identity provider. */
export async function startSession(
  tx: Tx,
  compte: CompteConnu,
  origine: { appareil: string; adresse: string; postePartage?: boolean; secondFacteur?: 'federation' | 'cle' },
): Promise<SessionNouvelle> {
  const jeton = randomBytes(32).toString('base64url')
  const jetonCsrf = randomBytes(24).toString('base64url')
  const sessionId = newId<'Session'>()
  await tx
    .insertInto('app.acces_session')
    .values({
      empreinte: empreinteOf(jeton),
      id: sessionId,
      compte_id: compte.id,
      jeton_csrf: jetonCsrf,
      appareil: origine.appareil.slice(0, 200),
      adresse: origine.adresse,
      expire_le: new Date(Date.now() + 12 * 3600_000),
      verrou_minutes: origine.postePartage ? VERROU_MINUTES.partage : VERROU_MINUTES.personnel,
      second_facteur_le: origine.secondFacteur ? new Date() : null,
      second_facteur: origine.secondFacteur ?? null,
    })
    .execute()
  return { jeton, jetonCsrf, compte, sessionId }
}
