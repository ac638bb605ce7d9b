import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Jour, jour } from '#socle/dates.ts'
import type { Base } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { abandonner } from './actions/liquider.ts'
import { changerPrix, enregistrerRecurrence, mandaterEcheances, passerEcheance } from './actions/recurrences.ts'
import { echeancesDues, listExercicesOuverts, listRecurrences, viewRecurrence } from './db/recurrences.ts'
import { type Commune, installCommune } from './essai.ts'
import { zRecurrenceSaisie } from './http/recurrences/contract.ts'

let base: Base
let k: Commune
const id = newId<'Recurrence'>()
const contrat = () =>
  zRecurrenceSaisie.parse({
    budgetId: k.budgetId,
    tiersId: k.tiersId,
    libelle: 'Maintenance du copieur',
    nature: '60612',
    compteBancaireId: k.compteId,
    moisEntre: '1',
    premiere: '2025-01-31',
    ht: '100.00',
    tva: '20.00',
  })
const dues = (le: Jour) =>
  k.run(async (tx) => {
    const [r] = await listRecurrences(tx, { ids: [id] })
    return echeancesDues(r!, le, await listExercicesOuverts(tx, k.budgetId)).map((e) => [e.le, e.ttc])
  })
const liquidations = () =>
  k.run(async (tx) => {
    const { rows } = await sql<{ objet: string; ht: string; tva: string; facture_id: string | null }>`
      select objet, ht, tva, facture_id from app.finances_liquidation where etat = 'prete' order by source_cle`.execute(
      tx,
    )
    return rows
  })

beforeAll(async () => {
  base = await baseDEssai()
  k = await installCommune(base)
  await k.run((tx) => enregistrerRecurrence(tx, k.auteur, id, contrat()))
})
afterAll(() => base.close())

test('what is due, or will be in ten days, waits to be mandated', async () => {
  expect(await dues(jour('2025-02-17'))).toEqual([['2025-01-31', '120.00']])
  expect(await dues(jour('2025-02-18'))).toEqual([
    ['2025-01-31', '120.00'],
    ['2025-02-28', '120.00'],
  ])
})

test('one click makes a mandat of all taxes, since this budget does not recover the VAT; two clicks make no more', async () => {
  const demande = [{ recurrence: id, le: jour('2025-01-31') }]
  expect(await k.run((tx) => mandaterEcheances(tx, k.auteur, demande))).toBe(1)
  expect(await k.run((tx) => mandaterEcheances(tx, k.auteur, demande))).toBe(0)
  expect(await liquidations()).toEqual([
    { objet: 'Maintenance du copieur, échéance du 31/01/2025', ht: '120.00', tva: '0.00', facture_id: null },
  ])
  expect((await k.credit())!.engage).toBe('120.00')
})

test('its invoice enters with it, and its delay starts with it', async () => {
  await k.run((tx) =>
    mandaterEcheances(tx, k.auteur, [
      {
        recurrence: id,
        le: jour('2025-02-28'),
        facture: { numero: 'F-2', dateFacture: jour('2025-02-25'), recueLe: jour('2025-03-01') },
      },
    ]),
  )
  const { rows } = await k.run((tx) =>
    sql`select numero, ht, tva, etat, service_fait_le from app.finances_facture`.execute(tx),
  )
  expect(rows).toEqual([{ numero: 'F-2', ht: '100.00', tva: '20.00', etat: 'liquidee', service_fait_le: '2025-02-28' }])
  expect((await liquidations())[1]!.facture_id).not.toBeNull()
})

test('a new price holds from its date on', async () => {
  await k.run((tx) =>
    changerPrix(tx, k.auteur, id, { depuis: jour('2025-04-01'), ht: '110.00', tva: '22.00', motif: 'Révision' }),
  )
  expect(await dues(jour('2025-05-01'))).toEqual([
    ['2025-03-31', '120.00'],
    ['2025-04-30', '132.00'],
  ])
  const [r] = await k.run((tx) => listRecurrences(tx, { ids: [id] }))
  // three months at 120, nine at 132
  expect(viewRecurrence(r!, 2025).annuel).toBe('1548.00')
})

test('a due date set aside is not proposed any more, and is not mandated', async () => {
  await k.run((tx) => passerEcheance(tx, k.auteur, id, jour('2025-03-31'), 'Avoir du fournisseur'))
  expect(await k.run((tx) => mandaterEcheances(tx, k.auteur, [{ recurrence: id, le: jour('2025-03-31') }]))).toBe(0)
  expect(await dues(jour('2025-05-01'))).toEqual([['2025-04-30', '132.00']])
})

test('a piece that is given up brings its due date back', async () => {
  const { rows } = await k.run((tx) =>
    sql<{ id: string }>`select id from app.finances_liquidation where source_cle like '%2025-01-31'`.execute(tx),
  )
  await k.run((tx) => abandonner(tx, k.auteur, rows[0]!.id, 'Erreur'))
  expect((await dues(jour('2025-02-01'))).map(([le]) => le)).toEqual(['2025-01-31'])
})

test('a date that is not one of the contract is refused, and its rhythm is fixed once it was used', async () => {
  await expect(
    k.run((tx) => mandaterEcheances(tx, k.auteur, [{ recurrence: id, le: jour('2025-05-15') }])),
  ).rejects.toMatchObject({ code: 'recurrence.echeance' })
  await expect(
    k.run((tx) => enregistrerRecurrence(tx, k.auteur, id, { ...contrat(), moisEntre: '3' })),
  ).rejects.toMatchObject({ code: 'recurrence.rythme' })
})

test('the end of the contract stops it', async () => {
  await k.run((tx) => enregistrerRecurrence(tx, k.auteur, id, { ...contrat(), derniere: jour('2025-04-15') }))
  expect((await dues(jour('2025-12-01'))).map(([le]) => le)).toEqual(['2025-01-31'])
})
