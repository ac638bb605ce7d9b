import { expect, test } from 'vitest'
import { newId, UUID } from './ids.ts'

test('ids made in a burst sort by creation, and none is made twice', () => {
  const ids = Array.from({ length: 20_000 }, () => newId())
  expect(ids.every((id) => UUID.test(id) && id[14] === '7')).toBe(true)
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})
