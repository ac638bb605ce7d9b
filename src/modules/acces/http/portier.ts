import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type Base, inPlateforme } from '#socle/db/base.ts'
import type { Portier } from '#socle/http/servir.ts'
import { UUID } from '#socle/ids.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { listHabilitations } from '../db/appartenances.ts'
import { findSession } from '../db/comptes.ts'

export const COOKIE_SESSION = 'bosquet_session'
export const COOKIE_CSRF = 'bosquet_csrf'

const same = (a: string, b: string) => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}

/** The body of a request: a header, or the query where a browser can send no header. */
function organismeOf(request: FastifyRequest): string {
  const query = (request.query as { organisme?: unknown } | undefined)?.organisme
  const id = request.headers['x-organisme'] ?? query
  if (typeof id !== 'string' || !UUID.test(id)) throw introuvable('Cet organisme')
  return id
}

export function createPortier(base: Base): Portier {
  return {
    async identify(request) {
      const jeton = request.cookies[COOKIE_SESSION]
      const session = jeton ? await inPlateforme(base, (tx) => findSession(tx, jeton)) : undefined
      if (!session)
        throw new Refus('session.absente', 'Votre session est fermée. Connectez-vous pour continuer.', { status: 401 })
      if (!['GET', 'HEAD'].includes(request.method)) {
        const envoye = request.headers['x-csrf']
        if (typeof envoye !== 'string' || !same(envoye, session.jetonCsrf))
          throw new Refus('csrf', 'La demande ne vient pas de cette page. Rechargez-la, puis recommencez.', {
            status: 403,
          })
      }
      return {
        compteId: session.id,
        personneId: session.personneId,
        nom: `${session.prenom} ${session.nom}`.trim(),
        sessionId: session.sessionId,
      }
    },
    async enter(compte, request) {
      const organismeId = organismeOf(request)
      const h = (await listHabilitations(base, compte.personneId)).find((x) => x.organismeId === organismeId)
      if (!h) throw introuvable('Cet organisme')
      return {
        compteId: compte.compteId,
        personneId: compte.personneId,
        nom: compte.nom,
        organismeId,
        droits: h.droits,
        via: h.via,
      }
    },
  }
}
