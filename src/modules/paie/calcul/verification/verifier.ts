import { euros, formatFraction, fraction, inEuros, multiply, ratio, times } from '#socle/argent.ts'
import type { Mois } from '#socle/dates.ts'
import type { Bulletin, Cumuls, Ligne } from '../bulletin.ts'
import { computeBulletin, computeLignes } from '../calculer.ts'
import { newContexte } from '../moteur/contexte.ts'
import { tauxNeutre } from '../moteur/nets.ts'
import { montantSft } from '../moteur/traitement.ts'
import type { JeuParametres } from '../parametres/jeu.ts'
import { ParametreManquant } from '../parametres/jeu.ts'
import { estAssujetti, frfe } from '../populations/elu.ts'
import { estCasPrive } from '../prive/cas.ts'
import { comparerValeurs, ligneNommee, verifierPrive } from '../prive/verifier.ts'
import type { Situation } from '../situation.ts'
import { type Cas, Comparaison, lireCas, nombre, type Verdict } from './cas.ts'
import { LIGNES_ISOLEES } from './isolees.ts'
import { verifierRappel } from './rappel.ts'
import { enEuros, moisDe, situationDe } from './traduire.ts'

type Attendu = Record<string, unknown>
const liste = (x: unknown): Attendu[] => (Array.isArray(x) ? (x as Attendu[]) : [])

/** Expected keys of totals → those of the payslip. */
const TOTAUX: Record<string, keyof Bulletin['totaux']> = {
  brut: 'brut',
  cotisations_agent: 'cotisationsAgent',
  csg_deductible: 'csgDeductible',
  csg_non_deductible: 'csgNonDeductible',
  crds: 'crds',
  net_avant_impot: 'netAvantImpot',
  montant_net_social: 'montantNetSocial',
  net_imposable: 'netImposable',
  base_pas: 'basePas',
  net_a_payer: 'netAPayer',
  cotisations_employeur: 'cotisationsEmployeur',
}

const pourcent = (taux: string): number => Number(formatFraction(multiply(fraction(taux), ratio(100, 1)), 6))

/** Lines, then totals, of one month. Lines that the case does not know are differences too. */
function comparerMois(
  k: Comparaison,
  lieu: string,
  attendu: Attendu,
  b: Bulletin,
  s: Situation,
  jeu: JeuParametres,
): void {
  const restants = new Map(b.lignes.filter((l) => l.groupe !== 'impot').map((l) => [l.code, l]))
  const vues = new Set<string>()
  for (const [cote, cle] of [
    ['gains', 'montant'],
    ['agent', 'montant'],
    ['employeur', 'montantPatronal'],
  ] as const)
    for (const a of liste(attendu[cote])) {
      const code = String(a.code)
      const employeur = code.endsWith('_EMP')
      const nom = employeur ? code.slice(0, -4) : code
      const ligne = ligneNommee(restants, nom) ?? heuresDuMoment(b.lignes, nom, vues)
      const quoi = `${lieu}${code}`
      const exoneration = ligne?.groupe === 'exoneration'
      const montant = employeur
        ? ligne?.montantPatronal
        : (ligne?.montant ?? (cle === 'montantPatronal' ? ligne?.montantPatronal : undefined))
      k.montant(quoi, a.montant, montant)
      if (ligne && a.base !== undefined && !exoneration)
        k.montant(`${quoi} (base)`, a.base, employeur ? (ligne.basePatronale ?? ligne.base) : ligne.base)
      const taux = employeur ? ligne?.tauxPatronal : ligne?.taux
      if (ligne && a.taux !== undefined && taux !== undefined && nombre(a.montant) !== 0)
        k.montant(`${quoi} (taux en %)`, Number(((nombre(a.taux) ?? 0) * 100).toFixed(6)), pourcent(taux))
      vues.add(`${ligne?.code ?? nom}${employeur ? '_EMP' : ''}`)
    }
  if (attendu.gains !== undefined)
    for (const l of b.lignes) {
      if (
        l.montant !== undefined &&
        ['remuneration', 'csg', 'retraite', 'sante', 'autres', 'exoneration'].includes(l.groupe) &&
        !vues.has(l.code)
      )
        k.montant(`${lieu}${l.code} (non attendue)`, 0, l.montant)
      if (
        l.montantPatronal !== undefined &&
        attendu.employeur !== undefined &&
        !vues.has(`${l.code}_EMP`) &&
        !vues.has(l.code)
      )
        k.montant(`${lieu}${l.code}_EMP (non attendue)`, 0, l.montantPatronal)
    }
  for (const [cle, v] of Object.entries((attendu.totaux ?? {}) as Attendu)) {
    const quoi = `${lieu}totaux.${cle}`
    if (cle === 'pas' && typeof v === 'object' && v !== null) {
      const p = v as Attendu
      k.montant(`${quoi}.base`, p.base, b.totaux.basePas)
      k.montant(`${quoi}.taux_pct`, p.taux_pct, pourcent(b.totaux.tauxPas))
      k.montant(`${quoi}.montant`, p.montant, b.totaux.pas)
    } else if (cle === 'pas') k.montant(quoi, v, b.totaux.pas)
    else if (TOTAUX[cle]) k.montant(quoi, v, b.totaux[TOTAUX[cle]])
    else if (s.statut === 'elu') k.montant(quoi, v, totalElu(cle, b, s, jeu) as string)
    else {
      const extra = totalParticulier(cle, b, s, jeu)
      if (extra === undefined) k.remarques.push(`total non comparé : ${cle}`)
      else k.montant(quoi, v, extra)
    }
  }
}

