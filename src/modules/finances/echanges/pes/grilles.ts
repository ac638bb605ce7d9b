import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const zTriplet = z.object({
  triplet: z.string().regex(/^\d{2}-\d{2}-\d{2}$/),
  libelle: z.string().min(3),
  verifie: z.boolean(),
})
export type Domaine = 'depense' | 'recette'
const zGrilles = z.object({
  source: z.string(),
  triplets: z.object({ depense: z.array(zTriplet), recette: z.array(zTriplet) }),
  /** Category of a tiers: the legal natures that go with it. */
  tiers: z.record(z.string(), z.array(z.string())),
})

export const grilles = zGrilles.parse(parse(readFileSync(new URL('grilles.yaml', import.meta.url), 'utf8')))

const connus = {
  depense: new Set(grilles.triplets.depense.map((t) => t.triplet)),
  recette: new Set(grilles.triplets.recette.map((t) => t.triplet)),
}
export const isTripletConnu = (domaine: Domaine, triplet: string): boolean => connus[domaine].has(triplet)
export const isTiersUsuel = (categorie: string, natureJuridique: string): boolean =>
  grilles.tiers[categorie]?.includes(natureJuridique) ?? false
