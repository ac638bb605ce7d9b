import { expect, test } from 'vitest'
import { type Jour, jour } from '#socle/dates.ts'
import { echeancesOf, prixAt } from './recurrence.ts'

test('a rent due on the 31st is due on the last day of a shorter month, and on the 31st again', () => {
  expect(echeancesOf({ premiere: jour('2025-01-31'), derniere: null, moisEntre: 1 }, jour('2025-04-01'))).toEqual([
    '2025-01-31',
    '2025-02-28',
    '2025-03-31',
  ])
})

test('nothing is due before the first date, nor after the last', () => {
  const r = { premiere: jour('2025-02-15'), derniere: jour('2025-08-15'), moisEntre: 3 }
  expect(echeancesOf(r, jour('2025-02-14'))).toEqual([])
  expect(echeancesOf(r, jour('2026-12-31'))).toEqual(['2025-02-15', '2025-05-15', '2025-08-15'])
})

test('a new price holds from its date on, the due dates before it keep theirs', () => {
  const prix: [{ depuis: Jour; ht: string }, ...{ depuis: Jour; ht: string }[]] = [
    { depuis: jour('2025-01-01'), ht: '400.00' },
    { depuis: jour('2025-07-01'), ht: '412.00' },
  ]
  expect(prixAt(prix, jour('2025-06-30')).ht).toBe('400.00')
  expect(prixAt(prix, jour('2025-07-01')).ht).toBe('412.00')
})
