import { add, type Centimes, euros, type Fraction, fraction, inEuros, min, subtract, UN, ZERO } from '#socle/argent.ts'
import type { Mois } from '#socle/dates.ts'
import type { Anomalie } from '#socle/refus.ts'
import type { Cumuls, Ligne } from '../bulletin.ts'
import type { JeuParametres, ParametresAu } from '../parametres/jeu.ts'
import type { Situation } from '../situation.ts'

/** What a gain is subject to: one bit for each base. */
export const A = {
  PENSION: 1,
  RAFP: 2,
  RAFP_HORS_PLAFOND: 4,
  GENERAL: 8,
  IRCANTEC: 16,
  CSG: 32,
  IMPOSABLE: 64,
  BRUT: 128,
  /** Overtime exempt from tax and with reduced contributions. */
  HEURES: 256,
  /** Primes within which the transfert primes/points is limited. */
  TRANSFERT: 512,
  TIB: 1024,
} as const
const SOUMIS = A.GENERAL | A.CSG | A.IMPOSABLE | A.BRUT
/** The usual sets. */
export const ASSIETTES = {
  traitement: SOUMIS | A.PENSION | A.IRCANTEC | A.TIB,
  /** NBI, CTI: pension, but outside the reference of the RAFP cap. */
  pension: SOUMIS | A.PENSION | A.IRCANTEC,
  sft: SOUMIS | A.RAFP,
  accessoire: SOUMIS | A.RAFP | A.IRCANTEC,
  prime: SOUMIS | A.RAFP | A.IRCANTEC | A.TRANSFERT,
  gipa: SOUMIS | A.RAFP_HORS_PLAFOND | A.IRCANTEC,
  heures: SOUMIS | A.RAFP | A.IRCANTEC | A.HEURES,
  salaire: SOUMIS | A.IRCANTEC | A.TIB,
} as const

/** How a line came about, kept only when somebody asks. */
export type Trace = {
  regle: string
  /** Parameters read, in the order of the computation. */
  parametres: string[]
  /** Day of the parameters when it is not the first of the month. */
  jour?: string
  composants: { libelle: string; montant: string; ligne?: string }[]
  /** The computation in French, with its figures. */
  calcul: string
}

export type LigneTravail = Ligne & { trace?: Trace }

/** Mutable work of one payslip; nothing of it survives but plain JSON. */
export type Contexte = {
  readonly mois: Mois
  /** The situation; one after the other when it changes inside the month. */
  s: Situation
  readonly p: ParametresAu
  readonly jeu: JeuParametres
  readonly lignes: LigneTravail[]
  readonly anomalies: Anomalie[]
  readonly tracer: boolean
  /** Only these contribution lines (checks of isolated lines). */
  readonly seulement: ReadonlySet<string> | undefined
  readonly cumulsEntree: Cumuls | undefined
  readonly caisses: Record<string, Record<string, Centimes>>
  /** Gains by mask, to explain a base. */
  readonly gains: { masque: number; libelle: string; code: string; montant: Centimes }[]

  /** Paid thirtieths of the month, 0 to 30. */
  trentiemes: number
  /** Part of a full-time pay: working time × temps partiel. */
  prorata: Fraction
  /** Part of the ceiling of the social security. */
  prorataPlafond: Fraction

  pension: Centimes
  tib: Centimes
  rafp: Centimes
  rafpHorsPlafond: Centimes
  general: Centimes
  ircantec: Centimes
  csg: Centimes
  imposable: Centimes
  brut: Centimes
  heures: Centimes
  transfert: Centimes

  cotisationsAgent: Centimes
  cotisationsEmployeur: Centimes
  csgDeductible: Centimes
  csgDeductibleFiscale: Centimes
  csgNonDeductible: Centimes
  crds: Centimes
  /** Refunds and sums paid outside the gross. */
  frais: Centimes
  /** Retenues that the population itself has printed. */
  retenuesFixes: Centimes
  /** Benefits in kind, taken back from the net. */
  nature: Centimes
  /** Daily allowances received for the agent: gross, and net of what the fund withheld. */
  ijBrutes: Centimes
  ijNettes: Centimes
  ijImposables: Centimes
  /** Part of the base of the tax that is not in the gross (employer's health share). */
  imposableEnPlus: Centimes
  /** Employer's share of health and foresight covers: CSG without abatement. */
  partPatronale: Centimes
}

