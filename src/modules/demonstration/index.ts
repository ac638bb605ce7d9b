import { readDecoupage } from './decoupage.ts'
import { GRAINE } from './domain/alea.ts'
import { buildOrganismes } from './domain/organismes.ts'
import { buildPopulation } from './domain/population.ts'

export type * from './domain/types.ts'

/** The demonstration département: same data at each call. */
export function buildDemonstration() {
  const organismes = buildOrganismes(GRAINE, readDecoupage())
  const { personnes, carrieres, clients } = buildPopulation(organismes)
  return { graine: GRAINE, organismes, personnes, carrieres, clients }
}
