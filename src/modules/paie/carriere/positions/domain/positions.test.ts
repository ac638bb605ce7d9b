import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addJours, type Jour, jour, mois } from '#socle/dates.ts'
import { CODES_POSITION, horsPaie, insererPosition, type PositionTenue } from './positions.ts'

const p = (depuis: string, jusqua: string | null, position: PositionTenue['position'] = 'disponibilite') => ({
  depuis: jour(depuis),
  jusqua: jusqua === null ? null : jour(jusqua),
  position,
  motif: '',
  accueil: '',
})
const lire = (l: readonly PositionTenue[]) => l.map((x) => `${x.position} ${x.depuis}>${x.jusqua ?? ''}`)

describe('a position', () => {
  test('that interrupts another one gives back what it covered', () => {
    const l = insererPosition(
      [p('2025-01-01', '2028-01-01', 'detachement')],
      p('2026-02-01', '2026-05-01', 'congeParental'),
    )
    expect(lire(l)).toEqual([
      'detachement 2025-01-01>2026-02-01',
      'congeParental 2026-02-01>2026-05-01',
      'detachement 2026-05-01>2028-01-01',
    ])
  })
  test('ends by a return to activité, and the next one known stays', () => {
    const deux = [p('2025-01-01', '2025-06-01'), p('2026-01-01', null, 'detachement')]
    expect(lire(insererPosition(deux, { ...p('2025-03-01', null), position: 'activite' }))).toEqual([
      'disponibilite 2025-01-01>2025-03-01',
      'detachement 2026-01-01>',
    ])
  })
})

test.each`
  positions                                                                  | sans
  ${[]}                                                                      | ${false}
  ${[p('2025-10-15', '2026-01-01')]}                                         | ${true}
  ${[p('2025-11-02', null)]}                                                 | ${false}
  ${[p('2025-10-15', '2025-11-30')]}                                         | ${false}
  ${[p('2025-10-15', '2025-11-10'), p('2025-11-10', null, 'congeParental')]} | ${true}
  ${[p('2025-10-15', '2025-11-10'), p('2025-11-11', null, 'congeParental')]} | ${false}
  ${[p('2025-10-15', null, 'miseADisposition')]}                             | ${false}
`('a month is wholly without pay: $sans', ({ positions, sans }) => {
  expect(horsPaie(positions, jour('2020-01-01'), null, mois('2025-11'))).toBe(sans)
})
test('only the days of the post count', () => {
  expect(horsPaie([p('2025-11-10', null)], jour('2025-11-10'), null, mois('2025-11'))).toBe(true)
  expect(horsPaie([p('2025-11-01', '2025-11-10')], jour('2020-01-01'), jour('2025-11-10'), mois('2025-11'))).toBe(true)
})

test('whatever the changes, two positions never overlap and the last one said holds on its first day', () => {
  const j = (n: number): Jour => addJours(jour('2025-01-01'), n)
  const code = fc.constantFrom('activite' as const, ...CODES_POSITION)
  const change = fc.tuple(code, fc.integer({ min: 0, max: 400 }), fc.option(fc.integer({ min: 1, max: 90 })))
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changements) => {
      let l: PositionTenue[] = []
      for (const [position, debut, duree] of changements) {
        const jusqua = duree === null ? null : j(debut + duree)
        l = insererPosition(l, { position, depuis: j(debut), jusqua, motif: '', accueil: '' })
        const tenue = l.find((x) => x.depuis <= j(debut) && (x.jusqua === null || x.jusqua > j(debut)))
        expect(tenue?.position ?? 'activite').toBe(position)
        for (const [k, x] of l.entries()) {
          if (x.jusqua !== null) expect(x.jusqua > x.depuis).toBe(true)
          if (k > 0) expect(l[k - 1]!.jusqua! <= x.depuis).toBe(true)
        }
      }
    }),
  )
})
