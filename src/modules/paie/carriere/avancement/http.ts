import { sendFichier } from '#modules/documents/index.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { auteurOf } from '../../dossier/actions/visas.ts'
import { renderActes } from '../documents/actes.ts'
import * as contrat from './contract.ts'
import { getArretes, listAvancements, prononcerAvancements } from './prononcer.ts'

export function registerAvancements(application: Application): void {
  servirOrganisme(application, contrat.listerAvancements, 'agents.lire', ({ tx, query }) =>
    listAvancements(tx, query.jusqua),
  )
  servirOrganisme(application, contrat.prononcerAvancements, 'carrieres.modifier', async ({ tx, qui, body }) => ({
    lot: body.id,
    arretes: await prononcerAvancements(tx, auteurOf(qui), body),
  }))
  servirLibre(application, contrat.lireArretes, 'agents.lire', async ({ base, qui, params, reply }) => {
    const modele = await inOrganisme(base, qui.organismeId, (tx) => getArretes(tx, params.lot))
    return sendFichier(reply, {
      nom: 'arretes-avancement.pdf',
      type: 'application/pdf',
      octets: Buffer.from(renderActes(modele)),
    })
  })
}
