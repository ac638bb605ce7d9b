import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UUID } from '#socle/ids.ts'
import { alea, fabriqueIds } from './alea.ts'

const draws = (graine: number, flux: string) => {
  const a = alea(graine, flux)
  return Array.from({ length: 20 }, () => a.reel())
}

test('a stream depends on the seed and on its name, on nothing else', () => {
  expect(draws(1, 'noms')).toEqual(draws(1, 'noms'))
  expect(draws(1, 'noms')).not.toEqual(draws(2, 'noms'))
  expect(draws(1, 'noms')).not.toEqual(draws(1, 'postes'))
})
test('a whole number stays within its bounds, and reaches them', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.nat(5), (graine, min, etendue) => {
      const a = alea(graine, 'bornes')
      const tirages = new Set(Array.from({ length: 300 }, () => a.entier(min, min + etendue)))
      expect([...tirages].sort((x, y) => x - y)).toEqual(Array.from({ length: etendue + 1 }, (_, i) => min + i))
    }),
    // 300 draws miss a bound of six once in 10^23.
    { numRuns: 50 },
  )
})
test('a shuffle keeps everything', () => {
  const liste = Array.from({ length: 30 }, (_, i) => i)
  const melange = alea(1, 'melange').melange(liste)
  expect(melange).not.toEqual(liste)
  expect(melange.toSorted((x, y) => x - y)).toEqual(liste)
})
test('a weight of zero is never drawn', () => {
  const a = alea(1, 'poids')
  const tires = Array.from({ length: 500 }, () =>
    a.pese([
      ['jamais', 0],
      ['toujours', 1],
    ] as const),
  )
  expect(new Set(tires)).toEqual(new Set(['toujours']))
})
test('ids have the shape of UUID v7, in order', () => {
  const newId = fabriqueIds(1, 'essai')
  const ids = Array.from({ length: 50 }, () => newId<'Essai'>())
  expect(ids.filter((id) => !UUID.test(id) || id[14] !== '7')).toEqual([])
  expect(ids.toSorted()).toEqual(ids)
})
