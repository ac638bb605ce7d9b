import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { inscrireAgence } from '#modules/journal/index.ts'
import { findAgenceId } from '#modules/organismes/index.ts'
import { type Base, inPlateforme } from '#socle/db/base.ts'
import type { Compte, Portier } from '#socle/http/servir.ts'
import { UUID } from '#socle/ids.ts'
import { createMemoire } from '#socle/memoire.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { AVANT_SECOND_FACTEUR, SOUS_VERROU } from '../contract.ts'
import { type Habilitation, habilitationOf } from '../db/appartenances.ts'
import { findSession } from '../db/comptes.ts'
import { demandeSecondFacteur } from '../domain/second-facteur.ts'
import { findJeton } from '../droits/actions/jetons.ts'
import { requireMesure } from '../droits/mesure.ts'

// over HTTPS the prefix makes browsers refuse a cookie that another host or an open connection would have set
const prefixe = process.env.HTTPS === 'oui' ? '__Host-' : ''
export const COOKIE_SESSION = `${prefixe}bosquet_session`
export const COOKIE_CSRF = `${prefixe}bosquet_csrf`

const same = (a: string, b: string) => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}

/** The body of a request: a header, or the query where a browser can send no header. */
function findOrganisme(request: FastifyRequest): string | undefined {
  const query = (request.query as { organisme?: unknown } | undefined)?.organisme
  const id = request.headers['x-organisme'] ?? query
  return typeof id === 'string' && UUID.test(id) ? id : undefined
}

/** A page that polls while nobody is there says so; a stream of events is opened by the page itself. */
const isActif = (request: FastifyRequest) =>
  request.headers['x-activite'] !== 'non' && !(request.headers.accept ?? '').includes('text/event-stream')

const isOneOf = (routes: readonly { verbe: string; chemin: string }[], request: FastifyRequest) =>
  routes.some((r) => r.verbe === request.method && r.chemin === request.routeOptions.url)

const refusSecondFacteur = () =>
  new Refus(
    'secondFacteur.requis',
    'Cette action demande une vérification de plus : donnez votre code ou votre clé d’accès.',
    { status: 403 },
  )

/** A program: no cookie, so no forgery to fear, and no second factor. Reading only, unless it was made to write. */
async function identifyJeton(base: Base, request: FastifyRequest): Promise<Compte> {
  const secret = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const jeton = await findJeton(base, secret)
  if (!jeton)
    throw new Refus('jeton.refuse', 'Ce jeton d’accès n’existe pas, a expiré ou a été révoqué.', { status: 401 })
  requireMesure(jeton.id)
  if (!jeton.ecriture && !['GET', 'HEAD'].includes(request.method))
    throw new Refus('jeton.lecture', 'Ce jeton d’accès ne permet que de lire.', { status: 403 })
  return {
    compteId: jeton.id,
    personneId: jeton.creePar,
    nom: `Logiciel « ${jeton.nom} »`,
    sessionId: jeton.id,
    secondFacteurLe: null,
    jeton,
  }
}

export function createPortier(base: Base): Portier {
  // a forged page may insist: the journal has it once per quarter hour and session
  const forgees = createMemoire(15 * 60_000)
  // told once: the agency is there for ever
  let agence: string | undefined
  // found with the session, for the body that the request names
  const habilitations = new WeakMap<FastifyRequest, Habilitation | undefined>()

  async function readSession(jeton: string, request: FastifyRequest) {
    const organisme = findOrganisme(request)
    if (organisme) agence ??= await inPlateforme(base, findAgenceId)
    const session = await findSession(base, jeton, { actif: isActif(request), organisme, agence })
    if (session?.tenus && organisme && !session.estVerrouillee)
      habilitations.set(request, await habilitationOf(base, session.personneId, organisme, session.tenus))
    return session
  }

  return {
    async identify(request) {
      if (request.headers.authorization !== undefined) return identifyJeton(base, request)
      const jeton = request.cookies[COOKIE_SESSION]
      const session = jeton ? await readSession(jeton, request) : undefined
      if (!session)
        throw new Refus('session.absente', 'Votre session est fermée. Connectez-vous pour continuer.', { status: 401 })
      if (session.estVerrouillee && !isOneOf(SOUS_VERROU, request))
        throw new Refus('session.verrouillee', 'Votre session est verrouillée. Déverrouillez-la pour continuer.', {
          status: 423,
        })
      if (!['GET', 'HEAD'].includes(request.method)) {
        const envoye = request.headers['x-csrf']
        if (typeof envoye !== 'string' || !same(envoye, session.jetonCsrf)) {
          if (!forgees.has(session.sessionId)) {
            forgees.retenir(session.sessionId)
            await inPlateforme(base, (tx) =>
              inscrireAgence(
                tx,
                { personneId: session.personneId, nom: session.identifiant },
                { acte: 'origine.refuser', detail: { route: `${request.method} ${request.routeOptions.url}` } },
              ),
            )
          }
          throw new Refus('csrf', 'La demande ne vient pas de cette page. Rechargez-la, puis recommencez.', {
            status: 403,
          })
        }
      }
      if (session.secondFacteurLe === null && session.aFacteur && !isOneOf(AVANT_SECOND_FACTEUR, request))
        throw refusSecondFacteur()
      return {
        compteId: session.id,
        personneId: session.personneId,
        nom: `${session.prenom} ${session.nom}`.trim(),
        sessionId: session.sessionId,
        secondFacteurLe: session.secondFacteurLe,
      }
    },
    async enter(compte, request, droit) {
      const organismeId = findOrganisme(request)
      if (!organismeId) throw introuvable('Cet organisme')
      const { compteId, personneId, nom, jeton } = compte
      if (jeton) {
        if (jeton.organismeId !== organismeId) throw introuvable('Cet organisme')
        return { compteId, personneId, nom, organismeId, droits: jeton.droits, via: 'jeton' }
      }
      const h = habilitations.get(request)
      if (!h) throw introuvable('Cet organisme')
      if (h.droits.has(droit) && compte.secondFacteurLe === null && demandeSecondFacteur(droit))
        throw refusSecondFacteur()
      return { compteId, personneId, nom, organismeId, droits: h.droits, via: h.via }
    },
  }
}
