import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Recu, Reponse, Route } from '#socle/contrat.ts'
import { type Base, inOrganisme, inPersonne, inPlateforme, type Tx } from '#socle/db/base.ts'
import { type Acteur, hasDroit, requireDroit } from '#socle/droits.ts'
import { suivreInscription } from '#socle/journal.ts'
import { Refus } from '#socle/refus.ts'

/** The signed-in person, before any body is chosen. */
export type Compte = {
  compteId: string
  personneId: string
  nom: string
  sessionId: string
  /** When this session gave its second factor. */
  secondFacteurLe: Date | null
  /** A program and not a person: what it may do, in one body only. */
  jeton?: { organismeId: string; droits: ReadonlySet<string> }
}

/** What the access module gives to the HTTP layer, which knows nothing of accounts. */
export type Portier = {
  /** Throws `Refus` 401 when nobody is signed in, 403 when the anti-forgery token is missing on a write. */
  identify(request: FastifyRequest): Promise<Compte>
  /** Throws `Refus` 404 when this person has nothing to do in that body, 403 when `droit` waits for a second factor. */
  enter(compte: Compte, request: FastifyRequest, droit: string): Promise<Acteur>
}

/** One call of a route, as the audit journal tells it. */
export type Demande = { route: Route; droit?: string; params: Record<string, string> }
/** The entry that a call leaves: written in its transaction, then remembered once it holds. */
export type Empreinte = { ecrire(tx: Tx): Promise<void>; retenir(): void }

/** What the journal gives to the HTTP layer: every write leaves an entry, and so does the reading of sensitive data. */
export type Trace = {
  /** `undefined` when this call leaves none. */
  organisme(qui: Acteur, demande: Demande): Empreinte | undefined
  compte(qui: Compte, demande: Demande): Empreinte | undefined
  /** A right that was refused: once per quarter hour for a person and a right. */
  refus?(qui: Acteur, demande: Demande): Empreinte | undefined
}

export type Application = { app: FastifyInstance; base: Base; portier: Portier; trace?: Trace }

type Contexte<R extends Route, Qui> = {
  qui: Qui
  params: Recu<R>['params']
  query: Recu<R>['query']
  body: Recu<R>['body']
  request: FastifyRequest
  reply: FastifyReply
}
type InTx<R extends Route, Qui> = (ctx: Contexte<R, Qui> & { tx: Tx }) => Promise<Reponse<R>>
type WithBase<R extends Route, Qui, Result = Reponse<R>> = (ctx: Contexte<R, Qui> & { base: Base }) => Promise<Result>

/** A listing of every route with who may call it: tests walk it, and so may an auditor. */
export type Acces = { portee: 'publique' | 'compte' | 'personne' | 'organisme'; droit?: string }
const registre = new WeakMap<FastifyInstance, { route: Route; acces: Acces }[]>()
export const listRoutes = (app: FastifyInstance) => registre.get(app) ?? []

const SECURITES: Record<Acces['portee'], Record<string, string[]>[]> = {
  publique: [],
  compte: [{ session: [] }],
  personne: [{ session: [] }],
  organisme: [{ session: [] }, { jeton: [] }],
}

function declare<R extends Route>(
  { app }: Application,
  r: R,
  acces: Acces,
  handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
) {
  const list = registre.get(app) ?? []
  list.push({ route: r, acces })
  registre.set(app, list)
  app.route({
    method: r.verbe,
    url: r.chemin,
    schema: {
      summary: r.resume,
      tags: [r.chemin.split('/')[2] ?? 'bosquet'],
      ...(acces.portee === 'organisme'
        ? {
            description: `Droit demandé : \`${acces.droit}\`, dans l’organisme que nomme l’en-tête \`x-organisme\` (ou \`?organisme=\`).`,
          }
        : {}),
      security: SECURITES[acces.portee],
      ...(r.params ? { params: r.params } : {}),
      ...(r.query ? { querystring: r.query } : {}),
      ...(r.body ? { body: r.body } : {}),
      response: { 200: r.reply },
    },
    handler: handle,
  })
}

const recu = (request: FastifyRequest) => ({
  params: request.params as never,
  query: request.query as never,
  body: request.body as never,
  request,
})

/** A route open to anybody (sign-in, health). */
export function servirPublic<R extends Route>(application: Application, r: R, handler: WithBase<R, undefined>) {
  declare(application, r, { portee: 'publique' }, (request, reply) =>
    handler({ base: application.base, qui: undefined, ...recu(request), reply }),
  )
}