export function newContexte(
  mois: Mois,
  s: Situation,
  jeu: JeuParametres,
  cumuls: Cumuls | undefined,
  tracer: boolean,
  seulement?: ReadonlySet<string>,
): Contexte {
  return {
    mois,
    s,
    p: jeu.pour(mois),
    jeu,
    lignes: [],
    anomalies: [],
    tracer,
    seulement,
    cumulsEntree: cumuls && cumuls.annee === Number(mois.slice(0, 4)) ? cumuls : undefined,
    caisses: {},
    gains: [],
    trentiemes: 30,
    prorata: UN,
    prorataPlafond: UN,
    pension: ZERO,
    tib: ZERO,
    rafp: ZERO,
    rafpHorsPlafond: ZERO,
    general: ZERO,
    ircantec: ZERO,
    csg: ZERO,
    imposable: ZERO,
    brut: ZERO,
    heures: ZERO,
    transfert: ZERO,
    cotisationsAgent: ZERO,
    cotisationsEmployeur: ZERO,
    csgDeductible: ZERO,
    csgDeductibleFiscale: ZERO,
    csgNonDeductible: ZERO,
    crds: ZERO,
    frais: ZERO,
    retenuesFixes: ZERO,
    nature: ZERO,
    ijBrutes: ZERO,
    ijNettes: ZERO,
    ijImposables: ZERO,
    imposableEnPlus: ZERO,
    partPatronale: ZERO,
  }
}

/** Rates typed by people or voted by bodies, parsed once. */
const taux = new Map<string, Fraction>()
export function tauxLocal(text: string): Fraction {
  let f = taux.get(text)
  if (!f) {
    f = fraction(text)
    if (taux.size > 5000) taux.clear()
    taux.set(text, f)
  }
  return f
}

/** Adds to the bases that the mask names. */
function cumuler(c: Contexte, masque: number, montant: Centimes): void {
  if (masque & A.PENSION) c.pension = add(c.pension, montant)
  if (masque & A.TIB) c.tib = add(c.tib, montant)
  if (masque & A.RAFP) c.rafp = add(c.rafp, montant)
  if (masque & A.RAFP_HORS_PLAFOND) c.rafpHorsPlafond = add(c.rafpHorsPlafond, montant)
  if (masque & A.GENERAL) c.general = add(c.general, montant)
  if (masque & A.IRCANTEC) c.ircantec = add(c.ircantec, montant)
  if (masque & A.CSG) c.csg = add(c.csg, montant)
  if (masque & A.IMPOSABLE) c.imposable = add(c.imposable, montant)
  if (masque & A.BRUT) c.brut = add(c.brut, montant)
  if (masque & A.HEURES) c.heures = add(c.heures, montant)
  if (masque & A.TRANSFERT) c.transfert = add(c.transfert, montant)
}

export type Gain = { code: string; libelle: string; nombre?: string; base?: string; taux?: string }

/** A gain line: its amount enters the bases of its mask. Zero gives no line. */
export function gagner(c: Contexte, gain: Gain, masque: number, montant: Centimes, trace?: () => Trace): void {
  if (montant === ZERO) return
  cumuler(c, masque, montant)
  if (c.tracer) c.gains.push({ masque, libelle: gain.libelle, code: gain.code, montant })
  const ligne: LigneTravail = { ...gain, groupe: 'remuneration', montant: inEuros(montant) }
  if (c.tracer && trace) ligne.trace = trace()
  c.lignes.push(ligne)
}

/** The gains that make a base, for the explanation. */
export const composants = (c: Contexte, masque: number): Trace['composants'] =>
  c.gains
    .filter((g) => g.masque & masque)
    .map((g) => ({ libelle: g.libelle, montant: inEuros(g.montant), ligne: g.code }))

/** The yearly accumulator of a fund, read from the entry once. */
export function caisse(c: Contexte, nom: string): Record<string, Centimes> {
  const known = c.caisses[nom]
  if (known) return known
  const entree = c.cumulsEntree?.caisses[nom]
  const opened: Record<string, Centimes> = {}
  if (entree) for (const k of Object.keys(entree)) opened[k] = euros(entree[k]!)
  c.caisses[nom] = opened
  return opened
}
/** Adds to a quantity of a fund and gives the new total. */
export function cumul(c: Contexte, nom: string, grandeur: string, montant: Centimes): Centimes {
  const k = caisse(c, nom)
  const total = add(k[grandeur] ?? ZERO, montant)
  k[grandeur] = total
  return total
}

/**
 * Régularisation progressive: what this month must bear so that, since January, the base contributed
 * is the cumulated pay within the cumulated ceilings. May be negative.
 */
export function plafonner(c: Contexte, nom: string, assiette: Centimes, plafond: Centimes): Centimes {
  const base = cumul(c, nom, 'assiette', assiette)
  const ceiling = cumul(c, nom, 'plafond', plafond)
  const before = caisse(c, nom).plafonnee ?? ZERO
  const due = subtract(min(base, ceiling), before)
  cumul(c, nom, 'plafonnee', due)
  return due
}
