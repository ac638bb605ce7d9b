import {
  add,
  type Centimes,
  type Fraction,
  formatEuros,
  fractionToCentimes,
  max,
  min,
  ratio,
  subtract,
  times,
  timesOne,
  ZERO,
} from '#socle/argent.ts'
import { csgSur } from '../moteur/communes.ts'
import { A, type Contexte, caisse, cumul, tauxLocal } from '../moteur/contexte.ts'
import { base, enPourcent } from '../moteur/cotiser.ts'
import type { Population } from '../populations/population.ts'
import { dansChampReduction, estPublic, prive, retraiteDe } from './contrat.ts'
import { controlerApprenti } from './controles.ts'
import { chomage, lireBases, maladieEtFamille, retraiteComplementaire, solidarites, vieillesse } from './cotisations.ts'
import { gainsSalaries, salaireContrat, salairePartDuSmic, type TempsPrive } from './gains.ts'
import { deductionForfaitaire, reductionSalariale } from './heures-exonerees.ts'
import { protections } from './protection.ts'
import { reductions } from './reduction.ts'
import { contributions, garderTemps, tempsDe } from './salarie.ts'

/** Age that counts in the month: a birthday changes the pay on the first of the month that follows (C. trav. D. 6222-34). */
export function ageDuMois(naissance: string, mois: string): number {
  const age = Number(mois.slice(0, 4)) - Number(naissance.slice(0, 4))
  return naissance.slice(5) < `${mois.slice(5)}-01` ? age : age - 1
}
const tranche = (age: number): string =>
  age < 18 ? 'moins_18' : age < 21 ? '18_20' : age < 26 ? '21_25' : '26_et_plus'

/** Year of execution of the contract, from its beginning; the third one is the last of the scale. */
function annee(c: Contexte): number {
  const p = prive(c)
  if (p.anneeContrat !== undefined) return p.anneeContrat
  const debut = c.s.entree ?? p.conclusion!
  const mois = Number(c.mois.slice(0, 4)) * 12 + Number(c.mois.slice(5))
  const depuis = Number(debut.slice(0, 4)) * 12 + Number(debut.slice(5, 7))
  const complet = debut.slice(8) === '01' ? mois - depuis : mois - depuis - 1
  return Math.min(3, Math.max(1, Math.floor(complet / 12) + 1))
}

function salaire(c: Contexte, t: TempsPrive) {
  const p = prive(c)
  if (p.salaireMensuel !== undefined) return salaireContrat(c, t)
  if (p.pourcentageSmic !== undefined) return salairePartDuSmic(c, t, tauxLocal(p.pourcentageSmic), p.pourcentageSmic)
  const code = `apprenti.remuneration.${tranche(ageDuMois(c.s.naissance!, c.mois))}.annee${annee(c)}`
  const part = c.p.get(code)
  return salairePartDuSmic(c, t, part.fraction, part.texte, code)
}

/** Part of the month exempt at the rates of the contract's date: two regimes since March 2025. */
const exempt = (c: Contexte, code: string): Centimes => {
  const f = c.jeu.au(prive(c).conclusion!).fraction(code)
  const smic = c.p.centimes('smic.mensuel')
  return c.trentiemes === 30 ? timesOne(smic, f) : times(smic, [f, ratio(c.trentiemes, 30)])
}

function csgApprenti(c: Contexte): void {
  const regime = c.jeu.au(prive(c).conclusion!).get('apprenti.exo_csg')
  if (regime.texte === 'totale') return
  const exonere = exempt(c, 'apprenti.exo_csg')
  const reste = max(ZERO, subtract(c.csg, exonere))
  const abattement = c.p.fraction('csg.abattement')
  const garde: Fraction = { num: abattement.den - abattement.num, den: abattement.den }
  const b = base(A.CSG, add(timesOne(reste, garde), c.partPatronale))
  if (c.tracer) b.precision = `base : (${formatEuros(c.csg)} − ${formatEuros(exonere)} exonérés) × ${enPourcent(garde)}`
  csgSur(c, b)
}

function cotisations(c: Contexte): void {
  const t = tempsDe(c)
  const b = lireBases(c, c.general, exempt(c, 'apprenti.exo_salariale'))
  if (estPublic(c)) {
    // C. trav. L. 6227-8-1: the public employer keeps the accidents, the IRCANTEC and the solidarity contributions.
    vieillesse(c, b, false)
    retraiteComplementaire(c, b, retraiteDe(c))
    solidarites(c, b)
    contributions(c, b, 'apprenti')
    protections(c, b.plafonnee)
    reductionSalariale(c, b)
  } else {
    const reduction = dansChampReduction(c)
    maladieEtFamille(c, b, t, reduction)
    vieillesse(c, b)
    retraiteComplementaire(c, b, retraiteDe(c))
    solidarites(c, b)
    chomage(c)
    contributions(c, b, 'apprenti')
    protections(c, b.plafonnee)
    reductionSalariale(c, b)
    if (reduction) {
      reductions(c, c.general, t)
      deductionForfaitaire(c, t)
    }
  }
  csgApprenti(c)
}

/** CGI 81 bis: the pay of an apprentice is free of tax within the yearly SMIC. */
function basePas(c: Contexte, netImposable: bigint): bigint {
  const annuel = fractionToCentimes({
    num: c.p.fraction('smic.horaire').num * 1820n,
    den: c.p.fraction('smic.horaire').den,
  })
  const reste = max(ZERO, subtract(annuel, caisse(c, 'apprenti').exonere ?? ZERO))
  const exonere = min(max(ZERO, netImposable as Centimes), reste)
  cumul(c, 'apprenti', 'exonere', exonere)
  return netImposable - exonere
}

const population = (code: string, libelle: string, caisseRetraite: Population['caisse']): Population => ({
  code,
  libelle,
  caisse: caisseRetraite,
  controler: controlerApprenti,
  gains(c) {
    garderTemps(c, gainsSalaries(c, salaire))
  },
  cotisations,
  basePas,
})
const PUBLIC = population('apprenti-public', 'Apprenti du secteur public', 'IRCANTEC')
const PRIVE = population('apprenti-prive', 'Apprenti du secteur privé', 'AGIRC_ARRCO')
const PRIVE_IRCANTEC = population('apprenti-ircantec', 'Apprenti affilié à l’IRCANTEC', 'IRCANTEC')
export const apprenti = (c: Contexte): Population =>
  estPublic(c) ? PUBLIC : retraiteDe(c) === 'ircantec' ? PRIVE_IRCANTEC : PRIVE