function requirePersonne(qui: Compte): Compte {
  if (qui.jeton)
    throw new Refus('jeton.personne', 'Un logiciel n’a ni compte ni coffre : cette adresse est pour une personne.', {
      status: 403,
    })
  return qui
}

/** A route of the signed-in person, outside of any body: his bodies, his sessions. */
export function servirCompte<R extends Route>(application: Application, r: R, handler: WithBase<R, Compte>) {
  declare(application, r, { portee: 'compte' }, async (request, reply) => {
    const qui = requirePersonne(await application.portier.identify(request))
    return suivreInscription(async (dejaInscrit) => {
      const result = await handler({ base: application.base, qui, ...recu(request), reply })
      const empreinte = dejaInscrit() ? undefined : application.trace?.compte(qui, demandeOf(r, request))
      if (empreinte) await inPlateforme(application.base, (tx) => empreinte.ecrire(tx))
      return result
    })
  })
}

/** A route on the person's own things (the safe): the holder is the person, whoever employs her. */
export function servirPersonne<R extends Route>(application: Application, r: R, handler: InTx<R, Compte>) {
  servirPersonneLibre(application, r, ({ base, ...ctx }) =>
    inPersonne(base, ctx.qui.personneId, (tx) => handler({ tx, ...ctx })),
  )
}

/** Same, when the handler opens its own transactions: a download outlives one. The reply may be sent by the handler. */
export function servirPersonneLibre<R extends Route>(
  application: Application,
  r: R,
  handler: WithBase<R, Compte, unknown>,
) {
  declare(application, r, { portee: 'personne' }, async (request, reply) => {
    const qui = requirePersonne(await application.portier.identify(request))
    return handler({ base: application.base, qui, ...recu(request), reply })
  })
}

/**
 * A route within a body, named by the `x-organisme` header (or `?organisme=` where a browser cannot send a header:
 * images, downloads, events). The right is checked before the transaction opens.
 */
export function servirOrganisme<R extends Route>(
  application: Application,
  r: R,
  droit: string,
  handler: InTx<R, Acteur>,
) {
  declareOrganisme(application, r, droit, ({ base, ...ctx }, empreinte) =>
    suivreInscription((dejaInscrit) =>
      inOrganisme(base, ctx.qui.organismeId, async (tx) => {
        const result = await handler({ tx, ...ctx })
        if (!dejaInscrit()) await empreinte?.ecrire(tx)
        return result
      }),
    ),
  )
}

/**
 * Same, when the handler opens its own transactions: an upload is read before one opens, events outlive one.
 * The reply may be sent by the handler. A write that `inscrire` in its own transaction is not told twice; what is read
 * is told before it leaves.
 */
export function servirLibre<R extends Route>(
  application: Application,
  r: R,
  droit: string,
  handler: WithBase<R, Acteur, unknown>,
) {
  declareOrganisme(application, r, droit, (ctx, empreinte) =>
    suivreInscription(async (dejaInscrit) => {
      const tell = () => empreinte && inOrganisme(application.base, ctx.qui.organismeId, (tx) => empreinte.ecrire(tx))
      if (r.verbe === 'GET') await tell()
      const result = await handler(ctx)
      if (r.verbe !== 'GET' && !dejaInscrit()) await tell()
      return result
    }),
  )
}

function declareOrganisme<R extends Route>(
  application: Application,
  r: R,
  droit: string,
  run: (ctx: Contexte<R, Acteur> & { base: Base }, empreinte: Empreinte | undefined) => Promise<unknown>,
) {
  declare(application, r, { portee: 'organisme', droit }, async (request, reply) => {
    const compte = await application.portier.identify(request)
    const qui = await application.portier.enter(compte, request, droit)
    if (!hasDroit(qui, droit)) {
      const refus = application.trace?.refus?.(qui, { ...demandeOf(r, request), droit })
      if (refus) {
        refus.retenir()
        await inOrganisme(application.base, qui.organismeId, (tx) => refus.ecrire(tx))
      }
    }
    requireDroit(qui, droit)
    const empreinte = application.trace?.organisme(qui, { ...demandeOf(r, request), droit })
    const result = await run({ base: application.base, qui, ...recu(request), reply }, empreinte)
    empreinte?.retenir()
    return result
  })
}

const demandeOf = (r: Route, request: FastifyRequest): Demande => ({
  route: r,
  params: (request.params ?? {}) as Record<string, string>,
})
