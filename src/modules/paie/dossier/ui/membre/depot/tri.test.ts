import { expect, test } from 'vitest'
import { NATURES_PIECE } from '../../../contract.ts'
import { lireTouche, TOUCHES } from './tri.ts'

const agents = [
  { carriereId: '1', nom: 'Dupouy', prenom: 'Maïté' },
  { carriereId: '2', nom: 'Lafitte', prenom: 'Jean' },
  { carriereId: '3', nom: 'Lafitte', prenom: 'Anne' },
  { carriereId: '4', nom: 'Étienne', prenom: 'Luc' },
]
const candidats = (touche: string, saisie: string) => {
  const g = lireTouche(touche, saisie, agents)
  return g?.quoi === 'agent' ? g.candidats.map((a) => a.carriereId) : g
}

test('each usual kind has its letter, and no two the same', () => {
  const natures = Object.values(TOUCHES)
  expect(new Set(natures).size).toBe(natures.length)
  expect([...natures].sort()).toEqual([...NATURES_PIECE].sort())
})
test('a letter is a kind until the space bar begins a name', () => {
  expect(lireTouche('h', undefined, agents)).toEqual({ quoi: 'nature', nature: 'heures' })
  expect(lireTouche('H', undefined, agents)).toEqual({ quoi: 'nature', nature: 'heures' })
  expect(lireTouche(' ', undefined, agents)).toEqual({ quoi: 'agent', saisie: '', candidats: [] })
  expect(candidats('d', '')).toEqual(['1'])
  expect(candidats('l', '')).toEqual(['2', '3'])
  expect(candidats('a', 'Lafitte ')).toEqual(['3'])
  expect(candidats('Backspace', 'dx')).toEqual(['1'])
  expect(candidats('e', '')).toEqual(['4'])
})
test('arrows change file, even in the middle of a name; Enter ends it', () => {
  expect(lireTouche('ArrowDown', undefined, agents)).toEqual({ quoi: 'aller', pas: 1 })
  expect(lireTouche('ArrowUp', 'la', agents)).toEqual({ quoi: 'aller', pas: -1 })
  expect(lireTouche('Enter', 'la', agents)).toEqual({ quoi: 'fini' })
  expect(lireTouche('z', undefined, agents)).toBeUndefined()
})
