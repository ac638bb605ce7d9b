import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { inPlateforme } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { countTravaux, createJobs, defineJob } from './jobs.ts'

const base = await baseDEssai()
const seen: number[] = []
const echo = defineJob('essai.echo', z.object({ n: z.number() }), async ({ n }) => {
  seen.push(n)
  if (n === 13 && seen.filter((x) => x === 13).length === 1) throw new Error('first try fails')
})
const jobs = await createJobs(base, [echo])
afterAll(async () => {
  await jobs.stop()
  await base.close()
})

async function waitFor(condition: () => boolean) {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((r) => setTimeout(r, 50))
}

test('a job enqueued in a transaction that rolls back never runs; one of a committed transaction runs', async () => {
  await expect(
    inPlateforme(base, async (tx) => {
      await jobs.enqueue(tx, echo, { n: 1 })
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  await inPlateforme(base, (tx) => jobs.enqueue(tx, echo, { n: 2 }))
  expect(await countTravaux(base)).toEqual({ created: 1 })
  await jobs.work()
  await waitFor(() => seen.includes(2))
  expect(seen).toEqual([2])
})

test('a job that fails is tried again', async () => {
  await inPlateforme(base, (tx) => jobs.enqueue(tx, echo, { n: 13 }))
  await waitFor(() => seen.filter((x) => x === 13).length === 2)
  expect(seen.filter((x) => x === 13)).toHaveLength(2)
})

test('queues are opened again by a later process', async () => {
  const later = await createJobs(base, [echo])
  await later.stop()
})

test('the application role may not create tables', async () => {
  await expect(inPlateforme(base, (tx) => sql`create table app.intrus (x int)`.execute(tx))).rejects.toThrow(
    /permission/,
  )
})
