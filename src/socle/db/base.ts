import { AsyncLocalStorage } from 'node:async_hooks'
import { PGlite, types as pgliteTypes } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { Kysely, PGliteDialect, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { UUID } from '#socle/ids.ts'
import type { Tables } from './tables.ts'

/** A transaction, opened by `inOrganisme`, `inTitulaire` or `inPlateforme`: there is no other way to the tables. */
export type Tx = Transaction<Tables>

export type Base = {
  readonly moteur: 'pglite' | 'postgres'
  readonly kysely: Kysely<Tables>
  /** Present on the embedded database only: the job queue and the snapshots need the instance itself. */
  readonly pglite?: PGlite
  readonly pool?: pg.Pool
  readonly url?: string
  close(): Promise<void>
}

const INT8 = 20
const DATE = 1082
const identity = (text: string) => text

const PGLITE_PARSERS = { [DATE]: identity, [INT8]: Number, [pgliteTypes.NUMERIC]: identity }

/** The embedded database: PostgreSQL in WebAssembly. `dossier` undefined keeps it in memory, for tests. */
export async function openPglite(dossier?: string, instantane?: Blob): Promise<Base> {
  const pglite = await PGlite.create({
    ...(dossier === undefined ? {} : { dataDir: dossier }),
    ...(instantane === undefined ? {} : { loadDataDir: instantane }),
    extensions: { btree_gist },
    parsers: PGLITE_PARSERS,
  })
  // One session for ever, and nobody who analyses: a plan of a foreign key, kept since its table was empty, would read
  // all of it for each row. Planning each time costs less than one such reading.
  await pglite.exec('set plan_cache_mode = force_custom_plan')
  const kysely = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
  return { moteur: 'pglite', kysely, pglite, close: () => pglite.close() }
}

/** A PostgreSQL 15+ server. Amounts and days travel as text, as on the embedded database. */
export function openPostgres(databaseUrl: string, connexions = 10): Base {
  const types = {
    getTypeParser: ((oid: number, format: 'text' | 'binary') => {
      if (oid === DATE) return identity
      if (oid === INT8) return Number
      return pg.types.getTypeParser(oid, format as 'text')
    }) as typeof pg.types.getTypeParser,
  }
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connexions, types })
  // an idle connection cut by the server is replaced at the next query; without a listener it would end the process
  pool.on('error', (error) => console.error('[base]', error.message))
  // so is one cut in the middle of a transaction, whose query already fails by itself
  pool.on('connect', (client) => client.on('error', () => undefined))
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return { moteur: 'postgres', kysely, pool, url: databaseUrl, close: () => kysely.destroy() }
}

export const openBase = (reglages: { databaseUrl?: string | undefined; dossier: string }): Promise<Base> | Base =>
  reglages.databaseUrl ? openPostgres(reglages.databaseUrl) : openPglite(reglages.dossier)

/** SET takes no bind parameter: only a strict uuid may be written into it. */
function uuidLiteral(id: string) {
  if (!UUID.test(id)) throw new Error(`not a uuid: ${id}`)
  return sql.raw(`'${id}'`)
}

// A transaction opened inside another one would wait for ever on the single connection of the embedded database,
// and could starve the pool of a server: it is a bug, told at once.
const open = new AsyncLocalStorage<true>()

async function asApplication<T>(base: Base, set: ReturnType<typeof sql>[], fn: (tx: Tx) => Promise<T>): Promise<T> {
  if (open.getStore()) throw new Error('a transaction is already open here: pass its tx on')
  return open.run(true, () =>
    base.kysely.transaction().execute(async (tx) => {
      await sql`set local role app_user`.execute(tx)
      for (const statement of set) await statement.execute(tx)
      return fn(tx)
    }),
  )
}

/**
 * One transaction within one body. Row level security reads the setting, so no query can forget the tenant;
 * it is sent as a statement, which Citus forwards to its workers, and not by `set_config()`.
 */
export const inOrganisme = <T>(base: Base, organismeId: string, fn: (tx: Tx) => Promise<T>): Promise<T> =>
  asApplication(base, [sql`set local app.organisme_id = ${uuidLiteral(organismeId)}`], fn)

/** One transaction within one person's own things: accounts' sessions, the electronic safe. */
export const inPersonne = <T>(base: Base, personneId: string, fn: (tx: Tx) => Promise<T>): Promise<T> =>
  asApplication(base, [sql`set local app.personne_id = ${uuidLiteral(personneId)}`], fn)

/** One transaction on what belongs to no body (bodies, accounts, legal data): tenant tables show no row here. */
export const inPlateforme = <T>(base: Base, fn: (tx: Tx) => Promise<T>): Promise<T> => asApplication(base, [], fn)

/**
 * Within an open transaction, writes in another body (the agency's follow-up of a member, say), then comes back.
 * The caller is the only judge of the right to do so.
 */
export async function alsoInOrganisme<T>(
  tx: Tx,
  ids: { dans: string; retour: string },
  fn: (tx: Tx) => Promise<T>,
): Promise<T> {
  await sql`set local app.organisme_id = ${uuidLiteral(ids.dans)}`.execute(tx)
  const result = await fn(tx)
  await sql`set local app.organisme_id = ${uuidLiteral(ids.retour)}`.execute(tx)
  return result
}

/**
 * Gives an open transaction the context of a person and of a body together, until it ends: what the access module needs
 * to find, in one query, what she may do there.
 */
export async function setContexte(tx: Tx, ids: { personne: string; organisme: string }): Promise<void> {
  await sql`set local app.personne_id = ${uuidLiteral(ids.personne)}`.execute(tx)
  await sql`set local app.organisme_id = ${uuidLiteral(ids.organisme)}`.execute(tx)
}
