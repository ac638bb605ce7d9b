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

/** Keys that inform the reader without changing the computation, or that only restate the law. */
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
  'taux_at',
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

/** The situation that a case describes, and what of its inputs was not understood. */
export function situationDe(cas: Cas, mois: Mois, over: Entrees = {}): { situation: Situation; incomprises: string[] } {
  if (estCasPrive(cas)) return situationPriveDe(cas, mois, over)
  const i: Entrees = { ...cas.inputs, ...over }
  const profil = cas.profile ?? String(i.statut ?? '')
  const s: Record<string, unknown> = { ...(STATUTS[profil] ?? { statut: 'titulaire' }), categorie: 'C' }
  const employeur: Record<string, unknown> = { effectif: 10 }
  const primes: Prime[] = []
  const absences: NonNullable<Situation['absences']>[number][] = []
  const incomprises: string[] = []
  let jour = addJours(premierJour(mois), 7)
  const poser = (a: Omit<NonNullable<Situation['absences']>[number], 'depuis' | 'jusqua'>, jours: number) => {
    if (jours <= 0) return
    const jusqua = addJours(jour, jours)
    absences.push({ ...a, depuis: jour, jusqua })
    jour = addJours(jusqua, 1)
  }
  for (const [cle, valeur] of Object.entries(i)) {
    const n = nombre(valeur)
    if (cle === 'im' && n !== undefined) s.im = n
    else if ((cle === 'tib' || cle === 'base' || cle === 'assiette') && n !== undefined)
      s.traitementForfaitaire = enEuros(n)
    else if (cle === 'quotite') {
      if (String(valeur) !== '100%') s.quotite = String(valeur).replace('%', ' %').replace('  ', ' ')
    } else if (
      (cle === 'ifse_mensuelle' || cle === 'ifse_mensuelle_temps_plein' || cle === 'ifse_temps_plein') &&
      n !== undefined
    )
      primes.push({
        code: 'IFSE',
        montant: enEuros(n),
        maladie: i.ifse_suit_traitement === false ? 'maintenue' : 'suit',
      })
    else if (cle === 'cia' && n !== undefined) primes.push({ code: 'CIA', montant: enEuros(n), proratise: false })
    else if (cle === 'primes' && n !== undefined) primes.push({ code: 'PRIMES', montant: enEuros(n) })
    else if (cle === 'gipa' && n !== undefined) primes.push({ code: 'GIPA', nature: 'gipa', montant: enEuros(n) })
    else if (cle === 'avantage_nature' && n !== undefined)
      primes.push({ code: 'AVANTAGE_NATURE', nature: 'avantageNature', montant: enEuros(n) })
    else if ((cle === 'sft' || cle === 'ir') && n !== undefined)
      primes.push({ code: `${cle.toUpperCase()}_CONSTATE`, nature: 'horsTransfert', montant: enEuros(n) })
    else if (cle === 'nbi' && n !== undefined)
      primes.push({ code: 'NBI_CONSTATEE', nature: 'pension', montant: enEuros(n) })
    else if (cle === 'nbi_points' && n !== undefined) s.nbi = n
    else if (cle === 'cti_points') s.cti = true
    else if (cle === 'enfants' && n !== undefined) s.enfants = n
    else if ((cle === 'ir_zone_taux' || cle === 'ir_taux') && n !== undefined) employeur.zoneIr = zone(n)
    else if (cle === 'effectif' && n !== undefined) employeur.effectif = n
    else if (cle === 'versement_mobilite_taux' && n !== undefined) {
      employeur.versementMobilite = pourcent(n)
      employeur.effectif = Math.max(20, Number(employeur.effectif))
    } else if (cle === 'heures_hebdo' && n !== undefined) s.minutesHebdo = Math.round(n * 60)
    else if (cle === 'transfert_primes_points' || cle === 'transfert_primes_points_C')
      s.transfertPrimesPoints = valeur === true
    else if (cle === 'indemnite_compensatrice_csg' && n !== undefined) s.indemniteCompensatriceCsg = enEuros(n)
    else if (cle === 'jours_carence') continue
    else if ((cle === 'jours_cmo_90' || cle === 'jours_cmo_100') && n !== undefined)
      poser(
        { motif: 'maladie', sansCarence: nombre(i.jours_carence) === undefined },
        n + (nombre(i.jours_carence) ?? 0),
      )
    else if (cle === 'jours_cmo_50' && n !== undefined) {
      // Half pay comes once ninety days have been paid at the high rate in the twelve months before.
      absences.push({
        motif: 'maladie',
        depuis: addJours(premierJour(mois), -120),
        jusqua: addJours(premierJour(mois), -30),
        sansCarence: true,
      })
      poser({ motif: 'maladie', sansCarence: true }, n)
    } else if (cle === 'jours_greve' && n !== undefined) poser({ motif: 'greve' }, n)
    else if (cle === 'ifse_suit_traitement') continue
    else if (cle === 'heures') s.heures = heures(valeur, incomprises)
    else if (
      cle === 'population' ||
      cle === 'taux_pct' ||
      cle === 'seul_mandat_indemnise' ||
      cle === 'autres_indemnites' ||
      cle === 'mandats_indemnises' ||
      cle === 'fonction'
    )
      continue
    else if (cle === 'heures_hebdo_par_enfant' || cle === 'taux_horaire_par_enfant') continue
    else if (!INFORMATIVES.has(cle)) incomprises.push(cle)
  }
  const at = nombre(i.taux_at)
  if (at !== undefined) employeur.tauxAt = pourcent(at)
  else if ((cas.assumptions ?? []).some((a) => /AT 1,72/.test(a))) employeur.tauxAt = '1.72 %'
  if (nombre(i.jours_carence) !== undefined && nombre(i.jours_cmo_90) === undefined)
    poser({ motif: 'maladie' }, nombre(i.jours_carence)!)
  if (s.statut === 'elu') s.elu = elu(cas, i)
  if (s.statut === 'assistantMaternel') s.accueils = accueils(i)
  if (primes.length > 0) s.primes = primes
  if (absences.length > 0) s.absences = absences
  return { situation: zSituation.parse({ ...s, employeur }), incomprises }
}

function elu(cas: Cas, i: Entrees) {
  const fonction = typeof i.fonction === 'string' ? i.fonction : /adjoint/i.test(cas.title) ? 'adjoint' : 'maire'
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
