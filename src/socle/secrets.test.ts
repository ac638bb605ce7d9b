import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openSecrets } from './secrets.ts'

const secrets = openSecrets(randomBytes(32))

test('a secret opens at its place, and nowhere else', () => {
  const scelle = secrets.seal('graine à garder', 'facteur/1')
  expect(scelle).not.toContain('graine')
  expect(secrets.open(scelle, 'facteur/1')).toBe('graine à garder')
  expect(() => secrets.open(scelle, 'facteur/2')).toThrow()
})

test('another master key, or one altered byte, opens nothing', () => {
  const scelle = secrets.seal('x', 'p')
  expect(() => openSecrets(randomBytes(32)).open(scelle, 'p')).toThrow()
  const altere = Buffer.from(scelle, 'base64')
  altere[13]! ^= 1
  expect(() => secrets.open(altere.toString('base64'), 'p')).toThrow()
})
