import { addJours, type Mois, premierJour } from '#socle/dates.ts'
import { estCasPrive, situationPriveDe } from '../prive/cas.ts'
import { type Situation, zSituation } from '../situation.ts'
import { type Cas, nombre } from './cas.ts'

type Entrees = Record<string, unknown>

/** « 135 » or « 135.5 » as euros of the wire. */
export const enEuros = (x: unknown): string => {
  const n = nombre(x)
  if (n === undefined) throw new Error(`montant illisible : ${String(x)}`)
  return n.toFixed(2)
}
const pourcent = (x: number): string => `${Number((x * 100).toFixed(6))} %`

/** Keys read elsewhere, or that inform the reader without changing the computation, or that only restate the law. */
const INFORMATIVES = new Set([
  'period',
  'smic_mensuel',
  'fraction_paye',
  'abattement_tpp_mensuel',
  'minimum_legal_horaire',
  'mandat',
  'pss',
  'statut',
  'regularisation',
  'mois',
  'im_avant',
  'im_apres',
  'ifse_suit_traitement',
  'population',
  'taux_pct',
  'seul_mandat_indemnise',
  'autres_indemnites',
  'mandats_indemnises',
  'fonction',
  'heures_hebdo_par_enfant',
  'taux_horaire_par_enfant',
])

/** Zone of the indemnité de résidence from its rate, in percent or as a fraction. */
const zone = (taux: number): 1 | 2 | 3 => {
  const p = taux <= 0.05 ? taux * 100 : taux
  return p >= 3 ? 1 : p >= 1 ? 2 : 3
}

const STATUTS: Record<string, Partial<Situation>> = {
  titulaire_cnracl: { statut: 'titulaire' },
  titulaire_fpt: { statut: 'titulaire' },
  titulaire_ircantec: { statut: 'titulaire' },
  titulaire_fph: { statut: 'titulaire', versant: 'FPH' },
  stagiaire: { statut: 'stagiaire' },
  contractuel_ircantec: { statut: 'contractuel' },
  contractuel: { statut: 'contractuel' },
  contractuel_fph: { statut: 'contractuel', versant: 'FPH' },
  vacataire: { statut: 'vacataire' },
  elu: { statut: 'elu' },
  assistant_maternel: { statut: 'assistantMaternel' },
}

type Prime = NonNullable<Situation['primes']>[number]
type Absence = NonNullable<Situation['absences']>[number]
type Chantier = {
  mois: Mois
  entrees: Entrees
  s: Record<string, unknown>
  employeur: Record<string, unknown>
  primes: Prime[]
  absences: Absence[]
  incomprises: string[]
}
type Lecture = (c: Chantier, n: number, valeur: unknown) => void

const prime =
  (code: string, autres: Partial<Prime> = {}): Lecture =>
  (c, n) =>
    c.primes.push({ code, montant: enEuros(n), ...autres })
const ifse: Lecture = (c, n) =>
  c.primes.push({
    code: 'IFSE',
    montant: enEuros(n),
    maladie: c.entrees.ifse_suit_traitement === false ? 'maintenue' : 'suit',
  })
const forfait: Lecture = (c, n) => {
  c.s.traitementForfaitaire = enEuros(n)
}
const zoneIr: Lecture = (c, n) => {
  c.employeur.zoneIr = zone(n)
}
const tauxLocal =
  (cle: string): Lecture =>
  (c, n) => {
    c.employeur[cle] = pourcent(n)
    if (cle === 'versementMobilite') c.employeur.effectif = Math.max(20, Number(c.employeur.effectif))
  }

/** Absences are laid one after the other, from the eighth of the month, or from its first day when they are long. */
function poser(c: Chantier, a: Omit<Absence, 'depuis' | 'jusqua'>, jours: number): void {
  if (jours <= 0) return
  const derniere = c.absences.filter((x) => x.jusqua > premierJour(c.mois)).at(-1)
  const depuis = derniere ? addJours(derniere.jusqua, 1) : addJours(premierJour(c.mois), jours > 22 ? 0 : 7)
  c.absences.push({ ...a, depuis, jusqua: addJours(depuis, jours) })
}

