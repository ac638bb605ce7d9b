import { expect, test } from 'vitest'
import { libelleDe, proposerAgents, proposerNature } from './proposer.ts'

test.each([
  ['RIB_Dupouy.pdf', 'rib'],
  ['Arrêt de travail Lafitte.jpg', 'arretTravail'],
  ['arrete-avancement-2025.pdf', 'arrete'],
  ['fin de contrat M. Labat.pdf', 'finContrat'],
  ['Contrat CDD.pdf', 'contrat'],
  ['etat_heures_octobre.xlsx', 'heures'],
  ['CIA 2025.pdf', 'etatPrimes'],
  ['Délibération RIFSEEP.pdf', 'etatPrimes'],
  ['IMG_20251103_101500.jpg', undefined],
  ['distribution.pdf', undefined],
])('« %s » is proposed as %s', (nom, nature) => {
  expect(proposerNature(nom)).toBe(nature)
})

const agents = [
  { carriereId: '1', nom: 'Dupouy', prenom: 'Maïté' },
  { carriereId: '2', nom: 'Lafitte', prenom: 'Jean' },
  { carriereId: '3', nom: 'Lafitte', prenom: 'Anne' },
]
test('the family name is enough, unless two agents bear it', () => {
  expect(proposerAgents('rib-dupouy.pdf', agents)).toEqual(['1'])
  expect(proposerAgents('rib lafitte.pdf', agents)).toEqual([])
  expect(proposerAgents('RIB LAFITTE Anne.pdf', agents)).toEqual(['3'])
  expect(proposerAgents('scan0001.pdf', agents)).toEqual([])
})

test('the name that a phone or a scanner gives is not a label', () => {
  expect(libelleDe('IMG_20251103_101500.jpg')).toBe('')
  expect(libelleDe('scan0001.pdf')).toBe('')
  expect(libelleDe('Etat_heures-octobre.pdf')).toBe('Etat heures octobre')
})
