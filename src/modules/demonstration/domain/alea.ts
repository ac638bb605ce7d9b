import type { Id } from '#socle/ids.ts'

/** Seed of the demonstration: the first payslip of the visit, 2025-11. */
export const GRAINE = 202511

export type Alea = {
  /** In [0, 1[. */
  reel(): number
  /** Whole number, both bounds included. */
  entier(min: number, max: number): number
  /** True with that probability. */
  chance(probabilite: number): boolean
  choix<T>(liste: readonly T[]): T
  /** One value among `[value, weight]` pairs. */
  pese<T>(paires: readonly (readonly [T, number])[]): T
  melange<T>(liste: readonly T[]): T[]
}

/** FNV-1a, so that each theme has its own stream: a change in one does not move the others. */
function empreinte(texte: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < texte.length; i++) h = Math.imul(h ^ texte.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/** mulberry32, over the seed and the name of the stream. */
export function alea(graine: number, flux: string): Alea {
  let etat = (Math.imul(graine, 0x9e3779b1) ^ empreinte(flux)) >>> 0
  const reel = () => {
    etat = (etat + 0x6d2b79f5) >>> 0
    let t = Math.imul(etat ^ (etat >>> 15), etat | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const entier = (min: number, max: number) => min + Math.floor(reel() * (max - min + 1))
  return {
    reel,
    entier,
    chance: (p) => reel() < p,
    choix: (liste) => {
      const item = liste[Math.floor(reel() * liste.length)]
      if (item === undefined) throw new Error('choix in an empty list')
      return item
    },
    pese: (paires) => {
      let reste = reel() * paires.reduce((total, [, poids]) => total + poids, 0)
      for (const [valeur, poids] of paires) if ((reste -= poids) < 0) return valeur
      return paires[paires.length - 1]![0]
    },
    melange: (liste) => {
      const copie = [...liste]
      for (let i = copie.length - 1; i > 0; i--) {
        const j = entier(0, i)
        ;[copie[i], copie[j]] = [copie[j]!, copie[i]!]
      }
      return copie
    },
  }
}

/** 2025-09-01 00:00 UTC, in milliseconds: the ids of the demonstration look like that day’s. */
const DEBUT_IDS = 1756684800000

/** Ids in the shape of UUID v7, in order, the same for the same seed. */
export function fabriqueIds(graine: number, flux: string): <Noun extends string>() => Id<Noun> {
  const a = alea(graine, `ids/${flux}`)
  let rang = 0
  const hexa = (chiffres: number) =>
    Math.floor(a.reel() * 16 ** chiffres)
      .toString(16)
      .padStart(chiffres, '0')
  return <Noun extends string>() => {
    const temps = (DEBUT_IDS + rang++).toString(16).padStart(12, '0')
    const variante = (8 + a.entier(0, 3)).toString(16)
    return `${temps.slice(0, 8)}-${temps.slice(8)}-7${hexa(3)}-${variante}${hexa(3)}-${hexa(6)}${hexa(6)}` as Id<Noun>
  }
}
