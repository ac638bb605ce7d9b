import type { FastifyReply, FastifyRequest } from 'fastify'
import { LIBELLES_TYPE, listOrganismesByIds } from '#modules/organismes/index.ts'
import { type Base, inPlateforme } from '#socle/db/base.ts'
import { listHabilitations } from '../db/appartenances.ts'
import { getCompte } from '../db/comptes.ts'
import { listMoyens } from '../db/facteurs.ts'
import { libelleRole } from '../domain/roles.ts'
import { CODE_DEMONSTRATION, demandeSecondFacteur, etatOf } from '../domain/second-facteur.ts'
import { COOKIE_CSRF, COOKIE_SESSION } from './portier.ts'

/** What the screens know of the person: her bodies, her rights there, and where her second factor stands. */
export async function describeSession(base: Base, qui: { compteId: string; sessionId: string }) {
  const lu = await inPlateforme(base, async (tx) => ({
    compte: await getCompte(tx, qui.compteId),
    moyens: await listMoyens(tx, qui.compteId),
    session: await tx
      .selectFrom('app.acces_session')
      .select(['second_facteur_le', 'verrou_minutes'])
      .where('id', '=', qui.sessionId)
      .executeTakeFirstOrThrow(),
  }))
  const habilitations = await listHabilitations(base, lu.compte.personneId)
  const organismes = await inPlateforme(base, (tx) =>
    listOrganismesByIds(
      tx,
      habilitations.map((h) => h.organismeId),
    ),
  )
  const byId = new Map(habilitations.map((h) => [h.organismeId, h]))
  const requis = habilitations.some((h) => [...h.droits].some(demandeSecondFacteur))
  const etat = etatOf({ fait: lu.session.second_facteur_le !== null, requis, moyens: lu.moyens })
  return {
    compteId: lu.compte.id,
    personne: { id: lu.compte.personneId, nom: lu.compte.nom, prenom: lu.compte.prenom },
    identifiant: lu.compte.identifiant,
    organismes: organismes.map((o) => {
      const h = byId.get(o.id)!
      return {
        ...o,
        type: LIBELLES_TYPE[o.type],
        roles: h.roles.map(libelleRole),
        droits: [...h.droits],
        via: h.via,
        ...(h.soutien ? { motif: h.soutien.motif, fin: h.soutien.jusqua.toISOString() } : {}),
      }
    }),
    secondFacteur: {
      etat,
      moyens: lu.moyens,
      codeDemonstration: etat === 'aDonner' && lu.moyens.includes('demonstration') ? CODE_DEMONSTRATION : null,
    },
    verrouMinutes: lu.session.verrou_minutes,
  }
}

const https = () => process.env.HTTPS === 'oui'

export function setCookies(reply: FastifyReply, cle: { jeton: string; jetonCsrf: string }): void {
  const commun = { path: '/', sameSite: 'lax', secure: https() } as const
  reply.setCookie(COOKIE_SESSION, cle.jeton, { ...commun, httpOnly: true })
  reply.setCookie(COOKIE_CSRF, cle.jetonCsrf, { ...commun, httpOnly: false })
}

export function clearCookies(reply: FastifyReply): void {
  const commun = { path: '/', secure: https() }
  reply.clearCookie(COOKIE_SESSION, commun).clearCookie(COOKIE_CSRF, commun)
}

export const origineOf = (request: FastifyRequest) => ({
  appareil: request.headers['user-agent'] ?? '',
  adresse: request.ip,
})

/** Where the browser is, as it says: a passkey and a provider's answer hold for that very place only. */
export const siteOf = (request: FastifyRequest) => {
  const url = new URL(`${request.protocol}://${request.host}`)
  return { origine: url.origin, domaine: url.hostname }
}
