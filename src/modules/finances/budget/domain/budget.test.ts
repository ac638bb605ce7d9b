import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Centimes, euros, fraction, inEuros, sum } from '#socle/argent.ts'
import { getPlan, imputer, type Sens } from '../../nomenclature/index.ts'
import { controlerEquilibre, cumuler, type Ligne } from './equilibre.ts'
import { compteurOf, controlerVirement, mouvementOf } from './fongibilite.ts'
import {
  calculerResultats,
  creditsProvisoires,
  lignesDeResultat,
  proposeTranspositions,
  transposer,
} from './reprise.ts'

const plan = getPlan('M57_A', 2024)
const ligne = (nature: string, sens: Sens, montant: string, plus: object = {}): Ligne => {
  const { libelle: _, chapitrePlan: __, ...i } = imputer(plan, { nature, sens, ...plus })
  return { ...i, montant: euros(montant) }
}
/** A balanced budget of a small commune. */
const equilibre = [
  ligne('60612', 'D', '40000'),
  ligne('6411', 'D', '60000'),
  ligne('023', 'D', '20000'),
  ligne('681', 'D', '5000', { mouvement: 'entreSections' }),
  ligne('73111', 'R', '90000'),
  ligne('002', 'R', '35000'),
  ligne('1641', 'D', '12000'),
  ligne('2131', 'D', '0'),
  ligne('2151', 'D', '33000'),
  ligne('021', 'R', '20000'),
  ligne('2805', 'R', '5000', { mouvement: 'entreSections' }),
  ligne('10222', 'R', '20000'),
].filter((l) => l.montant > 0n)

describe('equilibrium', () => {
  test('a balanced budget has nothing to say', () => {
    expect(controlerEquilibre(equilibre)).toEqual({
      sections: {
        F: { depenses: euros('125000'), recettes: euros('125000'), ecart: 0n },
        I: { depenses: euros('45000'), recettes: euros('45000'), ecart: 0n },
      },
      anomalies: [],
    })
  })
  test('it says what is missing, where, and what may be done', () => {
    const { anomalies } = controlerEquilibre([...equilibre, ligne('2188', 'D', '1000')])
    expect(anomalies.map((a) => [a.code, a.bloquante])).toEqual([['equilibre.section', true]])
    expect(anomalies[0]!.message).toContain('1\u202f000,00')
  })
  test('a virement of one side only, an ordre of one side only', () => {
    const sansVirement = equilibre.filter((l) => l.nature !== '021')
    expect(controlerEquilibre(sansVirement).anomalies.map((a) => a.code)).toContain('equilibre.virement')
    const sansOrdre = equilibre.filter((l) => l.nature !== '2805')
    expect(controlerEquilibre(sansOrdre).anomalies.map((a) => a.code)).toContain('equilibre.ordreDepenses')
    const patrimonial = [...equilibre, ligne('2151', 'R', '10', { mouvement: 'interne' })]
    expect(controlerEquilibre(patrimonial).anomalies.map((a) => a.code)).toContain('equilibre.patrimonial')
  })
  test('a loan does not repay a loan', () => {
    const endette = [...equilibre, ligne('1641', 'D', '50000'), ligne('1641', 'R', '50000')]
    expect(controlerEquilibre(cumuler(endette)).anomalies.map((a) => a.code)).toEqual(['equilibre.dette'])
  })
  test('whatever the amounts, the gap is the difference, and a section short of incomes blocks', () => {
    const montants = fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(montants, ([a, b, c, d]) => {
        const lignes = [
          { ...ligne('60612', 'D', '1'), montant: BigInt(a!) as Centimes },
          { ...ligne('6411', 'D', '1'), montant: BigInt(b!) as Centimes },
          { ...ligne('73111', 'R', '1'), montant: BigInt(c!) as Centimes },
          { ...ligne('70311', 'R', '1'), montant: BigInt(d!) as Centimes },
        ]
        const { sections, anomalies } = controlerEquilibre(lignes)
        expect(sections.F.ecart).toBe(BigInt(c! + d! - a! - b!))
        expect(anomalies.some((x) => x.code === 'equilibre.section')).toBe(sections.F.ecart < 0n)
      }),
    )
  })
})

