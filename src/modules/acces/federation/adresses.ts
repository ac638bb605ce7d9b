import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { Refus } from '#socle/refus.ts'

/** Which hosts an identity provider may be called at. */
export type HotesIdentite = {
  /** When not empty, these and no other; the operator answers for them, private or not. Empty: those of the State. */
  readonly liste: readonly string[]
  /** Providers of the demonstration, on this machine and in clear. */
  readonly local: boolean
}

const PRIVEES = new BlockList()
for (const [adresse, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  PRIVEES.addSubnet(adresse, bits, 'ipv4')
for (const [adresse, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  PRIVEES.addSubnet(adresse, bits, 'ipv6')

/** An IPv4 address written as IPv6 is read as IPv4 by the list. */
export const isPrivee = (adresse: string) => PRIVEES.check(adresse, isIP(adresse) === 6 ? 'ipv6' : 'ipv4')

const MACHINE = ['localhost', '127.0.0.1', '[::1]']
export const isLocale = (url: URL) => MACHINE.includes(url.hostname)

/** ProConnect and FranceConnect, in service and in test. */
const ETAT = [
  'proconnect.gouv.fr',
  'agentconnect.gouv.fr',
  'franceconnect.gouv.fr',
  'dev-agentconnect.fr',
  'dev-franceconnect.fr',
]
const isDeLEtat = (hote: string) => ETAT.some((d) => hote === d || hote.endsWith(`.${d}`))

const refus = (message: string) => new Refus('federation.adresse', message, { status: 400 })

/**
 * Each address that a provider, or its own description, makes the server call. Its name is resolved once more by the
 * call itself: a name that changes in between is what `HOTES_IDENTITE` closes.
 * @throws Refus when it is not one that may be called
 */
export async function requireAdresse(hotes: HotesIdentite, adresse: string | URL): Promise<void> {
  const url = new URL(adresse)
  if (hotes.local && isLocale(url)) return
  if (url.protocol !== 'https:') throw refus('Le fournisseur d’identité s’appelle en https.')
  if (hotes.liste.length > 0) {
    if (hotes.liste.includes(url.hostname)) return
    throw refus(`« ${url.hostname} » n’est pas dans HOTES_IDENTITE : l’exploitant n’ouvre que ces hôtes.`)
  }
  if (!isDeLEtat(url.hostname))
    throw refus(
      `« ${url.hostname} » n’est ni ProConnect ni FranceConnect : l’exploitant ouvre d’autres hôtes par HOTES_IDENTITE.`,
    )
  const nom = url.hostname.replace(/^\[|\]$/g, '')
  const adresses = isIP(nom) ? [nom] : (await lookup(nom, { all: true }).catch(() => [])).map((a) => a.address)
  if (adresses.length === 0) throw refus(`L’adresse « ${nom} » n’existe pas, ou le réseau ne répond pas.`)
  if (adresses.some(isPrivee))
    throw refus(`« ${nom} » est une adresse privée : l’exploitant peut l’ouvrir par HOTES_IDENTITE.`)
}
