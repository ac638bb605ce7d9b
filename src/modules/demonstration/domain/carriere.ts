import { addMois, addMoisToJour, type Jour, jour, moisOf, premierJour } from '#socle/dates.ts'
import type { Alea } from './alea.ts'
import { type Echelles, echelonOf } from './echelles.ts'
import { dayOf, latest } from './etat-civil.ts'
import type { Poste } from './postes.ts'
import type { Enfant, Pas, SituationAgent, SituationCarriere } from './types.ts'

/** The careers are told from that day; the year 2024 is the first that the parameters cover. */
const DEBUT = jour('2024-01-01')
/** After this day nothing happens any more: the visit is in November 2025. */
const FIN = jour('2025-11-30')
const TEMPS_PLEIN = 2100
/** Weekly minutes from which a fonctionnaire is affiliated to the CNRACL: 28 hours. */
const SEUIL_CNRACL = 28 * 60

export type Profession = {
  statut: 'titulaire' | 'stagiaire' | 'contractuel'
  anneeNaissance: number
  entree: Jour
  minutesHebdo: number
  minutesHebdoAutres: number
  aCti: boolean
}

/** Status, age, entry: drawn before the person exists. */
export function drawProfession(
  a: Alea,
  poste: Poste,
  heures: number,
  minutesAutres: number,
  aCti: boolean,
): Profession {
  const statut = a.chance(poste.partContractuels) ? 'contractuel' : a.chance(0.035) ? 'stagiaire' : 'titulaire'
  const age = statut === 'titulaire' ? a.entier(27, 64) : statut === 'stagiaire' ? a.entier(20, 42) : a.entier(19, 60)
  const anneeNaissance = 2025 - age
  const minutesHebdo = Math.round(heures * 60)
  return {
    statut,
    anneeNaissance,
    entree: drawEntree(a, statut, age),
    minutesHebdo,
    minutesHebdoAutres: minutesAutres,
    aCti,
  }
}

function drawEntree(a: Alea, statut: Profession['statut'], age: number): Jour {
  if (statut === 'stagiaire') {
    // A stage lasts one year: those who entered in November 2024 become titulaires in the month of the visit.
    const [annee, mois] = a.choix([
      [2024, 11],
      [2024, 12],
      [2025, 1],
      [2025, 2],
      [2025, 4],
      [2025, 5],
      [2025, 7],
      [2025, 9],
    ] as const)
    return dayOf(annee, mois, 1)
  }
  if (statut === 'contractuel') {
    return a.chance(0.75)
      ? dayOf(a.entier(2023, 2024), a.choix([1, 3, 5, 9, 10]), 1)
      : dayOf(Math.max(2025 - age + 18, a.entier(2008, 2022)), a.choix([1, 4, 9]), 1)
  }
  const premiere = 2025 - age + 20
  return dayOf(a.entier(Math.max(premiere, 1984), Math.min(2022, premiere + 22)), a.entier(1, 12), 1)
}

function drawPas(a: Alea, categorie: 'A' | 'B' | 'C'): Pas {
  if (a.chance(0.08)) return { mode: 'neutre' }
  if (categorie === 'C' && a.chance(0.42)) return { mode: 'taux', taux: '0.0' }
  const [min, max] = categorie === 'A' ? [45, 165] : categorie === 'B' ? [18, 98] : [5, 58]
  return { mode: 'taux', taux: (a.entier(min, max) / 10).toFixed(1) }
}

/** An élu has often another income. */
export const drawPasElu = (a: Alea): Pas =>
  a.chance(0.2) ? { mode: 'neutre' } : { mode: 'taux', taux: (a.entier(0, 140) / 10).toFixed(1) }

/** The situations of an agent from 2024 on: échelons by their durations, the end of the stage, the children. */
export function situationsOf(
  a: Alea,
  poste: Poste,
  p: Profession,
  enfants: readonly Enfant[],
  echelles: Echelles,
): SituationCarriere[] {
  const commun = drawCommun(a, poste, p)
  const draw = p.statut === 'titulaire' ? avancements : debuts
  const etapes = draw(a, poste, p, commun, echelles)
  const situations = a.chance(0.6) ? withEnfants(etapes, enfants) : etapes
  return situations.map((s, i) => ({ ...s, jusqua: situations[i + 1]?.depuis ?? null }))
}

/** The SFT runs from the month after the birth until the child is twenty. */
function withEnfants(etapes: Avancement[], enfants: readonly Enfant[]): Avancement[] {
  const periodes = enfants.map((e) => ({
    depuis: premierJour(addMois(moisOf(e.naissance), 1)),
    jusqua: premierJour(addMois(moisOf(e.naissance), 240)),
  }))
  const countAt = (j: Jour) => periodes.filter((p) => p.depuis <= j && j < p.jusqua).length
  const debut = latest(etapes[0]!.depuis, DEBUT)
  const dates = periodes.flatMap((p) => [p.depuis, p.jusqua]).filter((j) => j > debut && j <= FIN)
  const coupes = [...new Set([...etapes.map((e) => e.depuis), ...dates])].sort()
  return coupes.map((depuis) => {
    const etape = etapes.findLast((e) => e.depuis <= depuis)!
    const enfantsSft = countAt(latest(depuis, debut))
    const motif = etape.depuis === depuis ? etape.motif : 'Supplément familial de traitement : enfants à charge'
    return { ...etape, depuis, motif, enfantsSft }
  })
}

