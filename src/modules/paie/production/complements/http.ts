import { inOrganisme } from '#socle/db/base.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { auteurOf } from '../../dossier/actions/visas.ts'
import { getDossier } from '../../dossier/db/dossiers.ts'
import type { JobsPaie, Services } from '../jobs.ts'
import { calculerComplement } from './actions/calculer.ts'
import { ouvrir } from './actions/ouvrir.ts'
import { abandonnerComplement, approuverComplement, envoyerComplement, renvoyerComplement } from './actions/visas.ts'
import * as contrat from './contract.ts'
import { listComplements, viewComplement } from './lire.ts'

/** Productions beside the run of the month: complementary, or urgent. */
export function registerComplements(application: Application, services: Services, jobs: JobsPaie): void {
  const { base } = application
  const { readJeu } = services

  servirOrganisme(application, contrat.listerComplements, 'dossier.lire', ({ tx, params }) =>
    listComplements(tx, params.mois),
  )
  servirOrganisme(application, contrat.lireComplement, 'bulletins.lire', ({ tx, qui, params }) =>
    viewComplement(tx, qui, params.mois, params.rang),
  )
  servirLibre(application, contrat.ouvrirComplement, 'paie.calculer', async ({ qui, params: { mois }, body }) => {
    const rang = await inOrganisme(base, qui.organismeId, async (tx) => {
      await getDossier(tx, mois)
      return ouvrir(tx, auteurOf(qui), mois, body)
    })
    await calculerComplement(services, auteurOf(qui), mois, rang)
    return inOrganisme(base, qui.organismeId, (tx) => viewComplement(tx, qui, mois, rang))
  })
  servirLibre(application, contrat.calculerComplement, 'paie.calculer', async ({ qui, params: { mois, rang } }) => {
    await calculerComplement(services, auteurOf(qui), mois, rang)
    return inOrganisme(base, qui.organismeId, (tx) => viewComplement(tx, qui, mois, rang))
  })
  servirLibre(
    application,
    contrat.envoyerComplement,
    'paie.calculer',
    async ({ qui, params: { mois, rang }, body }) => {
      const publie = await readJeu()
      return inOrganisme(base, qui.organismeId, async (tx) => {
        await envoyerComplement(tx, auteurOf(qui), mois, rang, body.empreinte, publie)
        return viewComplement(tx, qui, mois, rang)
      })
    },
  )
  servirOrganisme(
    application,
    contrat.approuverComplement,
    'paie.approuver',
    async ({ tx, qui, params: { mois, rang }, body }) => {
      await approuverComplement(tx, auteurOf(qui), mois, rang, body.empreinte)
      await services.jobs().enqueue(tx, jobs.editer, { organisme: qui.organismeId, mois, rang })
      return viewComplement(tx, qui, mois, rang)
    },
  )
  servirOrganisme(
    application,
    contrat.renvoyerComplement,
    'paie.approuver',
    async ({ tx, qui, params: { mois, rang }, body }) => {
      await renvoyerComplement(tx, auteurOf(qui), mois, rang, body.motif)
      return viewComplement(tx, qui, mois, rang)
    },
  )
  servirOrganisme(
    application,
    contrat.abandonnerComplement,
    'paie.calculer',
    async ({ tx, qui, params: { mois, rang } }) => {
      await abandonnerComplement(tx, auteurOf(qui), mois, rang)
      return viewComplement(tx, qui, mois, rang)
    },
  )
}
