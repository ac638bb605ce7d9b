import { describe, expect, test } from 'vitest'
import { euros, inEuros, sum } from '#socle/argent.ts'
import { jour, mois } from '#socle/dates.ts'
import { computeBulletin, jeuLivre, zSituation } from '../../calcul/index.ts'
import {
  type EmployeurPex,
  type SituationAgent,
  type SituationCarriere,
  type SituationContrat,
  type SituationElu,
  zSituationCarriere,
} from '../contract.ts'
import { type DonneesDuMois, type SituationDatee, toSituation } from './situation.ts'

const parametres = jeuLivre()
const employeur: EmployeurPex = {
  effectif: 12,
  tauxAt: '1.72',
  tauxVersementMobilite: '0',
  estAffilieCdg: false,
  ifseSuitTraitement: true,
  jourLimiteDepot: 15,
}
const agent = (change: Partial<SituationAgent> = {}): SituationAgent => ({
  statut: 'titulaire',
  filiere: 'Technique',
  cadreEmplois: 'Adjoints techniques',
  categorie: 'C',
  grade: 'Adjoint technique',
  echelle: 'C1',
  echelon: 5,
  ib: 374,
  im: 370,
  dateEchelon: jour('2024-01-01'),
  minutesHebdo: 2100,
  quotiteTempsPartiel: 100,
  regime: 'cnracl',
  nbiPoints: 0,
  nbiMotif: null,
  ifse: { groupe: 'C2', mensuel: '150.00' },
  ctiPoints: 0,
  enfantsSft: 0,
  zoneIndemniteResidence: 3,
  pas: { mode: 'taux', taux: '2.0' },
  remboursementTransport: null,
  minutesHebdoAutres: 0,
  ...change,
})
const elu = (change: Partial<SituationElu> = {}): SituationElu => ({
  statut: 'elu',
  fonction: 'maire',
  rang: 1,
  population: 800,
  pourcentDuMaximum: '100',
  autresIndemnites: '0.00',
  mandatsIndemnises: 1,
  pas: { mode: 'neutre' },
  ...change,
})
const du = (depuis: string, jusqua: string | null, contenu: SituationAgent | SituationElu): SituationDatee => ({
  depuis: jour(depuis),
  jusqua: jusqua === null ? null : jour(jusqua),
  contenu,
})
const donnees = (situations: SituationDatee[], change: Partial<DonneesDuMois> = {}): DonneesDuMois => ({
  mois: mois('2025-11'),
  employeur,
  nir: '185114099000202',
  naissance: jour('1985-11-03'),
  entree: jour('2015-01-01'),
  sortie: null,
  situations,
  variables: [],
  absencesAnterieures: [],
  parametres,
  ...change,
})
const calculer = (d: DonneesDuMois) => {
  const { situation, anomalies } = toSituation(d)
  expect(anomalies).toEqual([])
  zSituation.parse(situation)
  const r = computeBulletin({ mois: d.mois, situation: situation!, parametres })
  expect(r.anomalies.filter((a) => a.bloquante)).toEqual([])
  return r.bulletin!
}
const montant = (b: ReturnType<typeof calculer>, code: string) =>
  inEuros(sum(b.lignes.flatMap((l) => (l.code === code && l.montant ? [euros(l.montant)] : []))))
const codesOf = (d: DonneesDuMois) => toSituation(d).anomalies.map((a) => a.code)

test('an avancement on the 15th pays fourteen thirtieths of the old index and sixteen of the new one', () => {
  const b = calculer(
    donnees([du('2020-01-01', '2025-11-15', agent()), du('2025-11-15', null, agent({ im: 390, echelon: 6 }))]),
  )
  const lignes = b.lignes.filter((l) => l.code === 'TIB')
  // point of 59.0734 euros a year: 370 × 59.0734 / 12 × 14/30, and 390 × 59.0734 / 12 × 16/30
  expect(lignes.map((l) => [l.libelle, l.montant])).toEqual([
    ['Traitement indiciaire (du 1 au 14)', '850.00'],
    ['Traitement indiciaire (du 15 au 30)', '1023.94'],
  ])
  expect(montant(b, 'IFSE')).toBe('150.00')
})

test('a change on the first of the month is the situation of the whole month', () => {
  const seul = calculer(donnees([du('2020-01-01', null, agent({ im: 390 }))]))
  const premier = calculer(donnees([du('2025-11-01', null, agent({ im: 390 }))]))
  expect(premier).toEqual(seul)
})

test('two situations that pay the same give the payslip of one', () => {
  const un = calculer(donnees([du('2020-01-01', null, agent())]))
  const deux = calculer(
    donnees([
      du('2020-01-01', '2025-11-15', agent({ statut: 'stagiaire' })),
      du('2025-11-15', null, agent({ dateEchelon: jour('2025-11-15') })),
    ]),
  )
  expect(deux).toEqual(un)
})

