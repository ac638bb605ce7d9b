import { sql } from 'kysely'
import { type Job as BossJob, fromKysely, fromPglite, PgBoss } from 'pg-boss'
import type { z } from 'zod'
import type { Base, Tx } from '#socle/db/base.ts'
import { runScript } from '#socle/db/migrer.ts'

/**
 * A background job. It may run twice: its handler must make the second run harmless.
 * The payload carries its body (`organisme`), and the handler opens its own transactions in it.
 */
export type JobType<P extends z.ZodType = z.ZodType> = {
  readonly nom: string
  readonly payload: P
  readonly run: (payload: z.output<P>, contexte: { signal: AbortSignal }) => Promise<void>
  /** Two jobs of the same key never wait together. */
  readonly key?: (payload: z.output<P>) => string
  readonly essais: number
  /** How many of them one process takes at once. */
  readonly simultanes: number
  /** Seconds without a sign of life after which another worker takes the job again. */
  readonly silenceMax: number
}

export type Jobs = {
  /** Puts a job in the queue within the transaction of the fact: no fact without its job, no job without its fact. */
  enqueue<P extends z.ZodType>(
    tx: Tx,
    type: JobType<P>,
    payload: z.input<P>,
    /** Not before this instant. */
    options?: { apres?: Date },
  ): Promise<void>
  /** Starts taking jobs in this process. */
  work(): Promise<void>
  stop(): Promise<void>
}

export function defineJob<P extends z.ZodType>(
  nom: string,
  payload: P,
  run: JobType<P>['run'],
  options: Partial<Pick<JobType<P>, 'key' | 'essais' | 'simultanes' | 'silenceMax'>> = {},
): JobType<P> {
  return { nom, payload, run, essais: 5, simultanes: 1, silenceMax: 30, ...options }
}

const GRANTS = `
  grant usage on schema travaux to app_user;
  grant select, insert, update, delete on all tables in schema travaux to app_user;
  grant execute on all functions in schema travaux to app_user;
`

const RELEASE = `update travaux.job set state = 'retry', start_after = now(), retry_limit = retry_limit + 1
  where state = 'active'`

export async function createJobs(base: Base, types: readonly JobType[]): Promise<Jobs> {
  const boss = new PgBoss({
    ...(base.pglite ? { db: fromPglite(base.pglite) } : { connectionString: base.url!, max: 4 }),
    schema: 'travaux',
    backend: base.moteur === 'pglite' ? 'pglite' : 'postgres',
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 5,
    schedule: false,
    useListenNotify: true,
    reindex: false,
  })
  boss.on('error', (error) => console.error('[travaux]', error))
  await boss.start()
  for (const t of types) {
    const options = {
      retryLimit: t.essais,
      retryDelay: 1,
      retryBackoff: true,
      heartbeatSeconds: t.silenceMax,
      expireInSeconds: 3600,
      notify: true,
    }
    if (await boss.getQueue(t.nom)) await boss.updateQueue(t.nom, options)
    else await boss.createQueue(t.nom, { ...options, ...(t.key ? { policy: 'stately' as const } : {}) })
  }
  await runScript(base, GRANTS)
  const byName = new Map(types.map((t) => [t.nom, t]))

  return {
    async enqueue(tx, type, payload, { apres } = {}) {
      if (!byName.has(type.nom)) throw new Error(`job ${type.nom} is not registered`)
      const parsed = type.payload.parse(payload)
      await boss.send(type.nom, parsed as object, {
        db: fromKysely(tx),
        ...(type.key ? { singletonKey: type.key(parsed) } : {}),
        ...(apres ? { startAfter: apres } : {}),
      })
    },
    async work() {
      // alone on the embedded database, no other process can hold a job: those of a killed run start again at once
      if (base.moteur === 'pglite') await runScript(base, RELEASE)
      for (const t of types) {
        for (let i = 0; i < t.simultanes; i++) {
          const options = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1, batchSize: 1 }
          const worker: string = await boss.work(t.nom, options, async ([job]: BossJob<object>[]) => {
            try {
              await t.run(t.payload.parse(job!.data), { signal: job!.signal })
            } finally {
              // looks for the next one at once; an empty queue goes back to polling
              boss.notifyWorker(worker)
            }
          })
        }
      }
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: 10_000 })
    },
  }
}

/** Jobs that wait, run or failed, for the operator's screen and the tests. */
export async function countTravaux(base: Base): Promise<Record<string, number>> {
  const { rows } = await sql<{ state: string; n: number }>`
    select state::text, count(*)::int as n from travaux.job group by state`.execute(base.kysely)
  return Object.fromEntries(rows.map((r) => [r.state, r.n]))
}
