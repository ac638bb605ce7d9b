import type { Jour, Mois } from '#socle/dates.ts'

/** Days since 1970-01-01, without an object: the engine counts days by the million. */
export function rang(j: string): number {
  const y = Number(j.slice(0, 4))
  const m = Number(j.slice(5, 7))
  const d = Number(j.slice(8, 10))
  const yy = m <= 2 ? y - 1 : y
  const era = Math.floor(yy / 400)
  const yoe = yy - era * 400
  const doy = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1
  return era * 146_097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719_468
}

export function joursDuMois(mois: Mois): number {
  const y = Number(mois.slice(0, 4))
  const m = Number(mois.slice(5, 7))
  if (m === 2) return (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0 ? 29 : 28
  return m === 4 || m === 6 || m === 9 || m === 11 ? 30 : 31
}

/** Days of the month, counted from its first (0), that the half-open period covers: `[debut, fin[`. */
export function partDuMois(mois: Mois, depuis: Jour | undefined, jusqua: Jour | undefined): [number, number] {
  const jours = joursDuMois(mois)
  const premier = rang(`${mois}-01`)
  const debut = depuis === undefined ? 0 : Math.max(0, rang(depuis) - premier)
  const fin = jusqua === undefined ? jours : Math.min(jours, rang(jusqua) - premier)
  return [debut, Math.max(debut, fin)]
}

/** Thirtieths of a presence: the month counts thirty days, whatever its length (loi 61-825, article 4). */
export function trentiemesPresence(mois: Mois, entree: Jour | undefined, sortie: Jour | undefined): number {
  const jours = joursDuMois(mois)
  const [debut, fin] = partDuMois(mois, entree, sortie)
  if (debut >= fin) return 0
  if (fin < jours) return Math.min(30, fin - debut)
  return Math.max(1, 30 - debut)
}
