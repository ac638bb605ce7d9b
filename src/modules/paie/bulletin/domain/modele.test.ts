import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add, centimes, euros, inEuros, sum } from '#socle/argent.ts'
import { jour, mois } from '#socle/dates.ts'
import type { Bulletin, Groupe, Ligne } from '../../calcul/index.ts'
import { imprimable, situation } from '../essai.ts'
import { phraseDeChangement } from './changement.ts'
import { effetSurLeNet, grouperLignes } from './groupes.ts'
import { masquerNir } from './modele.ts'
import { resumerBulletin } from './resume.ts'
import { faitsDe } from './situation-imprimee.ts'

const TOTAUX: Bulletin['totaux'] = {
  brut: '2000.00',
  cotisationsAgent: '200.00',
  csgDeductible: '100.00',
  csgNonDeductible: '40.00',
  crds: '10.00',
  netAvantImpot: '1650.00',
  montantNetSocial: '1650.00',
  netImposable: '1700.00',
  basePas: '1700.00',
  tauxPas: '0 %',
  pas: '0.00',
  netAPayer: '1650.00',
  cotisationsEmployeur: '0.00',
  coutEmployeur: '2000.00',
}
const ligne = (groupe: Groupe, montant: string, over: Partial<Ligne> = {}): Ligne => ({
  code: groupe.toUpperCase(),
  libelle: groupe,
  groupe,
  montant,
  ...over,
})
const LIGNES = [
  ligne('remuneration', '2000.00', { code: 'TIB', libelle: 'Traitement indiciaire' }),
  ligne('retraite', '200.00'),
  ligne('csg', '150.00'),
]
const bulletin = (lignes = LIGNES, totaux: Partial<Bulletin['totaux']> = {}, m = '2025-11'): Bulletin => ({
  mois: mois(m),
  population: 'contractuel',
  lignes,
  totaux: { ...TOTAUX, ...totaux },
})

describe('the lines go where a reader looks for them', () => {
  test('gains, allowances and refunds add to the net, the rest takes from it', () => {
    const effets = (
      ['remuneration', 'indemnitesJournalieres', 'frais', 'retraite', 'csg', 'impot', 'retenues'] as const
    ).map((g) => inEuros(effetSurLeNet(ligne(g, '10.00'))))
    expect(effets).toEqual(['10.00', '10.00', '10.00', '-10.00', '-10.00', '-10.00', '-10.00'])
  })
  test('the totals of the sections add up to the effect of the lines, rappels or not', () => {
    const groupes = ['remuneration', 'retraite', 'sante', 'chomage', 'csg', 'impot', 'frais', 'retenues'] as const
    const uneLigne = fc.record({
      groupe: fc.constantFrom(...groupes),
      montant: fc.bigInt({ min: -1_000_000n, max: 1_000_000n }),
      origine: fc.constantFrom(undefined, '2025-08', '2025-09', '2025-10'),
    })
    fc.assert(
      fc.property(fc.array(uneLigne, { maxLength: 40 }), (tirees) => {
        const lignes = tirees.map(({ groupe, montant, origine }) =>
          ligne(groupe, inEuros(centimes(montant)), origine ? { origine: mois(origine) } : {}),
        )
        const rubriques = grouperLignes(lignes)
        const attendu = sum(lignes.map(effetSurLeNet))
        expect(sum(rubriques.map((r) => euros(r.total)))).toBe(attendu)
        expect(sum(rubriques.flatMap((r) => r.lignes.map((l) => euros(l.effet ?? '0'))))).toBe(attendu)
      }),
    )
  })
  test('the months of a rappel at the same rate make one line', () => {
    const rappels = ['2025-08', '2025-09'].map((m) =>
      ligne('retraite', '1.64', {
        base: '14.77',
        taux: '11.1 %',
        origine: mois(m),
        libelle: `Rappel août 2025 : CNRACL`,
      }),
    )
    expect(grouperLignes(rappels)[0]?.lignes).toEqual([
      {
        code: 'RETRAITE',
        libelle: 'CNRACL',
        base: '29.54',
        taux: '11.1 %',
        effet: '-3.28',
        origines: ['2025-08', '2025-09'],
      },
    ])
  })
})