/** Numbers of a case → the situation. */
const NOMBRES: Record<string, Lecture> = {
  im: (c, n) => {
    c.s.im = n
  },
  tib: forfait,
  base: forfait,
  assiette: forfait,
  ifse_mensuelle: ifse,
  ifse_mensuelle_temps_plein: ifse,
  ifse_temps_plein: ifse,
  ifse,
  cia: prime('CIA', { proratise: false }),
  prime_annuelle: prime('PRIME_ANNUELLE', { proratise: false }),
  primes: prime('PRIMES'),
  gipa: prime('GIPA', { nature: 'gipa' }),
  avantage_nature: prime('AVANTAGE_NATURE', { nature: 'avantageNature' }),
  sft: prime('SFT_CONSTATE', { nature: 'horsTransfert' }),
  ir: prime('IR_CONSTATE', { nature: 'horsTransfert' }),
  nbi: prime('NBI_CONSTATEE', { nature: 'pension' }),
  nbi_points: (c, n) => {
    c.s.nbi = n
  },
  cti_points: (c) => {
    c.s.cti = true
  },
  enfants: (c, n) => {
    c.s.enfants = n
  },
  ir_zone_taux: zoneIr,
  ir_taux: zoneIr,
  effectif: (c, n) => {
    c.employeur.effectif = n
  },
  taux_at: tauxLocal('tauxAt'),
  versement_mobilite_taux: tauxLocal('versementMobilite'),
  cdg_taux: tauxLocal('cdgObligatoire'),
  heures_hebdo: (c, n) => {
    c.s.minutesHebdo = Math.round(n * 60)
  },
  anciennete_mois: (c, n) => {
    c.s.ancienneteMois = n
  },
  indemnite_compensatrice_csg: (c, n) => {
    c.s.indemniteCompensatriceCsg = enEuros(n)
  },
  jours_carence: (c, n) => {
    if (nombre(c.entrees.jours_cmo_90) === undefined) poser(c, { motif: 'maladie' }, n)
  },
  jours_cmo_90: (c, n) => maladie(c, n),
  jours_cmo_100: (c, n) => maladie(c, n),
  jours_cmo_50: (c, n) => {
    // Half pay comes once ninety days have been paid at the high rate in the twelve months before.
    const debut = premierJour(c.mois)
    c.absences.push({
      motif: 'maladie',
      depuis: addJours(debut, -120),
      jusqua: addJours(debut, -30),
      sansCarence: true,
    })
    poser(c, { motif: 'maladie', sansCarence: true }, n)
  },
  jours_greve: (c, n) => poser(c, { motif: 'greve' }, n),
  /** Paid thirtieths of a month that was not whole. */
  trentiemes: (c, n) => {
    if (n < 30) c.s.sortie = addJours(premierJour(c.mois), n)
  },
}
const maladie = (c: Chantier, jours: number): void => {
  const carence = nombre(c.entrees.jours_carence)
  poser(c, { motif: 'maladie', sansCarence: carence === undefined }, jours + (carence ?? 0))
}

const transfert: Lecture = (c, _n, valeur) => {
  c.s.transfertPrimesPoints = valeur === true
}
/** The other inputs. */
const AUTRES: Record<string, Lecture> = {
  quotite: (c, _n, valeur) => {
    if (String(valeur) !== '100%') c.s.quotite = String(valeur).replace(/ ?%/, ' %')
  },
  transfert_primes_points: transfert,
  transfert_primes_points_C: transfert,
  categorie: (c, _n, valeur) => {
    c.s.categorie = valeur
  },
  date_entree: (c, _n, valeur) => {
    c.s.entree = valeur
  },
  heures: (c, _n, valeur) => {
    c.s.heures = heures(valeur, c.incomprises)
  },
}