describe('fongibilité', () => {
  const compteurs = [compteurOf('F', '7.5', equilibre, []), compteurOf('I', '7.5', equilibre, [])]
  test('the room is 7.5 % of the real expenses of the section', () => {
    expect(compteurs.map((c) => [inEuros(c.base), inEuros(c.plafond)])).toEqual([
      ['100000.00', '7500.00'],
      ['45000.00', '3375.00'],
    ])
  })
  const virement = (montant: string) => [ligne('60612', 'D', `-${montant}`), ligne('65888', 'D', montant)]
  test('from chapter to chapter up to the room, not a cent more', () => {
    expect(controlerVirement(plan, virement('7500'), compteurs)).toEqual([])
    expect(controlerVirement(plan, virement('7500.01'), compteurs).map((a) => a.code)).toEqual(['virement.plafond'])
  })
  test('never staff expenses, never an income, never out of balance', () => {
    const codes = (l: Ligne[]) => controlerVirement(plan, l, compteurs).map((a) => a.code)
    expect(codes([ligne('6411', 'D', '-10'), ligne('60612', 'D', '10')])).toEqual(['virement.personnel'])
    expect(codes([ligne('60612', 'D', '-10'), ligne('6411', 'D', '10')])).toEqual(['virement.personnel'])
    expect(codes([ligne('73111', 'R', '10'), ligne('60612', 'D', '-10')])).toEqual(['virement.nature'])
    expect(codes([ligne('60612', 'D', '10')])).toEqual(['virement.solde'])
    expect(codes([ligne('60612', 'D', '-10'), ligne('2188', 'D', '10')])).toEqual(['virement.solde', 'virement.solde'])
  })
  test('inside a chapter nothing is counted', () => {
    expect(mouvementOf([ligne('60612', 'D', '-9000'), ligne('60611', 'D', '9000')], 'F')).toBe(0n)
  })
  test('whatever the base, the rate and the virements accepted one after the other, the counter stays under', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000_000 }),
        fc.constantFrom('0', '1.25', '5', '7.5'),
        fc.array(fc.integer({ min: 1, max: 50_000_000 }), { maxLength: 12 }),
        (base, taux, demandes) => {
          const votees = [{ ...ligne('60612', 'D', '1'), montant: BigInt(base) as Centimes }]
          const acceptes: Ligne[][] = []
          for (const d of demandes) {
            const v = virement('1').map((l) => ({
              ...l,
              montant: (l.montant < 0n ? -BigInt(d) : BigInt(d)) as Centimes,
            }))
            if (controlerVirement(plan, v, [compteurOf('F', taux, votees, acceptes)]).length === 0) acceptes.push(v)
          }
          const total = sum(acceptes.map((v) => mouvementOf(v, 'F')))
          const f = fraction(`${taux} %`)
          expect(total * f.den <= BigInt(base) * f.num).toBe(true)
        },
      ),
    )
  })
})

describe('from one year to the next', () => {
  test('53 accounts differ between the plans of 2023 and 2024', () => {
    const [avant, apres] = [getPlan('M57_A', 2023), getPlan('M57_A', 2024)]
    expect([...apres.comptes.keys()].filter((c) => !avant.comptes.has(c))).toHaveLength(53)
    expect(
      proposeTranspositions(avant, apres).map((t) => [t.compte.code, t.propositions.map((p) => p.code).join(' ')]),
    ).toMatchInlineSnapshot(`
      [
        [
          "2816",
          "28161 28162",
        ],
        [
          "28176",
          "281761 281762",
        ],
        [
          "6217",
          "",
        ],
        [
          "62872",
          "628721 628722",
        ],
        [
          "657362",
          "65736211 65736212 65736221 65736222",
        ],
        [
          "6573641",
          "",
        ],
        [
          "6573642",
          "",
        ],
        [
          "6573643",
          "",
        ],
        [
          "6573644",
          "",
        ],
        [
          "6588",
          "65883 65888",
        ],
        [
          "70872",
          "708721 708722",
        ],
        [
          "7391113",
          "",
        ],
        [
          "748313",
          "",
        ],
        [
          "748314",
          "",
        ],
        [
          "7588",
          "75883 75888",
        ],
        [
          "76233",
          "",
        ],
      ]
    `)
  })
  test('an account with one successor is transposed, one with several is blocked with the choice', () => {
    const avant = getPlan('M57_A', 2023)
    const l = (nature: string): Ligne => {
      const { libelle: _, chapitrePlan: __, ...i } = imputer(avant, { nature, sens: 'D' })
      return { ...i, montant: euros('100') }
    }
    const { lignes, anomalies } = transposer([l('60612'), l('6588')], avant, plan)
    expect(lignes.map((x) => x.nature)).toEqual(['60612'])
    expect(anomalies.map((a) => [a.code, a.bloquante, a.conseil?.includes('65888')])).toEqual([
      ['transposition.aChoisir', true, true],
    ])
  })
  test('before the vote: last year in fonctionnement, the debt in full, a quarter of the investissement', () => {
    const montants = (autorise: boolean) =>
      Object.fromEntries(creditsProvisoires(equilibre, autorise).map((l) => [l.nature, inEuros(l.montant)]))
    expect(montants(false)).toEqual({ 60612: '40000.00', 6411: '60000.00', 1641: '12000.00' })
    expect(montants(true)).toMatchObject({ 2151: '8250.00' })
  })
  test('the result of fonctionnement first covers the need of investissement, the rest is carried', () => {
    const annee = [
      { ...ligne('60612', 'D', '0'), vote: 0n, engage: 0n, mandate: euros('80000') },
      { ...ligne('73111', 'R', '0'), vote: 0n, engage: 0n, mandate: euros('100000') },
      { ...ligne('002', 'R', '0'), vote: euros('10000'), engage: 0n, mandate: 0n },
      { ...ligne('2151', 'D', '0'), vote: 0n, engage: euros('4000'), mandate: euros('30000') },
      { ...ligne('10222', 'R', '0'), vote: 0n, engage: 0n, mandate: euros('22000') },
    ] as never
    const r = calculerResultats(annee, [ligne('2151', 'D', '4000'), ligne('1321', 'R', '1000')])
    expect(Object.fromEntries(Object.entries(r).map(([k, v]) => [k, inEuros(v)]))).toEqual({
      fonctionnement: '30000.00',
      investissement: '-8000.00',
      rarDepenses: '4000.00',
      rarRecettes: '1000.00',
      besoin: '11000.00',
      affecte: '11000.00',
      reporte: '19000.00',
    })
    expect(lignesDeResultat(plan, r).map((l) => [l.nature, l.sens, inEuros(l.montant)])).toEqual([
      ['001', 'D', '8000.00'],
      ['1068', 'R', '11000.00'],
      ['002', 'R', '19000.00'],
    ])
  })
})
