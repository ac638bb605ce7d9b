import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Centimes, centimes, euros, fraction, inEuros, sum, UN } from '#socle/argent.ts'
import type { Mois } from '#socle/dates.ts'
import type { Bulletin, Cumuls } from '../bulletin.ts'
import { computeBulletin } from '../calculer.ts'
import { jeuLivre } from '../parametres/livre.ts'
import { type Situation, zSituation } from '../situation.ts'
import { type Bareme, coefficient } from './coefficient.ts'

const jeu = jeuLivre()
const RGDU: Bareme = {
  tmin: fraction('0.02'),
  tdelta: fraction('0.3781'),
  seuil: fraction('3'),
  puissance: fraction('1.75'),
}
const ANCIENNE: Bareme = { tmin: fraction('0'), tdelta: fraction('0.3193'), seuil: fraction('1.6'), puissance: UN }

describe('the coefficient', () => {
  test.each`
    regime        | bareme      | smic         | remuneration | attendu
    ${'RGDU'}     | ${RGDU}     | ${'1823.03'} | ${'1823.03'} | ${3981n}
    ${'RGDU'}     | ${RGDU}     | ${'1823.03'} | ${'1500.00'} | ${3981n}
    ${'RGDU'}     | ${RGDU}     | ${'1823.03'} | ${'2000.00'} | ${3147n}
    ${'RGDU'}     | ${RGDU}     | ${'1823.03'} | ${'5469.08'} | ${200n}
    ${'RGDU'}     | ${RGDU}     | ${'1823.03'} | ${'5469.09'} | ${0n}
    ${'RGDU'}     | ${RGDU}     | ${'1823.03'} | ${'0.00'}    | ${0n}
    ${'ancienne'} | ${ANCIENNE} | ${'1801.80'} | ${'1801.80'} | ${3193n}
    ${'ancienne'} | ${ANCIENNE} | ${'1801.80'} | ${'1950.00'} | ${2546n}
    ${'ancienne'} | ${ANCIENNE} | ${'1801.80'} | ${'2882.88'} | ${0n}
  `('$regime, $remuneration for a SMIC of $smic: $attendu ten-thousandths', ({ bareme, smic, remuneration, attendu }) =>
    expect(coefficient(bareme, euros(smic), euros(remuneration))).toBe(attendu),
  )

  test.each`
    remuneration  | attendu
    ${'23000.00'} | ${3191n}
    ${'24978.22'} | ${3191n}
    ${'30000.00'} | ${1054n}
    ${'33304.31'} | ${0n}
  `('home help of 2023, $remuneration a year: $attendu ten-thousandths', ({ remuneration, attendu }) => {
    const aide = { ...ANCIENNE, tdelta: fraction('0.3191'), inflexion: fraction('1.2') }
    expect(coefficient(aide, euros('20815.19'), euros(remuneration))).toBe(attendu)
  })

  test('it is the power of the formula, rounded half up at the fourth decimal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100_000, max: 200_000 }), fc.integer({ min: 1, max: 700_000 }), (s, r) => {
        const x = Math.min(1, Math.max(0, 0.5 * ((3 * s) / r - 1)))
        const exact = x === 0 ? 0 : (0.02 + 0.3781 * x ** 1.75) * 10_000
        // Floats are the witness here: they agree everywhere but on the half itself.
        const n = Number(coefficient(RGDU, centimes(s), centimes(r)))
        expect(Math.abs(n - exact)).toBeLessThanOrEqual(0.5 + 1e-6)
      }),
    )
  })
  test('it never rises with the pay', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(RGDU, ANCIENNE),
        fc.integer({ min: 1, max: 700_000 }),
        fc.integer({ min: 0, max: 50_000 }),
        (b, r, plus) => {
          const smic = euros('1823.03')
          expect(coefficient(b, smic, centimes(r + plus)) <= coefficient(b, smic, centimes(r))).toBe(true)
        },
      ),
    )
  })
})

const salarie = (salaire: string, over: Record<string, unknown> = {}, prive: Record<string, unknown> = {}): Situation =>
  zSituation.parse({
    statut: 'prive',
    employeur: { effectif: 30, tauxAt: '2.08 %' },
    prive: { employeur: 'association', contrat: 'cdi', salaireMensuel: salaire, ...prive },
    ...over,
  })