/** Overtime lines are named by the officers in several ways: « IHTS_NUIT » is our « IHTS_14_NUIT » when it is alone. */
function heuresDuMoment(lignes: readonly Ligne[], nom: string, vues: ReadonlySet<string>): Ligne | undefined {
  const moment = /^IHTS_.*(NUIT|DIM|FERIE)/.exec(nom)?.[1]
  if (!moment) return undefined
  const suffixe = moment === 'NUIT' ? '_NUIT' : '_DIMANCHE'
  const found = lignes.filter((l) => l.code.startsWith('IHTS_') && l.code.endsWith(suffixe) && !vues.has(l.code))
  return found.length === 1 ? found[0] : undefined
}

function totalElu(cle: string, b: Bulletin, s: Situation, jeu: JeuParametres): string | boolean | undefined {
  const c = newContexte(b.mois, s, jeu, undefined, false)
  c.general = euros(b.totaux.brut)
  if (cle === 'seuil_mensuel')
    return inEuros(times(c.p.centimes('pss.annuel'), [c.p.fraction('elu.seuil'), ratio(1, 12)]))
  if (cle === 'assujetti_cotisations_ss') return estAssujetti(c)
  if (cle === 'frfe') return inEuros(frfe(c).montant)
  return undefined
}

/** Figures that a population alone prints. */
function totalParticulier(cle: string, b: Bulletin, s: Situation, jeu: JeuParametres): string | undefined {
  const ligne = (code: string) => b.lignes.find((l) => l.code === code)
  if (cle === 'assiette_salariale') return ligne('VIEIL_PLAF')?.base
  if (cle === 'seuil_exoneration' && s.prive?.conclusion !== undefined) {
    const taux = jeu.au(s.prive.conclusion).fraction('apprenti.exo_salariale')
    return inEuros(times(jeu.pour(b.mois).centimes('smic.mensuel'), [taux]))
  }
  return undefined
}

function bulletinOuEcart(
  k: Comparaison,
  lieu: string,
  situation: Situation,
  mois: Mois,
  jeu: JeuParametres,
  cumuls?: Cumuls,
) {
  const r = computeBulletin({ mois, situation, cumuls, parametres: jeu })
  if (!r.bulletin)
    k.ecarts.push({ lieu: `${lieu}bulletin`, attendu: 'calculé', calcule: r.anomalies.map((a) => a.message).join(' ') })
  return r
}

/** Several months in a row, accumulators carried: whole payslips, or the figures of the ceiling. */
function verifierMois(cas: Cas, k: Comparaison, jeu: JeuParametres): void {
  let cumuls: Cumuls | undefined
  const bruts = Array.isArray(cas.inputs.brut) ? (cas.inputs.brut as unknown[]) : undefined
  const mois = moisDe(cas.period)
  for (const attendu of liste(cas.expected.months)) {
    const m = String(attendu.period) as Mois
    const brut = bruts?.[mois.indexOf(m)]
    const { situation, incomprises } = situationDe(
      cas,
      m,
      bruts ? { brut: undefined, base: brut, regularisation: undefined } : {},
    )
    noter(k, bruts ? incomprises.filter((x) => x !== 'brut') : incomprises)
    const r = bulletinOuEcart(k, `${m} `, situation, m, jeu, cumuls)
    cumuls = r.cumuls
    if (!r.bulletin) continue
    if (estCasPrive(cas)) comparerValeurs(k, `${m} `, attendu, r.bulletin)
    if (bruts && !estCasPrive(cas)) comparerPlafond(k, m, attendu, r.bulletin, r.cumuls!, jeu)
    else comparerMois(k, `${m} `, attendu, r.bulletin, situation, jeu)
  }
  const annee = cas.expected.annee as Attendu | undefined
  if (annee) {
    k.montant('annee.tranche_A', annee.tranche_A, cumuls?.caisses.ircantec?.plafonnee)
    k.montant('annee.tranche_B', annee.tranche_B, cumuls?.caisses.ircantec?.trancheB)
  }
}

