import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mois } from '#socle/dates.ts'
import { calculerCalendrier, ETAPES, isOuvre, paques, reglageParDefaut } from './calendrier.ts'

test.each([
  [2024, '2024-03-31'],
  [2025, '2025-04-20'],
  [2026, '2026-04-05'],
  [2038, '2038-04-25'],
])('Easter of %i', (annee, jour) => expect(paques(annee)).toBe(jour))

test('November 2025: the 11th is a holiday, a Saturday gives the day before', () => {
  const reglage = reglageParDefaut(11)
  expect(calculerCalendrier(reglage, mois('2025-11'))).toEqual({
    ouverture: '2025-10-20',
    limiteDepot: '2025-11-10',
    completude: '2025-11-12',
    calcul: '2025-11-13',
    approbation: '2025-11-14',
    mandatement: '2025-11-17',
    paiement: '2025-11-27',
    dsn: '2025-12-05',
  })
})

test('August and December are earlier by so many working days; a day closed by the comptable does not count', () => {
  const reglage = { ...reglageParDefaut(10), avanceAout: 3, avanceDecembre: 5, joursFermes: ['2025-12-04'] }
  // Wednesday 10 December, five working days before, the 4th being closed
  expect(calculerCalendrier(reglage, mois('2025-12')).limiteDepot).toBe('2025-12-02')
  expect(calculerCalendrier(reglage, mois('2025-08')).limiteDepot).toBe('2025-08-05')
  expect(calculerCalendrier(reglage, mois('2025-10')).limiteDepot).toBe('2025-10-10')
})

test('whatever the settings, dates follow each other and are working days', () => {
  const jour = fc.integer({ min: 1, max: 31 })
  fc.assert(
    fc.property(
      fc.tuple(jour, jour, jour, jour, jour, jour, jour, jour),
      fc.integer({ min: 0, max: 8 }),
      fc.integer({ min: 0, max: 400 }),
      (jours, avance, rang) => {
        const m = mois(`${2024 + Math.floor(rang / 12)}-${String((rang % 12) + 1).padStart(2, '0')}`)
        const joursFermes = [`${m}-05`, `${m}-12`]
        const dates = calculerCalendrier(
          {
            jours: Object.fromEntries(ETAPES.map((e, i) => [e, jours[i]!])) as Record<(typeof ETAPES)[number], number>,
            avanceAout: avance,
            avanceDecembre: avance,
            joursFermes,
          },
          m,
        )
        for (const [i, e] of ETAPES.entries()) {
          expect(isOuvre(dates[e], new Set(joursFermes))).toBe(true)
          if (i > 0) expect(dates[e] > dates[ETAPES[i - 1]!]).toBe(true)
        }
      },
    ),
    { numRuns: 300 },
  )
})
