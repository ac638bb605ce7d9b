import { describe, expect, test } from 'vitest'
import type { Mois } from '#socle/dates.ts'
import { computeBulletin } from './calculer.ts'
import { jeuLivre } from './parametres/livre.ts'
import { type Situation, zSituation } from './situation.ts'

const parametres = jeuLivre()
const agent = (over: Partial<Situation> = {}): Situation =>
  zSituation.parse({
    statut: 'titulaire',
    categorie: 'C',
    im: 376,
    employeur: { effectif: 10, tauxAt: '1.72 %' },
    ...over,
  })
const compute = (situation: Situation, mois = '2025-06') =>
  computeBulletin({ mois: mois as Mois, situation, parametres })
const codes = (s: Situation, mois?: string) =>
  compute(s, mois)
    .anomalies.filter((a) => a.bloquante)
    .map((a) => a.code)

describe('the pension fund follows the working time', () => {
  test.each`
    minutes    | autres    | population
    ${28 * 60} | ${0}      | ${'fonctionnaire-cnracl'}
    ${27 * 60} | ${0}      | ${'fonctionnaire-ircantec'}
    ${20 * 60} | ${8 * 60} | ${'fonctionnaire-cnracl'}
  `('$minutes minutes here, $autres elsewhere: $population', ({ minutes, autres, population }) => {
    const { bulletin } = compute(agent({ minutesHebdo: minutes, minutesHebdoAutres: autres }))
    expect(bulletin?.population).toBe(population)
  })
})

describe('nothing is computed on a guess', () => {
  test('a hole of the law is named', () => {
    const { bulletin, anomalies } = compute(agent({ statut: 'contractuel' }), '2026-01')
    expect(bulletin).toBeUndefined()
    expect(anomalies).toMatchObject([{ code: 'paie.parametreManquant', lieu: 'ircantec.a.agent', bloquante: true }])
  })
  test('a published value fills the hole, with its mark', () => {
    const publie = (code: string, valeur: string) => ({
      code,
      depuis: '2026-01-01' as never,
      valeur,
      source: 'essai',
      verifie: false,
    })
    const jeu = parametres.avec([
      publie('ircantec.a.agent', '2.8 %'),
      publie('ircantec.a.employeur', '4.2 %'),
      publie('ircantec.b.agent', '6.95 %'),
      publie('ircantec.b.employeur', '12.55 %'),
    ])
    const { bulletin } = computeBulletin({
      mois: '2026-01' as Mois,
      situation: agent({ statut: 'contractuel' }),
      parametres: jeu,
    })
    expect(bulletin?.lignes.find((l) => l.code === 'IRCANTEC_A')?.taux).toBe('2.8 %')
  })
  test.each`
    over                                              | code
    ${{ grade: 'Rédacteur', im: undefined }}          | ${'paie.gradeSansEchelon'}
    ${{ quotite: '120 %' }}                           | ${'paie.quotiteExcessive'}
    ${{ entree: '2025-06-20', sortie: '2025-06-10' }} | ${'paie.finAvantDebut'}
    ${{ caisse: 'CARMF' }}                            | ${'paie.caisseInconnue'}
    ${{ caisse: 'IRCANTEC' }}                         | ${'paie.caisseIncoherente'}
    ${{ nir: '185057800608437' }}                     | ${'paie.nirInvalide'}
    ${{ statut: 'contractuel', nbi: 10 }}             | ${'paie.nbiNonFonctionnaire'}
  `('$over: $code', ({ over, code }) => expect(codes(agent(over))).toContain(code))
})

describe('what is unusual is told, and computed', () => {
  const alertes = (over: Partial<Situation>) => {
    const r = compute(agent(over))
    expect(r.bulletin).toBeDefined()
    return r.anomalies.map((a) => a.code)
  }
  test.each`
    over                                                                                                              | codes
    ${{}}                                                                                                             | ${[]}
    ${{ categorie: 'A', heures: [{ type: 'supplementaires', minutes: 60 }] }}                                         | ${['paie.heuresCategorieA']}
    ${{ heures: [{ type: 'supplementaires', minutes: 1560 }] }}                                                       | ${['paie.contingentHeures']}
    ${{ quotite: '40 %' }}                                                                                            | ${['paie.quotiteFaible']}
    ${{ rifseep: { cadre: 'adjoints', groupe: 2 }, primes: [{ code: 'IFSE', montant: '900.00' }] }}                   | ${[]}
    ${{ rifseep: { cadre: 'adjoints', groupe: 2 }, primes: [{ code: 'IFSE', montant: '900.01' }] }}                   | ${['paie.plafondRifseep']}
    ${{ rifseep: { cadre: 'adjoints', groupe: 2 }, primes: [{ code: 'CIA', montant: '1200.00', proratise: false }] }} | ${[]}
    ${{ rifseep: { cadre: 'adjoints', groupe: 4 }, primes: [{ code: 'IFSE', montant: '10.00' }] }}                    | ${['paie.groupeRifseepInconnu']}
  `('$over: $codes', ({ over, codes }) => expect(alertes(over)).toEqual(codes))
})