function comparerPlafond(
  k: Comparaison,
  m: Mois,
  attendu: Attendu,
  b: Bulletin,
  cumuls: Cumuls,
  jeu: JeuParametres,
): void {
  const l = (code: string) => b.lignes.find((x) => x.code === code)
  const v = cumuls.caisses.vieillesse
  const valeurs: Record<string, string | undefined> = {
    brut: b.totaux.brut,
    pss_mois: inEuros(jeu.pour(m).centimes('pss.mensuel')),
    cumul_brut: v?.assiette,
    cumul_pss: v?.plafond,
    assiette_plafonnee_mois: l('VIEIL_PLAF')?.base,
    tranche_B_mois: l('IRCANTEC_B')?.base,
    vieil_plaf_agent: l('VIEIL_PLAF')?.montant,
    vieil_plaf_employeur: l('VIEIL_PLAF')?.montantPatronal,
    ircantec_A_agent: l('IRCANTEC_A')?.montant,
    ircantec_B_agent: l('IRCANTEC_B')?.montant,
    ircantec_A_employeur: l('IRCANTEC_A')?.montantPatronal,
    ircantec_B_employeur: l('IRCANTEC_B')?.montantPatronal,
  }
  for (const [cle, x] of Object.entries(attendu)) {
    if (cle === 'period') continue
    if (cle in valeurs) k.montant(`${m} ${cle}`, x, valeurs[cle])
    else k.remarques.push(`valeur non comparée : ${cle}`)
  }
}

/** Lines expected one by one, without a whole payslip. */
function verifierIsolees(cas: Cas, k: Comparaison, jeu: JeuParametres): void {
  const mois = moisDe(cas.period)[0]!
  const { situation, incomprises } = situationDe(cas, mois, {
    transfert_primes_points: cas.inputs.transfert_primes_points ?? false,
  })
  noter(k, incomprises)
  const voulues = Object.keys(cas.expected).map((cle) => ({
    cle,
    ligne: LIGNES_ISOLEES[cle === 'agent' || cle === 'employeur' ? `${sujet(cas)}_${cle}` : cle],
  }))
  for (const { cle, ligne } of voulues) if (!ligne) k.remarques.push(`valeur non comparée : ${cle}`)
  const codes = voulues.flatMap(({ ligne }) => ligne?.codes ?? [])
  // A capped base needs no line of its own, but the CSG of a case without CSG must not be asked for its parameters.
  const lignes = computeLignes({ mois, situation, parametres: jeu }, codes)
  for (const { cle, ligne } of voulues) if (ligne) k.montant(cle, cas.expected[cle], ligne.valeur(lignes))
}
/** « agent » and « employeur » alone speak of the fund that the case is about. */
function sujet(cas: Cas): string {
  if (/rafp/i.test(cas.id)) return 'rafp'
  if (/ircantec/i.test(cas.id)) return 'ircantec'
  return 'cnracl'
}

function verifierSft(cas: Cas, k: Comparaison, jeu: JeuParametres): void {
  const mois = moisDe(cas.period)[0]!
  for (const l of liste(cas.expected.lignes)) {
    const c = newContexte(mois, { statut: 'titulaire', employeur: { effectif: 10 } }, jeu, undefined, false)
    const q = fraction(String(l.quotite ?? '1/1'))
    const sft = montantSft(c, nombre(l.enfants) ?? 0, nombre(l.im), q, ratio(1, 1))
    k.montant(`IM ${l.im}, ${l.enfants} enfant(s), ${l.quotite}`, l.sft, inEuros(sft))
  }
}

