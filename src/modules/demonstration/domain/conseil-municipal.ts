/** CGCT art. L. 2121-2: councillors by population (general knowledge, to confirm before any other use than fiction). */
const CONSEILLERS: readonly (readonly [populationMax: number, conseillers: number])[] = [
  [99, 7],
  [499, 11],
  [1499, 15],
  [2499, 19],
  [3499, 23],
  [4999, 27],
  [9999, 29],
  [19999, 33],
  [29999, 35],
  [39999, 39],
]

/** CGCT art. L. 2122-2: no more adjoints than 30 % of the council, rounded down. */
export function maximumAdjoints(population: number): number {
  const ligne = CONSEILLERS.find(([max]) => population <= max)
  if (!ligne) throw new Error(`no commune of ${population} inhabitants is expected in the Landes`)
  return Math.floor(ligne[1] * 0.3)
}
