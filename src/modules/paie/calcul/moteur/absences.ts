import { type Fraction, fraction, minus, plus, ratio, UN } from '#socle/argent.ts'
import type { Absence, Situation } from '../situation.ts'
import { joursDuMois, partDuMois, rang } from './calendrier.ts'
import type { Contexte } from './contexte.ts'

/** What an absence takes off each element of the pay. */
export type RetenueAbsence = {
  code: string
  libelle: string
  /** Thirtieths of the month, possibly not whole for the hours of a strike. */
  nombre: Fraction
  /** Part withheld. */
  traitement: Fraction
  residence: Fraction
  familial: Fraction
  primes: Fraction
  /** Primes that the délibération suspends in sickness. */
  suspendues: Fraction
  /** Primes that the délibération keeps in sickness: no leave without pay keeps them. */
  maintenues: Fraction
  regle: string
}

const ZERO_PART: Fraction = { num: 0n, den: 1n }
const nulle = (f: Fraction) => f.num === 0n

type Genre = {
  code: string
  libelle: string
  traitement: Fraction
  residence: Fraction
  familial: Fraction
  primes: Fraction
  suspendues: Fraction
  maintenues: Fraction
  regle: string
}
const CARENCE: Genre = {
  code: 'CARENCE',
  libelle: 'Jour de carence',
  traitement: UN,
  residence: UN,
  familial: ZERO_PART,
  primes: UN,
  suspendues: UN,
  maintenues: ZERO_PART,
  regle: 'carence.assiette',
}
const partiel = (code: string, libelle: string, retenu: Fraction, regle: string): Genre => ({
  code,
  libelle,
  traitement: retenu,
  residence: ZERO_PART,
  familial: ZERO_PART,
  primes: retenu,
  suspendues: UN,
  maintenues: ZERO_PART,
  regle,
})
const SANS_SERVICE: Genre = {
  code: 'GREVE',
  libelle: 'Service non fait (grève)',
  traitement: UN,
  residence: UN,
  familial: ZERO_PART,
  primes: UN,
  suspendues: UN,
  maintenues: ZERO_PART,
  regle: 'trentieme',
}
const ABSENCE_INJUSTIFIEE: Genre = { ...SANS_SERVICE, code: 'SERVICE_NON_FAIT', libelle: 'Service non fait' }
const SANS_TRAITEMENT: Genre = {
  code: 'SANS_TRAITEMENT',
  libelle: 'Congé non rémunéré',
  traitement: UN,
  residence: UN,
  familial: UN,
  primes: UN,
  suspendues: UN,
  maintenues: UN,
  regle: 'trentieme',
}

const MALADIES: readonly string[] = ['maladie', 'graveMaladie', 'longueMaladie', 'longueDuree']
/** Years of full pay, then of half pay, of the long leaves. */
const LONGS: Record<string, { plein: number; demi: number; libelle: string; code: string; regle: string }> = {
  graveMaladie: { plein: 1, demi: 2, libelle: 'Congé de grave maladie', code: 'CGM', regle: 'grave_maladie' },
  longueMaladie: { plein: 1, demi: 2, libelle: 'Congé de longue maladie', code: 'CLM', regle: 'clm' },
  longueDuree: { plein: 3, demi: 2, libelle: 'Congé de longue durée', code: 'CLD', regle: 'cld' },
}

/** Rights of the ordinary sickness leave, in days at the high rate and at half pay. */
function droits(c: Contexte, s: Situation): { fort: number; demi: number } {
  if (s.statut === 'titulaire' || s.statut === 'stagiaire' || s.statut === 'emploiFonctionnel')
    return { fort: 90, demi: 270 }
  const m = s.ancienneteMois ?? 0
  const palier = m >= 36 ? '3ans' : m >= 24 ? '2ans' : m >= 4 ? '4mois' : undefined
  if (palier === undefined || s.statut === 'vacataire') return { fort: 0, demi: 0 }
  return {
    fort: c.p.entier(`cmo.contractuel.plein.${palier}`) * 30,
    demi: c.p.entier(`cmo.contractuel.demi.${palier}`) * 30,
  }
}

type Jour = { debut: number; arret: Absence }

/** Days of ordinary sickness, the jour de carence left out, sorted. */
function joursMaladie(absences: readonly Absence[], from: number, to: number): Jour[] {
  const jours: Jour[] = []
  for (const arret of absences) {
    if (arret.motif !== 'maladie') continue
    const first = rang(arret.depuis) + (arret.sansCarence ? 0 : 1)
    for (let d = Math.max(first, from); d < Math.min(rang(arret.jusqua), to); d++) jours.push({ debut: d, arret })
  }
  return jours.sort((a, b) => a.debut - b.debut)
}

/** Same day one year before, for the rolling twelve months. */
const unAnAvant = (d: number): number => d - 365

/** Maternity and paternity suspend the temps partiel: the agent is paid as at full time, so the deduction is negative. */
function tempsPartielSuspendu(partiel: Fraction): Genre | undefined {
  if (partiel.num === partiel.den) return undefined
  const complement = minus(UN, { num: partiel.den, den: partiel.num })
  return {
    code: 'TEMPS_PLEIN',
    libelle: 'Temps partiel suspendu (congé de maternité)',
    traitement: complement,
    residence: complement,
    familial: ZERO_PART,
    primes: complement,
    suspendues: complement,
    maintenues: ZERO_PART,
    regle: 'maternite',
  }
}

