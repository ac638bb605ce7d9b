import {
  add,
  type Centimes,
  euros,
  type Fraction,
  formatEuros,
  formatFraction,
  fraction,
  fractionToCentimes,
  inEuros,
  min,
  multiply,
  negate,
  plus,
  ratio,
  times,
  timesOne,
  UN,
} from '#socle/argent.ts'
import { trentiemesPresence } from '../moteur/calendrier.ts'
import { A, ASSIETTES, type Contexte, gagner, tauxLocal } from '../moteur/contexte.ts'
import { enPourcent } from '../moteur/cotiser.ts'
import { primes } from '../moteur/traitement.ts'
import { type AbsencePrivee, absencesPrivees } from './absences.ts'
import { estTempsPartiel, heuresMensualisees, heuresPayees, prive } from './contrat.ts'

/** Working time of the month: what the SMIC of the reductions and the ceiling follow. */
export type TempsPrive = {
  present: Fraction
  /** Hours that the salary pays, absences taken off, overtime apart. */
  heures: Fraction
  heuresSupplementaires: Fraction
  heuresComplementaires: Fraction
  /** Hourly rate of the contract, exact. */
  horaire: Fraction
  absences: AbsencePrivee[]
}
export const NEANT: Fraction = { num: 0n, den: 1n }
const virgule = (text: string): string => text.replace('.', ',')

/** Presence and working time; an unpaid leave takes days off the ceiling, as an absence from the body does. */
export function lireTempsPrive(c: Contexte): TempsPrive {
  const s = c.s
  c.trentiemes = s.entree === undefined && s.sortie === undefined ? 30 : trentiemesPresence(c.mois, s.entree, s.sortie)
  const present = c.trentiemes === 30 ? UN : ratio(c.trentiemes, 30)
  if (estTempsPartiel(c)) c.prorataPlafond = ratio(s.minutesHebdo!, 2100)
  const absences = s.absences === undefined ? AUCUNE : absencesPrivees(c)
  let heures = heuresPayees(c)
  if (present !== UN && prive(c).heuresMois === undefined) heures = multiply(heures, present)
  for (const a of absences) {
    heures = plus(heures, multiply(heuresMensualisees(c), { num: -a.part.num, den: a.part.den }))
    if (a.suspend) c.trentiemes = Math.max(0, c.trentiemes - a.jours)
  }
  if (heures.num < 0n) heures = NEANT
  return { present, heures, heuresSupplementaires: NEANT, heuresComplementaires: NEANT, horaire: NEANT, absences }
}
const AUCUNE: AbsencePrivee[] = []

/** The pay of a full month of the contract, what gives it, and its hourly rate. */
type Salaire = { plein: Centimes; verse: Centimes; horaire: Fraction; ligne: Detail }
/** The words of the computation are built only when somebody asks. */
type Detail = { nombre?: string; taux?: string; regle: string; parametres: string[]; calcul: () => string }

const mensuel = (
  c: Contexte,
  plein: Centimes,
  t: TempsPrive,
  detail: Omit<Detail, 'calcul'>,
  origine: () => string,
): Salaire => {
  const verse = timesOne(plein, t.present)
  const h = heuresMensualisees(c)
  return {
    plein,
    verse,
    horaire: { num: plein * h.den, den: h.num * 100n },
    ligne: {
      ...detail,
      calcul: () =>
        `${origine()}${t.present === UN ? '' : ` × ${t.present.num}/${t.present.den}`} = ${formatEuros(verse)}`,
    },
  }
}

/** Salary of the contract: monthly, by the hour, by the coefficient of the branch, or a part of the SMIC. */
export function salaireContrat(c: Contexte, t: TempsPrive): Salaire {
  const p = prive(c)
  if (p.salaireMensuel !== undefined) {
    const plein = euros(p.salaireMensuel)
    return mensuel(
      c,
      plein,
      t,
      { regle: 'prive.salaire', parametres: [] },
      () => `${formatEuros(plein)} par mois au contrat`,
    )
  }
  if (p.coefficient !== undefined) {
    const point = c.p.get('bad.valeur_point')
    const f = multiply(multiply(point.fraction, ratio(p.coefficient, 1)), ratio(c.s.minutesHebdo ?? 2100, 2100))
    return mensuel(
      c,
      fractionToCentimes(f),
      t,
      { regle: 'bad.salaire', parametres: ['bad.valeur_point'] },
      () => `coefficient ${p.coefficient} × ${virgule(point.texte)} €`,
    )
  }
  const horaire = fraction(p.tauxHoraire ?? '0')
  // The hours of a month are printed with two decimals (151.67 h), and paid as printed.
  const heures = fraction(formatFraction(heuresPayees(c), 2))
  const plein = fractionToCentimes(multiply(horaire, heures))
  const present = p.heuresMois === undefined ? t.present : UN
  const verse = timesOne(plein, present)
  const texte = formatFraction(heures, 2)
  return {
    plein,
    verse,
    horaire,
    ligne: {
      nombre: texte,
      taux: p.tauxHoraire ?? '0',
      regle: 'prive.salaire',
      parametres: [],
      calcul: () =>
        `${virgule(texte)} h × ${virgule(p.tauxHoraire ?? '0')} €${present === UN ? '' : ` × ${present.num}/${present.den}`} = ${formatEuros(verse)}`,
    },
  }
}

/** A part of the SMIC of thirty-five hours, in proportion of the working time. */
export function salairePartDuSmic(
  c: Contexte,
  t: TempsPrive,
  part: Fraction,
  texte: string,
  parametre?: string,
): Salaire {
  const smic = c.p.centimes('smic.mensuel')
  const plein = times(smic, [part, ratio(c.s.minutesHebdo ?? 2100, 2100)])
  return mensuel(
    c,
    plein,
    t,
    { regle: 'apprenti.salaire', parametres: parametre === undefined ? ['smic.mensuel'] : ['smic.mensuel', parametre] },
    () => `${texte} du SMIC de ${formatEuros(smic)}`,
  )
}

