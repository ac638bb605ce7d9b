import { type Centimes, inEuros, times, ZERO } from '#socle/argent.ts'
import { csg } from '../moteur/communes.ts'
import type { Contexte } from '../moteur/contexte.ts'
import type { Population } from '../populations/population.ts'
import { dansChampReduction, estPublic, retraiteDe } from './contrat.ts'
import { controlerSalarie } from './controles.ts'
import {
  type Bases,
  chomage,
  cnfpt,
  dialogueSocial,
  formationProfessionnelle,
  lireBases,
  maladieEtFamille,
  retraiteComplementaire,
  solidarites,
  vieillesse,
} from './cotisations.ts'
import { gainsSalaries, salaireContrat, type TempsPrive } from './gains.ts'
import { deductionForfaitaire, reductionSalariale } from './heures-exonerees.ts'
import { protections } from './protection.ts'
import { reductions } from './reduction.ts'

/** The working time read by the gains, for the contributions of the same payslip. */
const temps = new WeakMap<Contexte, TempsPrive>()
export const garderTemps = (c: Contexte, t: TempsPrive): void => {
  temps.set(c, t)
}
export const tempsDe = (c: Contexte): TempsPrive => {
  const t = temps.get(c)
  if (!t) throw new Error('the contributions come after the gains')
  return t
}

/** Staff of ordinary private law: CDI, CDD, seasonal contracts, of a SPIC, an association, a company or a public body. */
function cotisationsSalarie(c: Contexte): void {
  const t = tempsDe(c)
  const reduction = dansChampReduction(c)
  const b = lireBases(c, c.general, ZERO)
  maladieEtFamille(c, b, t, reduction)
  vieillesse(c, b)
  retraiteComplementaire(c, b, retraiteDe(c))
  solidarites(c, b)
  chomage(c)
  contributions(c, b, 'ordinaire')
  protections(c, b.plafonnee)
  reductionSalariale(c, b)
  if (reduction) {
    reductions(c, c.general, t)
    deductionForfaitaire(c, t)
  }
  csg(c)
}

/** Training and social dialogue, by employer and by contract. */
export function contributions(c: Contexte, b: Bases, contrat: 'ordinaire' | 'aide' | 'apprenti'): void {
  if (!estPublic(c)) formationProfessionnelle(c, b, contrat)
  else if (contrat !== 'apprenti') cnfpt(c, b, contrat === 'aide')
  dialogueSocial(c, b, contrat !== 'apprenti' || !estPublic(c))
}

/** Under the SMIC for the hours paid: said, not corrected. */
export function signalerSousSmic(c: Contexte, verse: Centimes, t: TempsPrive): void {
  const smic = times(c.p.centimes('smic.horaire'), [t.heures])
  // A cent of tolerance: the monthly SMIC is itself rounded.
  if (verse + 1n < smic)
    c.anomalies.push({
      code: 'paie.sousSmic',
      lieu: 'prive.salaireMensuel',
      message: `Le salaire est inférieur au SMIC des heures payées (${inEuros(smic).replace('.', ',')} €).`,
      conseil: 'Vérifier le salaire ou la durée du contrat.',
      bloquante: false,
    })
}

function gains(c: Contexte): void {
  const t = gainsSalaries(c, salaireContrat)
  garderTemps(c, t)
  signalerSousSmic(c, c.general, t)
}

const population = (caisse: Population['caisse']): Population => ({
  code: caisse === 'IRCANTEC' ? 'prive-ircantec' : 'prive-agirc-arrco',
  libelle: `Salarié de droit privé, ${caisse === 'IRCANTEC' ? 'IRCANTEC' : 'Agirc-Arrco'}`,
  caisse,
  controler: controlerSalarie,
  gains,
  cotisations: cotisationsSalarie,
})
const IRCANTEC = population('IRCANTEC')
const AGIRC_ARRCO = population('AGIRC_ARRCO')
export const salarie = (c: Contexte): Population => (retraiteDe(c) === 'ircantec' ? IRCANTEC : AGIRC_ARRCO)