test('a prime of the month is paid once and whole, a monthly one on its days, a new tax rate for the whole month', () => {
  const b = calculer(
    donnees(
      [
        du('2020-01-01', '2025-11-16', agent()),
        du('2025-11-16', null, agent({ quotiteTempsPartiel: 80, pas: { mode: 'taux', taux: '5.0' } })),
      ],
      { variables: [{ nature: 'prime', code: 'CIA', libelle: 'CIA', montant: '300.00' }] },
    ),
  )
  expect(montant(b, 'CIA')).toBe('300.00')
  // half a month whole, half at 6/7
  expect(montant(b, 'IFSE')).toBe('139.29')
  expect(b.lignes.filter((l) => l.groupe === 'impot').map((l) => l.taux)).toEqual(['5.0 %'])
})

test.each`
  quoi                         | apres                                                   | message
  ${'a contract after a post'} | ${agent({ statut: 'contractuel', regime: 'ircantec' })} | ${/^Le statut change le 15\/11\/2025/}
  ${'another pension fund'}    | ${agent({ regime: 'ircantec', minutesHebdo: 1200 })}    | ${/^La caisse de retraite change/}
  ${'another zone'}            | ${agent({ zoneIndemniteResidence: 1 })}                 | ${/^La zone d’indemnité de résidence/}
`('$quoi within a month is told, and not averaged', ({ apres, message }) => {
  const { situation, anomalies } = toSituation(
    donnees([du('2020-01-01', '2025-11-15', agent()), du('2025-11-15', null, apres)]),
  )
  expect(situation).toBeUndefined()
  expect(anomalies).toMatchObject([{ code: 'carriere.changementEnCoursDeMois', bloquante: true }])
  expect(anomalies[0]!.message).toMatch(message)
})

test('an élu whose indemnity changes within a month is told; a new tax rate is not a change', () => {
  const deux = (apres: SituationElu) => donnees([du('2020-05-25', '2025-11-15', elu()), du('2025-11-15', null, apres)])
  expect(codesOf(deux(elu({ pourcentDuMaximum: '80' })))).toEqual(['carriere.changementEnCoursDeMois'])
  expect(codesOf(deux(elu({ pas: { mode: 'taux', taux: '3.1' } })))).toEqual([])
})

test('a day without situation stops the payslip and is named', () => {
  const trou = donnees([du('2020-01-01', '2025-11-10', agent()), du('2025-11-20', null, agent({ im: 390 }))])
  expect(toSituation(trou).anomalies[0]).toMatchObject({
    code: 'carriere.sansSituation',
    message: 'Aucune situation administrative ne couvre le 10/11/2025.',
  })
  expect(codesOf(donnees([]))).toEqual(['carriere.sansSituation'])
  expect(codesOf(donnees([du('2025-11-05', null, agent())]))).toEqual(['carriere.sansSituation'])
  // the post itself begins or ends then: nothing is missing
  expect(codesOf(donnees([du('2025-11-05', null, agent())], { entree: jour('2025-11-05') }))).toEqual([])
  expect(codesOf(donnees([du('2020-01-01', '2025-11-20', agent())], { sortie: jour('2025-11-20') }))).toEqual([])
})

