import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Progression } from '#socle/progression.ts'

const INTERVALLE_MS = 500
/** Sent after this many intervals without news, so that no proxy takes the silence for the end. */
const SILENCE = 30

/** Where a work stands, and whether it has ended; `undefined` when it is no longer there. */
export type Etape = { progression: Progression; finie: boolean } | undefined

/**
 * Follows a long work by server-sent events. `read` asks the database each time, so that a reload, a restart and another
 * web process all tell the same.
 */
export async function sendSuivi(
  request: FastifyRequest,
  reply: FastifyReply,
  read: () => Promise<Etape>,
): Promise<FastifyReply> {
  const fin = new AbortController()
  request.raw.on('close', () => fin.abort())
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  reply.hijack()
  let sent = ''
  for (let silence = 0; !fin.signal.aborted; silence++) {
    const etape = await read()
    if (!etape) break
    const data = JSON.stringify(etape.progression)
    if (data !== sent) reply.raw.write(`event: avancement\ndata: ${data}\n\n`)
    else if (silence % SILENCE === 0) reply.raw.write(': toujours là\n\n')
    sent = data
    if (etape.finie) break
    await new Promise((r) => setTimeout(r, INTERVALLE_MS))
  }
  reply.raw.end()
  return reply
}
