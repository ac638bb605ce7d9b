import fc from 'fast-check'
import { expect, test } from 'vitest'
import { desceller, developper, empreinteOf, envelopper, newCle, organisme, personne, sceller } from './scellement.ts'

const A = organisme('0190a000-0000-7000-8000-000000000001')
const B = organisme('0190a000-0000-7000-8000-000000000002')
const MEME_ID = personne('0190a000-0000-7000-8000-000000000001')
const octets = fc.uint8Array({ maxLength: 3000 })

test('what was sealed comes back to the byte', () => {
  fc.assert(
    fc.property(octets, (o) => {
      const cle = newCle()
      const s = sceller(o, cle, A)
      expect(s.empreinte).toBe(empreinteOf(o))
      expect(desceller(s.octets, cle, A, s.empreinte)).toEqual(Buffer.from(o))
    }),
  )
})

test('one bit changed anywhere, and it does not open', () => {
  fc.assert(
    fc.property(octets, fc.nat(), fc.integer({ min: 0, max: 7 }), (o, place, bit) => {
      const cle = newCle()
      const s = sceller(o, cle, A)
      const altere = Buffer.from(s.octets)
      altere[place % altere.length]! ^= 1 << bit
      expect(desceller(altere, cle, A, s.empreinte)).toBeUndefined()
    }),
  )
})

test('cut, under another key, another owner or another address, it does not open', () => {
  const cle = newCle()
  const s = sceller(Buffer.from('bulletin'), cle, A)
  for (let n = 0; n < s.octets.length; n++)
    expect(desceller(s.octets.subarray(0, n), cle, A, s.empreinte)).toBeUndefined()
  expect(desceller(s.octets, newCle(), A, s.empreinte)).toBeUndefined()
  expect(desceller(s.octets, { ...newCle(), id: cle.id }, A, s.empreinte)).toBeUndefined()
  expect(desceller(s.octets, cle, B, s.empreinte)).toBeUndefined()
  expect(desceller(s.octets, cle, MEME_ID, s.empreinte)).toBeUndefined()
  expect(desceller(s.octets, cle, A, empreinteOf(Buffer.from('autre')))).toBeUndefined()
})

test('the same content sealed twice gives two different files', () => {
  const cle = newCle()
  const bulletin = Buffer.from('bulletin')
  expect(sceller(bulletin, cle, A).octets).not.toEqual(sceller(bulletin, cle, A).octets)
})

test('a wrapped key opens with its master key, for its owner, and nothing else', () => {
  const [maitre, autre] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  const cle = newCle()
  const enveloppe = envelopper(cle, A, maitre)
  expect(developper(enveloppe, cle.id, A, maitre)).toEqual(cle)
  expect(developper(enveloppe, cle.id, A, autre)).toBeUndefined()
  expect(developper(enveloppe, cle.id, B, maitre)).toBeUndefined()
  expect(developper(enveloppe, newCle().id, A, maitre)).toBeUndefined()
})
