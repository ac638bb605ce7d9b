import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { installDemonstration } from '#modules/demonstration/actions/installer.ts'
import { type BilanProduction, followProduction, launchProduction } from '#modules/paie/index.ts'
import { mois } from '#socle/dates.ts'
import { readReglages } from '#socle/reglages.ts'
import { openPlateforme } from '../src/application.ts'

/*
 * The whole month of the demonstration, on a fresh database, by the same jobs as the screens.
 * Two launches: the first ends when every payslip is computed, controlled and stored; the second when every PDF/A is in
 * its safe. Each is timed by the clock, and its time shared between its two steps in proportion to their work.
 */

const MOIS = mois('2025-11')
const serveur = process.env.DATABASE_URL || undefined
const donnees = mkdtempSync(join(tmpdir(), 'bosquet-bench-'))
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

const p = await openPlateforme(readReglages({ ...process.env, DONNEES: donnees, DATABASE_URL: databaseUrl }))
const preparation = performance.now()
await installDemonstration(p.base, p.depot)
console.log(`démonstration créée en ${((performance.now() - preparation) / 1000).toFixed(1)} s`)
await p.jobs.work()

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
const share = (s: number, a: number, b: number) => {
  const part = a + b === 0 ? 0 : a / (a + b)
  return [s * part, s * (1 - part)].map((x) => Math.round(x * 100) / 100) as [number, number]
}

const premier = await produire('calcul')
const second = await produire('diffusion')
const [calcul, stockage] = share(premier.s, premier.bilan.durees.calcul, premier.bilan.durees.stockage)
const [pdf, coffre] = share(second.s, second.bilan.durees.pdf, second.bilan.durees.coffre)
await p.close()
rmSync(donnees, { recursive: true, force: true })
if (serveur) await onServeur(`drop database ${base} with (force)`)

const complet = second.bilan.edites === second.bilan.attendus && second.bilan.attendus > 0
console.log(
  JSON.stringify({
    bulletins: second.bilan.edites,
    calcul_s: calcul,
    stockage_s: stockage,
    pdf_s: pdf,
    coffre_s: coffre,
    total_s: Math.round((premier.s + second.s) * 100) / 100,
    memoire_mo: Math.round(process.resourceUsage().maxRSS / 1024),
    base: serveur ? 'postgres' : 'pglite',
  }),
)
process.exit(complet ? 0 : 1)