function verserSalaire(c: Contexte, t: TempsPrive, s: Salaire): void {
  const { regle, parametres, calcul, ...ligne } = s.ligne
  t.horaire = s.horaire
  gagner(c, { code: 'SALAIRE', libelle: 'Salaire de base', ...ligne }, ASSIETTES.salaire, s.verse, () => ({
    regle,
    parametres,
    composants: [],
    calcul: calcul(),
  }))
  for (const a of t.absences) {
    const retenu = timesOne(s.plein, a.part)
    gagner(
      c,
      { code: `ABSENCE_${a.code}`, libelle: `Absence : ${a.libelle}`, nombre: a.nombre, base: inEuros(s.plein) },
      ASSIETTES.salaire,
      negate(min(retenu, s.verse)),
      () => ({
        regle: 'prive.absence',
        parametres: [],
        composants: [{ libelle: 'Salaire de base', montant: inEuros(s.plein), ligne: 'SALAIRE' }],
        calcul: `${formatEuros(s.plein)} × ${a.texte} = ${formatEuros(retenu)} retenus`,
      }),
    )
  }
  const maintien = prive(c).maintien
  if (maintien !== undefined)
    gagner(c, { code: 'MAINTIEN', libelle: 'Maintien de salaire' }, ASSIETTES.salaire, euros(maintien), () => ({
      regle: 'prive.maintien',
      parametres: [],
      composants: [],
      calcul: `${formatEuros(euros(maintien))} maintenus par l’employeur, indemnités journalières comprises`,
    }))
}

/** Overtime and complementary hours, each at the uplift of its entry or at that of the law. */
function heuresPrivees(c: Contexte, t: TempsPrive, s: Salaire): void {
  for (const [i, h] of (c.s.heures ?? []).entries()) {
    const sup = h.type === 'supplementaires'
    const parametre = sup ? 'hs.prive.8_premieres' : 'hs.prive.complementaires'
    const majoration = h.majoration === undefined ? c.p.fraction(parametre) : tauxLocal(h.majoration)
    const nombre = ratio(h.minutes, 60)
    const unitaire = multiply(s.horaire, plus(UN, majoration))
    const montant = fractionToCentimes(multiply(unitaire, nombre))
    if (sup) t.heuresSupplementaires = plus(t.heuresSupplementaires, nombre)
    else t.heuresComplementaires = plus(t.heuresComplementaires, nombre)
    const quoi = sup ? 'Heures supplémentaires' : 'Heures complémentaires'
    gagner(
      c,
      {
        code: `${sup ? 'HEURES_SUP' : 'HEURES_COMP'}_${i + 1}`,
        libelle: `${quoi} majorées de ${virgule(formatFraction(multiply(majoration, CENT), 2))} %`,
        nombre: formatFraction(nombre, 2),
        taux: formatFraction(unitaire, 4),
      },
      ASSIETTES.salaire | A.HEURES,
      montant,
      () => ({
        regle: 'prive.heures',
        parametres: h.majoration === undefined ? [parametre] : [],
        composants: [],
        calcul: `${virgule(formatFraction(s.horaire, 4))} € × ${virgule(formatFraction(plus(UN, majoration), 4))} × ${virgule(formatFraction(nombre, 2))} h = ${formatEuros(montant)}`,
      }),
    )
  }
}
const CENT: Fraction = { num: 100n, den: 1n }

/** Primes of the contract: monthly amounts follow the presence, the working time is already in them. */
export function primesPrivees(c: Contexte, t: TempsPrive): void {
  primes(c, { partiel: UN, nonComplet: UN, present: t.present, absences: [] })
}

/** End of a fixed-term contract: the indemnity, then the tenth in place of the holidays, which counts it. */
export function findeContrat(c: Contexte): void {
  const { finContrat, congesPayes } = prive(c)
  if (finContrat !== undefined) {
    const base = finContrat === true ? c.general : euros(finContrat)
    const code = 'FIN_CONTRAT'
    dixieme(c, code, 'Indemnité de fin de contrat', base, 'fin_contrat.indemnite', 'prive.fin_contrat')
  }
  if (congesPayes !== undefined) {
    const base = add(euros(congesPayes), euros(c.lignes.find((l) => l.code === 'FIN_CONTRAT')?.montant ?? '0'))
    const libelle = 'Indemnité compensatrice de congés payés'
    dixieme(c, 'CONGES_PAYES', libelle, base, 'conges_payes.dixieme', 'prive.conges_payes')
  }
}
function dixieme(c: Contexte, code: string, libelle: string, base: Centimes, parametre: string, regle: string): void {
  const taux = c.p.get(parametre)
  const montant = timesOne(base, taux.fraction)
  gagner(c, { code, libelle, base: inEuros(base), taux: taux.texte }, ASSIETTES.salaire, montant, () => ({
    regle,
    parametres: [parametre],
    composants: [],
    calcul: `${formatEuros(base)} × ${enPourcent(taux.fraction)} = ${formatEuros(montant)}`,
  }))
}

/** A full payslip of a salaried contract. */
export function gainsSalaries(c: Contexte, salaire: (c: Contexte, t: TempsPrive) => Salaire): TempsPrive {
  const t = lireTempsPrive(c)
  const s = salaire(c, t)
  verserSalaire(c, t, s)
  heuresPrivees(c, t, s)
  primesPrivees(c, t)
  findeContrat(c)
  return t
}