function verifierPas(cas: Cas, k: Comparaison, jeu: JeuParametres): void {
  for (const l of liste(cas.expected.lignes)) {
    const mois = String(l.period) as Mois
    const c = newContexte(mois, { statut: 'titulaire', employeur: { effectif: 10 } }, jeu, undefined, false)
    const base = euros(enEuros(l.base))
    const t = tauxNeutre(c, base)
    k.montant(`${mois} ${l.base} (taux en %)`, l.taux_pct, pourcent(t.texte))
    k.montant(`${mois} ${l.base} (montant)`, l.montant, inEuros(times(base, [t.taux])))
  }
}

/** The ceiling shared between simultaneous employers, rounded to the euro as the fund prints it. */
function verifierPartage(cas: Cas, k: Comparaison): void {
  const plafond = euros(enEuros(cas.inputs.pass))
  const remunerations = (cas.inputs.remunerations as unknown[]).map((x) => euros(enEuros(x)))
  const total = remunerations.reduce((a, b) => (a + b) as typeof a)
  liste(cas.expected.employeurs).forEach((e, i) => {
    const brut = remunerations[i]!
    const enEuroEntier = times(plafond, [ratio(brut, total), ratio(1, 100)]) * 100n
    const a = enEuroEntier < brut ? enEuroEntier : brut
    k.montant(`${e.employeur} rémunération`, e.remuneration, inEuros(brut))
    k.montant(`${e.employeur} tranche A`, e.tranche_A, inEuros(a as typeof brut))
    k.montant(`${e.employeur} tranche B`, e.tranche_B, inEuros((brut - a) as typeof brut))
  })
}

const noter = (k: Comparaison, incomprises: string[]): void => {
  for (const x of incomprises) k.remarques.push(`entrée non comprise : ${x}`)
}

/** One case: every expected figure against the engine. */
export function verifierUnCas(cas: Cas, jeu: JeuParametres): Verdict {
  const k = new Comparaison(cas.tolerance)
  try {
    if (cas.expected.rappels !== undefined) verifierRappel(cas, k, jeu)
    else if (cas.expected.months !== undefined) verifierMois(cas, k, jeu)
    else if (cas.expected.employeurs !== undefined) verifierPartage(cas, k)
    else if (cas.expected.lignes !== undefined && /pas/.test(cas.profile ?? cas.id)) verifierPas(cas, k, jeu)
    else if (cas.expected.lignes !== undefined) verifierSft(cas, k, jeu)
    else if (cas.expected.totaux !== undefined || cas.expected.gains !== undefined) {
      const mois = moisDe(cas.period)[0]!
      const { situation, incomprises } = situationDe(cas, mois)
      noter(k, incomprises)
      const { bulletin } = bulletinOuEcart(k, '', situation, mois, jeu)
      if (bulletin) comparerMois(k, '', cas.expected, bulletin, situation, jeu)
    } else if (estCasPrive(cas)) verifierPrive(cas, k, jeu)
    else verifierIsolees(cas, k, jeu)
  } catch (e) {
    if (!(e instanceof ParametreManquant) && !(e instanceof Error)) throw e
    k.ecarts.push({ lieu: 'cas', attendu: 'calculé', calcule: e.message })
  }
  return { id: cas.id, titre: cas.title, ecarts: k.ecarts, remarques: [...new Set(k.remarques)] }
}

/** All the worked cases of a folder. */
export function verifierCas(dossier: string, jeu: JeuParametres): Verdict[] {
  const { cas, illisibles } = lireCas(dossier)
  return [
    ...cas.map((c) => verifierUnCas(c, jeu)),
    ...illisibles.map(({ fichier, motif }) => ({
      id: fichier,
      titre: 'Fichier illisible',
      ecarts: [{ lieu: fichier, attendu: 'un cas', calcule: motif }],
      remarques: [],
    })),
  ]
}

/** What the command prints; its last line is `N passed, N failed`. */
export function rapport(verdicts: readonly Verdict[]): { lignes: string[]; echecs: number } {
  const lignes: string[] = []
  let echecs = 0
  for (const v of verdicts) {
    const ok = v.ecarts.length === 0
    if (!ok) echecs++
    lignes.push(`${ok ? 'réussi' : 'échoué'}  ${v.id} : ${v.titre}`)
    for (const e of v.ecarts) lignes.push(`        ${e.lieu} : attendu ${e.attendu}, calculé ${e.calcule}`)
    for (const r of v.remarques) lignes.push(`        (${r})`)
  }
  lignes.push(`${verdicts.length - echecs} passed, ${echecs} failed`)
  return { lignes, echecs }
}
