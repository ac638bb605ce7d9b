import {
  type Centimes,
  euros,
  type Fraction,
  formatEuros,
  formatFraction,
  fractionToCentimes,
  inEuros,
  max,
  min,
  multiply,
  negate,
  ratio,
  subtract,
  sum,
  times,
  timesOne,
  UN,
  ZERO,
} from '#socle/argent.ts'
import type { Prime } from '../situation.ts'
import { type RetenueAbsence, retenuesAbsence } from './absences.ts'
import { trentiemesPresence } from './calendrier.ts'
import { A, ASSIETTES, type Contexte, type Gain, gagner, type Trace, tauxLocal } from './contexte.ts'
import { enPourcent } from './cotiser.ts'

const DOUZE = 12n
const PLEINE_MINUTES = 2100

/** Part of the pay of a temps partiel: six sevenths for 80 %, thirty-two thirty-fifths for 90 %, otherwise the quotité. */
function fractionTempsPartiel(c: Contexte): Fraction {
  const q = c.s.quotite
  if (q === undefined) return UN
  const f = tauxLocal(q)
  if (f.num === f.den) return UN
  const percent = (f.num * 100n) / f.den
  if (percent * f.den === f.num * 100n && c.p.has(`temps_partiel.${percent}`))
    return c.p.fraction(`temps_partiel.${percent}`)
  return f
}
const fractionTempsNonComplet = (c: Contexte): Fraction => {
  const m = c.s.minutesHebdo
  const complet = c.s.minutesHebdoComplet ?? PLEINE_MINUTES
  return m === undefined || m >= complet ? UN : ratio(m, complet)
}

/** Working time, presence and absences of the month: what every gain depends on. */
export type Temps = { partiel: Fraction; nonComplet: Fraction; present: Fraction; absences: RetenueAbsence[] }

export function lireTemps(c: Contexte): Temps {
  c.trentiemes =
    c.s.entree === undefined && c.s.sortie === undefined ? 30 : trentiemesPresence(c.mois, c.s.entree, c.s.sortie)
  const partiel = fractionTempsPartiel(c)
  const nonComplet = fractionTempsNonComplet(c)
  c.prorata = partiel === UN ? nonComplet : nonComplet === UN ? partiel : multiply(partiel, nonComplet)
  // The ceiling follows the working time itself, not the fraction of pay: 80 %, not six sevenths.
  const q = c.s.quotite === undefined ? UN : tauxLocal(c.s.quotite)
  c.prorataPlafond = q === UN ? nonComplet : multiply(q, nonComplet)
  return {
    partiel,
    nonComplet,
    present: c.trentiemes === 30 ? UN : ratio(c.trentiemes, 30),
    absences: retenuesAbsence(c, partiel),
  }
}

/** Monthly euros of an index, exact. */
export const traitementIndiciaire = (c: Contexte, im: number): Fraction => {
  const point = c.p.fraction('point_indice.annuel')
  return { num: BigInt(im) * point.num, den: point.den * DOUZE }
}

type Sensibilite = 'traitement' | 'residence' | 'familial' | 'primes' | 'suspendues' | 'maintenues' | 'aucune'

const texteProrata = (c: Contexte): string => {
  const morceaux: string[] = []
  if (c.prorata !== UN) morceaux.push(`× ${c.prorata.num}/${c.prorata.den}`)
  if (c.trentiemes !== 30) morceaux.push(`× ${c.trentiemes}/30`)
  return morceaux.length > 0 ? ` ${morceaux.join(' ')}` : ''
}

/** A gain of a full month, then one negative line for each absence that touches it. */
export function element(
  c: Contexte,
  t: Temps,
  gain: Gain,
  masque: number,
  plein: Centimes,
  verse: Centimes,
  sensibilite: Sensibilite,
  trace?: () => Trace,
): void {
  gagner(c, gain, masque, verse, trace)
  if (sensibilite === 'aucune') return
  for (const a of t.absences) {
    const part = a[sensibilite]
    if (part.num === 0n) continue
    const retenu = times(plein, [a.nombre, part, { num: 1n, den: 30n }])
    const nombre = formatFraction(a.nombre, 2)
    gagner(
      c,
      { code: `${a.code}_${gain.code}`, libelle: `${a.libelle} : ${gain.libelle}`, nombre, base: inEuros(plein) },
      masque,
      negate(retenu),
      () => ({
        regle: a.regle,
        parametres: [],
        composants: [{ libelle: gain.libelle, montant: inEuros(plein), ligne: gain.code }],
        calcul: `${formatEuros(plein)} ÷ 30 × ${nombre} j${part.num === part.den ? '' : ` × ${enPourcent(part)}`} = ${retenu < ZERO ? `${formatEuros(negate(retenu))} rendus` : `${formatEuros(retenu)} retenus`}`,
      }),
    )
  }
}

