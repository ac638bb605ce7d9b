import fc from 'fast-check'
import rules from 'modele-social'
import Engine from 'publicodes'
import { describe, expect, test } from 'vitest'
import { euros, fraction, fractionToCentimes, inEuros, multiply, sum } from '#socle/argent.ts'
import type { Mois } from '#socle/dates.ts'
import type { Bulletin } from '../bulletin.ts'
import { computeBulletin } from '../calculer.ts'
import { jeuLivre } from '../parametres/livre.ts'
import { type Situation, zSituation } from '../situation.ts'
import { type Bareme, coefficient } from './coefficient.ts'

/*
 * The engine against modele-social 11.1.0, on generated salaries of 2026, line by line. The model does not round: a line may
 * differ by a cent. Its other differences are listed below, each with its reason, and each is itself measured: the test
 * fails as well when a listed difference disappears.
 */

const jeu = jeuLivre()
const MOIS = ['2026-01', '2026-03', '2026-05', '2026-06', '2026-09'] as Mois[]

type Salarie = {
  mois: Mois
  brut: number
  effectif: number
  genre: 'cdi' | 'cdd' | 'cadre' | 'partiel' | 'supplementaires' | 'apprenti'
  association: boolean
  /** Monthly price of the health cover, half paid by the employer. */
  sante: number
  minutesHebdo: number
  heures: number
}
const salarie: fc.Arbitrary<Salarie> = fc
  .record({
    mois: fc.constantFrom(...MOIS),
    tranche: fc.constantFrom([186_703, 300_000], [300_000, 600_000], [401_000, 1_600_000], [1_700_000, 3_190_000]),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    effectif: fc.constantFrom(4, 10, 11, 19, 20, 49, 50, 249, 400),
    genre: fc.constantFrom('cdi', 'cdd', 'cadre', 'partiel', 'supplementaires', 'apprenti' as const),
    association: fc.boolean(),
    sante: fc.constantFrom(0, 40, 61.3),
    minutesHebdo: fc.integer({ min: 15, max: 34 }).map((h) => h * 60),
    heures: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ tranche, part, ...s }) => {
    const [bas, haut] = tranche as [number, number]
    const genre = s.genre as Salarie['genre']
    const cents = Math.round(bas + part * (haut - bas))
    // An apprentice over the ceiling does not exist: his pay is a part of the SMIC.
    if (genre === 'apprenti') return { ...s, genre, brut: Math.round(60_000 + (cents % 240_000)) / 100 }
    return { ...s, genre, brut: Math.round(genre === 'partiel' ? (cents * s.minutesHebdo) / 2100 : cents) / 100 }
  })

function situation(s: Salarie): Situation {
  const moitie = (s.sante / 2).toFixed(2)
  const protection = [
    ...(s.sante > 0 ? [{ risque: 'sante', assiette: 'forfait', agent: moitie, employeur: moitie }] : []),
    ...(s.genre === 'cadre' ? [{ risque: 'prevoyance', assiette: 'tranche1', agent: '0 %', employeur: '1.50 %' }] : []),
  ]
  return zSituation.parse({
    statut: s.genre === 'apprenti' ? 'apprenti' : 'prive',
    employeur: { effectif: s.effectif, tauxAt: '2.08 %' },
    ...(s.genre === 'partiel' && { minutesHebdo: s.minutesHebdo }),
    ...(s.genre === 'supplementaires' && { heures: [{ type: 'supplementaires', minutes: s.heures * 60 }] }),
    prive: {
      employeur: s.association ? 'association' : 'societe',
      contrat: s.genre === 'cdd' ? 'cdd' : 'cdi',
      ...(s.genre === 'apprenti' && { conclusion: '2025-09-01' }),
      ...(s.genre === 'cadre' && { cadre: true }),
      ...(s.genre === 'cdd' && { finContrat: true }),
      salaireMensuel: s.brut.toFixed(2),
      protection,
    },
  })
}

