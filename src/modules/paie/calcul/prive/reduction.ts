import {
  type Centimes,
  compareFractions,
  type Fraction,
  formatEuros,
  formatFraction,
  fraction,
  fractionToCentimes,
  inEuros,
  multiply,
  plus,
  ratio,
  subtract,
  times,
  UN,
  ZERO,
} from '#socle/argent.ts'
import { A, type Contexte, caisse, composants, cumul } from '../moteur/contexte.ts'
import type { TempsPrive } from './gains.ts'
import { reduirePatronal } from './patronal.ts'

const DIX_MILLE = 10_000n

/** Hours that the SMIC of the reductions counts: those paid, overtime and complementary hours included, not uplifted. */
export const heuresSmic = (t: TempsPrive): Fraction =>
  t.heuresSupplementaires.num === 0n && t.heuresComplementaires.num === 0n
    ? t.heures
    : plus(t.heures, plus(t.heuresSupplementaires, t.heuresComplementaires))

export const smicDuMois = (horaire: Fraction, t: TempsPrive): Centimes =>
  fractionToCentimes(multiply(horaire, heuresSmic(t)))

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

/** The formula of the month: single declining reduction since 2026, general reduction before. */
function formule(c: Contexte): Formule {
  const taille = c.s.employeur.effectif < c.p.entier('fnal.seuil') ? 'moins_50' : '50_et_plus'
  const seuil = c.p.fraction('rgdu.seuil')
  if (c.p.has('rgdu.tmin')) {
    const delta = c.p.get(`rgdu.tdelta.${taille}`)
    return {
      bareme: {
        tmin: c.p.fraction('rgdu.tmin'),
        tdelta: delta.fraction,
        seuil,
        puissance: c.p.fraction('rgdu.puissance'),
      },
      cle: `rgdu ${delta.texte}`,
      parametres: ['rgdu.tmin', `rgdu.tdelta.${taille}`, 'rgdu.puissance', 'rgdu.seuil', 'rgdu.smic_horaire'],
      regle: 'rgdu.formule',
      libelle: 'Réduction générale dégressive unique',
      smicHoraire: c.p.fraction('rgdu.smic_horaire'),
    }
  }
  const t = c.p.get(`rgcp.t.${taille}`)
  return {
    bareme: { tmin: ZERO_COEF, tdelta: t.fraction, seuil, puissance: UN },
    cle: `rgcp ${t.texte}`,
    parametres: [`rgcp.t.${taille}`, 'rgdu.seuil', 'smic.horaire'],
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
  const smic = cumul(c, NOM, 'smic', smicDuMois(f.smicHoraire, t))
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
  const tdelta = fraction(grandeur.slice(grandeur.lastIndexOf(' ') + 1))
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
  const smic = cumul(c, compte, 'smic', smicDuMois(c.p.fraction('taux_reduits.smic_horaire'), t))
  const remuneration = cumul(c, compte, 'remuneration', assiette)
  const k = caisse(c, compte)
  const depasse = compareFractions({ num: remuneration, den: 1n }, { num: smic * seuil.num, den: seuil.den }) > 0
  const due = depasse ? remuneration : ZERO
  const montant = subtract(due, k.complement ?? ZERO)
  k.complement = due
  return montant
}
