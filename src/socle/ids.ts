import { z } from 'zod'

declare const kind: unique symbol
/** A UUID v7, one type for each noun: an `AgentId` cannot be given for an `OrganismeId`. */
export type Id<Noun extends string> = string & { readonly [kind]: Noun }

let dernier = 0
let rang = 0

/**
 * A new UUID v7 (RFC 9562): its first 48 bits are the time, and the ids that one process makes in the same millisecond
 * keep their order (12 bits of counter, method 1), so that ids sort by creation.
 */
export function newId<Noun extends string>(): Id<Noun> {
  const now = Date.now()
  rang = now > dernier ? 0 : rang + 1
  // past 4,096 ids in a millisecond, or after a clock set back, the time of the id runs ahead of the clock
  dernier = Math.max(now, dernier) + (rang > 0xfff ? 1 : 0)
  if (rang > 0xfff) rang = 0
  // The Web Crypto of Node and of browsers: screens make the ids of what they send.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(dernier / 2 ** (8 * (5 - i))) & 0xff
  bytes[6] = 0x70 | (rang >> 8)
  bytes[7] = rang & 0xff
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