const engine = new Engine(rules as never, { logger: { log() {}, warn() {}, error() {} } })
/** The model takes « de droit commun » the first cents of a rate: its accident rate of 2026 is 2.08 %. */
function interroger(s: Salarie): void {
  const [a, m] = s.mois.split('-')
  engine.setSituation({
    date: `01/${m}/${a}`,
    dirigeant: 'non',
    'salarié . contrat': s.genre === 'cdd' ? "'CDD'" : s.genre === 'apprenti' ? "'apprentissage'" : "'CDI'",
    'salarié . contrat . salaire brut': `${s.brut} €/mois`,
    'entreprise . salariés . effectif': String(s.effectif),
    'entreprise . association non lucrative': s.association ? 'oui' : 'non',
    'établissement . taux ATMP': '2.08 %',
    'salarié . cotisations . prévoyances . santé . montant': `${s.sante} €/mois`,
    'impôt . méthode de calcul': "'taux neutre'",
    ...(s.genre === 'cadre' && { 'salarié . contrat . statut cadre': 'oui' }),
    ...(s.genre === 'partiel' && {
      'salarié . contrat . temps de travail . temps partiel': 'oui',
      'salarié . contrat . temps de travail': `${(s.minutesHebdo * 52) / 720} heure/mois`,
    }),
    ...(s.genre === 'supplementaires' && {
      'salarié . temps de travail . heures supplémentaires': `${s.heures} heure/mois`,
    }),
    ...(s.genre === 'cdd' && { 'salarié . contrat . CDD . durée': '6 mois' }),
  })
}
/** Euros per month; a rule that does not apply is nothing. */
function modele(regle: string): number {
  const r = engine.evaluate(regle)
  if (typeof r.nodeValue !== 'number') return 0
  return r.unit?.denominators.includes('an') ? r.nodeValue / 12 : r.nodeValue
}

type Part = 'montant' | 'montantPatronal'
const notre = (b: Bulletin, codes: string[], part: Part): number =>
  Number(inEuros(sum(b.lignes.filter((l) => codes.includes(l.code)).map((l) => euros(l[part] ?? '0')))))

/** Rule of the model → our lines, and whose share. */
const LIGNES: [string, string[], Part][] = [
  ['vieillesse . salarié . plafonnée', ['VIEIL_PLAF'], 'montant'],
  ['vieillesse . salarié . déplafonnée', ['VIEIL_DEPLAF'], 'montant'],
  ['retraite complémentaire . salarié', ['AGIRC_ARRCO_T1', 'AGIRC_ARRCO_T2'], 'montant'],
  ['CEG . salarié', ['CEG_T1', 'CEG_T2'], 'montant'],
  ['CET . salarié', ['CET'], 'montant'],
  ['APEC . salarié', ['APEC'], 'montant'],
  ['prévoyances . santé . salarié', ['SANTE_1'], 'montant'],
  ['vieillesse . employeur . plafonnée', ['VIEIL_PLAF'], 'montantPatronal'],
  ['vieillesse . employeur . déplafonnée', ['VIEIL_DEPLAF'], 'montantPatronal'],
  ['retraite complémentaire . employeur', ['AGIRC_ARRCO_T1', 'AGIRC_ARRCO_T2'], 'montantPatronal'],
  ['CEG . employeur', ['CEG_T1', 'CEG_T2'], 'montantPatronal'],
  ['CET . employeur', ['CET'], 'montantPatronal'],
  ['APEC . employeur', ['APEC'], 'montantPatronal'],
  ['maladie . employeur', ['MALADIE'], 'montantPatronal'],
  ['CSA', ['CSA'], 'montantPatronal'],
  ['allocations familiales', ['AF'], 'montantPatronal'],
  ['chômage', ['CHOMAGE'], 'montantPatronal'],
  ['AGS', ['AGS'], 'montantPatronal'],
  ['ATMP', ['AT'], 'montantPatronal'],
  ['FNAL', ['FNAL'], 'montantPatronal'],
  ['formation professionnelle', ['FORMATION'], 'montantPatronal'],
  ['CPF CDD', ['CPF_CDD'], 'montantPatronal'],
  ["taxe d'apprentissage . base", ['TAXE_APPRENTISSAGE'], 'montantPatronal'],
  ['contribution au dialogue social', ['DIALOGUE_SOCIAL'], 'montantPatronal'],
  ['forfait social', ['FORFAIT_SOCIAL'], 'montantPatronal'],
  ['prévoyances . santé . employeur', ['SANTE_1'], 'montantPatronal'],
]