function annee(
  an: number,
  salaires: string[],
  situation: (s: string) => Situation = salarie,
): { mois: Bulletin[]; cumuls: Cumuls } {
  let cumuls: Cumuls | undefined
  const mois = salaires.map((s, i) => {
    const r = computeBulletin({
      mois: `${an}-${String(i + 1).padStart(2, '0')}` as Mois,
      situation: situation(s),
      cumuls,
      parametres: jeu,
    })
    if (!r.bulletin) throw new Error(r.anomalies.map((a) => a.message).join(' '))
    cumuls = r.cumuls
    return r.bulletin
  })
  return { mois, cumuls: cumuls! }
}
const total = (mois: Bulletin[], code: string): Centimes =>
  sum(mois.flatMap((b) => b.lignes.filter((l) => l.code === code).map((l) => euros(l.montantPatronal ?? '0'))))
const base = (mois: Bulletin[], code: string): Centimes =>
  sum(mois.flatMap((b) => b.lignes.filter((l) => l.code === code).map((l) => euros(l.base ?? '0'))))

const douze = fc.array(
  fc.integer({ min: 180_000, max: 900_000 }).map((n) => inEuros(centimes(n))),
  { minLength: 12, maxLength: 12 },
)

describe('twelve months with régularisation equal the yearly computation', () => {
  test('single reduction of 2026', () => {
    fc.assert(
      fc.property(douze, (salaires) => {
        const { mois } = annee(2026, salaires)
        const brut = sum(salaires.map(euros))
        // Twelve times the monthly SMIC of January, rounded by month as it is paid.
        const c = coefficient(RGDU, centimes(182_303 * 12), brut)
        const attendu = centimes((brut * c + 5000n) / 10_000n)
        expect(inEuros(centimes(-total(mois, 'REDUCTION_GENERALE')))).toBe(inEuros(attendu))
      }),
      { numRuns: 40 },
    )
  })

  test('general reduction of 2024, with the SMIC of November', () => {
    fc.assert(
      fc.property(douze, (salaires) => {
        const { mois } = annee(2024, salaires)
        const brut = sum(salaires.map(euros))
        const smic = centimes(176_692 * 10 + 180_180 * 2)
        const c = coefficient({ ...ANCIENNE, tdelta: fraction('0.3194') }, smic, brut)
        expect(centimes(-total(mois, 'REDUCTION_GENERALE'))).toBe(centimes((brut * c + 5000n) / 10_000n))
      }),
      { numRuns: 40 },
    )
  })

  test('2025: each coefficient on the pay of its period, T changing on the first of May', () => {
    fc.assert(
      fc.property(douze, (salaires) => {
        const { mois } = annee(2025, salaires)
        const avant = sum(salaires.slice(0, 4).map(euros))
        const apres = sum(salaires.slice(4).map(euros))
        const smic = centimes(180_180 * 12)
        const c = (t: string) => coefficient({ ...ANCIENNE, tdelta: fraction(t) }, smic, centimes(avant + apres))
        const attendu = (avant * c('0.3194') + apres * c('0.3193') + 5000n) / 10_000n
        expect(centimes(-total(mois, 'REDUCTION_GENERALE'))).toBe(centimes(attendu))
      }),
      { numRuns: 40 },
    )
  })

  test('complements of 2025: on the whole year or not at all', () => {
    fc.assert(
      fc.property(douze, (salaires) => {
        const { mois } = annee(2025, salaires)
        const brut = sum(salaires.map(euros))
        const smic = 12n * 180_180n
        const maladie = brut * 100n > smic * 225n ? brut : 0n
        const famille = brut * 100n > smic * 330n ? brut : 0n
        expect(base(mois, 'MALADIE_COMPLEMENT')).toBe(maladie)
        expect(base(mois, 'AF_COMPLEMENT')).toBe(famille)
      }),
      { numRuns: 40 },
    )
  })

  test('contribution d’équilibre technique: on both tranches or not at all', () => {
    fc.assert(
      fc.property(douze, (salaires) => {
        const { mois } = annee(2026, salaires)
        const brut = sum(salaires.map(euros))
        expect(base(mois, 'CET')).toBe(brut > 12n * 400_500n ? brut : 0n)
      }),
      { numRuns: 40 },
    )
  })

  test('a prime of December takes back a part of what the year has granted', () => {
    const salaires = Array.from({ length: 12 }, (_, i) => (i === 11 ? '5600.00' : '2000.00'))
    const { mois } = annee(2026, salaires)
    const decembre = mois[11]!.lignes.find((l) => l.code === 'REDUCTION_GENERALE')!
    expect(euros(decembre.montantPatronal!) > 0n).toBe(true)
  })
})

