import { inOrganisme, type Tx } from '#socle/db/base.ts'
import { type Acteur, hasDroit } from '#socle/droits.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { auteurOf } from '../../dossier/actions/visas.ts'
import type { Services } from '../../production/jobs.ts'
import { getFiche } from '../db/carrieres.ts'
import { vueEffet } from '../http/effet.ts'
import * as contrat from './contract.ts'
import { ajouterRetenue, finirRetenue, listRetenues } from './retenues.ts'
import { simulerFinRetenue, simulerRetenue } from './simuler.ts'

const view = async (tx: Tx, qui: Acteur, carriereId: string) => ({
  retenues: await listRetenues(tx, carriereId),
  peutModifier: hasDroit(qui, 'carrieres.modifier'),
})

/** Deductions that come back each month; who owes to whom is read with the payslips, not with the files. */
export function registerRetenues(application: Application, services: Services): void {
  servirOrganisme(application, contrat.listerRetenues, 'bulletins.lire', async ({ tx, qui, params }) => {
    await getFiche(tx, params.carriere)
    return view(tx, qui, params.carriere)
  })
  servirLibre(application, contrat.simulerRetenue, 'carrieres.modifier', async ({ base, qui, params, body }) => {
    // read before the transaction opens: their reader has one of its own
    const jeu = await services.readJeu()
    return inOrganisme(base, qui.organismeId, async (tx) =>
      vueEffet(await simulerRetenue(tx, jeu, params.carriere, body)),
    )
  })
  servirOrganisme(application, contrat.ajouterRetenue, 'carrieres.modifier', async ({ tx, qui, params, body }) => {
    await ajouterRetenue(tx, auteurOf(qui), params.carriere, body)
    return view(tx, qui, params.carriere)
  })
  servirLibre(application, contrat.simulerFinRetenue, 'carrieres.modifier', async ({ base, qui, params, body }) => {
    const jeu = await services.readJeu()
    return inOrganisme(base, qui.organismeId, async (tx) =>
      vueEffet(await simulerFinRetenue(tx, jeu, params.retenue, body.jusqua)),
    )
  })
  servirOrganisme(application, contrat.finirRetenue, 'carrieres.modifier', async ({ tx, qui, params, body }) =>
    view(tx, qui, await finirRetenue(tx, auteurOf(qui), params.retenue, body.jusqua)),
  )
}
