import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import * as contrat from './contract.ts'
import { listPortefeuilles } from './lire.ts'
import { moveOrganismes, setPortefeuille } from './regler.ts'

const DROIT = 'production.lancer'

/** Of the agency only: the right belongs to its supervisors. */
export function registerPortefeuilles(application: Application): void {
  servirOrganisme(application, contrat.listerPortefeuilles, DROIT, ({ tx, qui }) =>
    listPortefeuilles(tx, qui.organismeId),
  )

  servirOrganisme(application, contrat.reglerPortefeuille, DROIT, async ({ tx, qui, params, body }) => {
    await setPortefeuille(tx, qui, { id: params.portefeuille, ...body })
    return listPortefeuilles(tx, qui.organismeId)
  })

  servirOrganisme(application, contrat.affecterOrganismes, DROIT, async ({ tx, qui, body }) => {
    await moveOrganismes(tx, qui, body)
    return listPortefeuilles(tx, qui.organismeId)
  })
}
