/** A scale that starts at zero (or below, for negative values) and falls on round steps: 1, 2, 2.5 or 5 times ten. */
export function echelle(valeurs: readonly number[], pas = 4): { min: number; max: number; graduations: number[] } {
  const haut = Math.max(0, ...valeurs)
  const bas = Math.min(0, ...valeurs)
  const brut = (haut - bas || 1) / pas
  const puissance = 10 ** Math.floor(Math.log10(brut))
  const unite = [1, 2, 2.5, 5, 10].find((m) => m * puissance >= brut * 0.999)! * puissance
  const premier = Math.floor(bas / unite)
  const dernier = Math.max(premier + 1, Math.ceil(haut / unite - 1e-9))
  // Multiplied, never added: 0.1 + 0.2 would print 0.30000000000000004.
  const graduations = Array.from({ length: dernier - premier + 1 }, (_, i) =>
    Number(((premier + i) * unite).toPrecision(12)),
  )
  return { min: graduations[0]!, max: graduations.at(-1)!, graduations }
}

/** Moves labels apart so that none covers another, as little as it can; the order is kept. */
export function ecarter(positions: readonly number[], ecart: number, min: number, max: number): number[] {
  const ordre = positions.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y)
  for (let k = 1; k < ordre.length; k++) ordre[k]!.y = Math.max(ordre[k]!.y, ordre[k - 1]!.y + ecart)
  if (ordre.length > 0 && ordre.at(-1)!.y > max) {
    ordre.at(-1)!.y = max
    for (let k = ordre.length - 2; k >= 0; k--) ordre[k]!.y = Math.min(ordre[k]!.y, ordre[k + 1]!.y - ecart)
  }
  const resultat: number[] = []
  for (const { y, i } of ordre) resultat[i] = Math.max(min, y)
  return resultat
}
