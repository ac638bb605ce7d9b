import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { type Base, inPlateforme } from '#socle/db/base.ts'
import { type Application, type Compte, servirCompte } from '#socle/http/servir.ts'
import { Refus } from '#socle/refus.ts'
import { challengeInscription, challengeVerification, giveCle, registerCle } from '../actions/cles.ts'
import {
  confirmTotp,
  giveCode,
  type NouvelleCle,
  prepareTotp,
  removeFacteur,
  renewCodes,
} from '../actions/second-facteur.ts'
import { changeCodeVerrou, lockSession, readVerrou, unlockSession } from '../actions/verrou.ts'
import * as contrat from '../contract.ts'
import { getCompte } from '../db/comptes.ts'
import { countCodesSecours, listFacteurs } from '../db/facteurs.ts'
import type { ServicesAcces } from '../services.ts'
import { describeSession, setCookies, siteOf } from './session.ts'

const FRAICHEUR_MS = 30 * 60_000

/** What opens the account is changed by someone who has just proved who he is, if the account has a factor of its own. */
export async function requireRecent(base: Base, qui: Compte): Promise<void> {
  const frais = qui.secondFacteurLe !== null && Date.now() - qui.secondFacteurLe.getTime() <= FRAICHEUR_MS
  if (frais || (await inPlateforme(base, (tx) => listFacteurs(tx, qui.compteId))).length === 0) return
  throw new Refus(
    'secondFacteur.requis',
    'Votre dernière vérification date de plus de trente minutes : donnez votre code ou votre clé d’accès.',
    { status: 403 },
  )
}

export function registerSecondFacteur(application: Application, { secrets }: ServicesAcces): void {
  const { base } = application
  const identifiantOf = async (qui: Compte) =>
    (await inPlateforme(base, (tx) => getCompte(tx, qui.compteId))).identifiant

  servirCompte(application, contrat.lireSecondFacteur, ({ qui }) =>
    inPlateforme(base, async (tx) => ({
      facteurs: (await listFacteurs(tx, qui.compteId)).map((f) => ({
        id: f.id,
        nature: f.nature,
        nom: f.nom,
        creeLe: f.creeLe.toISOString(),
        utiliseLe: f.utiliseLe?.toISOString() ?? null,
      })),
      codesRestants: await countCodesSecours(tx, qui.compteId),
      aCodeVerrou: (await readVerrou(tx, qui)).codeVerrou !== null,
    })),
  )

  servirCompte(application, contrat.donnerSecondFacteur, async ({ qui, body, reply }) => {
    setCookies(reply, await giveCode(base, secrets, qui, body))
    return describeSession(base, qui)
  })

  servirCompte(application, contrat.preparerTotp, async ({ qui, body }) => {
    await requireRecent(base, qui)
    return prepareTotp(base, secrets, qui, await identifiantOf(qui), body.nom)
  })

  const inscrit = (reply: Parameters<typeof setCookies>[0], fait: { codes: string[] | null; cle: NouvelleCle }) => {
    setCookies(reply, fait.cle)
    return { codesSecours: fait.codes }
  }

  servirCompte(application, contrat.confirmerTotp, async ({ qui, params, body, reply }) => {
    await requireRecent(base, qui)
    return inscrit(reply, await confirmTotp(base, secrets, qui, params.id, body.code))
  })

  servirCompte(application, contrat.defierInscriptionCle, async ({ qui, request }) => {
    await requireRecent(base, qui)
    return {
      ...(await challengeInscription(base, qui, await identifiantOf(qui), siteOf(request))),
    }
  })

  servirCompte(application, contrat.inscrireCle, async ({ qui, body, request, reply }) => {
    await requireRecent(base, qui)
    const reponse = body.reponse as unknown as RegistrationResponseJSON
    return inscrit(reply, await registerCle(base, qui, siteOf(request), body.nom, reponse))
  })

  servirCompte(application, contrat.defierCle, async ({ qui, request }) => ({
    ...(await challengeVerification(base, qui, siteOf(request))),
  }))

  servirCompte(application, contrat.donnerCle, async ({ qui, body, request, reply }) => {
    const reponse = body.reponse as unknown as AuthenticationResponseJSON
    setCookies(reply, await giveCle(base, qui, siteOf(request), reponse))
    return describeSession(base, qui)
  })

  servirCompte(application, contrat.retirerFacteur, async ({ qui, params }) => {
    await requireRecent(base, qui)
    await removeFacteur(base, qui, params.id)
    return { retire: true as const }
  })

  servirCompte(application, contrat.renouvelerCodes, async ({ qui }) => {
    await requireRecent(base, qui)
    if ((await inPlateforme(base, (tx) => listFacteurs(tx, qui.compteId))).length === 0)
      throw new Refus('codes.sansMoyen', 'Les codes de secours remplacent un moyen perdu : inscrivez-en un d’abord.')
    return { codesSecours: await inPlateforme(base, (tx) => renewCodes(tx, qui.compteId)) }
  })

  servirCompte(application, contrat.lireVerrou, async ({ qui }) => {
    const v = await inPlateforme(base, (tx) => readVerrou(tx, qui))
    return { verrouillee: v.verrouillee, personne: qui.nom, moyens: v.moyens }
  })

  servirCompte(application, contrat.verrouiller, async ({ qui }) => {
    await inPlateforme(base, (tx) => lockSession(tx, qui))
    return { verrouillee: true as const }
  })

  servirCompte(application, contrat.deverrouiller, async ({ qui, body, request }) => {
    await unlockSession(base, siteOf(request), qui, body)
    return { verrouillee: false as const }
  })

  servirCompte(application, contrat.changerCodeVerrou, async ({ qui, body }) => {
    await requireRecent(base, qui)
    await changeCodeVerrou(base, qui, body.code)
    return { change: true as const }
  })
}
