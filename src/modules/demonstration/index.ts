import { listGrades } from '#modules/paie/calcul/index.ts'
import { readDecoupage } from './decoupage.ts'
import { GRAINE } from './domain/alea.ts'
import { buildComptes } from './domain/comptes.ts'
import { echellesVerifiees } from './domain/echelles.ts'
import { buildMois, MOIS } from './domain/mois.ts'
import { buildOrganismes } from './domain/organismes.ts'
import { buildPopulation } from './domain/population.ts'
import { buildQuestions } from './domain/questions.ts'
import { reglagesOf } from './domain/reglages.ts'
import type { Demonstration } from './domain/types.ts'

export { createDessinateur } from './documents/papier.ts'
export { carrieresToPay } from './domain/presence.ts'
export type * from './domain/types.ts'

/** The whole demonstration département as plain data: no clock, the same seed gives the same data. */
export function buildDemonstration(): Demonstration {
  const organismes = buildOrganismes(GRAINE, readDecoupage())
  const { clients, personnes, carrieres } = buildPopulation(GRAINE, organismes, echellesVerifiees(listGrades()))
  const carrieresPar = Map.groupBy(carrieres, (c) => c.organismeId)
  for (const { organisme } of clients)
    organisme.pex = reglagesOf(GRAINE, organisme, carrieresPar.get(organisme.id) ?? [])
  const agence = organismes.find((o) => o.type === 'agence')
  if (!agence) throw new Error('no agency')
  const acces = buildComptes({
    graine: GRAINE,
    agence,
    clients,
    personnes: new Map(personnes.map((p) => [p.id, p])),
    carrieres,
  })
  const { variables, pieces } = buildMois({
    graine: GRAINE,
    organismes: new Map(organismes.map((o) => [o.id, o])),
    carrieres,
    acces,
  })
  return {
    graine: GRAINE,
    mois: [...MOIS],
    agenceId: agence.id,
    organismes,
    personnes,
    carrieres,
    variables,
    pieces,
    questions: buildQuestions({ graine: GRAINE, acces, pieces, carrieres }),
    ...acces,
  }
}
