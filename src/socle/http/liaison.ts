import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'

export type Constat = { bon: boolean; message: string }

const DELAI_MS = 8_000
const ALERTE_JOURS = 21

type Options = {
  /** An authority that the system does not know, for the tests. */
  ca?: string
  /** Where clear HTTP would answer. */
  portClair?: number
}

/** A TLS handshake; `undefined` when the server, or this machine, refuses these terms. */
function shake(url: URL, termes: ConnectionOptions): Promise<TLSSocket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(
      {
        host: url.hostname,
        port: Number(url.port || 443),
        servername: url.hostname,
        rejectUnauthorized: false,
        timeout: DELAI_MS,
        ...termes,
      },
      () => resolve(socket),
    )
    const rater = () => {
      socket.destroy()
      resolve(undefined)
    }
    socket.on('error', rater)
    socket.on('timeout', rater)
  })
}

async function refuses(url: URL, termes: ConnectionOptions): Promise<boolean> {
  const socket = await shake(url, termes)
  socket?.destroy()
  return socket === undefined
}

type Reponse = { statut: number; entetes: Record<string, string | string[] | undefined> }

function lire(url: URL, ca: string | undefined): Promise<Reponse | undefined> {
  return new Promise((resolve) => {
    const options = { timeout: DELAI_MS, ...(ca === undefined ? {} : { ca }) }
    const recevoir = (r: import('node:http').IncomingMessage) => {
      r.resume()
      resolve({ statut: r.statusCode ?? 0, entetes: r.headers })
    }
    const r = url.protocol === 'https:' ? requestHttps(url, options, recevoir) : requestHttp(url, options, recevoir)
    r.on('error', () => resolve(undefined))
    r.on('timeout', () => r.destroy())
    r.end()
  })
}

/**
 * What a browser meets at the public address: the certificate, the versions and suites that are accepted, what clear HTTP
 * answers. All of it belongs to the proxy, which Bosquet does not run: it looks, from outside.
 */
export async function controlLiaison(adresse: string, { ca, portClair = 80 }: Options = {}): Promise<Constat[]> {
  const url = new URL(adresse)
  if (url.protocol !== 'https:')
    return [{ bon: false, message: `« ${adresse} » n’est pas une adresse https : ADRESSE_PUBLIQUE doit l’être.` }]
  const socket = await shake(url, { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) })
  if (!socket) return [{ bon: false, message: `« ${url.host} » ne répond pas en TLS 1.2 ou 1.3.` }]
  const version = socket.getProtocol()
  const suite = socket.getCipher().name
  const erreur = socket.authorized ? undefined : String(socket.authorizationError ?? 'refusé')
  const fin = new Date(socket.getPeerCertificate().valid_to)
  socket.destroy()
  const jours = Math.floor((fin.getTime() - Date.now()) / 86_400_000)
  const constats: Constat[] = [
    { bon: true, message: `Liaison en ${version}, suite ${suite}.` },
    erreur
      ? { bon: false, message: `Le certificat n’est pas reconnu par cette machine (${erreur}).` }
      : { bon: true, message: 'Le certificat est reconnu.' },
    { bon: jours >= ALERTE_JOURS, message: `Le certificat vaut encore ${jours} jours.` },
  ]
  const vieille = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const
  constats.push(
    (await refuses(url, vieille))
      ? { bon: true, message: 'TLS 1.0 et 1.1 sont refusés.' }
      : { bon: false, message: 'TLS 1.0 ou 1.1 est accepté : fermez-les au mandataire.' },
  )
  const sansSecret = { maxVersion: 'TLSv1.2', ciphers: 'kRSA:@SECLEVEL=0' } as const
  constats.push(
    (await refuses(url, sansSecret))
      ? { bon: true, message: 'Les suites sans confidentialité persistante sont refusées.' }
      : { bon: false, message: 'Une suite sans confidentialité persistante (RSA) est acceptée.' },
  )
  const sante = await lire(new URL('/api/sante', url), ca)
  const hsts = /max-age=(\d+)/.exec(String(sante?.entetes['strict-transport-security'] ?? ''))?.[1]
  constats.push(
    Number(hsts ?? 0) >= 31_536_000
      ? { bon: true, message: 'HSTS est annoncé pour un an.' }
      : { bon: false, message: 'HSTS n’est pas annoncé pour un an : mettez HTTPS=oui.' },
  )
  const clair = await lire(new URL(`http://${url.hostname}:${portClair}/`), undefined)
  constats.push(
    !clair || (clair.statut >= 300 && clair.statut < 400 && String(clair.entetes.location).startsWith('https://'))
      ? { bon: true, message: 'Rien n’est servi en http.' }
      : { bon: false, message: `L’adresse en http répond ${clair.statut} au lieu de mener à https.` },
  )
  return constats
}
