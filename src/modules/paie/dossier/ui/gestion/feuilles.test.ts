import { expect, test } from 'vitest'
import { couper, deplacer, type Feuille, parties, retirer, tourner } from './feuilles.ts'

const quatre: readonly Feuille[] = [1, 2, 3, 4].map((numero) => ({ numero, quarts: 0, coupe: false }))
const lire = (f: readonly Feuille[]) => parties(f).map((p) => p.map((x) => x.numero))

test('cuts make papers; a cut after the last page makes none', () => {
  expect(lire(quatre)).toEqual([[1, 2, 3, 4]])
  expect(lire(couper(couper(quatre, 1), 4))).toEqual([[1], [2, 3, 4]])
})
test('a page moves across a cut, which stays where it is', () => {
  expect(lire(deplacer(couper(quatre, 2), 3, -1))).toEqual([
    [1, 3],
    [2, 4],
  ])
  expect(deplacer(quatre, 1, -1)).toBe(quatre)
})
test('a page that is left out takes no cut with it', () => {
  expect(lire(retirer(couper(quatre, 2), 2))).toEqual([[1], [3, 4]])
})
test('four quarter turns are none', () => {
  let f = quatre
  for (let i = 0; i < 4; i++) f = tourner(f, 2)
  expect(f).toEqual(quatre)
})
