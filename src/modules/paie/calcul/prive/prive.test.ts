import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { euros, inEuros } from '#socle/argent.ts'
import type { Mois } from '#socle/dates.ts'
import type { Ligne } from '../bulletin.ts'
import { computeBulletin } from '../calculer.ts'
import { controlerBulletin } from '../controler.ts'
import { expliquer } from '../expliquer.ts'
import { jeuLivre } from '../parametres/livre.ts'
import { type Situation, zSituation } from '../situation.ts'
import { ageDuMois } from './apprenti.ts'

const parametres = jeuLivre()
type Brute = Record<string, unknown>
const salarie = (prive: Brute = {}, over: Brute = {}): Situation =>
  zSituation.parse({
    statut: 'prive',
    employeur: { effectif: 30, tauxAt: '2.08 %' },
    prive: { employeur: 'association', contrat: 'cdi', salaireMensuel: '2000.00', ...prive },
    ...over,
  })
const public_ = (statut: string, prive: Brute, over: Brute = {}): Situation =>
  zSituation.parse({ statut, employeur: { effectif: 40, tauxAt: '1.72 %' }, prive, ...over })
const compute = (situation: Situation, mois = '2026-03') =>
  computeBulletin({ mois: mois as Mois, situation, parametres })
function bulletin(s: Situation, mois?: string) {
  const r = compute(s, mois)
  if (!r.bulletin) throw new Error(r.anomalies.map((a) => a.message).join(' '))
  return r.bulletin
}
const ligne = (s: Situation, code: string, mois?: string): Ligne | undefined =>
  bulletin(s, mois).lignes.find((l) => l.code === code)
const refus = (s: Situation, mois?: string) =>
  compute(s, mois)
    .anomalies.filter((a) => a.bloquante)
    .map((a) => a.code)

