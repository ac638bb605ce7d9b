import { type Fraction, multiply, plus, ratio, UN } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import type { Situation } from '../situation.ts'
import { joursDuMois } from './calendrier.ts'
import type { Contexte } from './contexte.ts'
import { lireTemps, type Temps } from './traitement.ts'

/** The situations of the month, one after the other, each with its own dates. */
function tranches(c: Contexte, s: Situation): Situation[] {
  const debut = `${c.mois}-01`
  const dernier = `${c.mois}-${joursDuMois(c.mois)}`
  const dates = (s.periodes ?? []).filter(
    (p) =>
      p.depuis > debut &&
      p.depuis <= dernier &&
      (s.entree === undefined || p.depuis > s.entree) &&
      (s.sortie === undefined || p.depuis < s.sortie),
  )
  let courante: Situation = s
  // A change on the first day, or before the entry, is the situation of the whole month.
  for (const p of s.periodes ?? [])
    if (p.depuis <= debut || (s.entree !== undefined && p.depuis <= s.entree))
      courante = { ...courante, ...sansDate(p) }
  const liste: Situation[] = []
  let depuis: Jour | undefined = s.entree
  for (const p of dates) {
    liste.push({ ...courante, ...(depuis !== undefined && { entree: depuis }), sortie: p.depuis })
    courante = { ...courante, ...sansDate(p) }
    depuis = p.depuis
  }
  liste.push({ ...courante, ...(depuis !== undefined && { entree: depuis }) })
  return liste
}
function sansDate({ depuis: _, ...change }: NonNullable<Situation['periodes']>[number]): Partial<Situation> {
  return change as Partial<Situation>
}

const PRORATISEES = new Set(['prime', 'horsTransfert', 'pension'])
const proratisee = (p: NonNullable<Situation['primes']>[number]) => p.proratise ?? PRORATISEES.has(p.nature ?? 'prime')

/**
 * Runs the gains of each situation of the month on its own thirtieths, then gives back the time of the whole month: what
 * follows (transfert, ceiling) sees the mean working time. Primes that are not shared come with the last situation.
 */
export function parPeriode(c: Contexte, gains: (t: Temps) => void): Temps {
  const s = c.s
  if (s.periodes === undefined || s.periodes.length === 0) {
    const t = lireTemps(c)
    gains(t)
    return t
  }
  const liste = tranches(c, s)
  let jours = 0
  let prorata: Fraction = { num: 0n, den: 1n }
  let plafond: Fraction = { num: 0n, den: 1n }
  let temps: Temps | undefined
  for (const [i, tranche] of liste.entries()) {
    const derniere = i === liste.length - 1
    c.s = derniere ? tranche : { ...tranche, primes: (tranche.primes ?? []).filter(proratisee) }
    const avant = c.lignes.length
    temps = lireTemps(c)
    gains(temps)
    if (liste.length > 1) for (const l of c.lignes.slice(avant)) l.libelle = `${l.libelle} (${dates(c, tranche)})`
    jours += c.trentiemes
    prorata = plus(prorata, multiply(c.prorata, ratio(c.trentiemes, 1)))
    plafond = plus(plafond, multiply(c.prorataPlafond, ratio(c.trentiemes, 1)))
  }
  const { entree: _e, sortie: _s, ...derniere } = liste.at(-1)!
  c.s = {
    ...derniere,
    ...(s.entree !== undefined && { entree: s.entree }),
    ...(s.sortie !== undefined && { sortie: s.sortie }),
  }
  c.trentiemes = jours
  if (jours > 0) {
    c.prorata = multiply(prorata, ratio(1, jours))
    c.prorataPlafond = multiply(plafond, ratio(1, jours))
  }
  return { ...temps!, present: jours === 30 ? UN : ratio(jours, 30) }
}

const dates = (c: Contexte, t: Situation): string => {
  const jour = (j: string) => String(Number(j.slice(8)))
  const debut = t.entree !== undefined && t.entree.slice(0, 7) === c.mois ? jour(t.entree) : '1'
  const fin =
    t.sortie !== undefined && t.sortie.slice(0, 7) === c.mois
      ? String(Number(t.sortie.slice(8)) - 1)
      : String(joursDuMois(c.mois))
  return `du ${debut} au ${fin}`
}
