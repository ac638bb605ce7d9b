import { expect, test } from 'vitest'
import { type Jour, mois } from '#socle/dates.ts'
import type { ContenuVariable, NaturePiece } from '../contract.ts'
import { piecesDeLaLigne } from './justifier.ts'

const piece = (id: string, nature: NaturePiece, le: string, effet: string | null = null, etat = 'recue') => ({
  id,
  nature,
  mois: le,
  effet: effet as Jour | null,
  etat,
  numero: Number(id),
})
const heures: ContenuVariable = {
  nature: 'heures',
  heures: [{ type: 'supplementaires', moment: 'jour', minutes: 60 }],
}
const PIECES = [
  piece('1', 'arrete', '2024-01', '2024-02-01'),
  piece('2', 'heures', '2025-11'),
  piece('3', 'arrete', '2025-06', '2025-07-01'),
  piece('4', 'arrete', '2025-12', '2026-01-01'),
  piece('5', 'arrete', '2025-08', '2025-08-01', 'refusee'),
  piece('6', 'heures', '2025-11'),
]
const of = (ligne: { code: string; groupe?: string; origine?: string }) =>
  piecesDeLaLigne(
    { groupe: 'remuneration', ...ligne },
    mois('2025-11'),
    [
      { contenu: heures, piece_id: '2', effet: null },
      { contenu: heures, piece_id: '6', effet: '2025-10' },
    ],
    PIECES,
  ).map((p) => p.id)

test('hours are justified by the paper that they were entered from', () =>
  expect(of({ code: 'IHTS_25' })).toEqual(['2']))
test('a rappel, by the paper of its own month', () =>
  expect(of({ code: 'IHTS_25', origine: '2025-10' })).toEqual(['6']))
test('the traitement, by the latest arrêté in force, never by a refused one nor by the next year’s', () =>
  expect(of({ code: 'TIB' })).toEqual(['3']))
test('a contribution has no paper', () => expect(of({ code: 'CNRACL', groupe: 'retraite' })).toEqual([]))

test('a line of sick leave, by the arrêt that it was entered from', () => {
  const arret: ContenuVariable = {
    nature: 'absence',
    motif: 'maladie',
    depuis: '2025-11-03' as Jour,
    jusqua: '2025-11-08' as Jour,
    sansCarence: false,
  }
  const lignes = ['CARENCE_TIB', 'CMO_90_TIB', 'CMO_50_NBI', 'IJSS_DEDUCTION']
  for (const code of lignes)
    expect(
      piecesDeLaLigne(
        { groupe: 'remuneration', code },
        mois('2025-11'),
        [{ contenu: arret, piece_id: '2', effet: null }],
        PIECES,
      ).map((p) => p.id),
    ).toEqual(['2'])
})
