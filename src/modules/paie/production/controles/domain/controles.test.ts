import { expect, test } from 'vitest'
import { centimes } from '#socle/argent.ts'
import { type AControler, controlMois, depasse, ecartNotable } from './controles.ts'
import { REGLAGES_DEFAUT } from './reglages.ts'

const agent = (difference: Partial<AControler> = {}): AControler => ({
  carriereId: 'c1',
  agentId: 'a1',
  nom: 'Maïté Dupouy',
  nir: '',
  nirValide: true,
  iban: 'FR1',
  ibanValide: true,
  present: true,
  bulletin: { netAPayer: '1500.00', cout: '2300.00', reportNegatif: false },
  precedent: { netAPayer: '1500.00', cout: '2300.00' },
  foyerSft: null,
  foyerAilleurs: false,
  ...difference,
})
const codes = (agents: AControler[], partis: { cout: string }[] = []) =>
  controlMois(agents, partis, REGLAGES_DEFAUT).map((c) => c.code)

test('an ordinary month has nothing to say', () => {
  expect(codes([agent()])).toEqual([])
})

test.each`
  constat                     | difference
  ${'controle.sansPaie'}      | ${{ bulletin: null, precedent: null }}
  ${'controle.payeSansAgent'} | ${{ present: false }}
  ${'controle.netNegatif'}    | ${{ bulletin: { netAPayer: '0.00', cout: '2300.00', reportNegatif: true } }}
  ${'controle.netNegatif'}    | ${{ bulletin: { netAPayer: '0.00', cout: '2300.00', reportNegatif: false } }}
  ${'controle.sansCompte'}    | ${{ iban: '' }}
  ${'controle.iban'}          | ${{ ibanValide: false }}
  ${'controle.nir'}           | ${{ nirValide: false }}
  ${'controle.sftDouble'}     | ${{ foyerSft: 'f', foyerAilleurs: true }}
`('$constat', ({ constat, difference }) => {
  expect(codes([agent(difference)])).toEqual([constat])
})

test('one account or one home for two agents is told to both, not for two posts of one person', () => {
  const autre = { carriereId: 'c2', agentId: 'a2', nom: 'Jean Lafitte' }
  expect(codes([agent(), agent(autre)])).toEqual(['controle.compteCommun', 'controle.compteCommun'])
  expect(codes([agent(), agent({ carriereId: 'c2' })])).toEqual([])
  const foyer = { foyerSft: 'f'.repeat(64) }
  const constats = controlMois([agent(foyer), agent({ ...autre, ...foyer, iban: 'FR2' })], [], REGLAGES_DEFAUT)
  expect(constats.map((c) => c.code)).toEqual(['controle.sftDouble', 'controle.sftDouble'])
  expect(constats[0]!.message).toContain('Jean Lafitte')
})

test('cost and headcount are compared over all the payslips, the departures included', () => {
  expect(codes([agent()], [{ cout: '2300.00' }])).toEqual(['controle.masse', 'controle.effectif'])
  expect(codes([agent({ bulletin: { netAPayer: '1550.00', cout: '2415.00', reportNegatif: false } })])).toEqual([])
  expect(codes([agent({ bulletin: { netAPayer: '1550.00', cout: '2415.01', reportNegatif: false } })])).toEqual([
    'controle.masse',
  ])
})

test('a threshold is exact: ten percent is not more than ten percent', () => {
  expect(depasse(centimes(100), centimes(1000), 10)).toBe(false)
  expect(depasse(centimes(101), centimes(1000), 10)).toBe(true)
  expect(depasse(centimes(-101), centimes(1000), 10)).toBe(true)
  expect(ecartNotable('1000.00', '1100.00', REGLAGES_DEFAUT)).toBe(false)
  expect(ecartNotable('1000.00', '1100.01', REGLAGES_DEFAUT)).toBe(true)
  expect(ecartNotable('100.00', '140.00', REGLAGES_DEFAUT)).toBe(false)
})
