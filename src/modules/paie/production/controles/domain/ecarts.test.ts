import { describe, expect, test } from 'vitest'
import { add, euros, inEuros, ZERO } from '#socle/argent.ts'
import type { Jour, Mois } from '#socle/dates.ts'
import { jeuEssai } from '../../../calcul/essais/jeu-essai.ts'
import {
  type Bulletin,
  computeBulletin,
  type JeuParametres,
  type Situation,
  zSituation,
} from '../../../calcul/index.ts'
import { attribuer, type Cause, type Entrees, lignesInexpliquees, planEtapes } from './ecarts.ts'

const parametres = jeuEssai()
const agent = (difference: Partial<Situation> = {}): Situation =>
  zSituation.parse({
    statut: 'titulaire',
    categorie: 'C',
    grade: 'Adjoint administratif',
    echelon: 5,
    im: 373,
    entree: '2020-01-01',
    employeur: { effectif: 30, tauxAt: '1.72 %' },
    pas: { taux: '2.1 %' },
    ...difference,
  })
const calculer = ({ mois, situation, cumuls }: Entrees, jeu: JeuParametres): Bulletin => {
  const { bulletin, anomalies } = computeBulletin({ mois, situation, ...(cumuls ? { cumuls } : {}), parametres: jeu })
  if (!bulletin) throw new Error(JSON.stringify(anomalies))
  return bulletin
}
const AUCUN = { avant: new Set<string>(), apres: new Set<string>() }

function ecart(
  s0: Situation,
  s1: Situation,
  { m0 = '2025-10', m1 = '2025-11', codes = AUCUN }: { m0?: string; m1?: string; codes?: typeof AUCUN } = {},
) {
  const e0: Entrees = { mois: m0 as Mois, situation: s0, cumuls: null }
  const e1: Entrees = { mois: m1 as Mois, situation: s1, cumuls: null }
  const { etapes, derniere } = planEtapes(e0, e1, codes)
  const pas = etapes.map((e) => ({ cause: e.cause, bulletin: calculer(e.entrees, parametres) }))
  return { etapes, a: attribuer(calculer(e0, parametres), pas, calculer(e1, parametres), derniere) }
}
const causes = (a: ReturnType<typeof attribuer>) => a.causes.map((c) => c.cause)
const FAITS = { carriereDatee: false, lignesDeValeurs: new Set<string>() }

describe('a difference is shared between its causes', () => {
  test('an échelon moves the career and nothing else', () => {
    const { a } = ecart(agent(), agent({ echelon: 6, im: 378 }))
    expect(causes(a)).toEqual(['carriere'])
    expect(lignesInexpliquees(a, { ...FAITS, carriereDatee: true }, '1.00')).toEqual([])
    // without a dated fact, somebody must say why
    expect(lignesInexpliquees(a, FAITS, '1.00').map((l) => l.code)).toContain('TIB')
  })

  test('a tax rate moves the tax', () => {
    const { a } = ecart(agent(), agent({ pas: { taux: '4.3 %' } }))
    expect(causes(a)).toEqual(['impot'])
    expect(a.lignes.map((l) => l.groupe)).toEqual(['impot'])
  })

  test('a prime of the month comes, and goes the month after', () => {
    const avec = agent({ primes: [{ code: 'CIA', montant: '300.00', nature: 'prime', proratise: false }] })
    const codes = { avant: new Set<string>(), apres: new Set(['CIA']) }
    expect(causes(ecart(agent(), avec, { codes }).a)).toEqual(['variable'])
    const fin = ecart(avec, agent(), { codes: { avant: new Set(['CIA']), apres: new Set<string>() } })
    expect(causes(fin.a)).toEqual(['variable'])
    expect(fin.a.lignes.find((l) => l.code === 'CIA')).toMatchObject({ avant: '300.00', apres: null, ecart: '-300.00' })
  })

  test('an absence and an échelon of the same month are told apart', () => {
    const absence = { motif: 'serviceNonFait' as const, depuis: '2025-11-03' as Jour, jusqua: '2025-11-06' as Jour }
    const { a } = ecart(agent(), agent({ echelon: 6, im: 378, absences: [absence] }))
    expect(new Set(causes(a))).toEqual(new Set<Cause>(['carriere', 'absence']))
    const effet = (c: Cause) => Number(a.causes.find((x) => x.cause === c)?.effetNet)
    expect(effet('carriere')).toBeGreaterThan(0)
    expect(effet('absence')).toBeLessThan(0)
  })

  test('a change of the law is the law', () => {
    const { a } = ecart(agent(), agent(), { m0: '2025-12', m1: '2026-01' })
    // only the employer's share moves: the net does not
    expect(causes(a)).toEqual([])
    expect(new Set(a.lignes.flatMap((l) => l.parts.map((p) => p.cause)))).toEqual(new Set<Cause>(['parametre']))
    const cnracl = a.lignes.find((l) => l.code === 'CNRACL')!
    expect(cnracl.suitSaBase).toBe(false)
    expect(lignesInexpliquees(a, FAITS, '0.01').map((l) => l.code)).toContain('CNRACL')
    const tous = new Set(a.lignes.map((l) => l.code))
    expect(lignesInexpliquees(a, { ...FAITS, lignesDeValeurs: tous }, '0.01')).toEqual([])
  })

  test('nothing moved: nothing to say, and nothing to compute', () => {
    const { etapes, a } = ecart(agent(), agent())
    expect(a.lignes).toEqual([])
    // the month itself is the only step
    expect(etapes.length).toBeLessThanOrEqual(1)
  })
})

test('the shares of each line and of the net add up to the difference, to the cent', () => {
  const situations: Partial<Situation>[] = [
    {},
    { echelon: 6, im: 378 },
    { quotite: '80 %' },
    { enfants: 2 },
    { heures: [{ type: 'supplementaires', moment: 'jour', minutes: 240 }] },
    { absences: [{ motif: 'maladie', depuis: '2025-11-10' as Jour, jusqua: '2025-11-20' as Jour }] },
    { pas: { taux: '7.9 %' }, employeur: { effectif: 30, tauxAt: '1.80 %' } },
    { periodes: [{ depuis: '2025-11-16' as Jour, im: 390 }] },
  ]
  let compares = 0
  for (const x of situations)
    for (const y of situations) {
      const { a } = ecart(agent({ ...x, periodes: [], absences: [] }), agent({ ...x, ...y }))
      for (const l of a.lignes) {
        expect(inEuros(l.parts.reduce((t, p) => add(t, euros(p.ecart)), ZERO))).toBe(l.ecart)
        expect(inEuros(l.parts.reduce((t, p) => add(t, euros(p.ecartPatronal)), ZERO))).toBe(l.ecartPatronal)
        compares++
      }
      expect(inEuros(a.causes.reduce((t, c) => add(t, euros(c.effetNet)), ZERO))).toBe(a.ecartNet)
    }
  expect(compares).toBeGreaterThan(300)
})

test('a step that the engine refuses hides a cause, and says so', () => {
  const e0: Entrees = { mois: '2025-10' as Mois, situation: agent(), cumuls: null }
  const [b0, b1] = [e0, { ...e0, situation: agent({ echelon: 6, im: 378 }) }].map((e) => calculer(e, parametres))
  const a = attribuer(b0!, [{ cause: 'absence', bulletin: undefined }], b1!, 'carriere')
  expect(causes(a)).toEqual(['indetermine'])
  expect(lignesInexpliquees(a, { ...FAITS, carriereDatee: true }, '0.01').length).toBeGreaterThan(0)
})
