import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { inPlateforme } from '#socle/db/base.ts'
import { type Application, servirCompte, servirPublic } from '#socle/http/servir.ts'
import { introuvable } from '#socle/refus.ts'
import { openSession } from '../actions/connexion.ts'
import { challengeConnexion, openSessionByCle } from '../actions/connexion-par-cle.ts'
import { askOubli, changeMotDePasse, resetMotDePasse } from '../actions/mot-de-passe.ts'
import * as contrat from '../contract.ts'
import { listSessions, revokeSession } from '../db/comptes.ts'
import { createLien } from '../droits/actions/lien.ts'
import { registerDroits } from '../droits/http.ts'
import { endSessionUrl } from '../federation/aller-retour.ts'
import { registerFederation } from '../federation/http.ts'
import { registerPortefeuilles } from '../portefeuilles/http.ts'
import type { ServicesAcces } from '../services.ts'
import { registerTitulaire } from '../titulaire/http.ts'
import { registerSecondFacteur } from './second-facteur.ts'
import { clearCookies, describeSession, origineOf, setCookies, siteOf } from './session.ts'

export function registerAcces(application: Application, services: ServicesAcces): void {
  const { base } = application
  registerSecondFacteur(application, services)
  registerFederation(application, services)
  registerTitulaire(application, services)
  registerPortefeuilles(application)
  registerDroits(application, { creerLien: (tx, compteId) => createLien(tx, compteId, services.courrier.lien) })

  servirPublic(application, contrat.connecter, async ({ body, request, reply }) => {
    const session = await openSession(base, body, origineOf(request))
    setCookies(reply, session)
    return describeSession(base, { compteId: session.compte.id, sessionId: session.sessionId })
  })

  servirPublic(application, contrat.defierConnexion, async ({ request }) => ({
    ...(await challengeConnexion(base, siteOf(request), request.ip)),
  }))

  servirPublic(application, contrat.connecterParCle, async ({ body, request, reply }) => {
    const saisie = { ...body, reponse: body.reponse as unknown as AuthenticationResponseJSON }
    const session = await openSessionByCle(base, siteOf(request), saisie, origineOf(request))
    setCookies(reply, session)
    return describeSession(base, { compteId: session.compte.id, sessionId: session.sessionId })
  })

  servirCompte(application, contrat.lireSession, ({ qui }) => describeSession(base, qui))

  servirCompte(application, contrat.deconnecter, async ({ qui, request, reply }) => {
    const suite = await endSessionUrl(services, qui.sessionId, `${siteOf(request).origine}/connexion`)
    await inPlateforme(base, (tx) => revokeSession(tx, qui.compteId, qui.sessionId))
    clearCookies(reply)
    // drafts are removed by the screen, which keeps the choices of display; see effacerBrouillons
    reply.header('clear-site-data', '"cache"')
    return { ferme: true as const, ...(suite ? { suite } : {}) }
  })

  servirCompte(application, contrat.listerSessions, async ({ qui }) => {
    const sessions = await inPlateforme(base, (tx) => listSessions(tx, qui.compteId))
    return {
      sessions: sessions.map((s) => ({
        id: s.id,
        appareil: s.appareil,
        adresse: s.adresse,
        creeeLe: s.creee_le.toISOString(),
        vueLe: s.vue_le.toISOString(),
        estCourante: s.id === qui.sessionId,
      })),
    }
  })

  servirCompte(application, contrat.revoquerSession, async ({ qui, params }) => {
    const done = await inPlateforme(base, (tx) => revokeSession(tx, qui.compteId, params.id))
    if (!done) throw introuvable('Cette session')
    return { revoquee: true as const }
  })

  servirCompte(application, contrat.changerMotDePasse, async ({ qui, body }) => {
    await changeMotDePasse(services, qui, body)
    return { change: true as const }
  })

  servirPublic(application, contrat.oublierMotDePasse, async ({ body, request }) => {
    await askOubli(services, body.identifiant, request.ip)
    return { recu: true as const }
  })

  servirPublic(application, contrat.choisirMotDePasse, async ({ body }) => {
    await resetMotDePasse(services, body)
    return { change: true as const }
  })
}
