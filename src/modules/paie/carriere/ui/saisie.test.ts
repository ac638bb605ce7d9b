import { expect, test } from 'vitest'
import { type SituationCarriere, zSituationCarriere } from '../contract.ts'
import { departDe, enSaisie, type GradeDeGrille, lireSituation, type Saisie } from './saisie.ts'

const GRADES: GradeDeGrille[] = [
  {
    grade: 'Adjoint technique territorial',
    filiere: 'Technique',
    cadreEmplois: 'Adjoints techniques territoriaux',
    categorie: 'C',
    echelle: 'C1',
    echelons: [{ echelon: 5, ib: 374, im: 370, dureeMois: 12, depuis: '2024-01-01', verifie: true }],
  },
]
const agent = zSituationCarriere.parse({
  statut: 'titulaire',
  filiere: 'Technique',
  cadreEmplois: 'Adjoints techniques territoriaux',
  categorie: 'C',
  grade: 'Adjoint technique territorial',
  echelle: 'C1',
  echelon: 5,
  ib: 374,
  im: 370,
  dateEchelon: '2024-01-01',
  minutesHebdo: 2100,
  quotiteTempsPartiel: 80,
  regime: 'cnracl',
  ifse: { groupe: 'C2', mensuel: '150.00' },
  zoneIndemniteResidence: 3,
  pas: { mode: 'taux', taux: '2.0' },
})
const apprenti = zSituationCarriere.parse({
  statut: 'apprenti',
  grade: 'Apprentie',
  minutesHebdo: 2100,
  prive: { employeur: 'personnePublique', conclusion: '2025-09-01', pourcentageSmic: '53 %' },
  pas: { mode: 'neutre' },
})

test.each<[string, SituationCarriere]>([
  ['an agent of a grade', agent],
  ['an apprentice', apprenti],
])('what the fields show of %s reads back as it was', (_, s) => {
  const relu = zSituationCarriere.parse(lireSituation(enSaisie(s) as Saisie, GRADES, '2025-11-01'))
  expect(relu).toEqual(s)
})

test('the grid gives the index of an échelon, and an emptied group is absent', () => {
  const saisie = { ...(enSaisie(agent) as Saisie), echelon: '5', im: '', ib: '', ifse: { groupe: '', mensuel: '' } }
  expect(lireSituation(saisie, GRADES, '2025-11-01')).toMatchObject({ im: 370, ib: 374 })
  expect(lireSituation(saisie, GRADES, '2025-11-01')).not.toHaveProperty('ifse')
})

test('another kind of statut starts from its own fields', () => {
  expect(departDe('vacataire', agent)).toEqual({ statut: 'vacataire', pas: { mode: 'neutre' } })
  expect(departDe('stagiaire', agent)).toMatchObject({ statut: 'stagiaire', echelon: '5', regime: 'cnracl' })
})