describe('five figures that add up', () => {
  test('brut less contributions and tax, and the rest apart', () => {
    const lignes = [...LIGNES, ligne('frais', '37.85'), ligne('retenues', '100.00')]
    expect(resumerBulletin(bulletin(lignes, { netAPayer: '1587.85' })).chiffres).toEqual({
      brut: '2000.00',
      cotisations: '350.00',
      impot: '0.00',
      autres: '-62.15',
      netPaye: '1587.85',
      montantNetSocial: '1650.00',
    })
  })
  test('a payslip whose lines do not add up is never printed', () => {
    expect(() => resumerBulletin(bulletin(LIGNES, { netAPayer: '1650.01' }))).toThrow('not to the net 1650.01')
  })
  test('a net under zero is carried over, and says so', () => {
    const { rubriques } = resumerBulletin(bulletin([...LIGNES, ligne('retenues', '1700.00')], { netAPayer: '0.00' }))
    expect(rubriques.at(-1)?.lignes.at(-1)).toEqual({
      code: 'REPORT',
      libelle: 'Net négatif, repris sur les prochains bulletins',
      effet: '50.00',
    })
    expect(rubriques.reduce((t, r) => add(t, euros(r.total)), centimes(0))).toBe(0n)
  })
  test('every computed example adds up', () => {
    for (const nom of ['titulaire', 'contractuel', 'maire', 'charge'] as const) {
      const m = imprimable(nom)
      expect(inEuros(sum(m.rubriques.map((r) => euros(r.total))))).toBe(m.chiffres.netPaye)
      expect(inEuros(sum(m.rubriques.map((r) => euros(r.totalEmployeur))))).toBe(m.employeurTotaux.cotisations)
    }
  })
})

describe('what changed, in one sentence', () => {
  const avant = bulletin(LIGNES, {}, '2025-10')
  test('nothing', () => {
    expect(phraseDeChangement(avant, bulletin())).toBe('Rien n’a changé depuis octobre.')
  })
  test('the greatest causes first, the year of another year named', () => {
    const apres = bulletin(
      [
        ligne('remuneration', '2050.00', { code: 'TIB', libelle: 'Traitement indiciaire' }),
        ligne('remuneration', '100.00', { code: 'IFSE', libelle: 'IFSE' }),
        ligne('retraite', '210.00'),
        ligne('csg', '150.00'),
      ],
      { netAPayer: '1790.00' },
    )
    expect(phraseDeChangement({ ...avant, mois: mois('2024-12') }, apres)).toBe(
      '140,00\u00a0€ de plus qu’en décembre 2024\u00a0: IFSE\u00a0+100,00\u00a0€, traitement indiciaire\u00a0+50,00\u00a0€, cotisations et CSG\u00a0−10,00\u00a0€.',
    )
  })
  test('the same net with lines that balance', () => {
    const apres = bulletin([...LIGNES, ligne('frais', '20.00'), ligne('retenues', '20.00')])
    expect(phraseDeChangement(avant, apres)).toMatch(/^Le net payé est le même qu’en octobre, avec des écarts/)
  })
})

describe('the model', () => {
  test('it is plain JSON and frozen', () => {
    const modele = imprimable('titulaire')
    expect(JSON.parse(JSON.stringify(modele))).toEqual(modele)
    expect(() => {
      modele.chiffres.brut = '1.00'
    }).toThrow(TypeError)
    expect(Object.isFrozen(modele.rubriques[0]?.lignes[0])).toBe(true)
  })
  test('of the NIR only the order number and the key are printed', () => {
    expect(masquerNir('2 84 05 40 991 008 36')).toBe('• •• •• •• ••• 008 36')
    expect(masquerNir('284')).toBe('')
  })
  test.each`
    over                      | temps
    ${{}}                     | ${'Temps complet, 151,67\u00a0h par mois'}
    ${{ quotite: '80 %' }}    | ${'Temps partiel 80\u00a0%, 121,33\u00a0h par mois'}
    ${{ minutesHebdo: 1710 }} | ${'28\u00a0h\u00a030 par semaine, 123,50\u00a0h par mois'}
    ${{ statut: 'elu' }}      | ${undefined}
  `('working time: $over', ({ over, temps }) => {
    const faits = faitsDe(
      { matricule: '1', emploi: 'x', entree: jour('2020-01-01') },
      { ...situation('contractuel'), minutesHebdo: 2100, ...over },
    )
    expect(faits.find((f) => f.libelle === 'Temps')?.valeur).toBe(temps)
  })
})
