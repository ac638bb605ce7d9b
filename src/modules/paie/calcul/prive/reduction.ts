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
  timesOne,
  UN,
  ZERO,
} from '#socle/argent.ts'
import { A, type Contexte, caisse, composants, cumul, tauxLocal } from '../moteur/contexte.ts'
import { type Bareme, coefficient, DIX_MILLE } from './coefficient.ts'
import { assureChomage, prive, retraiteDe } from './contrat.ts'
import type { TempsPrive } from './gains.ts'
import { reduirePatronal } from './patronal.ts'

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

const ZERO_COEF: Fraction = { num: 0n, den: 1n }
/** A declining reduction: its accumulators, its line, its formula. */
type Formule = {
  nom: string
  code: string
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

const taille = (c: Contexte): string => (c.s.employeur.effectif < c.p.entier('fnal.seuil') ? 'moins_50' : '50_et_plus')

/** The formula of the month: single declining reduction since 2026, general reduction before. */
function formule(c: Contexte): Formule {
  const seuil = c.p.fraction('rgdu.seuil')
  const nonDus = tauxNonDus(c)
  const depuis2026 = c.p.has('rgdu.tmin')
  const code = depuis2026 ? `rgdu.tdelta.${taille(c)}` : `rgcp.t.${taille(c)}`
  const plein = c.p.get(code)
  const tdelta = nonDus.parametres.length === 0 ? plein.fraction : minus(plein.fraction, nonDus.taux)
  const cle = nonDus.parametres.length === 0 ? plein.texte : formatFraction(tdelta, 6)
  if (depuis2026)
    return {
      ...GENERALE,
      bareme: { tmin: c.p.fraction('rgdu.tmin'), tdelta, seuil, puissance: c.p.fraction('rgdu.puissance') },
      cle,
      parametres: ['rgdu.tmin', code, 'rgdu.puissance', 'rgdu.seuil', 'rgdu.smic_horaire', ...nonDus.parametres],
      regle: 'rgdu.formule',
      libelle: 'Réduction générale dégressive unique',
      smicHoraire: c.p.fraction('rgdu.smic_horaire'),
    }
  return {
    ...GENERALE,
    bareme: { tmin: ZERO_COEF, tdelta, seuil, puissance: UN },
    cle,
    parametres: [code, 'rgdu.seuil', 'smic.horaire', ...nonDus.parametres],
    regle: 'rgcp.formule',
    libelle: 'Réduction générale de cotisations patronales',
    smicHoraire: c.p.fraction('smic.horaire'),
  }
}

/** Associations of home help: whole up to 1.2 SMIC, nothing from 1.6, on the pay of the hours at the homes of frail people. */
function aideADomicile(c: Contexte): Formule {
  const inflexion = c.p.fraction('bad.exoneration.inflexion')
  const code = `rgcp.t.${taille(c)}`
  const nonDus = tauxNonDus(c)
  const tdelta = minus(c.p.fraction(code), nonDus.taux)
  return {
    nom: 'exoneration_aide_a_domicile',
    code: 'EXO_AIDE_A_DOMICILE',
    bareme: { tmin: ZERO_COEF, tdelta, inflexion, seuil: c.p.fraction('bad.exoneration.sortie'), puissance: UN },
    cle: formatFraction(tdelta, 6),
    parametres: [code, 'bad.exoneration.inflexion', 'bad.exoneration.sortie', 'smic.horaire', ...nonDus.parametres],
    regle: 'bad.exoneration',
    libelle: 'Exonération aide à domicile',
    smicHoraire: c.p.fraction('smic.horaire'),
  }
}

const GENERALE = { nom: 'reduction', code: 'REDUCTION_GENERALE' }
const BASE = 'base '

/** The general reduction; for home help, its own exemption on its share of the hours, the general one on the rest. */
export function reductions(c: Contexte, assiette: Centimes, t: TempsPrive): void {
  const part = prive(c).exonerationAideADomicile
  const aide = part === undefined ? undefined : aideADomicile(c)
  const f = formule(c)
  const smic = smicDuMois(c, f.smicHoraire, t)
  if (part === undefined || aide === undefined) {
    deduire(c, f, assiette, smic)
    return
  }
  const fragile = timesOne(assiette, tauxLocal(part))
  const smicFragile = timesOne(smic, tauxLocal(part))
  deduire(c, aide, fragile, smicFragile)
  deduire(c, f, subtract(assiette, fragile), subtract(smic, smicFragile))
}

/**
 * Régularisation progressive: since January (or the entry), coefficient of the cumulated pay and SMIC; what was already
 * granted is taken off. When T changes inside a year, each coefficient bears on the pay of its own period.
 */
function deduire(c: Contexte, f: Formule, assiette: Centimes, smicMois: Centimes): void {
  if (c.seulement && !c.seulement.has(f.code)) return
  const smic = cumul(c, f.nom, 'smic', smicMois)
  const remuneration = cumul(c, f.nom, 'remuneration', assiette)
  cumul(c, f.nom, `${BASE}${f.cle}`, assiette)
  const k = caisse(c, f.nom)
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
      code: f.code,
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