describe('apprentices', () => {
  test.each`
    naissance       | mois         | age
    ${'2005-03-15'} | ${'2026-03'} | ${20}
    ${'2005-03-15'} | ${'2026-04'} | ${21}
    ${'2005-03-01'} | ${'2026-03'} | ${20}
    ${'2005-02-28'} | ${'2026-03'} | ${21}
  `('born on $naissance, the pay of $mois is that of $age years', ({ naissance, mois, age }) =>
    expect(ageDuMois(naissance, mois)).toBe(age),
  )
  test.each`
    naissance       | debut           | mois         | salaire
    ${'2008-06-01'} | ${'2025-09-01'} | ${'2025-10'} | ${'486.49'}
    ${'2005-06-01'} | ${'2025-09-01'} | ${'2025-10'} | ${'774.77'}
    ${'2003-06-01'} | ${'2025-09-01'} | ${'2025-10'} | ${'954.95'}
    ${'2003-06-01'} | ${'2024-09-01'} | ${'2025-10'} | ${'1099.10'}
    ${'2003-06-01'} | ${'2023-09-01'} | ${'2025-10'} | ${'1405.40'}
    ${'1999-06-01'} | ${'2025-09-01'} | ${'2025-10'} | ${'1801.80'}
  `('born on $naissance, begun on $debut: $salaire in $mois', ({ naissance, debut, mois, salaire }) => {
    const s = public_('apprenti', { conclusion: debut }, { naissance, entree: debut })
    expect(ligne(s, 'SALAIRE', mois)?.montant).toBe(salaire)
  })
  test.each`
    conclusion      | salariale   | csg
    ${'2025-02-28'} | ${'378.38'} | ${undefined}
    ${'2025-03-01'} | ${'900.90'} | ${'885.13'}
  `('contract of $conclusion paid at the SMIC: base of $salariale, CSG on $csg', ({ conclusion, salariale, csg }) => {
    const s = public_('apprenti', { conclusion, pourcentageSmic: '100 %' })
    expect(ligne(s, 'VIEIL_PLAF', '2025-10')?.base).toBe(salariale)
    expect(ligne(s, 'VIEIL_PLAF', '2025-10')?.montantPatronal).toBeUndefined()
    expect(ligne(s, 'IRCANTEC_A', '2025-10')?.basePatronale).toBe('1801.80')
    expect(ligne(s, 'CSG_DED', '2025-10')?.base).toBe(csg)
  })
  test('under the threshold nothing is withheld', () => {
    const b = bulletin(public_('apprenti', { conclusion: '2025-09-01', pourcentageSmic: '27 %' }), '2025-10')
    expect(b.totaux).toMatchObject({ brut: '486.49', cotisationsAgent: '0.00', netAPayer: '486.49' })
  })
  test('in the private sector the employer pays everything, less the general reduction', () => {
    const s = public_('apprenti', { employeur: 'association', conclusion: '2025-09-01', pourcentageSmic: '53 %' })
    const b = bulletin(s)
    expect(b.population).toBe('apprenti-prive')
    expect(b.lignes.find((l) => l.code === 'VIEIL_PLAF')).toMatchObject({ base: '54.69', basePatronale: '966.21' })
    expect(b.lignes.find((l) => l.code === 'REDUCTION_GENERALE')?.tauxPatronal).toBe('0.3981')
  })
  test('tax begins above the yearly SMIC', () => {
    const s = public_(
      'apprenti',
      { conclusion: '2025-09-01', salaireMensuel: '2600.00', retraite: 'ircantec' },
      { pas: { taux: '10 %' } },
    )
    let cumuls: ReturnType<typeof compute>['cumuls']
    const bases = Array.from({ length: 12 }, (_, i) => {
      const r = computeBulletin({
        mois: `2025-${String(i + 1).padStart(2, '0')}` as Mois,
        situation: s,
        cumuls,
        parametres,
      })
      cumuls = r.cumuls
      return r.bulletin!.totaux
    })
    expect(bases[0]!.basePas).toBe('0.00')
    const imposable = bases.reduce((t, b) => t + euros(b.netImposable), 0n)
    const taxe = bases.reduce((t, b) => t + euros(b.basePas), 0n)
    expect(taxe).toBe(imposable - euros('21621.60'))
  })
})

describe('parcours emploi compétences', () => {
  test('up to the SMIC of the hours paid, the three contributions are wholly exempt', () => {
    const s = public_('pec', { tauxHoraire: '11.88' }, { minutesHebdo: 1560 })
    const b = bulletin(s, '2025-10')
    const du = ['MALADIE', 'VIEIL_PLAF', 'VIEIL_DEPLAF', 'AF']
      .map((c) => euros(b.lignes.find((l) => l.code === c)!.montantPatronal!))
      .reduce((a, x) => a + x, 0n)
    expect(b.lignes.find((l) => l.code === 'EXO_PEC')?.montantPatronal).toBe(`-${inEuros(du as never)}`)
  })
  test('above it, only the SMIC is exempt', () => {
    const s = public_('pec', { salaireMensuel: '1700.00' }, { minutesHebdo: 1800 })
    expect(ligne(s, 'EXO_PEC', '2025-10')).toMatchObject({ base: '1544.40', montantPatronal: '-445.10' })
  })
  test('the CNFPT has its own rate, an association pays the training levies', () => {
    expect(ligne(public_('pec', { salaireMensuel: '1801.80' }), 'CNFPT', '2025-10')?.tauxPatronal).toBe('0.5 %')
    const asso = public_('pec', { employeur: 'association', salaireMensuel: '1823.03' })
    expect(ligne(asso, 'CNFPT')).toBeUndefined()
    expect(ligne(asso, 'FORMATION')?.tauxPatronal).toBe('1 %')
    expect(ligne(asso, 'TAXE_APPRENTISSAGE')).toBeUndefined()
  })
})

