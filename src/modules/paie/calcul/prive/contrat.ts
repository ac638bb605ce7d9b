import { type Fraction, fraction, ratio } from '#socle/argent.ts'
import type { Contexte } from '../moteur/contexte.ts'
import type { EmployeurPrive, Prive } from './situation.ts'

const RIEN: Prive = {}
export const prive = (c: Contexte): Prive => c.s.prive ?? RIEN

/** Apprentices, PEC and CEE of this product are those of public bodies unless said otherwise. */
export function employeurDe(c: Contexte): EmployeurPrive {
  return prive(c).employeur ?? 'personnePublique'
}
export const estPublic = (c: Contexte): boolean => employeurDe(c) === 'personnePublique'
/** Employers that a bankruptcy can reach: they insure the wages. */
export const estAssureAgs = (c: Contexte): boolean => {
  const e = employeurDe(c)
  return e === 'association' || e === 'societe'
}

/** The contracts of a public person go to the IRCANTEC; those of a SPIC say which. */
export function retraiteDe(c: Contexte): 'ircantec' | 'agircArrco' {
  return prive(c).retraite ?? (estPublic(c) ? 'ircantec' : 'agircArrco')
}

/** CSS L. 241-13 II: the employers bound by the unemployment insurance, and the staff of the régies and EPIC. */
export const dansChampReduction = (c: Contexte): boolean => prive(c).reductionGenerale ?? !estPublic(c)

export const assureChomage = (c: Contexte): boolean =>
  prive(c).chomage ?? (estAssureAgs(c) || c.s.employeur.adhesionChomage === true)

const TEMPS_PLEIN = 35 * 60
/** Weekly minutes over a month: fifty-two twelfths (Code du travail L. 3242-1). 35 h give 151.67 h. */
export function heuresMensualisees(c: Contexte): Fraction {
  return ratio(BigInt(c.s.minutesHebdo ?? TEMPS_PLEIN) * 52n, 720n)
}
export const heuresPayees = (c: Contexte): Fraction => {
  const h = prive(c).heuresMois
  return h === undefined ? heuresMensualisees(c) : fraction(h)
}
export const estTempsPartiel = (c: Contexte): boolean => (c.s.minutesHebdo ?? TEMPS_PLEIN) < TEMPS_PLEIN
