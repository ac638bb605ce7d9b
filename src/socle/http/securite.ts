import limite from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refus } from '#socle/refus.ts'

/** What a browser says of itself when the page that asks is not one of ours (Fetch Metadata). */
function requireNotreOrigine(request: FastifyRequest): void {
  const lecture = request.method === 'GET' || request.method === 'HEAD'
  const site = request.headers['sec-fetch-site']
  // a link from a mail or another site opens a page, never an address of the interface
  const ouverture = request.headers['sec-fetch-mode'] === 'navigate' && lecture
  const ailleurs = site === 'cross-site' || site === 'same-site'
  // an older browser, or an open connection: the address of its page only
  const origine = site === undefined && !lecture ? request.headers.origin : undefined
  if ((ailleurs && !ouverture) || (origine !== undefined && hostOf(origine) !== request.host))
    throw new Refus('origine', 'Cette demande vient d’un autre site ; elle est refusée.', { status: 403 })
}

/** The proxy says that this request came to it in clear, where the browsers are promised HTTPS. */
const estEnClair = (request: FastifyRequest): boolean =>
  process.env.HTTPS === 'oui' &&
  process.env.DERRIERE_MANDATAIRE === 'oui' &&
  request.headers['x-forwarded-proto'] === 'http'

/** A page is led to its secure address; what a program sends in clear is refused, so that it is noticed. */
function answerEnClair(request: FastifyRequest, reply: FastifyReply) {
  if (['GET', 'HEAD'].includes(request.method) && !request.url.startsWith('/api/'))
    return reply.redirect(`https://${request.host}${request.url}`, 308)
  throw new Refus('liaison.claire', 'Bosquet ne répond qu’en https : corrigez l’adresse.', { status: 403 })
}

const hostOf = (origine: string): string | undefined => (URL.canParse(origine) ? new URL(origine).host : undefined)

const PROFONDEUR_MAX = 60

/** What no text of a person holds, and PostgreSQL refuses: a NUL, half of a character; and what no form nests so deep. */
function estPropre(v: unknown, profondeur = 0): boolean {
  if (typeof v === 'string') return v.isWellFormed() && !v.includes('\0')
  if (typeof v !== 'object' || v === null) return true
  return (
    profondeur < PROFONDEUR_MAX && Object.entries(v).every(([cle, x]) => estPropre(cle) && estPropre(x, profondeur + 1))
  )
}

/**
 * What protects every route at once, before any of them is looked at. `limite` is the number of requests a minute of one
 * address: a whole town hall may be behind it, so it only stops a machine.
 */
export async function registerSecurite(app: FastifyInstance, options: { limite?: number | undefined }): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    if (estEnClair(request)) return answerEnClair(request, reply)
    requireNotreOrigine(request)
    reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
    // what is personal stays in no cache; a route that knows better says so
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
  app.addHook('preValidation', async (request) => {
    // a stream of files is read later, by its own door
    const body = request.isMultipart?.() ? undefined : request.body
    if (![body, request.query, request.params].every((v) => estPropre(v)))
      throw new Refus('saisie.invalide', 'Un caractère de votre saisie n’est pas accepté ; rien n’a été enregistré.', {
        status: 400,
      })
  })
  if (options.limite === undefined) return
  await app.register(limite, {
    max: options.limite,
    timeWindow: '1 minute',
    cache: 20_000,
    errorResponseBuilder: () =>
      new Refus('demandes.tropNombreuses', 'Trop de demandes depuis cette adresse. Réessayez dans une minute.', {
        status: 429,
      }),
  })
}

/** An error as the console keeps it: PostgreSQL puts the values of the row in `detail`, and those are people's data. */
export function erreurSansDonnees(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const code = (error as { code?: unknown }).code
  return {
    type: error.name,
    message: error.message.slice(0, 500),
    ...(typeof code === 'string' ? { code } : {}),
    stack: error.stack?.split('\n').slice(0, 20).join('\n'),
  }
}