/** The situation that a case describes, and what of its inputs was not understood. */
export function situationDe(cas: Cas, mois: Mois, over: Entrees = {}): { situation: Situation; incomprises: string[] } {
  if (estCasPrive(cas)) return situationPriveDe(cas, mois, over)
  const entrees: Entrees = { ...cas.inputs, ...over }
  const profil = cas.profile ?? String(entrees.statut ?? '')
  const c: Chantier = {
    mois,
    entrees,
    s: { ...(STATUTS[profil] ?? { statut: 'titulaire' }), categorie: 'C' },
    employeur: { effectif: 10 },
    primes: [],
    absences: [],
    incomprises: [],
  }
  const at = (cas.assumptions ?? []).map((a) => /AT (\d+),(\d+) ?%/.exec(a)).find(Boolean)
  if (at) c.employeur.tauxAt = `${at[1]}.${at[2]} %`
  for (const [cle, valeur] of Object.entries(entrees)) {
    const n = nombre(valeur)
    if (n !== undefined && NOMBRES[cle]) NOMBRES[cle](c, n, valeur)
    else if (AUTRES[cle]) AUTRES[cle](c, 0, valeur)
    else if (!INFORMATIVES.has(cle)) c.incomprises.push(cle)
  }
  if (c.s.statut === 'elu') c.s.elu = elu(cas, entrees)
  if (c.s.statut === 'assistantMaternel') c.s.accueils = accueils(entrees)
  if (c.primes.length > 0) c.s.primes = c.primes
  if (c.absences.length > 0) c.s.absences = c.absences
  return { situation: zSituation.parse({ ...c.s, employeur: c.employeur }), incomprises: c.incomprises }
}

/** What the title of a case calls the function. */
const FONCTIONS: [RegExp, NonNullable<Situation['elu']>['fonction']][] = [
  [/vice-président.*syndicat/i, 'vicePresidentSyndicat'],
  [/président.*syndicat/i, 'presidentSyndicat'],
  [/vice-président/i, 'vicePresidentCc'],
  [/président.*agglomération/i, 'presidentCa'],
  [/président/i, 'presidentCc'],
  [/adjoint/i, 'adjoint'],
  [/conseiller/i, 'conseiller'],
]

function elu(cas: Cas, i: Entrees) {
  const fonction =
    typeof i.fonction === 'string' ? i.fonction : (FONCTIONS.find(([r]) => r.test(cas.title))?.[1] ?? 'maire')
  return {
    fonction,
    population: nombre(i.population) ?? 0,
    ...(nombre(i.autres_indemnites) !== undefined && { autresIndemnites: enEuros(i.autres_indemnites) }),
    ...(nombre(i.mandats_indemnises) !== undefined && { mandatsIndemnises: nombre(i.mandats_indemnises) }),
    ...(nombre(i.taux_pct) !== undefined && { taux: `${nombre(i.taux_pct)} %` }),
  }
}

function accueils(i: Entrees) {
  const heuresHebdo = i.heures_hebdo_par_enfant
  const taux = String(nombre(i.taux_horaire_par_enfant) ?? 0)
  return (Array.isArray(heuresHebdo) ? heuresHebdo : []).map((h) => ({
    minutesHebdo: Math.round((nombre(h) ?? 0) * 60),
    tauxHoraire: taux,
  }))
}

function heures(valeur: unknown, incomprises: string[]): NonNullable<Situation['heures']> {
  if (!Array.isArray(valeur)) return []
  return valeur.map((h: Entrees) => {
    const type = String(h.type ?? '').toUpperCase()
    const minutes = Math.round((nombre(h.nombre) ?? 0) * 60)
    if (type.includes('COMP')) return { type: 'complementaires' as const, minutes }
    if (!/^(14|SUITE)?_?(NUIT|DIMANCHE|FERIE)?$/.test(type)) incomprises.push(`heures.${type}`)
    const moment = type.includes('NUIT')
      ? ('nuit' as const)
      : /DIM|FERIE/.test(type)
        ? ('dimanche' as const)
        : ('jour' as const)
    return { type: 'supplementaires' as const, moment, minutes }
  })
}

/** « 2025-01..2025-12 » */
export function moisDe(period: string): Mois[] {
  const [from, to] = period.split('..') as [string, string | undefined]
  const mois: Mois[] = []
  let [y, m] = from.split('-').map(Number) as [number, number]
  const end = to ?? from
  for (;;) {
    const text = `${y}-${String(m).padStart(2, '0')}`
    if (text > end) return mois
    mois.push(text as Mois)
    if (m === 12) {
      y++
      m = 1
    } else m++
  }
}
