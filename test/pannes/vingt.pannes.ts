import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { setTimeout as attendre } from 'node:timers/promises'
import pg from 'pg'
import { installDemonstration } from '#modules/demonstration/actions/installer.ts'
import { followProduction, launchProduction } from '#modules/paie/index.ts'
import { mois } from '#socle/dates.ts'
import { readReglages } from '#socle/reglages.ts'
import { openPlateforme } from '../../src/application.ts'
import { listEcarts, quelquesClients } from './mois-complet.ts'

/*
 * A month on a PostgreSQL server, by a web process and a worker process, while one of the three is killed (SIGKILL) at
 * twenty seeded moments. What was not killed must live through it; what was is started again, as a supervisor does.
 */

const RACINE = resolve(import.meta.dirname, '../..')
const POINTS = 20
const [BIN] = globSync('/usr/lib/postgresql/*/bin').sort().reverse()

/** Park and Miller: the same moments at each run. */
function createAlea(graine: number) {
  let x = graine
  return (n: number) => {
    x = (x * 48_271) % 2_147_483_647
    return x % n
  }
}

/** A cluster of its own, that may be killed. The server refuses to run as root: it is then `postgres` who starts it. */
function openGrappe(dossier: string, port: number) {
  const enRoot = userInfo().uid === 0
  if (enRoot) {
    const [uid, gid] = ['-u', '-g'].map((o) => Number(execFileSync('id', [o, 'postgres'], { encoding: 'utf8' })))
    chownSync(dossier, uid!, gid!)
  }
  const run = (commande: string) =>
    enRoot
      ? execFileSync('su', ['postgres', '-s', '/bin/sh', '-c', commande], { stdio: 'pipe' })
      : execFileSync('sh', ['-c', commande], { stdio: 'pipe' })
  const start = () =>
    run(`${BIN}/pg_ctl -D ${dossier}/base -o '-p ${port} -k ${dossier} -c fsync=off' -l ${dossier}/journal -w start`)
  run(`${BIN}/initdb -D ${dossier}/base -A trust -E UTF8 --locale=C.UTF-8`)
  start()
  return {
    async kill() {
      process.kill(Number(readFileSync(join(dossier, 'base/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
      // its last backends hold the shared memory for a moment
      for (let essai = 0; ; essai++) {
        await attendre(300)
        try {
          return void start()
        } catch (error) {
          if (essai > 30) throw error
        }
      }
    },
    stop: () => run(`${BIN}/pg_ctl -D ${dossier}/base -m immediate stop`),
  }
}

async function isEnCours(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query('select 1 from app.paie_production where finie_le is null')
  await client.end()
  return rows.length > 0
}

type Role = 'web' | 'travail'

type Processus = ChildProcess & { dit: () => string }

async function launch(role: Role, env: NodeJS.ProcessEnv): Promise<Processus> {
  const p = spawn(process.execPath, ['src/main.ts', 'servir'], {
    cwd: RACINE,
    env: { ...process.env, ...env, ROLE: role, FILS: '1', PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let dit = ''
  await new Promise<void>((pret, refuse) => {
    const ecouter = (morceau: Buffer) => {
      dit += morceau
      if (/Bosquet (est prêt|prend les travaux)/.test(dit)) pret()
    }
    p.stdout!.on('data', ecouter)
    p.stderr!.on('data', ecouter)
    p.once('exit', (code) => refuse(new Error(`${role} ended (${code}) before it was ready:\n${dit.slice(-2000)}`)))
  })
  return Object.assign(p, { dit: () => dit.slice(-3000) })
}

test(`killed at ${POINTS} points, web, worker and database: the month ends by itself, nothing missing, nothing double`, {
  timeout: 600_000,
  skip: BIN === undefined && '1 case skipped: no PostgreSQL server on this machine',
}, async () => {
  const donnees = mkdtempSync(join(tmpdir(), 'bosquet-vingt-'))
  const dossier = mkdtempSync(join(tmpdir(), 'bosquet-grappe-'))
  const port = 55_000 + (process.pid % 5_000)
  const grappe = openGrappe(dossier, port)
  const env = { DATABASE_URL: `postgres://postgres@127.0.0.1:${port}/postgres`, DONNEES: donnees }
  const processus: Partial<Record<Role, Processus>> = {}
  try {
    const d = quelquesClients(25)
    const premier = await openPlateforme(readReglages({ ...env, FILS: '1' }))
    await installDemonstration(premier.base, premier.depot, { build: () => d })
    const id = await launchProduction(premier.services, premier.jobsPaie, {
      mois: mois('2025-11'),
      lanceePar: 'essai',
      jusqua: 'diffusion',
      approuveEnDemonstration: true,
    })
    await premier.close()

    const alea = createAlea(20_251_124)
    const tues = { web: 0, travail: 0, base: 0 }
    let pendant = 0
    for (const role of ['web', 'travail'] as const) processus[role] = await launch(role, env)
    for (let point = 0; point < POINTS; point++) {
      await attendre(50 + alea(700))
      const cible = (['travail', 'travail', 'base', 'base', 'web'] as const)[alea(5)]!
      tues[cible]++
      if (cible === 'base') await grappe.kill()
      else {
        const p = processus[cible]!
        p.kill('SIGKILL')
        await once(p, 'exit')
        processus[cible] = await launch(cible, env)
      }
      if (await isEnCours(env.DATABASE_URL)) pendant++
      for (const [role, p] of Object.entries(processus))
        assert.ok(
          p.exitCode === null && p.signalCode === null,
          `${role} did not outlive the loss of ${cible}:
${p.dit()}`,
        )
    }
    assert.ok(
      Object.values(tues).every((n) => n > 0),
      `each of the three was killed: ${JSON.stringify(tues)}`,
    )

    const p = await openPlateforme(readReglages({ ...env, FILS: '1' }))
    const bilan = await followProduction(p.base, id, () => undefined)
    assert.deepEqual(bilan.arrets, [])
    assert.deepEqual(await listEcarts(p.base, d), [])
    await p.close()
    console.log(
      `${bilan.bulletins} bulletins, arrêts forcés : ${JSON.stringify(tues)}, dont ${pendant} pendant la production`,
    )
  } finally {
    for (const p of Object.values(processus)) p.kill('SIGKILL')
    grappe.stop()
    for (const x of [donnees, dossier]) rmSync(x, { recursive: true, force: true })
  }
})