/** The index that is paid: never under the minimum of the public service. */
function indicePaye(c: Contexte): number | undefined {
  const im = c.s.im
  return im === undefined ? undefined : Math.max(im, c.p.entier('im_minimum'))
}

/** Exact monthly traitement at full time. */
export function traitementPlein(c: Contexte): Fraction {
  const im = indicePaye(c)
  if (im !== undefined) return traitementIndiciaire(c, im)
  const forfait = euros(c.s.traitementForfaitaire ?? '0')
  return { num: forfait, den: 100n }
}

const verseDe = (c: Contexte, t: Temps, f: Fraction): Centimes => {
  let num = f.num * c.prorata.num
  let den = f.den * c.prorata.den
  if (t.present !== UN) {
    num *= t.present.num
    den *= t.present.den
  }
  return fractionToCentimes({ num, den })
}
const pleinDe = (c: Contexte, f: Fraction): Centimes =>
  fractionToCentimes({ num: f.num * c.prorata.num, den: f.den * c.prorata.den })

/** Traitement, NBI, CTI, indemnité différentielle: what follows the index and the absences alike. */
export function traitement(c: Contexte, t: Temps, masque: number = ASSIETTES.traitement): void {
  const f = traitementPlein(c)
  const im = indicePaye(c)
  const verse = verseDe(c, t, f)
  element(
    c,
    t,
    { code: 'TIB', libelle: im === undefined ? 'Traitement' : 'Traitement indiciaire' },
    masque,
    pleinDe(c, f),
    verse,
    'traitement',
    () => ({
      regle: 'traitement.calcul',
      parametres: im === undefined ? [] : ['point_indice.annuel', 'im_minimum'],
      composants: [],
      calcul:
        im === undefined
          ? `${formatEuros(fractionToCentimes(f))} par mois${texteProrata(c)} = ${formatEuros(verse)}`
          : `indice majoré ${im} × ${c.p.get('point_indice.annuel').texte.replace('.', ',')} € ÷ 12${texteProrata(c)} = ${formatEuros(verse)}`,
    }),
  )
  points(c, t, 'NBI', 'Nouvelle bonification indiciaire', c.s.nbi ?? 0, 'nbi', [])
  if (c.s.cti)
    points(c, t, 'CTI', 'Complément de traitement indiciaire', c.p.entier('cti.points'), 'cti', ['cti.points'])
  differentielle(c, t, f)
}

function points(
  c: Contexte,
  t: Temps,
  code: string,
  libelle: string,
  n: number,
  regle: string,
  parametres: string[],
): void {
  if (n <= 0) return
  const f = traitementIndiciaire(c, n)
  const verse = verseDe(c, t, f)
  element(c, t, { code, libelle, nombre: String(n) }, ASSIETTES.pension, pleinDe(c, f), verse, 'traitement', () => ({
    regle,
    parametres: ['point_indice.annuel', ...parametres],
    composants: [],
    calcul: `${n} points × ${c.p.get('point_indice.annuel').texte.replace('.', ',')} € ÷ 12${texteProrata(c)} = ${formatEuros(verse)}`,
  }))
}

/** The gross traitement is brought up to the SMIC; NBI, IR, SFT and primes are not compared. */
function differentielle(c: Contexte, t: Temps, f: Fraction): void {
  if (c.seulement) return
  const plein = fractionToCentimes(f)
  const nature = sum((c.s.primes ?? []).filter((p) => p.nature === 'avantageNature').map((p) => euros(p.montant)))
  const smic = c.p.centimes('smic.mensuel')
  const ecart = subtract(subtract(smic, plein), nature)
  if (ecart <= ZERO) return
  const e: Fraction = { num: ecart, den: 100n }
  const verse = verseDe(c, t, e)
  element(
    c,
    t,
    { code: 'IND_DIFF', libelle: 'Indemnité différentielle' },
    ASSIETTES.accessoire,
    pleinDe(c, e),
    verse,
    'traitement',
    () => ({
      regle: 'indemnite_differentielle',
      parametres: ['smic.mensuel'],
      composants: [
        { libelle: 'SMIC mensuel brut', montant: inEuros(smic) },
        { libelle: 'Traitement à temps plein', montant: inEuros(negate(plein)) },
      ],
      calcul: `${formatEuros(smic)} − ${formatEuros(plein)}${nature > ZERO ? ` − ${formatEuros(nature)} d’avantages en nature` : ''}${texteProrata(c)} = ${formatEuros(verse)}`,
    }),
  )
}

