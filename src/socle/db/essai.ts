import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import pg from 'pg'
import { newId } from '../ids.ts'
import { type Base, openPglite, openPostgres } from './base.ts'
import { empreinteOf, migrate, readMigrations } from './migrer.ts'

/*
 * Databases for tests. By default PGlite, loaded from a migrated snapshot that is kept between runs; with DATABASE_URL
 * set, a database of that server copied from a migrated template. Both engines run the same suite.
 */

const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/bosquet/', import.meta.url))
const serveur = process.env.DATABASE_URL

const snapshotFile = () => `${CACHE}schema-${empreinteOf(readMigrations())}.tar`
const templateName = () => `bosquet_modele_${empreinteOf(readMigrations())}`

const withDatabase = (name: string) => {
  const url = new URL(serveur!)
  url.pathname = `/${name}`
  return url.href
}

/** Makes the snapshot or the template when this state of the schema has none yet. Called once, before the suite. */
export async function prepareBaseDEssai(): Promise<void> {
  if (serveur) {
    const admin = new pg.Client({ connectionString: serveur })
    await admin.connect()
    const exists = (await admin.query('select from pg_database where datname = $1', [templateName()])).rowCount
    if (!exists) {
      await admin.query(`create database ${templateName()}_encours`)
      const base = openPostgres(withDatabase(`${templateName()}_encours`), 1)
      await migrate(base)
      await base.close()
      await admin.query(`alter database ${templateName()}_encours rename to ${templateName()}`)
    }
    await admin.end()
    return
  }
  if (existsSync(snapshotFile())) return
  mkdirSync(CACHE, { recursive: true })
  const base = await openPglite()
  await migrate(base)
  const dump = await base.pglite!.dumpDataDir('none')
  await base.close()
  writeFileSync(`${snapshotFile()}.part`, Buffer.from(await dump.arrayBuffer()))
  renameSync(`${snapshotFile()}.part`, snapshotFile())
}

export const openSnapshot = (dossier?: string): Promise<Base> =>
  openPglite(dossier, new Blob([readFileSync(snapshotFile())]))

let serial = 0

/** A migrated database for one test file; close it in `afterAll`. A server gives it so many sessions at once. */
export async function baseDEssai({ sessions = 6 } = {}): Promise<Base> {
  if (!serveur) return openSnapshot()
  const name = `bosquet_essai_${process.pid}_${Date.now()}_${serial++}`
  const admin = new pg.Client({ connectionString: serveur })
  await admin.connect()
  await admin.query(`create database ${name} template ${templateName()}`)
  const base = openPostgres(withDatabase(name), sessions)
  return {
    ...base,
    async close() {
      await base.close()
      // the server closes the sessions a moment after the pool does: dropping them by force would look like a failure
      for (let i = 0; i < 50; i++) {
        const { rows } = await admin.query('select count(*)::int as n from pg_stat_activity where datname = $1', [name])
        if (rows[0].n === 0) break
        await new Promise((r) => setTimeout(r, 20))
      }
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}

let organismes = 0
/** A body for a test, without anything around it; gives its id. */
export async function organismeDEssai(
  base: Pick<Base, 'kysely'>,
  o: { id?: string; type?: 'agence' | 'commune'; nom?: string; siren?: string } = {},
): Promise<string> {
  const n = ++organismes
  const id = o.id ?? newId<'Organisme'>()
  const siren = o.siren ?? String(214_000_000 + n)
  await sql`insert into app.organisme (id, type, nom, siren, siret, code_insee, est_fictif)
    values (${id}, ${o.type ?? 'commune'}, ${o.nom ?? `Organisme ${n}`}, ${siren}, ${`${siren}00018`}, '40002', true)`.execute(
    base.kysely,
  )
  return id
}
