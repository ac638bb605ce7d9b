import { expect, test } from 'vitest'
import { jour } from '#socle/dates.ts'
import { listGrades } from '../../../calcul/index.ts'
import { type SituationAgent, zSituationAgent } from '../../contract.ts'
import { avancer, nextEchelon, numeroArrete } from './avancement.ts'

const grades = new Map(listGrades().map((g) => [g.grade, g]))
const agent = (change: Partial<SituationAgent> = {}): SituationAgent =>
  zSituationAgent.parse({
    statut: 'titulaire',
    filiere: 'Administrative',
    cadreEmplois: 'Adjoints administratifs territoriaux',
    categorie: 'C',
    grade: 'Adjoint administratif territorial',
    echelle: 'C1',
    echelon: 5,
    ib: 374,
    im: 370,
    dateEchelon: '2024-11-15',
    minutesHebdo: 2100,
    quotiteTempsPartiel: 100,
    regime: 'cnracl',
    zoneIndemniteResidence: 3,
    pas: { mode: 'neutre' },
    ...change,
  })

test.each`
  echelon | depuis          | nouvel | im     | effet
  ${5}    | ${'2024-11-15'} | ${6}   | ${371} | ${'2025-11-15'}
  ${7}    | ${'2022-12-01'} | ${8}   | ${373} | ${'2025-12-01'}
  ${10}   | ${'2024-02-29'} | ${11}  | ${387} | ${'2028-02-29'}
  ${5}    | ${'2024-02-29'} | ${6}   | ${371} | ${'2025-02-28'}
`('C1 échelon $echelon since $depuis: échelon $nouvel on $effet', ({ echelon, depuis, nouvel, im, effet }) => {
  const r = nextEchelon(agent({ echelon, dateEchelon: jour(depuis) }), grades)
  expect(r).toMatchObject({ avancement: { nouvelEchelon: nouvel, nouvelIm: im, effet } })
})

test('the last échelon has no next one; what the grids do not know is said', () => {
  expect(nextEchelon(agent({ echelon: 11 }), grades)).toBeUndefined()
  expect(nextEchelon(agent({ grade: 'Grade local' }), grades)).toEqual({
    raison: expect.stringContaining('Grade local'),
  })
  expect(nextEchelon(agent({ echelon: null }), grades)).toHaveProperty('raison')
  expect(nextEchelon(agent({ statut: 'contractuel' }), grades)).toBeUndefined()
})

test('an avancement changes the échelon, its index and its date, and nothing else', () => {
  const s = agent()
  const r = nextEchelon(s, grades) as { avancement: Parameters<typeof avancer>[1] }
  expect(avancer(s, r.avancement, jour('2025-11-15'))).toEqual({
    ...s,
    echelon: 6,
    ib: 378,
    im: 371,
    dateEchelon: '2025-11-15',
  })
})

test('arrêtés are numbered one after the other', () => {
  expect([0, 1, 10].map((n) => numeroArrete('2025-099', n))).toEqual(['2025-099', '2025-100', '2025-109'])
  expect(numeroArrete('', 3)).toBe('')
})