/** The coefficient with the SMIC of the day: what the model takes from June 2026. */
const bareme = (s: Salarie): Bareme => {
  const p = jeu.pour(s.mois)
  return {
    tmin: p.fraction('rgdu.tmin'),
    tdelta: p.fraction(s.effectif < 50 ? 'rgdu.tdelta.moins_50' : 'rgdu.tdelta.50_et_plus'),
    seuil: p.fraction('rgdu.seuil'),
    puissance: p.fraction('rgdu.puissance'),
  }
}
function reductionAuSmicDuJour(s: Salarie, brut: string): number {
  const heures = s.genre === 'partiel' ? s.minutesHebdo : 2100
  const supplementaires = s.genre === 'supplementaires' ? s.heures : 0
  const mois = { num: BigInt(heures) * 52n + BigInt(supplementaires) * 720n, den: 720n }
  const smic = fractionToCentimes(multiply(jeu.pour(s.mois).fraction('smic.horaire'), mois))
  const c = coefficient(bareme(s), smic, euros(brut))
  return Number(inEuros(fractionToCentimes(multiply(fraction(brut), { num: c, den: 10_000n }))))
}

const enPourcent = (taux: string): number => Number(taux.replace(' %', ''))
function tauxNeutreDe(mois: Mois, base: string): number {
  const tranches = jeu.pour(mois).tranches('pas.taux_neutre.metropole')
  const t = tranches.find((x) => x.seuil === undefined || euros(base) < x.seuil)
  return enPourcent(t!.valeur)
}

const calculer = (s: Salarie): Bulletin => {
  const { bulletin, anomalies } = computeBulletin({ mois: s.mois, situation: situation(s), parametres: jeu })
  if (!bulletin) throw new Error(anomalies.map((a) => a.message).join(' '))
  return bulletin
}

const SALARIES = fc.sample(salarie, { seed: 20260101, numRuns: 240 })
const PSS = Number(inEuros(jeu.pour('2026-01' as Mois).centimes('pss.mensuel')))
/** 7,500 euros a year, before the deductible CSG that bears on them, by month. */
const PLAFOND_MENSUEL_DES_HEURES = 8037 / 12
type Ecart = { ligne: string; modele: number; notre: number; salarie: Salarie }
const ecarts: Ecart[] = []
/** Known differences → how many salaries show them. */
const vues = new Map<string, number>()
const voir = (quoi: string): void => {
  vues.set(quoi, (vues.get(quoi) ?? 0) + 1)
}