describe('contrat d’engagement éducatif', () => {
  const cee = (prive: Brute, over: Brute = {}) => public_('cee', { jours: 10, tarifJour: '60.00', ...prive }, over)
  test('the day has a legal minimum, doubled on the first of May 2025', () => {
    expect(refus(cee({ tarifJour: '26.13' }), '2025-04')).toEqual(['paie.sousMinimum'])
    expect(refus(cee({ tarifJour: '26.14' }), '2025-04')).toEqual([])
    expect(refus(cee({ tarifJour: '51.07' }), '2025-07')).toEqual(['paie.sousMinimum'])
  })
  test.each`
    forfait                                          | base
    ${{ fonction: 'animateur', jours: 3 }}           | ${'54.00'}
    ${{ fonction: 'animateur', semaines: 2 }}        | ${'178.00'}
    ${{ fonction: 'directeur', mois: 1 }}            | ${'1188.00'}
    ${{ fonction: 'directeurAdjoint', semaines: 1 }} | ${'208.00'}
  `('lump base of 2025 for $forfait: $base', ({ forfait, base }) => {
    const s = cee({ forfait })
    expect(ligne(s, 'MALADIE', '2025-07')?.base).toBe(base)
    expect(ligne(s, 'CSG_DED', '2025-07')?.base).toBe(base)
    expect(ligne(s, 'IRCANTEC_A', '2025-07')?.base).toBe('600.00')
  })
})

describe('hours, ends of contract, covers', () => {
  test('overtime: uplift, reduction of the employee, flat deduction by size', () => {
    const heures = [{ type: 'supplementaires', minutes: 600 }]
    const s = (effectif: number) => salarie({}, { heures, employeur: { effectif, tauxAt: '2.08 %' } })
    expect(ligne(s(30), 'HEURES_SUP_1')?.montant).toBe('164.84')
    expect(ligne(s(30), 'REDUCTION_HS')).toMatchObject({ taux: '11.31 %', montant: '-18.64' })
    expect(ligne(s(19), 'DEDUCTION_HS')?.montantPatronal).toBe('-15.00')
    expect(ligne(s(20), 'DEDUCTION_HS')?.montantPatronal).toBe('-5.00')
    expect(ligne(s(250), 'DEDUCTION_HS', '2025-12')).toBeUndefined()
    expect(ligne(s(250), 'DEDUCTION_HS')?.montantPatronal).toBe('-5.00')
  })
  test.each`
    prive                                                                     | mois         | taux
    ${{ employeur: 'spic', retraite: 'ircantec', salaireMensuel: '1901.80' }} | ${'2025-06'} | ${'10.1 %'}
    ${{ salaireMensuel: '3900.00' }}                                          | ${'2026-03'} | ${'11.31 %'}
    ${{ salaireMensuel: '9000.00' }}                                          | ${'2026-03'} | ${'10.7492 %'}
  `('the employee gets back the effective rate of his pensions: $taux for $prive', ({ prive, mois, taux }) => {
    const heures = [{ type: 'supplementaires', minutes: 600 }]
    const s = salarie(prive, { heures })
    const pensions = bulletin(s, mois).lignes.filter((l) => l.groupe === 'retraite' && l.code !== 'APEC')
    const somme = pensions.reduce((t, l) => t + Number(l.montant), 0)
    const r = ligne(s, 'REDUCTION_HS', mois)!
    expect(r.taux).toBe(taux)
    const effectif = (somme / Number(bulletin(s, mois).totaux.brut)) * 100
    expect(Number(r.taux!.replace(' %', ''))).toBeCloseTo(Math.min(effectif, 11.31), 2)
  })
  test('end of contract: a tenth, then the holidays on both', () => {
    const s = salarie({ contrat: 'cdd', finContrat: '12000.00', congesPayes: '12000.00' })
    expect(ligne(s, 'FIN_CONTRAT')?.montant).toBe('1200.00')
    expect(ligne(s, 'CONGES_PAYES')).toMatchObject({ base: '13200.00', montant: '1320.00' })
    expect(ligne(s, 'CPF_CDD')?.tauxPatronal).toBe('1 %')
  })
  test('health: the employer’s share is taxable and bears the CSG; foresight bears the CSG alone', () => {
    const nu = bulletin(salarie()).totaux
    const avec = (risque: string) =>
      bulletin(salarie({ protection: [{ risque, assiette: 'forfait', agent: '0.00', employeur: '30.00' }] })).totaux
    const csg =
      euros(avec('sante').csgNonDeductible) + euros(avec('sante').crds) - euros(nu.csgNonDeductible) - euros(nu.crds)
    expect(csg).toBe(87n)
    // 30.00 taxable, less the deductible CSG of 2.04 on it.
    expect(euros(avec('sante').netImposable) - euros(nu.netImposable)).toBe(2796n)
    expect(euros(avec('prevoyance').netImposable) - euros(nu.netImposable)).toBe(-204n)
  })
  test('the apprenticeship tax reaches the associations in March 2026', () => {
    expect(ligne(salarie(), 'TAXE_APPRENTISSAGE', '2026-02')).toBeUndefined()
    expect(ligne(salarie(), 'TAXE_APPRENTISSAGE', '2026-03')?.montantPatronal).toBe('11.80')
    expect(ligne(salarie({ employeur: 'societe' }), 'TAXE_APPRENTISSAGE', '2026-02')?.montantPatronal).toBe('11.80')
  })
  test('hours of absence are withheld at the hourly rate of the month', () => {
    const absences = [{ motif: 'serviceNonFait', depuis: '2026-03-10', jusqua: '2026-03-11', minutes: 210 }]
    expect(ligne(salarie({}, { absences }), 'ABSENCE_SERVICENONFAIT_HEURES')?.montant).toBe('-46.15')
  })
})

