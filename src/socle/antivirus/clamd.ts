import { connect, type NetConnectOpts } from 'node:net'
import { Refus } from '#socle/refus.ts'

/** What looks at each file before it is kept. */
export type Antivirus = {
  /** @throws Refus when the file is infected, or when nobody can say that it is not */
  analyser(octets: Uint8Array): Promise<void>
}

const MORCEAU = 64 * 1024
const SILENCE_MAX_MS = 30_000

/** `tcp://hôte:port` or `unix:/chemin/clamd.ctl` */
export function readAdresseClamd(adresse: string): NetConnectOpts {
  if (adresse.startsWith('unix:')) return { path: adresse.slice('unix:'.length) }
  const url = new URL(adresse)
  return { host: url.hostname, port: Number(url.port || 3310) }
}

const indisponible = () =>
  new Refus(
    'fichier.antivirusAbsent',
    'L’antivirus ne répond pas : rien n’a été enregistré. Réessayez dans quelques minutes ; si cela dure, prévenez l’agence.',
    { status: 503 },
  )

/** The INSTREAM command of clamd: chunks with their length, then a zero length, then one answer. */
export const openClamd = (adresse: string): Antivirus => ({
  analyser: async (octets) => {
    const reponse = await demander(readAdresseClamd(adresse), octets)
    if (reponse === 'stream: OK') return
    const virus = /^stream: (.+) FOUND$/.exec(reponse)?.[1]
    if (virus !== undefined)
      throw new Refus(
        'fichier.infecte',
        `Ce fichier est refusé : l’antivirus y a reconnu « ${virus} ». Rien n’a été enregistré. Ne l’ouvrez pas et prévenez votre service informatique.`,
        { status: 422 },
      )
    console.error('[antivirus]', reponse)
    throw indisponible()
  },
})

function demander(ou: NetConnectOpts, octets: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(ou)
    let reponse = ''
    let fini = false
    const echouer = (cause: string) => {
      if (fini) return
      fini = true
      console.error('[antivirus]', cause)
      socket.destroy()
      reject(indisponible())
    }
    socket.setTimeout(SILENCE_MAX_MS, () => echouer('no answer'))
    socket.on('error', (e) => echouer(e.message))
    socket.on('data', (d) => {
      reponse += d.toString('latin1')
      const fin = reponse.indexOf('\0')
      if (fin === -1) return
      fini = true
      socket.destroy()
      resolve(reponse.slice(0, fin).trim())
    })
    socket.on('close', () => echouer('closed without an answer'))
    socket.on('connect', () => {
      socket.write('zINSTREAM\0')
      for (let i = 0; i < octets.length; i += MORCEAU) {
        const morceau = octets.subarray(i, i + MORCEAU)
        const taille = Buffer.alloc(4)
        taille.writeUInt32BE(morceau.length)
        socket.write(taille)
        socket.write(morceau)
      }
      socket.write(Buffer.alloc(4))
    })
  })
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Absent where none is set: the type and the size of a file are then the only barrier. */
    antivirus: Antivirus | undefined
  }
}
