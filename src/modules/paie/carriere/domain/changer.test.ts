import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addJours, type Jour, jour } from '#socle/dates.ts'
import type { SituationCarriere } from '../contract.ts'
import { type EtatCarriere, insererSituation, memeEtat, type SituationTenue, situationLe, sortir } from './changer.ts'

const elu = (rang: number): SituationCarriere => ({
  statut: 'elu',
  fonction: 'adjoint',
  rang,
  population: 800,
  pourcentDuMaximum: '100',
  autresIndemnites: '0.00',
  mandatsIndemnises: 1,
  pas: { mode: 'neutre' },
})
const s = (depuis: string, jusqua: string | null, rang: number): SituationTenue => ({
  depuis: jour(depuis),
  jusqua: jusqua === null ? null : jour(jusqua),
  motif: '',
  contenu: elu(rang),
})
const lire = (l: readonly SituationTenue[]) =>
  l.map((x) => `${x.depuis}>${x.jusqua ?? ''} ${(x.contenu as { rang: number }).rang}`)
const change = (depuis: string, jusqua: string | null, rang: number) => ({
  depuis: jour(depuis),
  jusqua: jusqua === null ? null : jour(jusqua),
  motif: 'arrêté',
  contenu: elu(rang),
})

describe('a change of situation', () => {
  const deux = [s('2025-01-01', '2025-06-01', 1), s('2025-06-01', null, 2)]
  test('lasts until the next one that is known', () => {
    expect(lire(insererSituation(deux, change('2025-03-15', null, 9)))).toEqual([
      '2025-01-01>2025-03-15 1',
      '2025-03-15>2025-06-01 9',
      '2025-06-01> 2',
    ])
  })
  test('after the last one, has no end', () => {
    expect(lire(insererSituation(deux, change('2025-09-01', null, 9))).at(-1)).toBe('2025-09-01> 9')
  })
  test('on the day of another one, corrects it', () => {
    expect(lire(insererSituation(deux, change('2025-06-01', null, 9)))).toEqual([
      '2025-01-01>2025-06-01 1',
      '2025-06-01> 9',
    ])
  })
  test('with an end, gives back what it covered', () => {
    expect(lire(insererSituation(deux, change('2025-05-01', '2025-07-01', 9)))).toEqual([
      '2025-01-01>2025-05-01 1',
      '2025-05-01>2025-07-01 9',
      '2025-07-01> 2',
    ])
  })
})

test('whatever the changes, situations follow one another without gap nor overlap', () => {
  const j = (n: number): Jour => addJours(jour('2025-01-01'), n)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.option(fc.integer({ min: 1, max: 90 }))), {
        maxLength: 12,
      }),
      (changements) => {
        let l = [s('2025-01-01', null, 0)]
        for (const [i, [debut, duree]] of changements.entries()) {
          const fin = duree === null ? null : j(debut + duree)
          l = insererSituation(l, { depuis: j(debut), jusqua: fin, motif: '', contenu: elu(i + 1) })
          expect(situationLe(l, j(debut))?.contenu).toEqual(elu(i + 1))
          expect(l[0]!.depuis).toBe('2025-01-01')
          for (const [k, x] of l.entries()) expect(x.jusqua).toBe(l[k + 1]?.depuis ?? null)
        }
      },
    ),
  )
})

test('an exit ends the situation in force and forgets those to come', () => {
  const etat: EtatCarriere = {
    emploi: 'Agent',
    entree: jour('2025-01-01'),
    sortie: null,
    motifSortie: null,
    situations: [s('2025-01-01', '2025-06-01', 1), s('2025-06-01', null, 2)],
  }
  // as jsonb gives it back: the same values, the properties in another order
  const inverse = Object.fromEntries(Object.entries(etat).reverse()) as EtatCarriere
  const sorti = sortir(etat, jour('2025-05-10'), 'fin de contrat')
  expect(lire(sorti.situations)).toEqual(['2025-01-01>2025-05-10 1'])
  expect(sorti.sortie).toBe('2025-05-10')
  expect(memeEtat(etat, sorti)).toBe(false)
  expect(memeEtat(etat, inverse)).toBe(true)
})
