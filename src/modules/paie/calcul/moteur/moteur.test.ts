import { describe, expect, test } from 'vitest'
import { euros, inEuros, ratio, sum } from '#socle/argent.ts'
import type { Jour, Mois } from '#socle/dates.ts'
import { computeBulletin, computeLignes } from '../calculer.ts'
import { jeuLivre } from '../parametres/livre.ts'
import { type Situation, zSituation } from '../situation.ts'
import { trentiemesPresence } from './calendrier.ts'
import { newContexte } from './contexte.ts'
import { montantGipa } from './gipa.ts'
import { quotiteSaisissable } from './nets.ts'
import { montantSft } from './traitement.ts'

const parametres = jeuLivre()
const at = (text: string) => text as Mois
const agent = (over: object = {}): Situation =>
  zSituation.parse({
    statut: 'titulaire',
    categorie: 'C',
    im: 376,
    employeur: { effectif: 10, tauxAt: '1.72 %' },
    ...over,
  })
const bulletin = (s: Situation, mois = '2025-09') => {
  const r = computeBulletin({ mois: at(mois), situation: s, parametres })
  if (!r.bulletin) throw new Error(JSON.stringify(r.anomalies))
  return r.bulletin
}
const montant = (s: Situation, code: string, mois?: string) =>
  bulletin(s, mois).lignes.find((l) => l.code === code)?.montant
const contexte = (mois = '2025-09') => newContexte(at(mois), agent(), parametres, undefined, false)

describe('thirtieths of presence', () => {
  test.each`
    mois         | entree          | sortie          | attendu
    ${'2025-03'} | ${undefined}    | ${undefined}    | ${30}
    ${'2025-03'} | ${'2025-03-15'} | ${undefined}    | ${16}
    ${'2025-02'} | ${'2025-02-15'} | ${undefined}    | ${16}
    ${'2025-03'} | ${'2025-03-31'} | ${undefined}    | ${1}
    ${'2025-03'} | ${undefined}    | ${'2025-03-11'} | ${10}
    ${'2025-03'} | ${'2025-03-10'} | ${'2025-03-20'} | ${10}
    ${'2025-03'} | ${'2025-02-10'} | ${'2025-04-01'} | ${30}
    ${'2025-03'} | ${'2025-04-10'} | ${undefined}    | ${0}
  `('$mois, in $entree, out $sortie: $attendu', ({ mois, entree, sortie, attendu }) =>
    expect(trentiemesPresence(mois, entree, sortie)).toBe(attendu),
  )
})

describe('temps partiel', () => {
  test.each`
    quotite    | tib
    ${'50 %'}  | ${'925.48'}
    ${'60 %'}  | ${'1110.58'}
    ${'70 %'}  | ${'1295.68'}
    ${'80 %'}  | ${'1586.54'}
    ${'90 %'}  | ${'1692.31'}
    ${'100 %'} | ${'1850.97'}
  `('$quotite is paid $tib', ({ quotite, tib }) => expect(montant(agent({ quotite }), 'TIB')).toBe(tib))
})

describe('surcotisation', () => {
  // Published rates of 2012 (8,39 % and 27,3 %): 12,42 % at 80 %, 18,47 % at 50 %.
  test.each`
    mois         | quotite   | taux         | base         | retenue
    ${'2025-09'} | ${'80 %'} | ${'16.2 %'}  | ${'1850.96'} | ${'299.86'}
    ${'2025-09'} | ${'50 %'} | ${'23.85 %'} | ${'1850.96'} | ${'441.45'}
  `('at $quotite the rate is $taux', ({ mois, quotite, taux, base, retenue }) => {
    const l = bulletin(agent({ quotite, surcotisation: true }), mois).lignes.find((x) => x.code === 'CNRACL')
    expect(l).toMatchObject({ taux, base, montant: retenue, tauxPatronal: '34.65 %' })
    expect(l?.basePatronale).toBe(montant(agent({ quotite }), 'TIB', mois))
  })
  test('the rates of 2012 are those that were published', () => {
    const s = zSituation.parse({
      statut: 'titulaire',
      traitementForfaitaire: '2000.00',
      transfertPrimesPoints: false,
      surcotisation: true,
      quotite: '80 %',
      employeur: { effectif: 10 },
    })
    expect(
      computeLignes({ mois: at('2012-03'), situation: { ...s, quotite: '80 %' }, parametres }, ['CNRACL'])[1]?.taux,
    ).toBe('12.42 %')
  })
  test('at full time there is nothing to add', () =>
    expect(bulletin(agent({ surcotisation: true })).lignes.find((x) => x.code === 'CNRACL')?.taux).toBe('11.1 %'))
})

