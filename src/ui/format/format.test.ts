import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aujourdhuiAParis, formatDepuis, formatInstant, formatJourLong } from './jour.ts'
import { compter, enDecimal, formatMontant, formatNombre, formatOctets, formatTaux } from './nombre.ts'
import {
  formatDuree,
  GROUPES,
  grouper,
  grouperIban,
  lireDecimal,
  lireDuree,
  lireJour,
  lireMois,
  lireMontant,
  lireTableur,
  serrer,
} from './saisie.ts'

test.each([
  ['1234.56', '1\u202f234,56\u00a0€'],
  ['1234567.8', '1\u202f234\u202f567,80\u00a0€'],
  ['-0.5', '\u22120,50\u00a0€'],
  ['-0.00', '0,00\u00a0€'],
  [123456n, '1\u202f234,56\u00a0€'],
  [-5n, '\u22120,05\u00a0€'],
])('the amount %s reads %s', (montant, texte) => expect(formatMontant(montant)).toBe(texte))

test('a difference has its sign, nothing has none', () => {
  expect(formatMontant('12.00', { signe: true, euro: false })).toBe('+12,00')
  expect(formatMontant('0.00', { signe: true, euro: false })).toBe('0,00')
})

test('numbers, rates and sizes', () => {
  expect(formatNombre(5500)).toBe('5\u202f500')
  expect(formatTaux(34.65)).toBe('34,65\u00a0%')
  expect(formatOctets(1_400_000)).toBe('1,4\u00a0Mo')
  expect(formatOctets(64)).toBe('64\u00a0o')
  expect(formatOctets(12_345)).toBe('12\u00a0ko')
  expect([0, 1, 2].map((n) => compter(n, 'dossier'))).toEqual(['aucun dossier', '1\u00a0dossier', '2\u00a0dossiers'])
})

test('what is shown and typed again is the same amount', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      (c) => lireMontant(formatMontant(c)) === enDecimal(c),
    ),
  )
})

test.each([
  ['12,5', '12.50'],
  ['12.5', '12.50'],
  ['1 234,56 €', '1234.56'],
  [',5', '0.50'],
  ['-3', '-3.00'],
  ['\u22123', '-3.00'],
  ['007', '7.00'],
  ['-0', '0.00'],
  ['12,345', undefined],
  ['douze', undefined],
  ['', undefined],
  ['1,2,3', undefined],
])('the amount typed %s is %s', (texte, valeur) => expect(lireMontant(texte)).toBe(valeur))

test('a number keeps the decimals that it has', () => {
  expect(lireDecimal('35', { max: 2 })).toBe('35')
  expect(lireDecimal('17,5', { max: 2 })).toBe('17.5')
})

test.each([
  ['010325', '2025-03-01'],
  ['01032025', '2025-03-01'],
  ['1/3/25', '2025-03-01'],
  ['1.3.2025', '2025-03-01'],
  ['1/3', '2026-03-01'],
  ['0103', '2026-03-01'],
  ['2025-03-01', '2025-03-01'],
  ['auj', '2026-11-24'],
  ['hier', '2026-11-23'],
  ['+15', '2026-12-09'],
  ['300225', undefined],
  ['311125', undefined],
  ['1/3/', undefined],
  ['mardi', undefined],
])('the day typed %s is %s', (texte, valeur) => expect(lireJour(texte, { aujourdhui: '2026-11-24' })).toBe(valeur))

test('a birth typed with two digits lies in the past', () => {
  expect(lireJour('150658', { aujourdhui: '2026-11-24', passe: true })).toBe('1958-06-15')
  expect(lireJour('150605', { aujourdhui: '2026-11-24', passe: true })).toBe('2005-06-15')
  expect(lireJour('150658', { aujourdhui: '2026-11-24' })).toBe('2058-06-15')
})

test.each([
  ['0325', '2025-03'],
  ['032025', '2025-03'],
  ['3/25', '2025-03'],
  ['3', '2026-03'],
  ['mars 2025', '2025-03'],
  ['août', '2026-08'],
  ['FÉVRIER 24', '2024-02'],
  ['1325', undefined],
  ['ju', undefined],
])('the month typed %s is %s', (texte, valeur) => expect(lireMois(texte, { aujourdhui: '2026-11-24' })).toBe(valeur))

test.each([
  ['7h30', '450'],
  ['7:30', '450'],
  ['730', '450'],
  ['7,5', '450'],
  ['35', '2100'],
  ['35h', '2100'],
  ['17,33', undefined],
  ['7h75', undefined],
])('the time typed %s is %s minutes', (texte, valeur) => expect(lireDuree(texte)).toBe(valeur))

test('a time reads in hours', () => expect(formatDuree(450)).toBe('7\u00a0h\u00a030'))

test('identifiers are grouped for the eye and tight on the wire', () => {
  expect(grouper('21400041600015', GROUPES.siret)).toBe('214\u00a0000\u00a0416\u00a000015')
  expect(grouper('2580', GROUPES.nir)).toBe('2\u00a058\u00a00')
  expect(grouperIban('FR7630001007941234567890185')).toBe(
    'FR76\u00a03000\u00a01007\u00a09412\u00a03456\u00a07890\u00a0185',
  )
  expect(serrer(' fr76 3000-1007 ')).toBe('FR7630001007')
})

test('days are written in full', () => {
  expect(formatJourLong('2026-11-24')).toBe('mardi 24 novembre 2026')
  expect(formatJourLong('2025-05-01')).toBe('jeudi 1er mai 2025')
})

test('an instant is told at the hour of Paris', () => {
  expect(formatInstant('2026-11-24T13:05:00Z')).toBe('24/11/2026 à 14:05')
  expect(aujourdhuiAParis(new Date('2026-11-24T23:30:00Z'))).toBe('2026-11-25')
  expect(formatDepuis('2026-11-24T13:05:00Z', new Date('2026-11-24T13:10:00Z'))).toBe('il y a 5 minutes')
})

test('what a spreadsheet copies is read cell by cell', () => {
  expect(lireTableur('a\tb\r\n1,5\t\r\n')).toEqual([
    ['a', 'b'],
    ['1,5', ''],
  ])
  expect(lireTableur('"deux\nlignes"\t"dit ""oui"""')).toEqual([['deux\nlignes', 'dit "oui"']])
})
