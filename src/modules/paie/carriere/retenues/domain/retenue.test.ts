import { describe, expect, test } from 'vitest'
import { computeBulletin, expliquer, jeuLivre, zSituation } from '../../../calcul/index.ts'
import { codeRetenue, type Retenue, resteDu, retenueDuMois } from './retenue.ts'

const retenue = (r: Partial<Retenue>): Retenue => ({
  numero: 7,
  type: 'autre',
  libelle: 'Prêt de l’amicale',
  mensuel: '50.00',
  total: null,
  personnesACharge: 0,
  partPatronale: null,
  ...r,
})

test.each`
  quoi                                 | r                                                     | pris        | montant      | reste
  ${'a month of a loan without total'} | ${{}}                                                 | ${'900.00'} | ${'50.00'}   | ${null}
  ${'a month of an acompte'}           | ${{ type: 'acompte', total: '120.00' }}               | ${'50.00'}  | ${'50.00'}   | ${'70.00'}
  ${'its last month'}                  | ${{ type: 'acompte', total: '120.00' }}               | ${'100.00'} | ${'20.00'}   | ${'20.00'}
  ${'once paid'}                       | ${{ type: 'acompte', total: '120.00' }}               | ${'120.00'} | ${undefined} | ${'0.00'}
  ${'a seizure: all that remains'}     | ${{ type: 'saisie', mensuel: null, total: '800.00' }} | ${'300.00'} | ${'500.00'}  | ${'500.00'}
`('$quoi', ({ r, pris, montant, reste }) => {
  expect(retenueDuMois(retenue(r), pris)?.montant).toBe(montant)
  expect(resteDu(retenue(r), pris)).toBe(reste)
})

describe('on the payslip', () => {
  const situation = (retenues: object[]) =>
    zSituation.parse({ statut: 'titulaire', categorie: 'C', im: 376, employeur: { effectif: 12 }, retenues })
  const parametres = jeuLivre()
  test('a seizure takes its share of the law and says by which scale', () => {
    const saisie = retenue({
      type: 'saisie',
      libelle: 'Saisie du Trésor',
      mensuel: null,
      total: '9000.00',
      personnesACharge: 2,
    })
    const entree = { mois: '2025-11' as never, situation: situation([retenueDuMois(saisie, '0.00')!]), parametres }
    const { bulletin } = computeBulletin(entree)
    const ligne = bulletin!.lignes.find((l) => l.code === codeRetenue(saisie))!
    expect(ligne).toMatchObject({ groupe: 'retenues', libelle: 'Saisie du Trésor' })
    expect(Number(ligne.montant)).toBeGreaterThan(50)
    expect(Number(ligne.montant)).toBeLessThan(400)
    const e = expliquer(entree).find((x) => x.ligne.code === ligne.code)!
    expect(e.calcul).toContain('quotité saisissable')
    expect(e.parametres.map((p) => p.code)).toContain('saisie.bareme')
    expect(e.parametres.every((p) => p.source !== '')).toBe(true)
  })
})
