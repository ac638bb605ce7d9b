import { expect, test } from 'vitest'
import { ecarter, echelle } from './echelle.ts'

test.each([
  [
    [0, 7, 42],
    [0, 20, 40, 60],
  ],
  [
    [1200, 5500],
    [0, 2000, 4000, 6000],
  ],
  [[0.3], [0, 0.1, 0.2, 0.3]],
  [
    [-30, 80],
    [-50, 0, 50, 100],
  ],
  [
    [0, 0],
    [0, 0.25],
  ],
])('the scale of %j falls on round figures', (valeurs, graduations) =>
  expect(echelle(valeurs).graduations).toEqual(graduations),
)

test('labels are moved apart, stay in order and inside', () => {
  expect(ecarter([10, 12, 50], 16, 0, 100)).toEqual([10, 26, 50])
  expect(ecarter([98, 99], 16, 0, 100)).toEqual([84, 100])
  expect(ecarter([50, 10], 16, 0, 100)).toEqual([50, 10])
})