describe('nothing is computed on a guess', () => {
  test.each`
    prive                                              | over                                                      | code
    ${{ employeur: undefined }}                        | ${{}}                                                     | ${'paie.employeurNonPrecise'}
    ${{ employeur: 'spic' }}                           | ${{}}                                                     | ${'paie.retraiteNonPrecisee'}
    ${{}}                                              | ${{ employeur: { effectif: 3 } }}                         | ${'paie.tauxAtManquant'}
    ${{ salaireMensuel: undefined }}                   | ${{}}                                                     | ${'paie.salaireManquant'}
    ${{ tauxHoraire: '13.00' }}                        | ${{}}                                                     | ${'paie.deuxSalaires'}
    ${{ finContrat: true }}                            | ${{}}                                                     | ${'paie.finContratIndue'}
    ${{}}                                              | ${{ quotite: '80 %' }}                                    | ${'paie.quotiteDroitPrive'}
    ${{}}                                              | ${{ minutesHebdo: 2340 }}                                 | ${'paie.dureeLegale'}
    ${{}}                                              | ${{ heures: [{ type: 'complementaires', minutes: 60 }] }} | ${'paie.heuresComplementairesTempsPlein'}
    ${{ congesPayes: '9000.00' }}                      | ${{ indemniteConges: '10 %' }}                            | ${'paie.congesEnDouble'}
    ${{ branche: 'aideADomicile' }}                    | ${{}}                                                     | ${'paie.parametreManquant'}
    ${{ exonerationAideADomicile: '100 %' }}           | ${{}}                                                     | ${'paie.parametreManquant'}
    ${{ salaireMensuel: undefined, coefficient: 350 }} | ${{}}                                                     | ${'paie.parametreManquant'}
    ${{ employeur: 'spic', retraite: 'ircantec' }}     | ${{}}                                                     | ${'paie.parametreManquant'}
  `('$prive, $over: $code', ({ prive, over, code }) => {
    const clean = JSON.parse(
      JSON.stringify({ contrat: 'cdi', employeur: 'association', salaireMensuel: '2000.00', ...prive }),
    )
    const s = zSituation.parse({ statut: 'prive', employeur: { effectif: 30, tauxAt: '2 %' }, prive: clean, ...over })
    expect(refus(s)).toEqual([code])
  })
  test('the missing value of the branch is named', () => {
    const { anomalies } = compute(salarie({ branche: 'aideADomicile' }))
    expect(anomalies.find((a) => a.bloquante)?.lieu).toBe('bad.sante.agent')
  })
  test('under the SMIC is said, not corrected', () => {
    const { bulletin: b, anomalies } = compute(salarie({ salaireMensuel: '1700.00' }))
    expect(b?.totaux.brut).toBe('1700.00')
    expect(anomalies.map((a) => a.code)).toEqual(['paie.sousSmic'])
  })
})

