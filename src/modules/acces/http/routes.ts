import type { FastifyReply } from 'fastify'
import { LIBELLES_TYPE, listOrganismesByIds } from '#modules/organismes/index.ts'
import { type Base, inPlateforme } from '#socle/db/base.ts'
import { type Application, servirCompte, servirPublic } from '#socle/http/servir.ts'
import { introuvable } from '#socle/refus.ts'
import { changeMotDePasse, openSession } from '../actions/connexion.ts'
import * as contrat from '../contract.ts'
import { listHabilitations } from '../db/appartenances.ts'
import { getCompte, listSessions, revokeSession } from '../db/comptes.ts'
import { ROLES, type Role } from '../domain/roles.ts'
import { COOKIE_CSRF, COOKIE_SESSION } from './portier.ts'

const libelleOf = (role: string) => (role in ROLES ? ROLES[role as Role].libelle : role)

async function describeSession(
  base: Base,
  compte: { id: string; personneId: string; nom: string; prenom: string; identifiant: string },
) {
  const habilitations = await listHabilitations(base, compte.personneId)
  const organismes = await inPlateforme(base, (tx) =>
    listOrganismesByIds(
      tx,
      habilitations.map((h) => h.organismeId),
    ),
  )
  const byId = new Map(habilitations.map((h) => [h.organismeId, h]))
  return {
    compteId: compte.id,
    personne: { id: compte.personneId, nom: compte.nom, prenom: compte.prenom },
    identifiant: compte.identifiant,
    organismes: organismes.map((o) => {
      const h = byId.get(o.id)!
      return { ...o, type: LIBELLES_TYPE[o.type], roles: h.roles.map(libelleOf), droits: [...h.droits], via: h.via }
    }),
  }
}

const https = () => process.env.HTTPS === 'oui'

function setCookies(reply: FastifyReply, jeton: string, csrf: string) {
  const commun = { path: '/', sameSite: 'lax', secure: https() } as const
  reply.setCookie(COOKIE_SESSION, jeton, { ...commun, httpOnly: true })
  reply.setCookie(COOKIE_CSRF, csrf, { ...commun, httpOnly: false })
}

export function registerAcces(application: Application): void {
  const { base } = application

  servirPublic(application, contrat.connecter, async ({ body, request, reply }) => {
    const session = await openSession(base, body, {
      appareil: request.headers['user-agent'] ?? '',
      adresse: request.ip,
    })
    setCookies(reply, session.jeton, session.jetonCsrf)
    return describeSession(base, session.compte)
  })

  servirCompte(application, contrat.lireSession, async ({ qui }) => {
    const compte = await inPlateforme(base, (tx) => getCompte(tx, qui.compteId))
    return describeSession(base, compte)
  })

  servirCompte(application, contrat.deconnecter, async ({ qui, reply }) => {
    await inPlateforme(base, (tx) => revokeSession(tx, qui.compteId, qui.sessionId))
    reply.clearCookie(COOKIE_SESSION, { path: '/' }).clearCookie(COOKIE_CSRF, { path: '/' })
    return { ferme: true as const }
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
    await changeMotDePasse(base, qui, body)
    return { change: true as const }
  })
}
