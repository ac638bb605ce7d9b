import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod'
import { newId } from '#socle/ids.ts'
import { setMessagesZod } from '#socle/messages-zod.ts'
import { Refus } from '#socle/refus.ts'
import { insecables } from '#socle/texte.ts'
import { withExemples } from './exemples.ts'
import { erreurSansDonnees, registerSecurite } from './securite.ts'

export const TAILLE_MAX_DOCUMENT = 25 * 1024 * 1024

/** Reply of every error, RFC 9457, with the French message and the fields at fault. */
export type Probleme = {
  type: string
  title: string
  status: number
  code: string
  detail: string
  champs?: Record<string, string>
  incident?: string
}

const TITRES: Record<number, string> = {
  400: 'Saisie à corriger',
  401: 'Connexion nécessaire',
  403: 'Action non permise',
  404: 'Introuvable',
  409: 'Action impossible',
  413: 'Fichier trop lourd',
  415: 'Format non accepté',
  429: 'Trop d’essais',
}

const probleme = (status: number, code: string, detail: string, plus: Partial<Probleme> = {}): Probleme => ({
  type: `urn:bosquet:${code}`,
  title: TITRES[status] ?? (status >= 500 ? 'Incident' : 'Demande refusée'),
  status,
  code,
  detail: insecables(detail),
  ...plus,
})

const imprimes = (champs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(champs).map(([champ, message]) => [champ, insecables(message)]))

function problemeOf(error: unknown, request: FastifyRequest): Probleme {
  if (error instanceof Refus)
    return probleme(error.status, error.code, error.message, error.champs ? { champs: imprimes(error.champs) } : {})
  if (hasZodFastifySchemaValidationErrors(error)) {
    const champs = Object.fromEntries(
      error.validation.map((v) => [
        v.instancePath.replace(/^\//, '').replaceAll('/', '.') || 'demande',
        v.message ?? 'Valeur refusée.',
      ]),
    )
    return probleme(400, 'saisie.invalide', 'Certaines valeurs sont à corriger ; rien n’a été enregistré.', { champs })
  }
  // a character that PostgreSQL has no place for (NUL): it was typed, or sent, by somebody
  if (['22021', '22P05'].includes(String((error as { code?: unknown } | null)?.code)))
    return probleme(400, 'saisie.invalide', 'Un caractère de votre saisie n’est pas accepté ; rien n’a été enregistré.')
  // an id of the request names nothing in this body: a foreign key carries the body with it, so a neighbour's is none either
  if ((error as { code?: unknown } | null)?.code === '23503') {
    request.log.error({ erreur: erreurSansDonnees(error) }, 'unknown reference')
    return probleme(404, 'introuvable', 'Un élément que nomme cette demande n’existe pas ; rien n’a été enregistré.')
  }
  const e = error as { statusCode?: number; code?: string; message?: string }
  if (e.statusCode === 413)
    return probleme(
      413,
      'fichier.tropLourd',
      'Le fichier dépasse 25 Mo ; rien n’a été enregistré. Réduisez-le ou découpez-le.',
    )
  if (e.statusCode !== undefined && e.statusCode >= 400 && e.statusCode < 500)
    return probleme(e.statusCode, 'demande.invalide', 'La demande n’a pas été comprise ; rien n’a été enregistré.')
  const incident = newId<'Incident'>()
  request.log.error({ erreur: erreurSansDonnees(error), incident }, 'unexpected error')
  return probleme(
    500,
    'incident',
    'Un incident est survenu ; rien n’a été enregistré. Réessayez, et donnez ce numéro au support s’il se répète.',
    { incident },
  )
}

const DESCRIPTION = `Interface de programmation de Bosquet.

Un logiciel entre avec un jeton, fait à la page « Jetons des logiciels » d’un organisme :

    curl https://bosquet.example/api/paie/dossiers \\
      -H 'Authorization: Bearer bosquet_…' -H 'x-organisme: 01890a5d-ac96-774b-bcce-b302099a8057'

Une erreur est un objet \`application/problem+json\` (RFC 9457) : \`code\` ne change pas, \`detail\` est en français, \`champs\` nomme les valeurs à corriger. Un jeton fait 600 demandes par minute au plus ; au-delà, la réponse est 429.`

/** Everything that the process needs from an HTTP request, before any trade is known. */
export async function createServeur(
  options: { journal?: boolean | object; limite?: number | undefined } = {},
): Promise<FastifyInstance> {
  const app = Fastify({
    logger: (options.journal ?? false) as boolean,
    bodyLimit: 5 * 1024 * 1024,
    // a document of 25 MB on a slow rural line, and no more
    requestTimeout: 300_000,
    routerOptions: { maxParamLength: 200 },
    trustProxy: process.env.DERRIERE_MANDATAIRE === 'oui',
  })
  setMessagesZod()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error, request, reply) => sendProbleme(reply, problemeOf(error, request)))
  await registerSecurite(app, { limite: options.limite })
  await app.register(cookie)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'self'"],
        frameAncestors: ["'self'"],
        formAction: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        // the component library sets styles by script on its elements
        styleSrc: ["'self'", "'unsafe-inline'"],
        frameSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        scriptSrc: ["'self'"],
        ...(process.env.HTTPS === 'oui' ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    xFrameOptions: { action: 'sameorigin' },
    strictTransportSecurity: process.env.HTTPS === 'oui' ? { maxAge: 31_536_000, includeSubDomains: true } : false,
  })
  await app.register(multipart, {
    limits: { fileSize: TAILLE_MAX_DOCUMENT, files: 1, fields: 10, fieldSize: 64 * 1024, headerPairs: 50 },
  })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Bosquet', version: '1', description: DESCRIPTION },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'bosquet_session' },
          jeton: { type: 'http', scheme: 'bearer', bearerFormat: 'bosquet_…' },
        },
      },
    },
    transform: jsonSchemaTransform,
  })
  let document: object | undefined
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => {
    document ??= withExemples(app.swagger())
    return document
  })
  return app
}

export function sendProbleme(reply: FastifyReply, p: Probleme): FastifyReply {
  return reply.code(p.status).header('content-type', 'application/problem+json').serializer(JSON.stringify).send(p)
}

export function sendIntrouvable(reply: FastifyReply): FastifyReply {
  return sendProbleme(reply, probleme(404, 'introuvable', 'Cette adresse n’existe pas.'))
}
