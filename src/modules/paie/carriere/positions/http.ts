import { inOrganisme } from '#socle/db/base.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { auteurOf } from '../../dossier/actions/visas.ts'
import type { Services } from '../../production/jobs.ts'
import { appliquerPosition, changerPosition } from '../actions/changer.ts'
import { simulerChangement } from '../actions/simuler.ts'
import { vueEffet } from '../http/effet.ts'
import * as contrat from './contract.ts'

/** Positions statutaires of a post. */
export function registerPositions(application: Application, services: Services): void {
  servirLibre(application, contrat.simulerPosition, 'carrieres.modifier', async ({ base, qui, params, body }) => {
    // read before the transaction opens: their reader has one of its own
    const jeu = await services.readJeu()
    return inOrganisme(base, qui.organismeId, async (tx) =>
      vueEffet(
        await simulerChangement(tx, jeu, params.carriere, body.depuis, (avant) => appliquerPosition(avant, body)),
      ),
    )
  })
  servirOrganisme(application, contrat.changerPosition, 'carrieres.modifier', ({ tx, qui, params, body }) =>
    changerPosition(tx, auteurOf(qui), params.carriere, body),
  )
}
