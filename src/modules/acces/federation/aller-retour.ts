import { randomBytes } from 'node:crypto'
import * as oidc from 'openid-client'
import { listOrganismesByIds } from '#modules/organismes/index.ts'
import { inPlateforme, type Tx } from '#socle/db/base.ts'
import type { Compte } from '#socle/http/servir.ts'
import { Refus } from '#socle/refus.ts'
import { type SessionNouvelle, startSession } from '../actions/connexion.ts'
import { listHabilitations } from '../db/appartenances.ts'
import { type CompteConnu, empreinteOf, findCompte } from '../db/comptes.ts'
import { listFacteurs } from '../db/facteurs.ts'
import type { ServicesAcces } from '../services.ts'
import { configurationOf, PROFILS, type Reglage, requireActif } from './client.ts'
import { type CodeRefus, FOURNISSEURS, type Nature, REFUS_FEDERATION } from './contract.ts'

const VALIDITE_MS = 15 * 60_000

export const placeOfJeton = (sessionId: string) => `session/${sessionId}`

export const refusFederation = (nature: Nature, code: CodeRefus) =>
  new Refus(`federation.${code}`, `${FOURNISSEURS[nature]} : ${REFUS_FEDERATION[code]}`, { status: 401 })

/** Sends a browser to a provider; gives its address, and the cookie that only this browser will bring back. */
export async function startDepart(
  s: ServicesAcces,
  nature: Nature,
  vers: { retour: string; suite: string },
  qui?: Compte,
): Promise<{ adresse: string; cookie: string }> {
  const reglage = await requireActif(s, nature)
  const configuration = await configurationOf(reglage, s.hotesIdentite).catch(() => {
    throw refusFederation(nature, 'silence')
  })
  const depart = { etat: oidc.randomState(), nonce: oidc.randomNonce(), verificateur: oidc.randomPKCECodeVerifier() }
  const cookie = randomBytes(32).toString('base64url')
  await inPlateforme(s.base, async (tx) => {
    await tx.deleteFrom('app.acces_depart').where('expire_le', '<', new Date()).execute()
    await tx
      .insertInto('app.acces_depart')
      .values({
        empreinte: empreinteOf(cookie),
        fournisseur: nature,
        ...depart,
        ...vers,
        compte_id: qui?.compteId ?? null,
        expire_le: new Date(Date.now() + VALIDITE_MS),
      })
      .execute()
  })
  const { doubleFacteur, scopes } = PROFILS[nature]
  const adresse = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: vers.retour,
    scope: scopes,
    state: depart.etat,
    nonce: depart.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(depart.verificateur),
    code_challenge_method: 'S256',
    // asked and not demanded: whose employer has no second factor comes in, and gives ours
    ...(doubleFacteur
      ? {
          claims: JSON.stringify({
            id_token: { amr: { essential: true }, acr: { values: reglage.niveaux } },
          }),
        }
      : { acr_values: reglage.niveaux.join(' ') }),
  })
  return { adresse: adresse.href, cookie }
}

async function takeDepart(tx: Tx, cookie: string, nature: Nature) {
  const depart = await tx
    .deleteFrom('app.acces_depart')
    .where('empreinte', '=', empreinteOf(cookie))
    .returningAll()
    .executeTakeFirst()
  return depart && depart.fournisseur === nature && depart.expire_le > new Date() ? depart : undefined
}

export type Arrivee = { session: SessionNouvelle; suite: string } | { session?: never; suite: string }

type Identite = { sujet: string; courriel?: string; siret?: string; double: boolean; jeton: string }

/** Back from a provider: the code is exchanged, and what it says of the person becomes a session of one of our accounts. */
export async function finishRetour(
  s: ServicesAcces,
  nature: Nature,
  cookie: string,
  adresse: URL,
  origine: { appareil: string; adresse: string },
): Promise<Arrivee> {
  const reglage = await requireActif(s, nature)
  const depart = await inPlateforme(s.base, (tx) => takeDepart(tx, cookie, nature))
  if (!depart) throw refusFederation(nature, 'perimee')
  const retour = new URL(depart.retour)
  retour.search = adresse.search
  const identite = await readIdentite(s, reglage, retour, depart).catch((e: unknown) => {
    const erreur = (e as { error?: string }).error
    throw refusFederation(nature, erreur === 'access_denied' ? 'abandon' : 'reponse')
  })
  return inPlateforme(s.base, async (tx) => {
    if (depart.compte_id !== null) {
      await linkIdentite(tx, nature, identite, depart.compte_id)
      return { suite: depart.suite }
    }
    const { compte, nouvelle } = await accountOf(tx, nature, identite)
    const protege = nouvelle && (await listFacteurs(tx, compte.id)).length > 0
    const session = await startSession(tx, compte, {
      ...origine,
      // a provider met for the first time does not replace the factor that the person has enrolled here
      ...(identite.double && !protege ? { secondFacteur: 'federation' as const } : {}),
    })
    await tx
      .updateTable('app.acces_session')
      .set({ fournisseur: nature, jeton_identite: s.secrets.seal(identite.jeton, placeOfJeton(session.sessionId)) })
      .where('id', '=', session.sessionId)
      .execute()
    return { session, suite: depart.suite, siret: identite.siret }
  }).then(async ({ siret, ...arrivee }: Arrivee & { siret?: string | undefined }) => {
    if (!arrivee.session || arrivee.suite !== '/') return arrivee
    return { ...arrivee, suite: await pageOfSiret(s, arrivee.session.compte.personneId, siret) }
  })
}

