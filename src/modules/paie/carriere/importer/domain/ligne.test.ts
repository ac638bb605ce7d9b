import { expect, test } from 'vitest'
import { suggererCorrespondance } from './correspondance.ts'
import { lireJour, lireMinutes, lireMontant, readLigne } from './ligne.ts'

test.each([
  ['15/03/1985', '1985-03-15'],
  ['5.3.1985', '1985-03-05'],
  ['1985-03-15', '1985-03-15'],
  ['31/02/2025', undefined],
  ['mars', undefined],
])('%s is the day %s', (texte, attendu) => expect(lireJour(texte)).toBe(attendu))

test.each([
  ['35', 2100],
  ['28,5', 1710],
  ['28h30', 1710],
  ['17:30', 1050],
  ['17 heures', 1020],
  ['beaucoup', undefined],
])('%s a week is %s minutes', (texte, attendu) => expect(lireMinutes(texte)).toBe(attendu))

test('amounts are those of a French spreadsheet', () => {
  expect(['1 234,5 €', '150', '12.30', 'x'].map(lireMontant)).toEqual(['1234.50', '150.00', '12.30', undefined])
})

const TITRES = ['NOM', 'Prénom', 'Né(e) le', 'N° Sécu.', 'Poste', 'Date d’embauche', 'Statut', 'Grade', 'Éch.', 'IM']
const c = { ...suggererCorrespondance(TITRES), nir: 3, naissance: 2 }
const ligne = (o: Partial<Record<number, string>> = {}) =>
  [
    'Dupouy',
    'Marie',
    '11/02/1985',
    '285024099000130',
    'Secrétaire',
    '01/09/2020',
    'titulaire',
    'Adjoint administratif territorial',
    '5',
    '',
  ].map((v, i) => o[i] ?? v)

test('the usual titles find their field', () => {
  expect(suggererCorrespondance(TITRES)).toMatchObject({
    nom: 0,
    prenom: 1,
    emploi: 4,
    entree: 5,
    statut: 6,
    grade: 7,
    echelon: 8,
    im: 9,
  })
})

test('a line of an agent reads whole: the grid gives the index, the key of the number is computed when it is left out', () => {
  const { lue, anomalies } = readLigne(ligne({ 3: '2 85 02 40 990 001' }), c, 2)
  expect(anomalies).toEqual([])
  expect(lue?.civil.nir).toHaveLength(15)
  expect(lue?.civil.sexe).toBe('F')
  expect(lue?.emploi.contenu).toMatchObject({ statut: 'titulaire', im: 370, regime: 'cnracl', minutesHebdo: 2100 })
})

test('all the faults of a line are told at once', () => {
  const { lue, anomalies } = readLigne(ligne({ 3: '285024099000131', 5: 'hier', 8: '40', 1: '' }), c, 7)
  expect(lue).toBeUndefined()
  expect(anomalies.map((a) => [a.ligne, a.champ])).toEqual(
    expect.arrayContaining([
      [7, 'nir'],
      [7, 'entree'],
      [7, 'prenom'],
    ]),
  )
})

test('an index that is not that of the grid is told; the grid is taken', () => {
  const { lue, anomalies } = readLigne(ligne({ 3: '2850240990001', 9: '400' }), c, 2)
  expect(lue?.emploi.contenu).toMatchObject({ im: 370 })
  expect(anomalies).toMatchObject([{ champ: 'im', bloquante: false }])
})

test('an unknown grade without index nor pay is refused, an élu is entered elsewhere', () => {
  expect(
    readLigne(ligne({ 3: '2850240990001', 7: 'Grade inconnu' }), c, 2).anomalies.some((a) => a.champ === 'im'),
  ).toBe(true)
  expect(readLigne(ligne({ 3: '2850240990001', 6: 'Élu' }), c, 2).anomalies).toMatchObject([
    { champ: 'statut', bloquante: true },
  ])
})
