import {
  type Centimes,
  compareFractions,
  euros,
  type Fraction,
  formatEuros,
  formatFraction,
  fraction,
  fractionToCentimes,
  inEuros,
  minus,
  multiply,
  plus,
  ratio,
  subtract,
  times,
  UN,
  ZERO,
} from '#socle/argent.ts'
import { A, type Contexte, caisse, composants, cumul } from '../moteur/contexte.ts'
import { assureChomage, prive, retraiteDe } from './contrat.ts'
import type { TempsPrive } from './gains.ts'
import { reduirePatronal } from './patronal.ts'

const DIX_MILLE = 10_000n

/**
 * Hours that the SMIC of the reductions counts: those paid, overtime and complementary hours included, not uplifted. During
 * an absence they follow the share of the pay that the employer keeps (CSS D. 241-7).
 */
export function heuresSmic(c: Contexte, t: TempsPrive): Fraction {
  let heures = t.heures
  if (t.heuresSupplementaires.num !== 0n) heures = plus(heures, t.heuresSupplementaires)
  if (t.heuresComplementaires.num !== 0n) heures = plus(heures, t.heuresComplementaires)
  const maintien = prive(c).maintien
  if (maintien !== undefined && t.horaire.num > 0n) {
    const garde = subtract(euros(maintien), c.ijBrutes)
    heures = plus(heures, { num: garde * t.horaire.den, den: 100n * t.horaire.num })
  }
  return heures.num < 0n ? ZERO_COEF : heures
}

const smicDuMois = (c: Contexte, horaire: Fraction, t: TempsPrive): Centimes =>
  fractionToCentimes(multiply(horaire, heuresSmic(c, t)))

/** What a coefficient is made of, in ten-thousandths: exact, whatever the exponent. */
export type Bareme = {
  tmin: Fraction
  tdelta: Fraction
  /** Pay, in SMIC, at which the reduction ends. */
  seuil: Fraction
  puissance: Fraction
}

const power = (x: bigint, n: number): bigint => {
  let r = 1n
  for (let i = 0; i < n; i++) r *= x
  return r
}

/**
 * Tmin + Tdelta × [1/(seuil − 1) × (seuil × SMIC / pay − 1)]^P, rounded to four decimals, at most Tmin + Tdelta, nothing from
 * `seuil` SMIC. The rounding is found by comparing powers of whole numbers: no root is ever taken, no decimal is lost.
 */
export function coefficient(b: Bareme, smic: Centimes, remuneration: Centimes): bigint {
  if (remuneration <= ZERO) return 0n
  const { seuil } = b
  // x = (seuil × smic − pay) / ((seuil − 1) × pay), all over the denominators of `seuil`.
  const haut = seuil.num * smic - seuil.den * remuneration
  if (haut <= 0n) return 0n
  const bas = (seuil.num - seuil.den) * remuneration
  const maximum = plus(b.tmin, b.tdelta)
  const plafond = (maximum.num * DIX_MILLE) / maximum.den
  if (haut >= bas) return plafond
  const p = multiply(b.puissance, UN)
  const num = Number(p.num)
  const den = Number(p.den)
  // (tdelta^den × x^num) as a ratio of whole numbers.
  const droite = power(b.tdelta.num, den) * power(haut, num)
  const gauche = power(b.tdelta.den, den) * power(bas, num)
  // The greatest n such that (n − 1/2)/10 000 ≤ coefficient.
  const atteint = (n: bigint): boolean => {
    const ecart = (2n * n - 1n) * b.tmin.den - b.tmin.num * 2n * DIX_MILLE
    if (ecart <= 0n) return true
    return power(ecart, den) * gauche <= droite * power(2n * DIX_MILLE * b.tmin.den, den)
  }
  let bon = 0n
  let trop = plafond + 1n
  while (trop - bon > 1n) {
    const milieu = (bon + trop) >> 1n
    if (atteint(milieu)) bon = milieu
    else trop = milieu
  }
  return bon
}

const ZERO_COEF: Fraction = { num: 0n, den: 1n }
type Formule = {
  bareme: Bareme
  cle: string
  parametres: string[]
  regle: string
  libelle: string
  smicHoraire: Fraction
}

/** T is the sum of the rates that the reduction covers: those that this employer does not owe come off it. */
function tauxNonDus(c: Contexte): { taux: Fraction; parametres: string[] } {
  const parametres: string[] = []
  if (retraiteDe(c) === 'ircantec') parametres.push('agirc_arrco.t1.employeur', 'ceg.t1.employeur')
  if (!assureChomage(c)) parametres.push('chomage.employeur')
  return { taux: parametres.map((p) => c.p.fraction(p)).reduce(plus, ZERO_COEF), parametres }
}

