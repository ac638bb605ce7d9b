import { addMoisToJour, formatJour, type Jour } from '#socle/dates.ts'
import { type Grade, indiceOf } from '../../../calcul/index.ts'
import type { SituationAgent } from '../../contract.ts'

export type Avancement = {
  echelon: number
  dureeMois: number
  nouvelEchelon: number
  nouvelIb: number | null
  nouvelIm: number
  effet: Jour
  verifie: boolean
}

/**
 * The next échelon of a fonctionnaire and its day. One duration for all since 2017: no choice, no reduction. A reason is
 * given where the grid does not allow it: a duration is never guessed.
 */
export function nextEchelon(
  s: SituationAgent,
  grades: ReadonlyMap<string, Grade>,
): { avancement: Avancement } | { raison: string } | undefined {
  if (s.statut !== 'titulaire' && s.statut !== 'stagiaire') return undefined
  if (s.echelon === null) return { raison: 'Aucun échelon n’est saisi.' }
  const g = grades.get(s.grade)
  if (!g) return { raison: `« ${s.grade} » n’est pas dans les grilles livrées.` }
  const suivants = g.echelons.filter((e) => e.echelon > s.echelon!)
  // the last échelon of the grade: nothing is to come
  if (suivants.length === 0) return undefined
  const actuel = g.echelons.findLast((e) => e.echelon === s.echelon)
  if (!actuel) return { raison: `L’échelon ${s.echelon} n’existe pas dans la grille « ${s.grade} ».` }
  if (actuel.dureeMois === undefined)
    return { raison: `La durée de l’échelon ${s.echelon} de « ${s.grade} » n’est pas connue.` }
  const effet = addMoisToJour(s.dateEchelon, actuel.dureeMois)
  const nouvelEchelon = Math.min(...suivants.map((e) => e.echelon))
  const nouveau = indiceOf(s.grade, nouvelEchelon, effet) ?? suivants.findLast((e) => e.echelon === nouvelEchelon)!
  return {
    avancement: {
      echelon: s.echelon,
      dureeMois: actuel.dureeMois,
      nouvelEchelon,
      nouvelIb: nouveau.ib ?? null,
      nouvelIm: nouveau.im,
      effet,
      verifie: actuel.verifie && nouveau.verifie,
    },
  }
}

/** The situation on the new échelon: the index of the grid, and the seniority that starts again. */
export const avancer = (s: SituationAgent, a: Avancement, effet: Jour): SituationAgent => ({
  ...s,
  echelon: a.nouvelEchelon,
  ib: a.nouvelIb,
  im: a.nouvelIm,
  dateEchelon: effet,
})

/** « 2025-120 », then « 2025-121 »; nothing when the body numbers its own arrêtés. */
export function numeroArrete(premier: string, rang: number): string {
  const m = /^(.*?)(\d+)$/.exec(premier)
  if (!m) return premier
  return `${m[1]}${String(Number(m[2]) + rang).padStart(m[2]!.length, '0')}`
}

export const motifAvancement = (numero: string, date: Jour): string =>
  numero === ''
    ? `Avancement d’échelon, arrêté du ${formatJour(date)}`
    : `Avancement d’échelon, arrêté n° ${numero} du ${formatJour(date)}`
