import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Base } from './base.ts'

export type Migration = { nom: string; sql: string }

const FOLDER = fileURLToPath(new URL('../../../db/migrations/', import.meta.url))

/** Plain SQL files, in the order of their names, which begin with their date. */
export const readMigrations = (folder = FOLDER): Migration[] =>
  readdirSync(folder)
    .filter((f) => f.endsWith('.sql'))
    .sort()
    .map((nom) => ({ nom, sql: readFileSync(`${folder}/${nom}`, 'utf8') }))

/** Names a state of the schema: the snapshots of the tests are kept by it. */
export const empreinteOf = (migrations: Migration[]): string =>
  createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 16)

const SOCLE = `
  create schema if not exists app;
  create table if not exists app.migration (nom text primary key, empreinte text not null, appliquee timestamptz not null default now());
`

const empreinte = (text: string) => createHash('sha256').update(text).digest('hex')

/** Runs one script of several statements, in one transaction with its mark. */
async function applyMigration(base: Base, m: Migration): Promise<void> {
  const mark = `insert into app.migration (nom, empreinte) values ('${m.nom.replaceAll("'", "''")}', '${empreinte(m.sql)}');`
  await runScript(base, `begin; ${m.sql}\n${mark} commit;`)
}

export async function runScript(base: Base, script: string): Promise<void> {
  if (base.pglite) {
    await base.pglite.exec(script)
    return
  }
  const client = await base.pool!.connect()
  try {
    await client.query(script)
  } catch (e) {
    await client.query('rollback')
    throw e
  } finally {
    client.release()
  }
}

const VERROU_INSTALLATION = 40_040

/**
 * Runs alone among all the processes of the same server: migrations and installation are done once, the others wait.
 * The embedded database has one process only.
 */
export async function alone<T>(base: Base, fn: () => Promise<T>): Promise<T> {
  if (!base.pool) return fn()
  const client = await base.pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [VERROU_INSTALLATION])
    return await fn()
  } finally {
    await client.query('select pg_advisory_unlock($1)', [VERROU_INSTALLATION])
    client.release()
  }
}

/** Brings the schema up to date, forward only; a migration already applied must not have changed since. */
export async function migrate(base: Base, migrations = readMigrations()): Promise<string[]> {
  await runScript(base, SOCLE)
  const applied = new Map(
    (
      await sql<{ nom: string; empreinte: string }>`select nom, empreinte from app.migration`.execute(base.kysely)
    ).rows.map((r) => [r.nom, r.empreinte]),
  )
  const done: string[] = []
  for (const m of migrations) {
    const known = applied.get(m.nom)
    if (known !== undefined && known !== empreinte(m.sql))
      throw new Error(`migration ${m.nom} was changed after it was applied`)
    if (known !== undefined) continue
    await applyMigration(base, m)
    done.push(m.nom)
  }
  return done
}
