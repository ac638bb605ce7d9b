import { receiveFichier } from '#modules/documents/index.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { readFeuille } from '#socle/feuille.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { UUID } from '#socle/ids.ts'
import { Refus } from '#socle/refus.ts'
import { auteurOf } from '../../dossier/actions/visas.ts'
import { annulerLot } from '../actions/annuler-lot.ts'
import { getLotVu, listLots } from '../db/lots.ts'
import * as contrat from './contract.ts'
import { essayerImport, importer } from './importer.ts'

function readCorrespondance(texte: string | undefined): contrat.Correspondance | undefined {
  if (!texte) return undefined
  try {
    return contrat.zCorrespondance.parse(JSON.parse(texte))
  } catch {
    throw new Refus('saisie.invalide', 'La correspondance des colonnes ne se lit pas.', { status: 400 })
  }
}

/** Spreadsheets of agents, and the batches that they made. */
export function registerImport(application: Application): void {
  servirLibre(application, contrat.essayerImport, 'carrieres.modifier', async ({ base, qui, request }) => {
    const fichier = await receiveFichier(request)
    const feuille = await readFeuille(fichier)
    return inOrganisme(base, qui.organismeId, (tx) =>
      essayerImport(tx, feuille, readCorrespondance(fichier.champs.correspondance)),
    )
  })
  servirLibre(application, contrat.importer, 'carrieres.modifier', async ({ base, qui, request }) => {
    const fichier = await receiveFichier(request)
    const feuille = await readFeuille(fichier)
    const { id, correspondance: texte } = fichier.champs
    const correspondance = readCorrespondance(texte)
    if (!id || !UUID.test(id) || !correspondance)
      throw new Refus('saisie.invalide', 'Choisissez d’abord à quoi correspond chaque colonne.', { status: 400 })
    return inOrganisme(base, qui.organismeId, async (tx) => {
      await importer(tx, qui, id, fichier, feuille, correspondance)
      return getLotVu(tx, id)
    })
  })
  servirOrganisme(application, contrat.listerLots, 'agents.lire', async ({ tx }) => ({ lots: await listLots(tx) }))
  servirOrganisme(application, contrat.annulerLot, 'carrieres.modifier', async ({ tx, qui, params, body }) => {
    await annulerLot(tx, auteurOf(qui), params.lot, body.id)
    return getLotVu(tx, params.lot)
  })
}
