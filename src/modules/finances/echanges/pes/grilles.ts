import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const zTriplets = z.object({ cites: z.array(z.string()), usage: z.array(z.string()) })
const zGrilles = z.object({
  source: z.string(),
  verifie: z.boolean(),
  triplets: z.object({ depense: zTriplets, recette: zTriplets }),
  tiers: z.record(z.string(), z.array(z.string())),
})
export type Grilles = z.infer<typeof zGrilles>

let grilles: Grilles | undefined
export const readGrilles = (): Grilles =>
  (grilles ??= zGrilles.parse(parse(readFileSync(new URL('grilles.yaml', import.meta.url), 'utf8'))))

export function isTripletConnu(domaine: 'depense' | 'recette', triplet: string): boolean {
  const { cites, usage } = readGrilles().triplets[domaine]
  return cites.includes(triplet) || usage.includes(triplet)
}
export const isTiersUsuel = (categorie: string, natureJuridique: string): boolean =>
  readGrilles().tiers[categorie]?.includes(natureJuridique) ?? false