type Commun = Omit<SituationAgent, 'statut' | 'grade' | 'echelle' | 'echelon' | 'ib' | 'im' | 'dateEchelon'>
type Avancement = Omit<SituationCarriere, 'jusqua'> & SituationAgent

function drawCommun(a: Alea, poste: Poste, p: Profession): Commun {
  const estFonctionnaire = p.statut !== 'contractuel'
  const quotite = p.statut === 'titulaire' && p.minutesHebdo === TEMPS_PLEIN && a.chance(0.13)
  const estNbi = estFonctionnaire && poste.nbi !== undefined && a.chance(poste.nbi.part)
  const { min, max, groupe } = poste.ifse
  return {
    filiere: poste.filiere,
    cadreEmplois: poste.cadreEmplois,
    categorie: poste.categorie,
    minutesHebdo: p.minutesHebdo,
    minutesHebdoAutres: p.minutesHebdoAutres,
    quotiteTempsPartiel: quotite
      ? a.pese([
          [80, 50],
          [90, 26],
          [50, 10],
          [70, 8],
          [60, 6],
        ] as const)
      : 100,
    regime: estFonctionnaire && p.minutesHebdo + p.minutesHebdoAutres >= SEUIL_CNRACL ? 'cnracl' : 'ircantec',
    nbiPoints: estNbi ? (poste.nbi?.points ?? 0) : 0,
    nbiMotif: estNbi ? (poste.nbi?.motif ?? null) : null,
    ifse: a.chance(estFonctionnaire ? 0.94 : 0.5) ? { groupe, mensuel: `${a.entier(min / 5, max / 5) * 5}.00` } : null,
    ctiPoints: p.aCti ? 49 : 0,
    enfantsSft: 0,
    // No commune of the Landes is in zone 1 or 2 of the indemnité de résidence.
    zoneIndemniteResidence: 3,
    pas: drawPas(a, poste.categorie),
    // The employer refunds three quarters of the pass.
    remboursementTransport: a.chance(0.01) ? a.choix(['18.00', '22.50', '30.00']) : null,
  }
}

const at = (
  echelles: Echelles,
  commun: Commun,
  statut: SituationAgent['statut'],
  grade: { grade: string; echelle: string },
  echelon: number,
  depuis: Jour,
  dateEchelon: Jour,
  motif: string,
): Avancement => {
  const { ib, im } = echelonOf(echelles, grade.echelle, echelon)
  return { depuis, motif, statut, ...commun, ...grade, echelon, ib, im, dateEchelon }
}

/**
 * A titulaire: named in his grade some years ago, he climbs by the durations of the scale. Changes fall on the first of a
 * month, as a payslip has one situation.
 */
function avancements(a: Alea, poste: Poste, p: Profession, commun: Commun, echelles: Echelles): Avancement[] {
  const services = 2025 - Number(p.entree.slice(0, 4))
  const plus = poste.grades.length - 1
  const voulu = services > 20 ? a.entier(1, 2) : services > 10 ? a.entier(0, 1) : 0
  const rang = Math.min(plus, voulu)
  const grade = poste.grades[rang]!
  const anneeGrade = rang === 0 ? 0 : a.entier(Math.min(2023, 2025 - services + 9 * rang), 2023)
  let date = rang === 0 ? p.entree : dayOf(anneeGrade, a.entier(1, 12), 1)
  let echelon = rang === 0 ? a.entier(1, 3) : a.entier(3, 6)
  const etapes: Avancement[] = []
  let motif = rang === 0 ? 'Nomination' : 'Avancement de grade'
  while (date <= FIN) {
    etapes.push(at(echelles, commun, 'titulaire', grade, echelon, date, date, motif))
    const { dureeMois } = echelonOf(echelles, grade.echelle, echelon)
    if (dureeMois === 0) break
    date = addMoisToJour(date, dureeMois)
    echelon++
    motif = 'Avancement d’échelon'
  }
  return sinceDebut(etapes, p.entree)
}

/** Keeps what is in force from 2024-01-01, or from the entry, on. */
function sinceDebut(etapes: Avancement[], entree: Jour): Avancement[] {
  const debut = latest(entree, DEBUT)
  const premiere = etapes.findLastIndex((e) => e.depuis <= debut)
  return etapes.slice(Math.max(premiere, 0))
}

function debuts(a: Alea, poste: Poste, p: Profession, commun: Commun, echelles: Echelles): Avancement[] {
  const grade = poste.grades[0]!
  if (p.statut === 'contractuel') {
    const echelon = a.entier(1, poste.categorie === 'C' ? 5 : 7)
    return [at(echelles, commun, 'contractuel', grade, echelon, p.entree, p.entree, 'Contrat')]
  }
  const echelon = a.entier(1, 2)
  const stage = at(echelles, commun, 'stagiaire', grade, echelon, p.entree, p.entree, 'Nomination stagiaire')
  const fin = addMoisToJour(p.entree, 12)
  if (fin > FIN) return [stage]
  // The stage counts for the échelon, whose duration here is of twelve months as well.
  return [stage, at(echelles, commun, 'titulaire', grade, echelon + 1, fin, fin, 'Titularisation')]
}