test('a detached agent contributes on the index of his own grade', () => {
  const l = bulletin(agent({ im: 500, imPension: 400 })).lignes.find((x) => x.code === 'CNRACL')
  expect(l?.base).toBe('1969.11')
})

describe('a change inside the month', () => {
  const somme = (s: Situation, code: string, mois = '2025-09') =>
    inEuros(
      sum(
        bulletin(s, mois)
          .lignes.filter((l) => l.code === code)
          .map((l) => euros(l.montant!)),
      ),
    )
  test('each situation is paid on its own thirtieths', () => {
    const s = agent({ im: 373, periodes: [{ depuis: '2025-09-15', im: 376 }] })
    expect(
      bulletin(s)
        .lignes.filter((l) => l.code === 'TIB')
        .map((l) => [l.libelle, l.montant]),
    ).toEqual([
      ['Traitement indiciaire (du 1 au 14)', '856.89'],
      ['Traitement indiciaire (du 15 au 30)', '987.18'],
    ])
  })
  test('in February and in a month of 31 days, thirty thirtieths are paid', () => {
    for (const mois of ['2025-02', '2025-03'])
      expect(somme(agent({ periodes: [{ depuis: `${mois}-20`, nbi: 0 }] }), 'TIB', mois)).toBe('1850.97')
  })
  test('a temps partiel that starts in the month lowers the traitement and the transfert', () => {
    const s = agent({
      primes: [{ code: 'IFSE', montant: '150.00' }],
      periodes: [{ depuis: '2025-09-16', quotite: '80 %' }],
    })
    expect(somme(s, 'TIB')).toBe('1718.75')
    expect(somme(s, 'IFSE')).toBe('139.29')
    expect(montant(s, 'TRANSFERT_PRIMES_POINTS')).toBe('-12.92')
  })
  test('a prime paid at once is paid once', () => {
    const s = agent({
      transfertPrimesPoints: false,
      primes: [{ code: 'CIA', montant: '300.00', proratise: false }],
      periodes: [{ depuis: '2025-09-16', im: 400 }],
    })
    expect(somme(s, 'CIA')).toBe('300.00')
  })
  test('a change on the first day is that of the month; one outside the presence changes nothing', () => {
    expect(bulletin(agent({ periodes: [{ depuis: '2025-09-01', im: 400 }] })).totaux).toEqual(
      bulletin(agent({ im: 400 })).totaux,
    )
    expect(bulletin(agent({ sortie: '2025-09-10', periodes: [{ depuis: '2025-09-15', im: 400 }] })).totaux.brut).toBe(
      bulletin(agent({ sortie: '2025-09-10' })).totaux.brut,
    )
  })
  test('absences fall in the situation of their day', () => {
    const s = agent({
      periodes: [{ depuis: '2025-09-16', im: 400 }],
      absences: [{ motif: 'greve', depuis: '2025-09-18', jusqua: '2025-09-19' }],
    })
    expect(montant(s, 'GREVE_TIB')).toBe('-65.64')
  })
  test('a change of fund inside the month is refused', () => {
    const r = computeBulletin({
      mois: at('2025-09'),
      situation: agent({ minutesHebdo: 1800, periodes: [{ depuis: '2025-09-16', minutesHebdo: 1200 }] }),
      parametres,
    })
    expect(r.anomalies.map((a) => a.code)).toEqual(['paie.changementDeCaisse'])
  })
  test('an agent who enters on sick leave at no pay has nothing, in February too', () => {
    const s = agent({
      entree: '2025-02-15',
      absences: [{ motif: 'congeSansTraitement', depuis: '2025-02-15', jusqua: '2025-03-10' }],
    })
    expect(bulletin(s, '2025-02').totaux.brut).toBe('0.00')
  })
})

