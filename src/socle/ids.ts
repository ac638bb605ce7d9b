import { z } from 'zod'

declare const kind: unique symbol
/** A UUID v7, one type for each noun: an `AgentId` cannot be given for an `OrganismeId`. */
export type Id<Noun extends string> = string & { readonly [kind]: Noun }

/** A new UUID v7 (RFC 9562): its first 48 bits are the time, so that ids sort by creation. */
export function newId<Noun extends string>(): Id<Noun> {
  // The Web Crypto of Node and of browsers: screens make the ids of what they send.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const now = Date.now()
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) & 0xff
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<Noun>
}

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** The zod shape of an id: `zId<'Agent'>()`. */
export const zId = <Noun extends string>() =>
  z
    .string()
    .regex(UUID, 'Identifiant invalide.')
    .transform((t) => t as Id<Noun>)
