import type { Jour } from '#socle/dates.ts'
import type { SituationCarriere } from '../contract.ts'
import { bornerPositions, type PositionTenue } from '../positions/domain/positions.ts'

export type SituationTenue = { depuis: Jour; jusqua: Jour | null; motif: string; contenu: SituationCarriere }

/** All that a career is, as the history keeps it before and after each act. Situations are in order, without gap. */
export type EtatCarriere = {
  emploi: string
  entree: Jour
  sortie: Jour | null
  motifSortie: string | null
  situations: SituationTenue[]
  /** Other than the activité, in order; absent from the acts older than the positions. */
  positions?: PositionTenue[]
}

/** A new situation from a day on, until the next one that is known, or until `jusqua` when it is temporary. */
export type Changement = { depuis: Jour; jusqua: Jour | null; motif: string; contenu: SituationCarriere }

const apres = (a: Jour | null, b: Jour): boolean => a === null || a > b

/**
 * The situations once a change is made. A day that a situation started on is corrected: the new one takes its place. A
 * temporary change gives back what it covered from its end on.
 */
export function insererSituation(situations: readonly SituationTenue[], c: Changement): SituationTenue[] {
  const suivante = situations.find((s) => s.depuis > c.depuis)
  const fin = c.jusqua ?? suivante?.depuis ?? situations.at(-1)?.jusqua ?? null
  const avant = situations.flatMap((s) => {
    if (s.depuis >= c.depuis) return []
    return [{ ...s, jusqua: apres(s.jusqua, c.depuis) ? c.depuis : s.jusqua }]
  })
  const ensuite =
    fin === null
      ? []
      : situations.flatMap((s) => {
          if (!apres(s.jusqua, fin)) return []
          // a day is a text, that Math.max does not compare
          return [{ ...s, depuis: [s.depuis, fin].sort()[1]! }]
        })
  return [...avant, { depuis: c.depuis, jusqua: fin, motif: c.motif, contenu: c.contenu }, ...ensuite]
}

/** Closes a career: `sortie` is the first day out of the post, and nothing that was to come after it happens. */
export function sortir(etat: EtatCarriere, sortie: Jour, motifSortie: string): EtatCarriere {
  return {
    ...etat,
    sortie,
    motifSortie,
    situations: etat.situations
      .filter((s) => s.depuis < sortie)
      .map((s) => ({ ...s, jusqua: apres(s.jusqua, sortie) ? sortie : s.jusqua })),
    positions: bornerPositions(etat.positions ?? [], sortie),
  }
}

/** The situation in force on a day. */
export const situationLe = (situations: readonly SituationTenue[], j: Jour): SituationTenue | undefined =>
  situations.findLast((s) => s.depuis <= j && apres(s.jusqua, j))

/** Two states that are the same career, whatever the order in which their properties were written. */
export const memeEtat = (a: EtatCarriere, b: EtatCarriere): boolean =>
  canonique({ positions: [], ...a }) === canonique({ positions: [], ...b })

const canonique = (v: unknown): string =>
  JSON.stringify(v, (_, x: unknown) =>
    x !== null && typeof x === 'object' && !Array.isArray(x)
      ? Object.fromEntries(Object.entries(x).sort(([a], [b]) => (a < b ? -1 : 1)))
      : x,
  )
