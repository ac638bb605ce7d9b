import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ibanFictif, isIban, isLuhn, isNir, nirFictif, sirenFictif, siretDuSiege, slug } from './cles.ts'

test.each([
  ['732829320', true],
  ['732829321', false],
  ['214000010', true],
])('SIREN %s: %s', (siren, expected) => expect(isLuhn(siren)).toBe(expected))
test.each([
  ['FR7630006000011234567890189', true],
  ['FR7630006000011234567890188', false],
])('IBAN %s: %s', (iban, expected) => expect(isIban(iban)).toBe(expected))
test.each([
  ['255081416802538', true],
  ['255081416802539', false],
])('NIR %s: %s', (nir, expected) => expect(isNir(nir)).toBe(expected))

test('what is made has its keys, whatever the rank', () => {
  fc.assert(
    fc.property(fc.nat(9999), fc.integer({ min: 1, max: 99 }), fc.nat(9989), (rang, guichet, ordre) => {
      const siren = sirenFictif(rang)
      expect(isLuhn(siren) && isLuhn(siretDuSiege(siren))).toBe(true)
      expect(isIban(ibanFictif(guichet, 10_000_000_000 + rang))).toBe(true)
      const nir = nirFictif({ sexe: 'F', annee: 1980, mois: 3, departement: '40', ordre })
      expect(isNir(nir)).toBe(true)
      expect(Number(nir.slice(7, 10))).toBeGreaterThanOrEqual(990)
    }),
  )
})
test('a month has room for ten thousand NIR and refuses the next', () => {
  expect(() => nirFictif({ sexe: 'M', annee: 1980, mois: 3, departement: '40', ordre: 9990 })).toThrow()
})
test.each([
  ['Saint-Paul-lès-Dax', 'saint-paul-les-dax'],
  ['Commune d’Amou', 'commune-d-amou'],
  ['Cœur Haute Lande', 'coeur-haute-lande'],
])('%s becomes %s in an address', (texte, expected) => expect(slug(texte)).toBe(expected))