describe('SFT', () => {
  test.each`
    im     | enfants | sft
    ${376} | ${0}    | ${'0.00'}
    ${376} | ${1}    | ${'2.29'}
    ${376} | ${4}    | ${'332.70'}
    ${800} | ${3}    | ${'299.58'}
  `('index $im, $enfants children: $sft', ({ im, enfants, sft }) =>
    expect(inEuros(montantSft(contexte(), enfants, im, ratio(1, 1), ratio(1, 1)))).toBe(sft),
  )
  test('the other parent receives it: none here', () =>
    expect(montant(agent({ enfants: 2, sftConjoint: true }), 'SFT')).toBeUndefined())
})

describe('sickness', () => {
  const malade = (depuis: string, jusqua: string, over: object = {}, plus: object = {}) =>
    agent({ absences: [{ motif: 'maladie', depuis, jusqua, ...over }], ...plus })
  const nombre = (s: Situation, code: string, mois?: string) =>
    bulletin(s, mois).lignes.find((l) => l.code === code)?.nombre

  test('one day of carence, then the days at 90 %', () => {
    const s = malade('2025-09-08', '2025-09-15')
    expect([nombre(s, 'CARENCE_TIB'), nombre(s, 'CMO_90_TIB')]).toEqual(['1', '6'])
  })
  test('a prolongation has no new carence', () =>
    expect(nombre(malade('2025-09-08', '2025-09-15', { sansCarence: true }), 'CARENCE_TIB')).toBeUndefined())
  test('an arrêt granted before 1 March 2025 stays at full pay', () => {
    const s = malade('2025-02-24', '2025-03-20')
    expect(nombre(s, 'CMO_90_TIB', '2025-03')).toBeUndefined()
    expect(bulletin(s, '2025-03').totaux.brut).toBe('1850.97')
  })
  test('the prolongation granted after it is at 90 %', () =>
    expect(nombre(malade('2025-03-10', '2025-03-20', { sansCarence: true }), 'CMO_90_TIB', '2025-03')).toBe('10'))
  test('half pay after ninety days in the rolling twelve months, inside a month', () => {
    // 1 June is the carence; the ninety days run from 2 June to 30 August; the 31st is at half pay.
    const s = malade('2025-06-01', '2025-10-01')
    expect([nombre(s, 'CMO_90_TIB', '2025-08'), nombre(s, 'CMO_50_TIB', '2025-08')]).toEqual(['30', undefined])
    expect([nombre(s, 'CMO_90_TIB', '2025-09'), nombre(s, 'CMO_50_TIB', '2025-09')]).toEqual([undefined, '30'])
  })
  test('days more than a year old do not count any more', () => {
    const s = agent({
      absences: [
        { motif: 'maladie', depuis: '2024-03-01', jusqua: '2024-08-01' },
        { motif: 'maladie', depuis: '2025-09-08', jusqua: '2025-09-15' },
      ],
    })
    expect(nombre(s, 'CMO_90_TIB')).toBe('6')
  })
  test('a contractuel of six months has one month at the high rate', () => {
    const s = malade('2025-07-01', '2025-09-21', {}, { statut: 'contractuel', ancienneteMois: 6 })
    expect([
      nombre(s, 'CMO_90_TIB', '2025-07'),
      nombre(s, 'CMO_50_TIB', '2025-08'),
      nombre(s, 'CMO_0_TIB', '2025-09'),
    ]).toEqual(['29', '30', '20'])
  })
  test('SFT and IR are whole during the leave', () => {
    const s = malade(
      '2025-09-08',
      '2025-09-15',
      { sansCarence: true },
      { enfants: 2, employeur: { effectif: 10, zoneIr: 1 } },
    )
    const codes = bulletin(s).lignes.map((l) => l.code)
    expect(codes).not.toContain('CMO_90_SFT')
    expect(codes).not.toContain('CMO_90_IR')
  })
  test.each`
    maladie        | ligne            | montant
    ${'suit'}      | ${'CMO_90_IFSE'} | ${'-3.00'}
    ${'maintenue'} | ${'CMO_90_IFSE'} | ${undefined}
    ${'suspendue'} | ${'CMO_90_IFSE'} | ${'-30.00'}
  `('the délibération says « $maladie » of the IFSE: $montant', ({ maladie, ligne, montant: attendu }) => {
    const s = malade(
      '2025-09-08',
      '2025-09-14',
      { sansCarence: true },
      { primes: [{ code: 'IFSE', montant: '150.00', maladie }] },
    )
    expect(montant(s, ligne)).toBe(attendu)
  })
  test.each(['suit', 'maintenue', 'suspendue'] as const)(
    'a position without pay keeps no prime, « %s » or not',
    (maladie) => {
      const position = { motif: 'disponibilite', libelle: 'Disponibilité' }
      const s = malade('2025-09-21', '2026-03-01', position, { primes: [{ code: 'IFSE', montant: '150.00', maladie }] })
      expect(montant(s, 'SANS_TRAITEMENT_IFSE')).toBe('-50.00')
      expect(bulletin(s).lignes.find((l) => l.code === 'SANS_TRAITEMENT_TIB')?.libelle).toBe(
        'Disponibilité : Traitement indiciaire',
      )
    },
  )
  test('a suspended IFSE is suspended at full pay too', () => {
    const s = agent({
      primes: [{ code: 'IFSE', montant: '150.00', maladie: 'suspendue' }],
      absences: [{ motif: 'longueMaladie', depuis: '2025-06-01', jusqua: '2026-06-01' }],
    })
    expect(montant(s, 'CLM_IFSE')).toBe('-150.00')
    expect(montant(s, 'CLM_TIB')).toBeUndefined()
  })
  test('a month wholly absent makes thirty thirtieths, in February and in March', () => {
    const s = agent({ absences: [{ motif: 'congeParental', depuis: '2025-01-15', jusqua: '2025-05-01' }] })
    expect([bulletin(s, '2025-02').totaux.brut, bulletin(s, '2025-03').totaux.brut]).toEqual(['0.00', '0.00'])
  })
  test('maternity suspends the temps partiel', () => {
    const s = agent({ quotite: '80 %', absences: [{ motif: 'maternite', depuis: '2025-08-01', jusqua: '2025-12-01' }] })
    expect(bulletin(s).totaux.brut).toBe('1850.96')
  })
})