describe('every population of the engine is a situation of the file', () => {
  const contrat = (change: Partial<SituationContrat>): SituationContrat => ({
    statut: 'prive',
    grade: 'Agent d’accueil',
    minutesHebdo: 2100,
    vacation: null,
    accueils: [],
    prive: null,
    indemniteConges: null,
    enfantsSft: 0,
    pas: { mode: 'neutre' },
    ...change,
  })
  const paie = (s: SituationCarriere, change: Partial<DonneesDuMois> = {}) =>
    calculer(donnees([{ depuis: jour('2025-01-01'), jusqua: null, contenu: zSituationCarriere.parse(s) }], change))
  const base = agent({ im: 370 })

  test.each<[string, SituationCarriere, Partial<DonneesDuMois>, string, string]>([
    ['titulaire', base, {}, 'TIB', '1821.43'],
    ['stagiaire', { ...base, statut: 'stagiaire' }, {}, 'TIB', '1821.43'],
    ['contractuel on an index', { ...base, statut: 'contractuel', regime: 'ircantec' }, {}, 'TIB', '1821.43'],
    [
      'contractuel on a lump sum',
      {
        ...base,
        statut: 'contractuel',
        regime: 'ircantec',
        echelon: null,
        ib: null,
        im: null,
        traitementForfaitaire: '2345.67',
      },
      {},
      'TIB',
      '2345.67',
    ],
    ['agent of the FPH', { ...base, versant: 'FPH' }, {}, 'TIB', '1821.43'],
    [
      'a prime of the délibération',
      {
        ...base,
        primes: [
          {
            code: 'PRIME_ANNUELLE',
            libelle: 'Prime annuelle',
            montant: '90.00',
            nature: 'prime',
            proratise: false,
            maladie: 'maintenue',
            deliberation: 'Délibération du 12 décembre 1983',
          },
        ],
      },
      {},
      'PRIME_ANNUELLE',
      '90.00',
    ],
    [
      'vacataire, twelve vacations and a half',
      contrat({ statut: 'vacataire', vacation: { libelle: 'Vacation d’étude', taux: '20.00' } }),
      { variables: [{ nature: 'quantite', unite: 'vacations', nombre: '12.5' }] },
      'VACATION_1',
      '250.00',
    ],
    [
      'assistant maternel',
      contrat({
        statut: 'assistantMaternel',
        minutesHebdo: null,
        accueils: [{ enfant: 'Léo', minutesHebdo: 2400, tauxHoraire: '4.50' }],
      }),
      {},
      'ACCUEIL_1',
      '780.00',
    ],
    [
      'employee of an association',
      contrat({ prive: { employeur: 'association', contrat: 'cdi', salaireMensuel: '2000.00' } }),
      {},
      'SALAIRE',
      '2000.00',
    ],
    [
      'CEE, twelve days',
      contrat({ statut: 'cee', minutesHebdo: null, prive: { employeur: 'personnePublique', tarifJour: '60.00' } }),
      { variables: [{ nature: 'quantite', unite: 'jours', nombre: '12' }] },
      'ENGAGEMENT',
      '720.00',
    ],
    [
      'PEC at 26 hours',
      contrat({
        statut: 'pec',
        minutesHebdo: 1560,
        prive: { employeur: 'personnePublique', contrat: 'cdd', tauxHoraire: '12.00' },
      }),
      {},
      'SALAIRE',
      '1352.04',
    ],
  ])('%s', (_, s, change, code, attendu) => {
    expect(montant(paie(s, change), code)).toBe(attendu)
  })

  test('an apprentice is paid a share of the SMIC', () => {
    const b = paie(
      contrat({
        statut: 'apprenti',
        prive: { employeur: 'personnePublique', conclusion: jour('2025-09-01'), pourcentageSmic: '53 %' },
      }),
    )
    expect(Number(b.totaux.brut)).toBeCloseTo(1801.8 * 0.53, 0)
  })
  test('a private contract does not change inside a month', () => {
    const s = contrat({ prive: { employeur: 'association', contrat: 'cdi', salaireMensuel: '2000.00' } })
    const { anomalies } = toSituation(
      donnees([
        { depuis: jour('2025-01-01'), jusqua: jour('2025-11-15'), contenu: s },
        {
          depuis: jour('2025-11-15'),
          jusqua: null,
          contenu: { ...s, prive: { ...s.prive, salaireMensuel: '2100.00' } },
        },
      ]),
    )
    expect(anomalies[0]).toMatchObject({ code: 'carriere.changementEnCoursDeMois' })
  })
})

describe('leaves', () => {
  const absence = (v: object) => ({ nature: 'absence' as const, sansCarence: false, ...v }) as never
  const payer = (plus: Partial<DonneesDuMois>) =>
    calculer(donnees([du('2020-01-01', null, agent({ quotiteTempsPartiel: 80 }))], plus)).lignes.map((l) => l.code)
  test('maternity suspends the temps partiel; the daily allowances of the month leave the gross', () => {
    const codes = payer({
      variables: [absence({ motif: 'maternite', depuis: '2025-11-01', jusqua: '2026-02-01', ijssBrutes: '900.00' })],
    })
    expect(codes).toContain('TEMPS_PLEIN_TIB')
    expect(codes).toContain('IJSS_DEDUCTION')
  })
  test('one entered months ago still counts, its allowances were those of its month', () => {
    const codes = payer({
      absencesAnterieures: [
        absence({ motif: 'maternite', depuis: '2025-09-01', jusqua: '2026-02-01', ijssBrutes: '900.00' }),
      ],
    })
    expect(codes).toContain('TEMPS_PLEIN_TIB')
    expect(codes).not.toContain('IJSS_DEDUCTION')
  })
  test('a long leave is at half pay once its full years are over, counted from its first day', () => {
    const longue = { motif: 'longueMaladie', depuis: '2025-10-01', jusqua: '2026-04-01' }
    expect(payer({ absencesAnterieures: [absence(longue)] }).some((c) => c.startsWith('CLM_50'))).toBe(false)
    expect(
      payer({ absencesAnterieures: [absence({ ...longue, debutArret: '2024-10-01' })] }).some((c) =>
        c.startsWith('CLM_50'),
      ),
    ).toBe(true)
  })
})