describe('the field and the maximum of the reduction', () => {
  const reduction = (s: Situation, mois = '2025-06') =>
    computeBulletin({ mois: mois as Mois, situation: s, parametres: jeu }).bulletin?.lignes.find(
      (l) => l.code === 'REDUCTION_GENERALE',
    )
  test.each`
    employeur             | retraite        | chomage      | coefficient  | pourquoi
    ${'association'}      | ${undefined}    | ${undefined} | ${'0.3193'}  | ${'all the rates'}
    ${'spic'}             | ${'agircArrco'} | ${true}      | ${'0.3193'}  | ${'a SPIC that has joined'}
    ${'spic'}             | ${'agircArrco'} | ${false}     | ${'0.2793'}  | ${'without the unemployment insurance, 4 % less'}
    ${'spic'}             | ${'ircantec'}   | ${true}      | ${'0.2592'}  | ${'without Agirc-Arrco, 6.01 % less'}
    ${'personnePublique'} | ${undefined}    | ${undefined} | ${undefined} | ${'out of the field'}
  `('$employeur, $pourquoi', ({ employeur, retraite, chomage, coefficient: attendu }) => {
    const s = salarie('1801.80', {}, JSON.parse(JSON.stringify({ employeur, retraite, chomage })))
    expect(reduction(s)?.tauxPatronal).toBe(attendu)
  })
  test('from fifty employees the maximum is that of the full FNAL', () => {
    const s = salarie('1823.03', { employeur: { effectif: 50, tauxAt: '2.08 %' } })
    expect(reduction(s, '2026-01')?.tauxPatronal).toBe('0.4021')
  })
  test('the SMIC follows the working time', () => {
    const s = salarie('1041.73', { minutesHebdo: 1200 })
    expect(reduction(s, '2026-01')?.tauxPatronal).toBe('0.3981')
  })
  test('after June 2026 the SMIC stays that of January (décret 2026-509)', () => {
    expect(reduction(salarie('2000.00'), '2026-09')?.montantPatronal).toBe('-629.40')
  })
  test('during a sickness the SMIC follows the pay that the employer keeps', () => {
    const arret = { absences: [{ motif: 'maladie', depuis: '2026-04-06', jusqua: '2026-04-16' }] }
    const maintenu = salarie('2000.00', arret, { maintien: '666.67' })
    expect(reduction(maintenu, '2026-04')?.tauxPatronal).toBe('0.3147')
    expect(reduction(salarie('2000.00', arret), '2026-04')?.tauxPatronal).toBe('0.3147')
  })
  test('home help: the exemption on the share of frail people, the general reduction on the rest', () => {
    const b = (part: string) =>
      computeBulletin({
        mois: '2025-06' as Mois,
        situation: salarie('2100.00', {}, { exonerationAideADomicile: part }),
        parametres: jeu,
      }).bulletin!
    const montant = (part: string, code: string) => b(part).lignes.find((l) => l.code === code)?.montantPatronal
    // 1.1655 SMIC: the exemption is whole, 31.93 %; the general reduction of the same pay is 19.84 %.
    expect(montant('100 %', 'EXO_AIDE_A_DOMICILE')).toBe('-670.53')
    expect(montant('100 %', 'REDUCTION_GENERALE')).toBeUndefined()
    expect(montant('60 %', 'EXO_AIDE_A_DOMICILE')).toBe('-402.32')
    expect(montant('60 %', 'REDUCTION_GENERALE')).toBe('-166.66')
  })
})
