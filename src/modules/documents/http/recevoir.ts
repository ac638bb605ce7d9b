import type { FastifyReply, FastifyRequest } from 'fastify'
import { detectFormat } from '../actions/detecter-format.ts'
import { cleanNom } from '../domain/formats.ts'
import { refusFichier } from '../refus.ts'

export type FichierRecu = {
  nom: string
  bytes: Uint8Array
  /** Media type told by the bytes, never by the sender. */
  type: string
  /** The other fields of the form. */
  champs: Record<string, string>
}

const isCode = (error: unknown, code: string) => (error as { code?: string }).code === code

/** The parser tells a cut body by these codes, or by a bare sentence. */
const isInterruption = (error: unknown) =>
  ['FST_MP_PREMATURE_CLOSE', 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET'].some((code) => isCode(error, code)) ||
  /unexpected end|terminated early|aborted|boundary/i.test((error as Error).message)

/**
 * Reads the one file of a multipart request, whole and in memory, before any transaction opens: a connection that
 * breaks, a file too big or not what its name says leave nothing behind. `detect` names the format of the bytes or
 * refuses them: by default the formats that anybody may deposit.
 */
export async function receiveFichier(
  request: FastifyRequest,
  detect: (nom: string, octets: Uint8Array) => Promise<{ mime: string }> = detectFormat,
): Promise<FichierRecu> {
  if (!request.isMultipart()) throw refusFichier('absent', 'Aucun fichier n’a été reçu.', 400)
  const champs: Record<string, string> = {}
  let fichier: { nom: string; bytes: Uint8Array } | undefined
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') fichier = { nom: cleanNom(part.filename), bytes: await part.toBuffer() }
      else if (typeof part.value === 'string') champs[part.fieldname] = part.value
    }
  } catch (error) {
    if (isCode(error, 'FST_REQ_FILE_TOO_LARGE'))
      throw refusFichier(
        'tropLourd',
        'Ce fichier dépasse 25 Mo ; rien n’a été enregistré. Réduisez-le (une photo moins grande, un PDF compressé) ou découpez-le.',
        413,
      )
    if (isCode(error, 'FST_FILES_LIMIT'))
      throw refusFichier('plusieurs', 'Envoyez un fichier à la fois ; rien n’a été enregistré.', 400)
    if (isInterruption(error))
      throw refusFichier('interrompu', 'L’envoi a été interrompu ; rien n’a été enregistré. Recommencez l’envoi.', 400)
    throw error
  }
  if (!fichier) throw refusFichier('absent', 'Aucun fichier n’a été reçu.', 400)
  const format = await detect(fichier.nom, fichier.bytes)
  await request.server.antivirus?.analyser(fichier.bytes)
  return { ...fichier, type: format.mime, champs }
}

/** Formats that a browser shows by itself, without running anything. */
const AFFICHABLES = new Set(['application/pdf', 'image/jpeg', 'image/png', 'image/webp'])

/** The headers of a stored file: shown in the page when it is safe and asked for, downloaded otherwise, never cached. */
export function sendFichier(
  reply: FastifyReply,
  f: { nom: string; type: string; octets: Uint8Array | NodeJS.ReadableStream; telecharger?: boolean },
): FastifyReply {
  const disposition = !f.telecharger && AFFICHABLES.has(f.type) ? 'inline' : 'attachment'
  const ascii = f.nom
    .normalize('NFD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/["\\]/g, '_')
  const utf8 = encodeURIComponent(f.nom).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return reply
    .header('content-type', f.type)
    .header('content-disposition', `${disposition}; filename="${ascii}"; filename*=UTF-8''${utf8}`)
    .header('cache-control', 'private, no-store')
    .header('x-content-type-options', 'nosniff')
    .send(f.octets)
}
