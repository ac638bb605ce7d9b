import { expect, test } from 'vitest'
import {
  addMois,
  addMoisToJour,
  ageOn,
  deMois,
  dernierJour,
  formatMois,
  jour,
  joursBetween,
  mois,
  moisRange,
  zJour,
} from './dates.ts'

test('the 31st of a month moved to a shorter one falls on its last day', () => {
  expect(addMoisToJour(jour('2025-01-31'), 1)).toBe('2025-02-28')
})
test('a day that does not exist is refused', () => {
  expect(zJour.safeParse('2025-02-30').success).toBe(false)
  expect(() => jour('2025-13-01')).toThrow()
})
test.each([
  ['2024-02', '2024-02-29'],
  ['2025-12', '2025-12-31'],
])('the last day of %s is %s', (m, j) => expect(dernierJour(mois(m))).toBe(j))
test('months run over the year', () => {
  expect(moisRange(mois('2024-11'), mois('2025-02'))).toEqual(['2024-11', '2024-12', '2025-01', '2025-02'])
  expect(addMois(mois('2025-01'), -1)).toBe('2024-12')
})
test('an age is in full years', () => {
  expect(ageOn(jour('2000-06-15'), jour('2025-06-14'))).toBe(24)
  expect(ageOn(jour('2000-06-15'), jour('2025-06-15'))).toBe(25)
})
test('days are counted across a change of year', () => {
  expect(joursBetween(jour('2024-12-30'), jour('2025-01-02'))).toBe(3)
})
test.each`
  mois         | texte
  ${'2025-11'} | ${'de novembre 2025'}
  ${'2025-10'} | ${'d’octobre 2025'}
  ${'2025-08'} | ${'d’août 2025'}
  ${'2025-04'} | ${'d’avril 2025'}
`('« $texte »', ({ mois: m, texte }) => expect(deMois(m)).toBe(texte))
test('a month is written in French', () => expect(formatMois(mois('2025-08'))).toBe('août 2025'))