const euro = (min: number, max: number) => fc.integer({ min, max }).map((n) => (n / 100).toFixed(2))
/** A coherent private-law situation of any kind. */
const coherente: fc.Arbitrary<Situation> = fc
  .record({
    statut: fc.constantFrom('prive', 'pec', 'apprenti', 'cee'),
    employeur: fc.constantFrom('association', 'societe', 'spic'),
    salaire: euro(20_000, 4_000_000),
    effectif: fc.constantFrom(3, 15, 60, 300),
    heures: fc.integer({ min: 1, max: 1500 }),
    partiel: fc.boolean(),
    cadre: fc.boolean(),
    conclusion: fc.constantFrom('2024-09-01', '2025-09-01'),
    maintien: fc.option(euro(0, 60_000), { nil: undefined }),
    absence: fc.option(fc.tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 14 })), { nil: undefined }),
    sante: euro(0, 6000),
  })
  .map((x) => {
    const partiel = x.partiel && x.statut !== 'apprenti'
    return zSituation.parse(
      JSON.parse(
        JSON.stringify({
          statut: x.statut,
          employeur: { effectif: x.effectif, tauxAt: '1.9 %', versementMobilite: '1.2 %' },
          ...(partiel && { minutesHebdo: 1260 }),
          ...(x.statut !== 'cee' && {
            heures: [{ type: partiel ? 'complementaires' : 'supplementaires', minutes: x.heures }],
          }),
          ...(x.absence && {
            absences: [
              {
                motif: 'maladie',
                depuis: `2026-03-${String(x.absence[0]).padStart(2, '0')}`,
                jusqua: `2026-03-${String(x.absence[0] + x.absence[1]).padStart(2, '0')}`,
              },
            ],
          }),
          prive: {
            employeur: x.employeur,
            retraite: 'agircArrco',
            contrat: 'cdi',
            cadre: x.cadre,
            conclusion: x.conclusion,
            ...(x.statut === 'cee'
              ? { jours: 12, tarifJour: '70.00', forfait: { fonction: 'animateur', semaines: 2 } }
              : { salaireMensuel: x.salaire, maintien: x.maintien }),
            protection: [{ risque: 'sante', assiette: 'forfait', agent: x.sante, employeur: x.sante }],
          },
        }),
      ),
    )
  })

describe('any private-law situation', () => {
  test('gives a payslip whose lines add up, each explained', () => {
    fc.assert(
      fc.property(coherente, fc.constantFrom('2024-06', '2025-06', '2026-03'), (s, mois) => {
        const b = bulletin(s, mois)
        expect(controlerBulletin(b)).toEqual([])
        const explications = expliquer({ mois: mois as Mois, situation: s, parametres })
        expect(explications.map((e) => e.ligne)).toEqual(b.lignes)
      }),
      { numRuns: 200 },
    )
  })
  test('the employer never gets back more than he owes', () => {
    fc.assert(
      fc.property(coherente, (s) => {
        const b = bulletin(s)
        expect(euros(b.totaux.cotisationsEmployeur) >= 0n).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
