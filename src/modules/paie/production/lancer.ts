import type { Mois } from '#socle/dates.ts'
import { inOrganisme, type Tx } from '#socle/db/base.ts'
import { type Id, newId } from '#socle/ids.ts'
import { agenceOf, createProduction } from './db/productions.ts'
import type { JobsPaie, Services } from './jobs.ts'

export type Lancement = {
  id: Id<'Production'>
  mois: Mois
  lanceePar: string
  jusqua: 'calcul' | 'diffusion'
  approuveEnDemonstration: boolean
  /** All the clients when neither is given. */
  portefeuille?: string | undefined
  clients?: readonly string[] | undefined
}

/** In the agency's transaction: the production and the job of each client, together or not at all. */
export async function launchIn(
  tx: Tx,
  agence: string,
  services: Services,
  jobs: JobsPaie,
  lancement: Lancement,
): Promise<void> {
  const { id, mois } = lancement
  for (const client of await createProduction(tx, agence, lancement))
    await services.jobs().enqueue(tx, jobs.calculer, { organisme: client, mois, production: id })
}

/** Launches the month of all the clients; gives the id to follow. */
export async function launchProduction(
  services: Services,
  jobs: JobsPaie,
  lancement: Omit<Lancement, 'id'>,
): Promise<Id<'Production'>> {
  const id = newId<'Production'>()
  const agence = await agenceOf(services.base)
  await inOrganisme(services.base, agence, (tx) => launchIn(tx, agence, services, jobs, { ...lancement, id }))
  return id
}
