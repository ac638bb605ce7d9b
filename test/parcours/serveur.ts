import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Compte, ouvrirSession } from './acces.ts'

const RACINE = resolve(import.meta.dirname, '../..')

export type ServeurReel = {
  url: string
  /** Ends it as a power cut does, then starts it again on the same folder. */
  redemarrer(): Promise<void>
  close(): Promise<void>
}

async function freePort(): Promise<number> {
  const s = createServer()
  await new Promise<void>((ouvert) => s.listen(0, '127.0.0.1', ouvert))
  const adresse = s.address()
  await new Promise((ferme) => s.close(ferme))
  if (adresse === null || typeof adresse === 'string') throw new Error('no free port')
  return adresse.port
}

const ended = (p: ChildProcess) =>
  p.exitCode !== null || p.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((fini) => p.once('exit', () => fini()))

/** The program of the README on a new data folder: screens built, embedded database, demonstration. */
export async function openServeurReel(): Promise<ServeurReel> {
  const construction = spawnSync(process.execPath, ['src/ui/construire.ts'], { cwd: RACINE, stdio: 'inherit' })
  if (construction.status !== 0) throw new Error('the screens could not be built')
  const donnees = mkdtempSync(join(tmpdir(), 'bosquet-parcours-'))
  const port = await freePort()
  const { DATABASE_URL: _, ROLE: __, ...env } = process.env

  const launch = () =>
    new Promise<ChildProcess>((pret, refuse) => {
      const p = spawn(process.execPath, ['src/main.ts', 'servir'], {
        cwd: RACINE,
        env: { ...env, PORT: String(port), DONNEES: donnees },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let dit = ''
      const ecouter = (morceau: Buffer) => {
        dit += morceau
        if (dit.includes('Bosquet est prêt')) pret(p)
      }
      p.stdout.on('data', ecouter)
      p.stderr.on('data', ecouter)
      p.once('exit', (code) => refuse(new Error(`the server ended (${code}) before it was ready:\n${dit}`)))
    })

  let enfant = await launch()
  const onExit = () => enfant.kill('SIGKILL')
  process.once('exit', onExit)
  return {
    url: `http://127.0.0.1:${port}`,
    async redemarrer() {
      enfant.kill('SIGKILL')
      await ended(enfant)
      enfant = await launch()
    },
    async close() {
      process.off('exit', onExit)
      enfant.kill('SIGTERM')
      await ended(enfant)
      rmSync(donnees, { recursive: true, force: true })
    },
  }
}

/** Asks the server as the supervisor, until every production is over; gives the number of payslips of the last one. */
export async function waitProductions(url: string, compte: Compte, limiteMs = 420_000): Promise<number> {
  const { organismes, headers: session } = await ouvrirSession(url, compte)
  const headers = { ...session, 'x-organisme': organismes.find((o) => o.via === 'appartenance')!.id }
  for (const fin = Date.now() + limiteMs; Date.now() < fin; ) {
    const reponse = await fetch(`${url}/api/pex/productions`, { headers })
    if (!reponse.ok) throw new Error(`the productions cannot be read: ${reponse.status}`)
    const { productions } = (await reponse.json()) as {
      productions: { finieLe: string | null; agents: number; calcules: number; edites: number }[]
    }
    const [derniere] = productions
    if (derniere && productions.every((p) => p.finieLe !== null)) return derniere.calcules
    await new Promise((r) => setTimeout(r, 500))
  }
  throw new Error('the production did not end')
}
