import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { installDemonstration } from '#modules/demonstration/actions/installer.ts'
import { buildDemonstration } from '#modules/demonstration/index.ts'
import { type BilanProduction, followProduction, launchProduction } from '#modules/paie/index.ts'
import { mois } from '#socle/dates.ts'
import { readReglages } from '#socle/reglages.ts'
import { openPlateforme } from '../../src/application.ts'
import { watchMemoire } from './memoire.ts'
import { multiplier } from './multiplier.ts'

/*
 * One month of the demonstration, on a fresh database, by the same jobs as the screens. Two launches: the first ends
 * when every payslip is computed, controlled and stored; the second when every PDF/A is in its safe. Each is timed by
 * the clock, and its time shared between its two steps in proportion to their work.
 *
 * --fois 10      ten times the bodies and the persons
 * --travailleurs 2   the jobs are taken by that many worker processes of one thread each (PostgreSQL server)
 */

const MOIS = mois('2025-11')
const { values } = parseArgs({
  options: { fois: { type: 'string', default: '1' }, travailleurs: { type: 'string', default: '0' } },
})
const fois = Number(values.fois)
const travailleurs = Number(values.travailleurs)
const serveur = process.env.DATABASE_URL || undefined
const donnees = mkdtempSync(join(process.env.DOSSIER_BENCH ?? tmpdir(), 'bosquet-bench-'))
const base = `bosquet_bench_${process.pid}`

async function onServeur(sql: string) {
  const client = new pg.Client({ connectionString: serveur })
  await client.connect()
  await client.query(sql)
  await client.end()
}
let databaseUrl: string | undefined
if (serveur) {
  await onServeur(`create database ${base}`)
  const url = new URL(serveur)
  url.pathname = `/${base}`
  databaseUrl = url.href
}

const env = { ...process.env, DONNEES: donnees, DATABASE_URL: databaseUrl }
const p = await openPlateforme(readReglages(env))
const preparation = performance.now()
const d = buildDemonstration()
await installDemonstration(p.base, p.depot, { build: () => multiplier(d, fois) })
console.log(`démonstration créée en ${((performance.now() - preparation) / 1000).toFixed(1)} s`)

const enfants: ChildProcess[] = []
if (travailleurs === 0) await p.jobs.work()
else
  for (let i = 0; i < travailleurs; i++)
    enfants.push(
      spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts'), 'servir'], {
        env: { ...env, ROLE: 'travail', FILS: '1' },
        stdio: ['ignore', 'ignore', 'inherit'],
      }),
    )
const memoire = watchMemoire()

async function produire(jusqua: 'calcul' | 'diffusion'): Promise<{ s: number; bilan: BilanProduction }> {
  const debut = performance.now()
  const id = await launchProduction(p.services, p.jobsPaie, {
    mois: MOIS,
    lanceePar: 'Mesure',
    jusqua,
    approuveEnDemonstration: true,
  })
  const bilan = await followProduction(p.base, id, () => undefined)
  const s = (performance.now() - debut) / 1000
  console.log(`${jusqua} : ${bilan.bulletins} bulletins, ${bilan.edites} remis, ${s.toFixed(1)} s`)
  return { s, bilan }
}
const rounded = (s: number) => Math.round(s * 100) / 100
const share = (s: number, a: number, b: number) => {
  const part = a + b === 0 ? 0 : a / (a + b)
  return [rounded(s * part), rounded(s * (1 - part))] as const
}

const premier = await produire('calcul')
const second = await produire('diffusion')
const [calcul, stockage] = share(premier.s, premier.bilan.durees.calcul, premier.bilan.durees.stockage)
const [pdf, coffre] = share(second.s, second.bilan.durees.pdf, second.bilan.durees.coffre)
const memoire_mo = memoire()
for (const e of enfants) {
  e.kill()
  await once(e, 'exit')
}
await p.close()
rmSync(donnees, { recursive: true, force: true })
if (serveur) await onServeur(`drop database ${base} with (force)`)

const { edites, attendus } = second.bilan
console.log(
  JSON.stringify({
    bulletins: edites,
    calcul_s: calcul,
    stockage_s: stockage,
    pdf_s: pdf,
    coffre_s: coffre,
    total_s: rounded(premier.s + second.s),
    memoire_mo,
    base: serveur ? 'postgres' : 'pglite',
  }),
)
process.exit(edites === attendus && attendus > 0 ? 0 : 1)