/** The deductions of the month, grouped by kind, in the order of the calendar. */
export function retenuesAbsence(c: Contexte, partiel: Fraction): RetenueAbsence[] {
  const absences = c.s.absences
  if (absences === undefined || absences.length === 0) return []
  const jours = joursDuMois(c.mois)
  const premier = rang(`${c.mois}-01`)
  const [entree, sortie] = partDuMois(c.mois, c.s.entree, c.s.sortie)
  const calendrier: (Genre | undefined)[] = new Array(jours)
  let absents = 0
  const horaires: RetenueAbsence[] = []
  let sick: { jours: Jour[]; fort: number; demi: number } | undefined

  for (const a of absences) {
    let [debut, fin] = partDuMois(c.mois, a.depuis, a.jusqua)
    debut = Math.max(debut, entree)
    fin = Math.min(fin, sortie)
    if (debut >= fin) continue
    if (a.minutes !== undefined && (a.motif === 'greve' || a.motif === 'serviceNonFait')) {
      // Under a day, the FPT withholds the time of the absence: the whole thirtieth is for the State.
      const g = a.motif === 'greve' ? SANS_SERVICE : ABSENCE_INJUSTIFIEE
      const semaine = Math.max(1, c.s.minutesHebdo ?? 2100)
      horaires.push({ ...g, nombre: ratio(Math.min(a.minutes * 5, semaine * (fin - debut)), semaine) })
      continue
    }
    for (let d = debut; d < fin; d++) {
      let genre: Genre | undefined
      if (a.motif === 'maladie') {
        if (!a.sansCarence && premier + d === rang(a.depuis) && c.p.entier('carence.jours') > 0) genre = CARENCE
        else {
          sick ??= { jours: joursMaladie(absences, premier - 800, premier + jours), ...droits(c, c.s) }
          genre = tauxMaladie(c, sick, premier + d, a)
        }
      } else if (MALADIES.includes(a.motif)) genre = tauxLong(a, premier + d)
      else if (a.motif === 'greve') genre = SANS_SERVICE
      else if (a.motif === 'serviceNonFait') genre = ABSENCE_INJUSTIFIEE
      else if (a.motif === 'maternite' || a.motif === 'paternite') genre = tempsPartielSuspendu(partiel)
      else if (a.motif === 'congeParental' || a.motif === 'congeSansTraitement' || a.motif === 'disponibilite')
        genre = a.libelle === undefined ? SANS_TRAITEMENT : { ...SANS_TRAITEMENT, libelle: a.libelle }
      if (genre !== undefined && calendrier[d] === undefined) {
        calendrier[d] = genre
        absents++
      }
    }
  }
  if (absents === 0 && horaires.length === 0) return []
  return fondre([...grouper(calendrier, absents, sortie - entree, c.trentiemes), ...horaires])
}

/** One deduction for each kind: whole days and hours of a same strike together. */
function fondre(retenues: RetenueAbsence[]): RetenueAbsence[] {
  const parCode = new Map<string, RetenueAbsence>()
  for (const r of retenues) {
    const known = parCode.get(r.code)
    parCode.set(r.code, known ? { ...known, nombre: plus(known.nombre, r.nombre) } : r)
  }
  return [...parCode.values()]
}

/** Thirtieths by kind: a month wholly absent makes thirty, whatever its length. */
function grouper(
  calendrier: (Genre | undefined)[],
  absents: number,
  presents: number,
  payes: number,
): RetenueAbsence[] {
  const compte = new Map<string, { genre: Genre; n: number }>()
  for (const g of calendrier) {
    if (!g) continue
    const key = `${g.code}${g.libelle}`
    const known = compte.get(key)
    if (known) known.n++
    else compte.set(key, { genre: g, n: 1 })
  }
  const lignes = [...compte.values()]
  let reste = payes
  return lignes.flatMap(({ genre, n }, i) => {
    const last = i === lignes.length - 1
    const nombre = last && absents === presents ? reste : Math.min(n, reste)
    reste -= nombre
    return nombre > 0 ? [{ ...genre, nombre: ratio(nombre, 1) }] : []
  })
}

function tauxMaladie(
  c: Contexte,
  sick: { jours: Jour[]; fort: number; demi: number },
  jour: number,
  arret: Absence,
): Genre | undefined {
  const since = unAnAvant(jour)
  let pris = 0
  for (const j of sick.jours) if (j.debut > since && j.debut < jour) pris++
  if (pris < sick.fort) {
    const taux = c.jeu.au(arret.debutArret ?? arret.depuis).get('cmo.plein')
    const retenu = minus(UN, taux.fraction)
    const code = nulle(retenu) ? 'CMO_100' : 'CMO_90'
    return partiel(code, `Congé de maladie ordinaire à ${taux.texte}`, retenu, 'cmo.90.champ')
  }
  if (pris < sick.fort + sick.demi)
    return partiel(
      'CMO_50',
      'Congé de maladie ordinaire à demi-traitement',
      minus(UN, c.p.fraction('cmo.demi')),
      'cmo.compteur',
    )
  return partiel('CMO_0', 'Droits à congé de maladie épuisés', UN, 'cmo.compteur')
}

/** Long leaves: full pay, then half pay, from the first day of the leave. */
function tauxLong(a: Absence, jour: number): Genre | undefined {
  const l = LONGS[a.motif]!
  const annees = (jour - rang(a.debutArret ?? a.depuis)) / 365.25
  if (annees < l.plein) return partiel(l.code, l.libelle, ZERO_PART, l.regle)
  if (annees < l.plein + l.demi)
    return partiel(`${l.code}_50`, `${l.libelle} à demi-traitement`, fraction('0.5'), l.regle)
  return partiel(`${l.code}_0`, `${l.libelle} : droits épuisés`, UN, l.regle)
}
