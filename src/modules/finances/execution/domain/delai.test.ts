import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { euros, inEuros } from '#socle/argent.ts'
import { addJours, type Jour, jour } from '#socle/dates.ts'
import { computeHorloge, computeInterets } from './delai.ts'

const j = jour
describe('the thirty days', () => {
  test.each`
    recueLe         | serviceFaitLe   | suspension                                        | aujourdhui      | echeance        | ecoules | suspendue
    ${'2025-01-10'} | ${null}         | ${null}                                           | ${'2025-01-20'} | ${'2025-02-09'} | ${10}   | ${false}
    ${'2025-01-10'} | ${'2025-01-15'} | ${null}                                           | ${'2025-01-20'} | ${'2025-02-14'} | ${5}    | ${false}
    ${'2025-01-31'} | ${null}         | ${null}                                           | ${'2025-03-02'} | ${'2025-03-02'} | ${30}   | ${false}
    ${'2025-01-10'} | ${null}         | ${{ depuis: '2025-01-20', jusqua: null }}         | ${'2025-03-20'} | ${null}         | ${10}   | ${true}
    ${'2025-01-10'} | ${null}         | ${{ depuis: '2025-01-20', jusqua: '2025-02-03' }} | ${'2025-02-03'} | ${'2025-02-23'} | ${10}   | ${false}
    ${'2025-01-10'} | ${'2025-01-25'} | ${{ depuis: '2025-01-12', jusqua: '2025-01-20' }} | ${'2025-01-26'} | ${'2025-02-24'} | ${1}    | ${false}
  `('received $recueLe, done $serviceFaitLe, read $aujourdhui', ({ echeance, ecoules, suspendue, aujourdhui, ...f }) =>
    expect(computeHorloge(f, aujourdhui)).toMatchObject({ echeance, ecoules, suspendue }),
  )

  test('a suspension moves the last day by its own length, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 25 }), fc.integer({ min: 0, max: 200 }), (avant, duree) => {
        const recueLe = j('2025-01-10')
        const depuis = addJours(recueLe, avant)
        const suspension = { depuis, jusqua: addJours(depuis, duree) }
        const h = computeHorloge({ recueLe, serviceFaitLe: null, suspension }, j('2025-12-01'))
        expect(h.echeance).toBe(addJours(recueLe, 30 + duree))
      }),
    )
  })
})

describe('interest', () => {
  const bareme = {
    points: '8 %',
    forfait: '40.00',
    tauxBce: [
      { depuis: j('2025-01-01'), jusqua: j('2025-07-01'), taux: '3.15 %', source: '', verifie: false },
      { depuis: j('2025-07-01'), jusqua: j('2026-01-01'), taux: null, source: '', verifie: false },
    ],
  }
  const echeance = j('2025-02-09') as Jour | null
  test('paid in time, nothing is owed', () =>
    expect(computeInterets(bareme, euros('1000.00'), { echeance }, j('2025-02-09'))).toBeNull())
  test('ten days late on 1 000 €: 11.15 % over 10/365, and the lump sum', () => {
    const du = computeInterets(bareme, euros('1000.00'), { echeance }, j('2025-02-19'))!
    expect([du.jours, du.taux, inEuros(du.interets), inEuros(du.total)]).toEqual([10, '11,15 %', '3.05', '43.05'])
  })
  test('a missing rate stops, with its name', () =>
    expect(() => computeInterets(bareme, euros('1000.00'), { echeance: j('2025-07-15') }, j('2025-08-01'))).toThrow(
      /dgp\.tauxBce/,
    ))
})