async function readIdentite(
  s: ServicesAcces,
  reglage: Reglage,
  adresse: URL,
  depart: { etat: string; nonce: string; verificateur: string },
): Promise<Identite> {
  const configuration = await configurationOf(reglage, s.hotesIdentite)
  const jetons = await oidc.authorizationCodeGrant(configuration, adresse, {
    expectedState: depart.etat,
    expectedNonce: depart.nonce,
    pkceCodeVerifier: depart.verificateur,
    idTokenExpected: true,
  })
  const { sub, acr, amr } = jetons.claims()!
  const infos = await oidc.fetchUserInfo(configuration, jetons.access_token, sub)
  const double =
    PROFILS[reglage.nature].doubleFacteur &&
    ((typeof acr === 'string' && reglage.niveaux.includes(acr)) || (Array.isArray(amr) && amr.includes('mfa')))
  return {
    sujet: sub,
    double,
    jeton: jetons.id_token!,
    ...(typeof infos.email === 'string' && infos.email_verified !== false
      ? { courriel: infos.email.toLowerCase() }
      : {}),
    ...(typeof infos.siret === 'string' ? { siret: infos.siret } : {}),
  }
}

/** The account of this identity: known, or met for the first time by the professional address of an account. */
async function accountOf(tx: Tx, nature: Nature, i: Identite): Promise<{ compte: CompteConnu; nouvelle: boolean }> {
  const connue = await tx
    .selectFrom('app.acces_identite as i')
    .innerJoin('app.acces_compte as c', 'c.id', 'i.compte_id')
    .select('c.identifiant')
    .where('i.fournisseur', '=', nature)
    .where('i.sujet', '=', i.sujet)
    .executeTakeFirst()
  const identifiant = connue?.identifiant ?? (nature === 'proconnect' ? i.courriel : undefined)
  const compte = identifiant === undefined ? undefined : await findCompte(tx, identifiant)
  if (!compte) throw refusFederation(nature, nature === 'proconnect' ? 'sansCompte' : 'nonLiee')
  await linkIdentite(tx, nature, i, compte.id)
  return { compte, nouvelle: connue === undefined }
}

async function linkIdentite(tx: Tx, nature: Nature, i: Identite, compteId: string): Promise<void> {
  const lues = await tx
    .selectFrom('app.acces_identite')
    .select(['compte_id', 'sujet'])
    .where('fournisseur', '=', nature)
    .where((eb) => eb.or([eb('sujet', '=', i.sujet), eb('compte_id', '=', compteId)]))
    .execute()
  if (lues.some((l) => l.compte_id !== compteId || l.sujet !== i.sujet)) throw refusFederation(nature, 'dejaLiee')
  const vue = { courriel: i.courriel ?? null, siret: i.siret ?? null, vue_le: new Date() }
  await tx
    .insertInto('app.acces_identite')
    .values({ fournisseur: nature, sujet: i.sujet, compte_id: compteId, ...vue })
    .onConflict((c) => c.columns(['fournisseur', 'sujet']).doUpdateSet(vue))
    .execute()
}

/** The SIRET opens the page of that body when the person has a role there; it never gives one. */
async function pageOfSiret(s: ServicesAcces, personneId: string, siret: string | undefined): Promise<string> {
  if (siret === undefined) return '/'
  const siens = (await listHabilitations(s.base, personneId)).map((h) => h.organismeId)
  const organismes = await inPlateforme(s.base, (tx) => listOrganismesByIds(tx, siens))
  const la = organismes.find((o) => o.siren === siret.slice(0, 9))
  return la ? `/o/${la.siren}/` : '/'
}

/** Where the browser closes the session of the provider too; nothing when there is none. */
export async function endSessionUrl(s: ServicesAcces, sessionId: string, apres: string): Promise<string | undefined> {
  const row = await inPlateforme(s.base, (tx) =>
    tx
      .selectFrom('app.acces_session')
      .select(['fournisseur', 'jeton_identite'])
      .where('id', '=', sessionId)
      .executeTakeFirst(),
  )
  if (!row?.fournisseur || !row.jeton_identite) return undefined
  const jeton = s.secrets.open(row.jeton_identite, placeOfJeton(sessionId))
  return requireActif(s, row.fournisseur as Nature)
    .then((r) => configurationOf(r, s.hotesIdentite))
    .then(
      (c) =>
        oidc.buildEndSessionUrl(c, { id_token_hint: jeton, post_logout_redirect_uri: apres, state: oidc.randomState() })
          .href,
    )
    .catch(() => undefined) // the provider is silent: our own session is closed all the same
}
