import { expect, test } from 'vitest'
import type { Jour, Mois } from '#socle/dates.ts'
import { jeuLivre } from './parametres/livre.ts'
import { simulerEffet } from './simuler.ts'
import { zSituation } from './situation.ts'

const parametres = jeuLivre()
const entree = (statut: string, mois: string) => ({
  reference: `${statut} ${mois}`,
  entree: {
    mois: mois as Mois,
    parametres,
    situation: zSituation.parse({
      statut,
      categorie: 'C',
      im: 409,
      transfertPrimesPoints: false,
      employeur: { effectif: 10 },
    }),
  },
})
const publie = (code: string, valeur: string) => ({
  code,
  depuis: '2026-01-01' as Jour,
  valeur,
  source: 'essai',
  verifie: false,
})

test('a proposed rate shows whom it touches and what it costs', () => {
  const effet = simulerEffet(
    [entree('titulaire', '2025-12'), entree('titulaire', '2026-02')],
    [publie('cnracl.employeur', '40 %')],
  )
  expect(effet).toMatchObject({
    bulletins: 2,
    touches: 1,
    references: ['titulaire 2026-02'],
    ecartNet: '0.00',
    ecartCout: '47.32',
  })
  expect(effet.lignes).toEqual([
    { code: 'CNRACL', libelle: 'Retraite CNRACL', bulletins: 1, ecart: '0.00', ecartPatronal: '47.32' },
  ])
  expect(effet.plusGrands).toMatchObject([
    {
      reference: 'titulaire 2026-02',
      ecartCout: '47.32',
      lignes: [{ code: 'CNRACL', avant: { tauxPatronal: '37.65 %' }, apres: { tauxPatronal: '40 %' } }],
    },
  ])
})
test('a missing value that is proposed unblocks payslips', () => {
  const ircantec = ['a.agent', 'a.employeur', 'b.agent', 'b.employeur'].map((x) => publie(`ircantec.${x}`, '3 %'))
  const effet = simulerEffet([entree('contractuel', '2026-02'), entree('titulaire', '2026-02')], ircantec)
  expect(effet).toMatchObject({
    bulletins: 2,
    touches: 0,
    debloques: 1,
    bloques: 0,
    references: ['contractuel 2026-02'],
  })
})
