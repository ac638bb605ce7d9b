import '../db/tables.ts'
import { Temporal } from 'temporal-polyfill'
import { searchPersonnes } from '#modules/acces/index.ts'
import { type Depot, deposerDocument, readDocument, receiveFichier, sendFichier } from '#modules/documents/index.ts'
import type { Courrier } from '#socle/courriel/courriel.ts'
import { inOrganisme, setContexte } from '#socle/db/base.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import * as contrat from './contract.ts'
import { freezeCoffre, unfreezeCoffre } from './geler.ts'
import { getSuccession, isPreuve, listSuccessions } from './lire.ts'
import { decideRemise, exportRemise, prepareRemise, requireGelee } from './remettre.ts'

const DROIT = 'coffre.succession'
const TROUVES = 10

/** What the agency does around the safe of a dead person: rights of its own people only. */
export function registerSuccessions(application: Application, services: { depot: Depot; courrier: Courrier }): void {
  const { base } = application
  const { depot, courrier } = services

  servirOrganisme(application, contrat.listerSuccessions, DROIT, async ({ tx, qui }) => ({
    successions: await listSuccessions(tx, qui),
  }))

  servirOrganisme(application, contrat.chercherTitulaires, DROIT, async ({ tx, qui, query }) => {
    const titulaires = []
    for (const p of await searchPersonnes(tx, query.recherche, TROUVES)) {
      // the same name twice: her employers tell her from another
      await setContexte(tx, { personne: p.id, organisme: qui.organismeId })
      const employeurs = await tx
        .selectFrom('app.coffre_objet')
        .select('employeur_nom')
        .distinct()
        .where('personne_id', '=', p.id)
        .orderBy('employeur_nom')
        .execute()
      titulaires.push({
        personneId: p.id,
        nom: `${p.prenom} ${p.nom}`.trim(),
        identifiant: p.identifiant,
        employeurs: employeurs.map((e) => e.employeur_nom),
      })
    }
    return { titulaires }
  })

  servirLibre(application, contrat.deposerPreuve, DROIT, async ({ qui, request }) => {
    const fichier = await receiveFichier(request)
    return inOrganisme(base, qui.organismeId, async (tx) => {
      const d = await deposerDocument(tx, depot, qui, fichier)
      return { documentId: d.id, nom: d.nom }
    })
  })

  servirLibre(application, contrat.lirePreuve, DROIT, async ({ qui, params, reply }) => {
    if (!(await inOrganisme(base, qui.organismeId, (tx) => isPreuve(tx, params.document))))
      throw introuvable('Ce document')
    const { document, octets } = await readDocument(base, depot, qui, params.document)
    return sendFichier(reply, { nom: document.nom, type: document.typeMime, octets })
  })

  servirOrganisme(application, contrat.declarerDeces, DROIT, async ({ tx, qui, body }) => {
    if (body.decedeeLe > Temporal.Now.plainDateISO('Europe/Paris').toString())
      throw new Refus('succession.date', 'Cette date est à venir.', {
        status: 400,
        champs: { decedeeLe: 'La date du décès ne peut pas être à venir.' },
      })
    await freezeCoffre(tx, courrier, qui, body)
    return getSuccession(tx, qui, body.id)
  })

  servirOrganisme(application, contrat.leverDeces, DROIT, async ({ tx, qui, params, body }) => {
    await unfreezeCoffre(tx, courrier, qui, await getSuccession(tx, qui, params.succession), body.motif)
    return getSuccession(tx, qui, params.succession)
  })

  servirOrganisme(application, contrat.preparerRemise, DROIT, async ({ tx, qui, params, body }) => {
    const succession = await getSuccession(tx, qui, params.succession)
    requireGelee(succession)
    await prepareRemise(tx, qui, succession, body)
    return getSuccession(tx, qui, params.succession)
  })

  servirOrganisme(application, contrat.deciderRemise, DROIT, async ({ tx, qui, params, body }) =>
    getSuccession(tx, qui, await decideRemise(tx, qui, params.remise, body)),
  )

  servirLibre(application, contrat.telechargerRemise, DROIT, async ({ qui, params, reply }) =>
    sendFichier(reply, {
      nom: `remise-${params.remise}.zip`,
      type: 'application/zip',
      octets: await exportRemise(base, depot, qui, params.remise),
      telecharger: true,
    }),
  )
}