/** The formula of the month: single declining reduction since 2026, general reduction before. */
function formule(c: Contexte): Formule {
  const taille = c.s.employeur.effectif < c.p.entier('fnal.seuil') ? 'moins_50' : '50_et_plus'
  const seuil = c.p.fraction('rgdu.seuil')
  const nonDus = tauxNonDus(c)
  const depuis2026 = c.p.has('rgdu.tmin')
  const code = depuis2026 ? `rgdu.tdelta.${taille}` : `rgcp.t.${taille}`
  const plein = c.p.get(code)
  const tdelta = nonDus.parametres.length === 0 ? plein.fraction : minus(plein.fraction, nonDus.taux)
  const cle = nonDus.parametres.length === 0 ? plein.texte : formatFraction(tdelta, 6)
  if (depuis2026)
    return {
      bareme: { tmin: c.p.fraction('rgdu.tmin'), tdelta, seuil, puissance: c.p.fraction('rgdu.puissance') },
      cle,
      parametres: ['rgdu.tmin', code, 'rgdu.puissance', 'rgdu.seuil', 'rgdu.smic_horaire', ...nonDus.parametres],
      regle: 'rgdu.formule',
      libelle: 'Réduction générale dégressive unique',
      smicHoraire: c.p.fraction('rgdu.smic_horaire'),
    }
  return {
    bareme: { tmin: ZERO_COEF, tdelta, seuil, puissance: UN },
    cle,
    parametres: [code, 'rgdu.seuil', 'smic.horaire', ...nonDus.parametres],
    regle: 'rgcp.formule',
    libelle: 'Réduction générale de cotisations patronales',
    smicHoraire: c.p.fraction('smic.horaire'),
  }
}

const NOM = 'reduction'
const BASE = 'base '

/**
 * Régularisation progressive: since January (or the entry), coefficient of the cumulated pay and SMIC; what was already
 * granted is taken off. When T changes inside a year, each coefficient bears on the pay of its own period.
 */
export function reductionGenerale(c: Contexte, assiette: Centimes, t: TempsPrive): void {
  if (c.seulement && !c.seulement.has('REDUCTION_GENERALE')) return
  const f = formule(c)
  const smic = cumul(c, NOM, 'smic', smicDuMois(c, f.smicHoraire, t))
  const remuneration = cumul(c, NOM, 'remuneration', assiette)
  cumul(c, NOM, `${BASE}${f.cle}`, assiette)
  const k = caisse(c, NOM)
  const coef = coefficient(f.bareme, smic, remuneration)
  let total: bigint = 0n
  for (const grandeur of Object.keys(k)) {
    if (!grandeur.startsWith(BASE)) continue
    const base = k[grandeur]!
    total += base * (grandeur === `${BASE}${f.cle}` ? coef : coefficientDe(f, grandeur, smic, remuneration))
  }
  const due = times(total as Centimes, [ratio(1, DIX_MILLE)])
  const avant = k.accordee ?? ZERO
  const montant = subtract(due, avant)
  k.accordee = due
  reduirePatronal(
    c,
    {
      code: 'REDUCTION_GENERALE',
      libelle: f.libelle,
      base: inEuros(remuneration),
      tauxPatronal: formatFraction(ratio(coef, DIX_MILLE), 4),
    },
    montant,
    () => ({
      regle: f.regle,
      parametres: f.parametres,
      composants: composants(c, A.GENERAL),
      calcul: `coefficient ${formatFraction(ratio(coef, DIX_MILLE), 4).replace('.', ',')} pour ${formatEuros(remuneration)} de rémunération et ${formatEuros(smic)} de SMIC depuis janvier : ${formatEuros(due)}${avant === ZERO ? '' : `, dont ${formatEuros(avant)} déjà déduits`}`,
    }),
  )
}
/** The coefficient of an earlier period of the year: same pay, same SMIC, the T that its accumulator names. */
function coefficientDe(f: Formule, grandeur: string, smic: Centimes, remuneration: Centimes): bigint {
  const tdelta = fraction(grandeur.slice(BASE.length))
  return coefficient({ ...f.bareme, tdelta }, smic, remuneration)
}

/**
 * Until the end of 2025 the employers of the general reduction had reduced rates under a number of SMIC, judged on the
 * year: above it, a complement bears on the whole pay since January, and is given back if the pay falls under it.
 */
export function complement(
  c: Contexte,
  nom: 'maladie' | 'famille',
  assiette: Centimes,
  t: TempsPrive,
): Centimes | undefined {
  const seuil = c.p.fraction(`taux_reduits.${nom}.seuil`)
  if (seuil.num === 0n) return undefined
  const compte = `taux_reduits_${nom}`
  const smic = cumul(c, compte, 'smic', smicDuMois(c, c.p.fraction('taux_reduits.smic_horaire'), t))
  const remuneration = cumul(c, compte, 'remuneration', assiette)
  const k = caisse(c, compte)
  const depasse = compareFractions({ num: remuneration, den: 1n }, { num: smic * seuil.num, den: seuil.den }) > 0
  const due = depasse ? remuneration : ZERO
  const montant = subtract(due, k.complement ?? ZERO)
  k.complement = due
  return montant
}