/** Indemnité de résidence: on the traitement, never under that of the floor index. */
export function residence(c: Contexte, t: Temps): void {
  const zone = c.s.employeur.zoneIr ?? 3
  const taux = c.p.get(`ir.taux.zone${zone}`)
  if (taux.fraction.num === 0n) return
  const f = traitementPlein(c)
  const plancher = traitementIndiciaire(c, c.p.entier('ir.plancher_im'))
  const assiette = f.num * plancher.den >= plancher.num * f.den ? f : plancher
  const ir: Fraction = { num: assiette.num * taux.fraction.num, den: assiette.den * taux.fraction.den }
  const verse = verseDe(c, t, ir)
  element(
    c,
    t,
    { code: 'IR', libelle: 'Indemnité de résidence', base: inEuros(fractionToCentimes(assiette)), taux: taux.texte },
    ASSIETTES.accessoire,
    pleinDe(c, ir),
    verse,
    'residence',
    () => ({
      regle: 'ir',
      parametres: [`ir.taux.zone${zone}`, 'ir.plancher_im', 'point_indice.annuel'],
      composants: [{ libelle: 'Traitement à temps plein', montant: inEuros(fractionToCentimes(f)) }],
      calcul: `${formatEuros(fractionToCentimes(assiette))} × ${taux.texte}${texteProrata(c)} = ${formatEuros(verse)}`,
    }),
  )
}

/** Monthly SFT at full time, exact, for a traitement. */
function sftPlein(c: Contexte, enfants: number, im: number): Fraction {
  const n = Math.min(enfants, 3)
  let fixe = c.p.fraction(`sft.fixe.${n}`)
  let taux = c.p.fraction(`sft.proportionnel.${n}`)
  const suivants = BigInt(Math.max(0, enfants - 3))
  if (suivants > 0n) {
    const fs = c.p.fraction('sft.fixe.suivants')
    const ts = c.p.fraction('sft.proportionnel.suivants')
    fixe = { num: fixe.num * fs.den + suivants * fs.num * fixe.den, den: fixe.den * fs.den }
    taux = { num: taux.num * ts.den + suivants * ts.num * taux.den, den: taux.den * ts.den }
  }
  const trait = traitementIndiciaire(c, im)
  return {
    num: fixe.num * trait.den * taux.den + trait.num * taux.num * fixe.den,
    den: fixe.den * trait.den * taux.den,
  }
}

/** Monthly SFT: bounds of the index, temps partiel never under the full-time minimum, temps non complet in proportion. */
export function montantSft(
  c: Contexte,
  enfants: number,
  im: number | undefined,
  partiel: Fraction,
  nonComplet: Fraction,
): Centimes {
  if (enfants <= 0) return ZERO
  const plancher = c.p.entier('sft.im_plancher')
  const plafond = c.p.entier('sft.im_plafond')
  const retenu = im === undefined ? plancher : Math.min(Math.max(im, plancher), plafond)
  const whole = sftPlein(c, enfants, retenu)
  if (enfants === 1) return times(fractionToCentimes(whole), [nonComplet])
  if (partiel.num === partiel.den)
    return fractionToCentimes({ num: whole.num * nonComplet.num, den: whole.den * nonComplet.den })
  const reduit = fractionToCentimes({ num: whole.num * partiel.num, den: whole.den * partiel.den })
  return times(max(reduit, fractionToCentimes(sftPlein(c, enfants, plancher))), [nonComplet])
}

export function supplementFamilial(c: Contexte, t: Temps): void {
  const n = c.s.enfants ?? 0
  if (n === 0 || c.s.sftConjoint) return
  const im = c.s.im === undefined ? undefined : c.s.im + (c.s.nbi ?? 0)
  const plein = montantSft(c, n, im, t.partiel, t.nonComplet)
  const verse = timesOne(plein, t.present)
  element(
    c,
    t,
    { code: 'SFT', libelle: 'Supplément familial de traitement', nombre: String(n) },
    ASSIETTES.sft,
    plein,
    verse,
    'familial',
    () => {
      const k = Math.min(n, 3)
      return {
        regle: t.partiel === UN ? 'sft.calcul' : 'sft.temps_partiel',
        parametres: [
          `sft.fixe.${k}`,
          `sft.proportionnel.${k}`,
          ...(n > 3 ? ['sft.fixe.suivants', 'sft.proportionnel.suivants'] : []),
          'sft.im_plancher',
          'sft.im_plafond',
          'point_indice.annuel',
        ],
        composants: [],
        calcul: `${n} enfant${n > 1 ? 's' : ''} : élément fixe et élément proportionnel sur le traitement de l’indice ${im ?? c.p.entier('sft.im_plancher')}, borné entre ${c.p.entier('sft.im_plancher')} et ${c.p.entier('sft.im_plafond')} = ${formatEuros(verse)}`,
      }
    },
  )
}

