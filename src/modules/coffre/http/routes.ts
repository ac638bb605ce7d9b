import { type Depot, sendFichier } from '#modules/documents/index.ts'
import { type Application, servirPersonne, servirPersonneLibre } from '#socle/http/servir.ts'
import { exportCoffre } from '../actions/exporter.ts'
import { controlCoffre, openObjet } from '../actions/lire.ts'
import { controlerCoffre, exporterCoffre, lireRecu, listerJournal, listerObjets, ouvrirObjet } from '../contract.ts'
import { listJournal, noteActe } from '../db/journal.ts'
import { getObjet, listObjets } from '../db/objets.ts'
import { fileNameOf, recuOf } from '../exchange/archive.ts'

/** The routes of the holder's safe. No body is named by any of them: the person alone decides what is seen. */
export function registerRoutes(application: Application, { depot }: { depot: Depot }): void {
  servirPersonne(application, listerObjets, async ({ tx, qui, query }) => {
    const objets = await listObjets(tx, query)
    await noteActe(tx, qui, { acte: 'lister', nombre: objets.length })
    return { objets }
  })

  servirPersonneLibre(application, ouvrirObjet, async ({ base, qui, params, query, reply }) => {
    const telecharger = query.telecharger === 'oui'
    const { objet, octets } = await openObjet(base, depot, qui, params.id, telecharger ? 'telecharger' : 'lire')
    return sendFichier(reply, { nom: fileNameOf(objet), type: objet.typeMime, octets, telecharger })
  })

  servirPersonne(application, lireRecu, async ({ tx, qui, params }) => {
    const objet = await getObjet(tx, params.id)
    await noteActe(tx, qui, { acte: 'lireRecu', objetId: objet.id })
    return recuOf(objet)
  })

  servirPersonneLibre(application, exporterCoffre, async ({ base, qui, reply }) =>
    sendFichier(reply, {
      nom: 'mon-coffre.zip',
      type: 'application/zip',
      octets: await exportCoffre(base, depot, qui),
      telecharger: true,
    }),
  )

  servirPersonne(application, listerJournal, ({ tx, query }) =>
    listJournal(tx, { avant: query.avant, tout: query.tout === 'oui' }),
  )

  servirPersonneLibre(application, controlerCoffre, ({ base, qui }) => controlCoffre(base, depot, qui))
}