describe('strike', () => {
  test('a day is a thirtieth, SFT apart', () => {
    const s = agent({ enfants: 2, absences: [{ motif: 'greve', depuis: '2025-09-18', jusqua: '2025-09-19' }] })
    expect(montant(s, 'GREVE_TIB')).toBe('-61.70')
    expect(bulletin(s).lignes.map((l) => l.code)).not.toContain('GREVE_SFT')
  })
  test('half a day is half a thirtieth', () =>
    expect(
      montant(
        agent({ absences: [{ motif: 'greve', depuis: '2025-09-18', jusqua: '2025-09-19', minutes: 210 }] }),
        'GREVE_TIB',
      ),
    ).toBe('-30.85'))
})

describe('overtime', () => {
  test('the yearly cap of exemption, counted in net imposable, stops it', () => {
    const s = agent({ heures: [{ type: 'supplementaires', minutes: 1200 }] })
    const exonerees = (nettes: string) => {
      const cumuls = { annee: 2025, mois: at('2025-08'), caisses: { heures: { exonereesNettes: nettes } } }
      const r = computeBulletin({ mois: at('2025-09'), situation: s, cumuls, parametres })
      return [r.bulletin?.totaux.heuresExonerees, r.cumuls?.caisses.heures?.exonereesNettes]
    }
    // 100.00 of net imposable are 107.16 gross: 107.16 × (1 − 98.25 % × 6.8 %) = 100.00
    expect(exonerees('7400.00')).toEqual(['107.16', '7500.00'])
    expect(exonerees('7500.00')).toEqual([undefined, '7500.00'])
  })
})