const MASQUES: Record<NonNullable<Prime['nature']>, number> = {
  prime: ASSIETTES.prime,
  horsTransfert: ASSIETTES.accessoire,
  pension: ASSIETTES.pension,
  avantageNature: ASSIETTES.accessoire,
  gipa: ASSIETTES.gipa,
  frais: 0,
  nonSoumise: A.BRUT,
}
const LIBELLES: Record<string, string> = {
  IFSE: 'Indemnité de fonctions, de sujétions et d’expertise',
  CIA: 'Complément indemnitaire annuel',
  GIPA: 'Garantie individuelle du pouvoir d’achat',
  PRIME_ANNUELLE: 'Prime annuelle',
}

const EN_MALADIE = { suit: 'primes', suspendue: 'suspendues', maintenue: 'maintenues' } as const

export function primes(c: Contexte, t: Temps): void {
  for (const p of c.s.primes ?? []) {
    const nature = p.nature ?? 'prime'
    const libelle = p.libelle ?? LIBELLES[p.code] ?? p.code
    const montant = euros(p.montant)
    const proratise = p.proratise ?? (nature === 'prime' || nature === 'horsTransfert' || nature === 'pension')
    if (nature === 'frais') {
      c.frais = (c.frais + montant) as Centimes
      c.lignes.push({
        code: p.code,
        libelle,
        groupe: 'frais',
        montant: inEuros(montant),
        ...(c.tracer && {
          trace: {
            regle: 'frais',
            parametres: [],
            composants: [],
            calcul: 'Remboursement de frais, sans cotisation ni impôt.',
          },
        }),
      })
      continue
    }
    const f: Fraction = { num: montant, den: 100n }
    const plein = proratise ? pleinDe(c, f) : montant
    const verse = proratise ? verseDe(c, t, f) : montant
    const maladie: Sensibilite = proratise ? EN_MALADIE[p.maladie ?? 'suit'] : 'aucune'
    if (nature === 'avantageNature') c.nature = (c.nature + verse) as Centimes
    element(c, t, { code: p.code, libelle }, MASQUES[nature], plein, verse, maladie, () => ({
      regle:
        nature === 'gipa'
          ? 'gipa'
          : nature === 'avantageNature'
            ? 'avantage_nature'
            : nature === 'nonSoumise'
              ? 'non_soumise'
              : 'primes',
      parametres: [],
      composants: [],
      calcul: proratise
        ? `${formatEuros(montant)} par mois à temps plein${texteProrata(c)} = ${formatEuros(verse)}`
        : `${formatEuros(montant)}, montant de la décision`,
    }))
  }
}

/** Transfert primes/points: a twelfth of the yearly abatement, within the primes paid. */
export function transfertPrimesPoints(c: Contexte, t: Temps): void {
  if (c.s.transfertPrimesPoints === false || c.transfert <= ZERO || c.s.categorie === undefined) return
  const code = `tpp.plafond.${c.s.categorie.toLowerCase()}`
  const annuel = c.p.fraction(code)
  const mensuel = verseDe(c, t, { num: annuel.num, den: annuel.den * DOUZE })
  const montant = min(mensuel, c.transfert)
  gagner(
    c,
    { code: 'TRANSFERT_PRIMES_POINTS', libelle: 'Transfert primes/points' },
    ASSIETTES.accessoire,
    negate(montant),
    () => ({
      regle: 'tpp',
      parametres: [code],
      composants: c.gains
        .filter((g) => g.masque & A.TRANSFERT)
        .map((g) => ({ libelle: g.libelle, montant: inEuros(g.montant), ligne: g.code })),
      calcul: `${c.p.get(code).texte} € ÷ 12${texteProrata(c)}, dans la limite des primes = ${formatEuros(montant)} retenus`,
    }),
  )
}

/** Indemnité compensatrice de la hausse de la CSG: frozen amount, or the rate of the recruits since 2018. */
export function compensatriceCsg(c: Contexte, t: Temps): void {
  const i = c.s.indemniteCompensatriceCsg
  if (i === undefined) return
  const taux = i === true ? c.p.get('indemnite_compensatrice_csg') : undefined
  const montant = i === true ? timesOne(c.brut, taux!.fraction) : timesOne(euros(i), t.present)
  gagner(
    c,
    {
      code: 'IND_COMP_CSG',
      libelle: 'Indemnité compensatrice de la CSG',
      ...(taux && { base: inEuros(c.brut), taux: taux.texte }),
    },
    ASSIETTES.accessoire,
    montant,
    () => ({
      regle: 'indemnite_compensatrice_csg',
      parametres: taux ? ['indemnite_compensatrice_csg'] : [],
      composants: [],
      calcul: taux
        ? `rémunération brute × ${taux.texte} = ${formatEuros(montant)}`
        : `${formatEuros(montant)}, montant individuel figé`,
    }),
  )
}
