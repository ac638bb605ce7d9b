import { expect, test } from 'vitest'
import { maximumAdjoints } from './conseil-municipal.ts'

test.each`
  population | adjoints
  ${50}      | ${2}
  ${99}      | ${2}
  ${100}     | ${3}
  ${499}     | ${3}
  ${500}     | ${4}
  ${1500}    | ${5}
  ${2500}    | ${6}
  ${3500}    | ${8}
  ${10000}   | ${9}
  ${31592}   | ${11}
`('a commune of $population inhabitants has at most $adjoints adjoints', ({ population, adjoints }) =>
  expect(maximumAdjoints(population)).toBe(adjoints),
)
