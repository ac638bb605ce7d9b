import { expect, test } from 'vitest'
import { isIban, isSiren, isSiret, zIban, zSiret } from './identifiants.ts'

test.each([
  ['214000010', true],
  ['214000011', false],
  ['21400001', false],
])('SIREN %s: %s', (siren, expected) => expect(isSiren(siren)).toBe(expected))

test('a SIRET has two keys, that of its SIREN and its own', () => {
  expect(isSiret('21400001000014')).toBe(true)
  expect(isSiret('21400001000015')).toBe(false)
})
test('an establishment of La Poste follows its own rule', () => expect(isSiret('35600000000048')).toBe(true))
test('a SIRET may be typed with spaces', () => expect(zSiret.parse('214 000 010 00014')).toBe('21400001000014'))
test.each([
  ['FR7630006000011234567890189', true],
  ['FR7630006000011234567890188', false],
  ['FR76300060000112345678901', false],
  ['DE89370400440532013000', true],
])('IBAN %s: %s', (iban, expected) => expect(isIban(iban)).toBe(expected))
test('an IBAN may be typed with spaces', () =>
  expect(zIban.parse('fr76 3000 6000 0112 3456 7890 189')).toBe('FR7630006000011234567890189'))
