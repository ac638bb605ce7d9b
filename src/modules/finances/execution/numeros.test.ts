import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { euros, inEuros, sum } from '#socle/argent.ts'
import type { Base, Tx } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { empreinteOf, envoyerBordereau, lockBordereau, signerBordereau } from './actions/bordereaux.ts'
import { liquider } from './actions/liquider.ts'
import { listOfBordereau } from './db/contexte.ts'
import type { Sens } from './domain/controler.ts'
import { installCommune, LE } from './essai.ts'

/*
 * Thirty-two people sign at once; some of them lose their transaction once the numbers are taken, and on a server some
 * lose their session. With DATABASE_URL they are 32 sessions of a real PostgreSQL; on PGlite they follow one another.
 */
const ECRIVAINS = 32
let base: Base
beforeAll(async () => {
  base = await baseDEssai({ sessions: ECRIVAINS })
})
afterAll(() => base.close())

/** What happens after the numbers are taken. */
type Sort = 'signe' | 'abandon' | 'coupure'

async function subir(tx: Tx, sort: Sort) {
  if (sort === 'coupure' && base.moteur === 'postgres')
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
  if (sort !== 'signe') throw new Error('coupure')
}

test('32 writers that abort at random leave numbers without gap or double, and credits that add up', async () => {
  const k = await installCommune(base, { '60612': '100000.00' })
  const refus: string[] = []
  const poser = async (sens: Sens, montants: number[], sort: Sort) => {
    const pieces = montants.map((m) =>
      k.piece(
        `${m}.00`,
        sens === 'R'
          ? {
              contenu: {
                modeReglement: '09',
                lignes: [{ nature: '70688', ht: `${m}.00`, produit: '0001' }],
                compteBancaireId: undefined,
              },
            }
          : {},
      ),
    )
    const id = newId<'Bordereau'>()
    await k.run(async (tx) => {
      await liquider(tx, k.auteur, k.cadre, sens, pieces)
      await envoyerBordereau(
        tx,
        k.auteur,
        id,
        pieces.map((p) => p.id),
        LE,
      )
    })
    await k.run(async (tx) => {
      const b = await lockBordereau(tx, id)
      await signerBordereau(tx, k.auteur, id, { empreinte: empreinteOf(b, await listOfBordereau(tx, id)), le: LE })
      await subir(tx, sort)
    })
  }
  const tours = fc.sample(
    fc.tuple(
      fc.constantFrom<Sens>('D', 'D', 'R'),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom<Sort>('signe', 'signe', 'abandon', 'coupure'),
    ),
    { numRuns: ECRIVAINS * 3, seed: 7 },
  )
  await Promise.all(
    Array.from({ length: ECRIVAINS }, async (_, i) => {
      for (const [sens, montants, sort] of tours.slice(i * 3, i * 3 + 3))
        await poser(sens, montants, sort).then(
          () => expect(sort).toBe('signe'),
          (e: Error) => {
            // whoever loses loses on purpose: nobody is refused because of the others
            if (sort === 'signe') refus.push(e.message)
          },
        )
    }),
  )
  expect(refus).toEqual([])

  const attendu = tours.filter(([, , sort]) => sort === 'signe')
  for (const sens of ['D', 'R'] as const) {
    const siens = attendu.filter(([s]) => s === sens)
    const lus = await k.run(async (tx) => {
      const pieces = await sql<{ numero: number; ht: string }>`
        select numero, ht from app.finances_piece where sens = ${sens} order by numero`.execute(tx)
      const bordereaux = await sql<{ numero: number; ht: string; cumul_annuel: string; nombre: number }>`
        select numero, ht, cumul_annuel, nombre from app.finances_bordereau_signe where sens = ${sens} order by numero`.execute(
        tx,
      )
      return { pieces: pieces.rows, bordereaux: bordereaux.rows }
    })
    expect(lus.pieces.length).toBe(siens.reduce((n, [, montants]) => n + montants.length, 0))
    expect(lus.pieces.map((p) => p.numero)).toEqual(lus.pieces.map((_, i) => i + 1))
    expect(lus.bordereaux.map((b) => b.numero)).toEqual(siens.map((_, i) => i + 1))
    // the yearly sum of each bordereau is that of the one before, plus its own
    let cumul = euros('0.00')
    for (const b of lus.bordereaux) {
      cumul = sum([cumul, euros(b.ht)])
      expect(b.cumul_annuel).toBe(inEuros(cumul))
    }
    expect(inEuros(cumul)).toBe(`${siens.reduce((n, [, montants]) => n + montants.reduce((a, b) => a + b, 0), 0)}.00`)
  }

  const credit = await k.credit()
  const total = (filtre: (sort: Sort) => boolean) =>
    `${tours.filter(([sens, , sort]) => sens === 'D' && filtre(sort)).reduce((n, [, m]) => n + m.reduce((a, b) => a + b, 0), 0)}.00`
  expect(credit!.mandate).toBe(total((s) => s === 'signe'))
  // what was sent to be signed and was not keeps its credit
  expect(credit!.engage).toBe(total((s) => s !== 'signe'))
}, 60_000)
