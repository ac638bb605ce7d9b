import { addMois, type Mois } from '#socle/dates.ts'
import { alea } from './alea.ts'
import type { Demonstration } from './types.ts'

/** Months of service before the first month of the visit: what the agency brings from its former system. */
const MOIS_ANTERIEURS = 22

/**
 * Two years of a service that improves: deposits come a little more on time, payslips are corrected a little less.
 * Fictitious, as the people are; the months of the visit count from their own facts.
 */
export function buildIndicateurs(d: Demonstration) {
  const a = alea(d.graine, 'indicateurs')
  const premier = [...d.mois].sort()[0]!
  const aPayer = Map.groupBy(d.carrieres, (c) => c.organismeId)
  return d.organismes.flatMap((o) => {
    if (o.pex === null) return []
    const effectif = aPayer.get(o.id)?.length ?? 0
    return Array.from({ length: MOIS_ANTERIEURS }, (_, i) => {
      const progres = i / MOIS_ANTERIEURS
      const bulletins = Math.max(1, effectif + a.entier(-1, 1))
      const depots = a.entier(1, 3 + Math.ceil(bulletins / 8))
      const parmi = (part: number) =>
        Array.from({ length: depots }).reduce<number>((n) => n + Number(a.chance(part)), 0)
      const corriges = Math.min(bulletins, Number(a.chance(Math.min(0.9, bulletins * (0.012 - 0.007 * progres)))))
      return {
        client: o.id as string,
        mois: addMois(premier as Mois, i - MOIS_ANTERIEURS),
        bulletins,
        depots,
        depots_a_temps: parmi(0.74 + 0.14 * progres),
        depots_complets: parmi(0.7 + 0.15 * progres),
        renvois: Number(a.chance(0.05 - 0.03 * progres)),
        rappels: corriges,
        corriges,
        minutes: Math.round(bulletins * (3.6 - 1.1 * progres + a.reel() * 0.6)),
      }
    })
  })
}