for (const s of SALARIES) {
  const b = calculer(s)
  interroger(s)
  const comparer = (ligne: string, attendu: number, calcule: number, tolerance = 0.0101) => {
    if (Math.abs(attendu - calcule) > tolerance) ecarts.push({ ligne, modele: attendu, notre: calcule, salarie: s })
  }
  const m = (regle: string) => modele(`salarié . cotisations . ${regle}`)
  // 0. The model raises the ceiling with the overtime (working time over 151.67 h, not bounded): the law does not.
  const auDelaDuPlafond = s.genre === 'supplementaires' && Number(b.totaux.brut) > PSS
  if (auDelaDuPlafond) {
    const ecart = m('vieillesse . salarié . plafonnée') - notre(b, ['VIEIL_PLAF'], 'montant')
    if (ecart > 0.02) voir('plafond relevé par les heures supplémentaires')
    else comparer('plafond et heures supplémentaires', ecart, 1)
    continue
  }
  comparer('brut', modele('salarié . rémunération . brut'), Number(b.totaux.brut))
  for (const [regle, codes, part] of LIGNES) comparer(regle, m(regle), notre(b, codes, part))

  // 1. The reduction: the model keeps the SMIC of the day, the decree 2026-509 that of January for the whole year.
  const rgdu = m('exonérations . RGDU')
  const notreRgdu = -notre(b, ['REDUCTION_GENERALE'], 'montantPatronal')
  comparer('RGDU au SMIC du jour', rgdu, reductionAuSmicDuJour(s, b.totaux.brut), 0.02)
  if (s.mois < '2026-06') comparer('RGDU', rgdu, notreRgdu, 0.02)
  else if (Math.abs(rgdu - notreRgdu) > 0.02) voir('RGDU : SMIC du 1er janvier depuis le décret 2026-509')

  // 2. The model adds a yearly twelfth of what is not on a payslip: balance of the apprenticeship tax, housing effort.
  if (m("taxe d'apprentissage . solde") > 0) voir('taxe d’apprentissage : solde annuel')
  if (m('PEEC') > 0) voir('participation à l’effort de construction : versement annuel')

  // 3. CSG and CRDS together: the model takes the whole CSG of the overtime as not deductible, the payslip in the net.
  // Under half the SMIC it also forgets the CSG on the employer's share of an apprentice's health cover, and counts it above.
  const csgModele = m('CSG-CRDS . CSG') + m('CSG-CRDS . CRDS')
  const csgNotre = notre(b, ['CSG_DED', 'CSG_NON_DED', 'CRDS'], 'montant')
  const csgSante = s.genre === 'apprenti' && csgModele === 0 ? csgNotre : 0
  if (csgSante > 0) {
    voir('CSG sur la part patronale de santé d’un apprenti sous le seuil')
    comparer('CSG de la part patronale de santé', (s.sante / 2) * 0.097, csgSante, 0.0201)
  } else comparer('CSG et CRDS', csgModele, csgNotre, 0.0201)
  comparer(
    'réduction salariale',
    m('exonérations . heures supplémentaires . salarié'),
    -notre(b, ['REDUCTION_HS'], 'montant'),
  )
  comparer(
    'déduction forfaitaire',
    m('exonérations . heures supplémentaires . employeur'),
    -notre(b, ['DEDUCTION_HS'], 'montantPatronal'),
  )
  comparer(
    'net avant impôt',
    modele('salarié . rémunération . net . à payer avant impôt'),
    Number(b.totaux.netAvantImpot) + csgSante,
    0.05,
  )
  comparer(
    'montant net social',
    modele('salarié . rémunération . montant net social'),
    Number(b.totaux.montantNetSocial) + csgSante,
    0.05,
  )

  // 4. The model taxes every employer's cover; the law taxes that of the health alone (CGI 83, 1° quater).
  const imposable = modele('salarié . rémunération . net . imposable')
  const prevoyance = m('prévoyances . employeur . cadres')
  if (prevoyance > 0) voir('net imposable : part patronale de prévoyance')
  // 5. It rounds the tax-free overtime to the euro, and limits it month by month: the limit is that of the year.
  const heures = Number(b.totaux.heuresExonerees ?? '0')
  const limite = heures > PLAFOND_MENSUEL_DES_HEURES
  const arrondi = heures > 0 ? 0.5 : 0
  if (limite) voir('net imposable : heures exonérées limitées au douzième')
  else if (arrondi > 0) voir('net imposable : heures exonérées à l’euro')
  // 6. It takes a whole monthly SMIC off the pay of an apprentice; the law exempts within the yearly SMIC.
  if (s.genre === 'apprenti') voir('net imposable : SMIC mensuel de l’apprenti')
  else if (!limite) comparer('net imposable', imposable - prevoyance, Number(b.totaux.netImposable), 0.05 + arrondi)

  // 7. The grid of May 2026 is used by the model from January.
  if (s.genre !== 'apprenti' && prevoyance === 0 && !limite) {
    const taux = modele("impôt . taux neutre d'impôt sur le revenu")
    comparer('taux neutre, grille de mai', taux, tauxNeutreDe('2026-05' as Mois, b.totaux.netImposable), 0)
    if (s.mois >= '2026-05') comparer('taux neutre', taux, enPourcent(b.totaux.tauxPas), 0)
    else if (taux !== enPourcent(b.totaux.tauxPas)) voir('taux neutre : grille de mai appliquée dès janvier')
  }
}

describe('240 salaries of 2026 against modele-social', () => {
  test('every line agrees to the cent, but the listed differences', () => expect(ecarts.slice(0, 12)).toEqual([]))
  test('the listed differences exist', () => {
    expect([...vues.keys()].sort()).toEqual([
      'CSG sur la part patronale de santé d’un apprenti sous le seuil',
      'RGDU : SMIC du 1er janvier depuis le décret 2026-509',
      'net imposable : SMIC mensuel de l’apprenti',
      'net imposable : heures exonérées limitées au douzième',
      'net imposable : heures exonérées à l’euro',
      'net imposable : part patronale de prévoyance',
      'participation à l’effort de construction : versement annuel',
      'plafond relevé par les heures supplémentaires',
      'taux neutre : grille de mai appliquée dès janvier',
      'taxe d’apprentissage : solde annuel',
    ])
  })
  test('every kind of contract is there', () => {
    expect(new Set(SALARIES.map((s) => s.genre)).size).toBe(6)
    expect(new Set(SALARIES.map((s) => s.mois)).size).toBe(MOIS.length)
  })
})
