import { expect, test } from 'vitest'
import { moisAApprouver, moisEnCours } from './mois-courant.ts'

const d = (mois: string, etat: 'ouvert' | 'aApprouver' | 'approuve' | 'diffuse') => ({
  mois,
  etat,
  netAPayer: '0.00',
  bulletins: 0,
})

test('the secretary works on the oldest month that is not finished, else looks at the last one', () => {
  expect(moisEnCours([d('2025-12', 'ouvert'), d('2025-11', 'aApprouver'), d('2025-10', 'diffuse')])).toBe('2025-11')
  expect(moisEnCours([d('2025-11', 'approuve'), d('2025-10', 'diffuse')])).toBe('2025-11')
  expect(moisEnCours([])).toBeUndefined()
})

test('the ordonnateur opens the oldest month that waits for him, else the last one', () => {
  expect(moisAApprouver([d('2025-12', 'aApprouver'), d('2025-11', 'aApprouver'), d('2025-10', 'diffuse')])).toBe(
    '2025-11',
  )
  expect(moisAApprouver([d('2025-12', 'ouvert'), d('2025-11', 'diffuse')])).toBe('2025-12')
})
