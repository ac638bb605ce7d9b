import { expect, test } from 'vitest'
import { type Colonne, comparer, enCellule, enTexte } from './colonnes.ts'
import { versCsv } from './export.ts'

test('French order: accents and case do not count, numbers in names do, empty comes last', () => {
  const noms = ['Zoé', 'étienne', '', 'Eve', 'agent 10', 'Agent 9']
  expect(noms.toSorted((a, b) => comparer(a, b))).toEqual(['Agent 9', 'agent 10', 'étienne', 'Eve', 'Zoé', ''])
})

test('amounts are ordered by value, as cents or as text', () => {
  expect(['100.00', '-5.00', '20.00'].toSorted((a, b) => comparer(a, b, 'montant'))).toEqual([
    '-5.00',
    '20.00',
    '100.00',
  ])
  expect([10000n, -500n, 2000n].toSorted((a, b) => comparer(a, b, 'montant'))).toEqual([-500n, 2000n, 10000n])
})

test('cells read in French and are exported with their type', () => {
  expect(enTexte(-123456n, 'ecart')).toBe('\u22121\u202f234,56')
  expect(enTexte('2025-03-01', 'jour')).toBe('01/03/2025')
  expect(enCellule('1234.50', 'montant')).toBe(1234.5)
  expect(enCellule('2025-03-01', 'jour')).toEqual(new Date('2025-03-01T00:00:00Z'))
  expect(enCellule(false, 'ouiNon')).toBe('Non')
  expect(enCellule(null, 'montant')).toBeNull()
})

test('the CSV opens in a French spreadsheet, and no cell becomes a formula', () => {
  type L = { nom: string; montant: string; jour: string }
  const colonnes: Colonne<L>[] = [
    { cle: 'nom', titre: 'Nom', valeur: (l) => l.nom },
    { cle: 'montant', titre: 'Net', valeur: (l) => l.montant, genre: 'montant' },
    { cle: 'jour', titre: 'Jour', valeur: (l) => l.jour, genre: 'jour' },
  ]
  expect(
    versCsv(
      [
        { nom: 'Dupont ; "Jean"', montant: '-1234.50', jour: '2025-03-01' },
        { nom: '=HYPERLINK("x")', montant: '0.00', jour: '' },
      ],
      colonnes,
    ),
  ).toBe('\ufeffNom;Net;Jour\r\n"Dupont ; ""Jean""";-1234,50;01/03/2025\r\n"\'=HYPERLINK(""x"")";0,00;\r\n')
})
