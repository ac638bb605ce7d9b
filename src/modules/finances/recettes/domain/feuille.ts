import { type Centimes, euros } from '#socle/argent.ts'
import { type Jour, zJour } from '#socle/dates.ts'

/* What spreadsheets of offices hold, read as people write it. Shared by the imports of this folder. */

const plat = (t: string) =>
  t.normalize('NFD').replace(/\p{M}/gu, '').replace(/[’']/g, ' ').replace(/\s+/g, ' ').trim().toLowerCase()

/** Where each column stands, by the titles that name it; the first title wins. */
export function lireColonnes<C extends string>(titres: readonly string[], colonnes: Record<C, readonly string[]>) {
  const place = new Map<C, number>()
  for (const [i, titre] of titres.entries()) {
    const c = (Object.keys(colonnes) as C[]).find((k) => colonnes[k].includes(plat(titre)))
    if (c && !place.has(c)) place.set(c, i)
  }
  return {
    lire: (cellules: readonly string[], c: C): string => (place.has(c) ? (cellules[place.get(c)!] ?? '').trim() : ''),
    manquantes: (obligatoires: readonly C[]): C[] => obligatoires.filter((c) => !place.has(c)),
  }
}
/** Two names that a person reads as one. */
export const memeTexte = (...textes: string[]): string => textes.map(plat).join('|')

/** « 1 234,50 € »; undefined when it is not an amount to the cent. */
export function readMontant(texte: string): Centimes | undefined {
  const t = texte.replace(/[\s\u00a0\u202f€]/g, '').replace(',', '.')
  if (!/^-?\d{1,13}(\.\d+)?$/.test(t)) return undefined
  const decimales = t.split('.')[1] ?? ''
  if (decimales.length <= 2) return euros(t)
  // a spreadsheet keeps 12.30 as 12.299999999999999
  const arrondi = Number(t).toFixed(2)
  return Math.abs(Number(arrondi) - Number(t)) < 1e-6 ? euros(arrondi) : undefined
}

/** « 14/03/2025 » or « 2025-03-14 »; undefined when there is no such day. */
export function readJour(texte: string): Jour | undefined {
  const t = texte
    .trim()
    .replace(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/, (_, j: string, m: string, a: string) =>
      [a, m.padStart(2, '0'), j.padStart(2, '0')].join('-'),
    )
  return zJour.safeParse(t).data
}