describe('élus', () => {
  const elu = (e: object) => zSituation.parse({ statut: 'elu', employeur: { effectif: 10, tauxAt: '1.72 %' }, elu: e })
  test.each`
    mois         | population | indemnite
    ${'2025-06'} | ${450}     | ${'1048.18'}
    ${'2025-06'} | ${500}     | ${'1656.54'}
    ${'2025-06'} | ${120000}  | ${'5960.26'}
  `('a maire of $population inhabitants has $indemnite in $mois', ({ mois, population, indemnite }) =>
    expect(montant(elu({ fonction: 'maire', population }), 'INDEMNITE', mois)).toBe(indemnite),
  )
  test('December 2025 shares its two barèmes in thirtieths', () => {
    // 4 110,5241 × (25,5 % × 23 + 28,1 % × 7) / 30
    expect(montant(elu({ fonction: 'maire', population: 450 }), 'INDEMNITE', '2025-12')).toBe('1073.12')
  })
  test('the threshold looks at all the mandates', () => {
    const codes = (autresIndemnites: string) =>
      bulletin(elu({ fonction: 'adjoint', population: 2500, taux: '19.8 %', autresIndemnites }), '2025-06').lignes.map(
        (l) => l.code,
      )
    expect(codes('1148.62')).not.toContain('VIEIL_PLAF')
    expect(codes('1148.63')).toContain('VIEIL_PLAF')
  })
  test('a rate over the stratum is refused', () => {
    const r = computeBulletin({
      mois: at('2025-06'),
      situation: elu({ fonction: 'adjoint', population: 900, taux: '19.8 %' }),
      parametres,
    })
    expect(r.anomalies.map((a) => a.code)).toEqual(['paie.eluTauxExcessif'])
  })
})

test('a census agent contributes on fifteen per cent of the ceiling', () => {
  const s = zSituation.parse({
    statut: 'vacataire',
    recenseurAuForfait: true,
    employeur: { effectif: 10, tauxAt: '1.72 %' },
    vacations: [{ libelle: 'Recensement', nombre: '1', taux: '900.00' }],
  })
  const b = bulletin(s, '2025-02')
  expect(b.totaux.brut).toBe('900.00')
  expect(['VIEIL_PLAF', 'IRCANTEC_A', 'CSG_DED'].map((code) => b.lignes.find((l) => l.code === code)?.base)).toEqual([
    '588.75',
    '588.75',
    '588.75',
  ])
})
test('a professional firefighter costs the surcharge of the CNFPT', () =>
  expect(bulletin(agent({ sapeurPompier: true })).lignes.find((l) => l.code === 'CNFPT_SPP')?.montantPatronal).toBe(
    '15.92',
  ))

describe('seizures', () => {
  test.each`
    net          | charges | quotite
    ${'370.00'}  | ${0}    | ${'18.50'}
    ${'1577.21'} | ${0}    | ${'262.68'}
    ${'3000.00'} | ${0}    | ${'1434.17'}
  `('on $net with $charges dependants, a creditor may take $quotite', ({ net, charges, quotite }) =>
    expect(inEuros(quotiteSaisissable(contexte('2025-06'), euros(net), charges))).toBe(quotite),
  )
})

describe('GIPA', () => {
  test('2023, same index for four years', () =>
    expect(inEuros(montantGipa(parametres, 2023, 500, 500))).toBe('1810.69'))
  test('no text, no amount', () => expect(() => montantGipa(parametres, 2025, 500, 500)).toThrow(/gipa/))
})

test('parameters of a month alone still know the day of an older arrêt', () => {
  const s = agent({ absences: [{ motif: 'maladie', depuis: '2025-02-20', jusqua: '2025-03-10' }] })
  const jeu = parametres.extrait(at('2025-03'), at('2025-03'))
  expect(computeBulletin({ mois: at('2025-03'), situation: s, parametres: jeu }).bulletin?.totaux.brut).toBe('1850.97')
  expect('2025-03-01' as Jour).toBe('2025-03-01')
})
