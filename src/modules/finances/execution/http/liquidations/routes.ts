import type { Tx } from '#socle/db/base.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { enregistrerFacture } from '../../actions/factures.ts'
import { joindre } from '../../actions/joindre.ts'
import { abandonner, liquider } from '../../actions/liquider.ts'
import { liquiderDepense } from '../../actions/retenues.ts'
import { auteurOf, noteActe } from '../../db/commun.ts'
import { listLiquidations } from '../../db/contexte.ts'
import { listPretes, viewLiquidations } from '../../db/vues.ts'
import { liquidationIntrouvable } from '../../refus.ts'
import { aujourdhui } from '../aujourdhui.ts'
import * as contrat from './contract.ts'

const fait = { fait: true }

/** A liquidation as the screens show it, just after it changed. */
export async function viewLiquidation(tx: Tx, id: string) {
  const [l] = await listLiquidations(tx, [id])
  if (!l) throw liquidationIntrouvable()
  const [vue] = await viewLiquidations(tx, { budgetId: l.budget_id, annee: l.annee }, l.sens, [l], aujourdhui())
  return vue!
}

export function registerLiquidations(application: Application): void {
  servirOrganisme(application, contrat.listerLiquidations, 'finances.lire', async ({ tx, query }) => ({
    liquidations: await listPretes(tx, { budgetId: query.budget, annee: query.annee }, query.sens, aujourdhui()),
  }))

  servirOrganisme(application, contrat.liquider, 'finances.liquider', async ({ tx, qui, body }) => {
    const auteur = auteurOf(qui)
    if (body.facture)
      await enregistrerFacture(
        tx,
        auteur,
        { ...body.facture, budgetId: body.budgetId },
        body.facture.documentId ?? null,
      )
    const cadre = { budgetId: body.budgetId, annee: body.annee }
    if (body.sens === 'D') await liquiderDepense(tx, auteur, cadre, body.piece)
    else await liquider(tx, auteur, cadre, 'R', [body.piece])
    await joindre(tx, auteur, body.piece.id, [
      ...(body.facture?.documentId
        ? [{ documentId: body.facture.documentId, type: 'facture', nom: `Facture ${body.facture.numero}` }]
        : []),
      ...body.documents,
    ])
    return viewLiquidation(tx, body.piece.id)
  })

  servirOrganisme(application, contrat.joindreDocument, 'finances.liquider', async ({ tx, qui, params, body }) => {
    const vue = await viewLiquidation(tx, params.liquidation)
    if (vue.etat === 'posee' || vue.etat === 'abandonnee') throw liquidationIntrouvable()
    await joindre(tx, auteurOf(qui), params.liquidation, [body])
    await noteActe(tx, auteurOf(qui), 'liquidation', params.liquidation, 'Pièce jointe', body.nom)
    return viewLiquidation(tx, params.liquidation)
  })

  servirOrganisme(application, contrat.abandonner, 'finances.liquider', async ({ tx, qui, params, body }) => {
    await abandonner(tx, auteurOf(qui), params.liquidation, body.motif)
    return fait
  })
}
