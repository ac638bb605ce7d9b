import { formatMois, type Mois, moisOf } from '#socle/dates.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { Refus } from '#socle/refus.ts'
import { agentIntrouvable } from '../../refus.ts'
import { auteurOf } from '../actions/visas.ts'
import { getDossier } from '../db/dossiers.ts'
import { deciderRappel, ouvrirRappel } from './actions/rappels.ts'
import * as contrat from './contract.ts'
import { listRappels } from './db/rappels.ts'

/** What the past owes to a month, and what the officer decides about it. */
export function registerRappels(application: Application): void {
  servirOrganisme(application, contrat.listerRappels, 'dossier.lire', async ({ tx, params }) => ({
    rappels: await listRappels(tx, params.mois),
  }))

  servirOrganisme(application, contrat.ouvrirRappel, 'variables.saisir', async ({ tx, qui, params, body }) => {
    await getDossier(tx, params.mois)
    if (moisOf(body.effet) >= params.mois)
      throw new Refus('saisie.invalide', 'Un rappel corrige un mois passé.', {
        status: 400,
        champs: { effet: `Donnez une date avant ${formatMois(params.mois)}.` },
      })
    const { carriereId, ...reste } = body
    const carriere = await tx
      .selectFrom('app.paie_carriere')
      .select('id')
      .where('id', '=', carriereId)
      .executeTakeFirst()
    if (!carriere) throw agentIntrouvable()
    await ouvrirRappel(tx, auteurOf(qui), {
      ...reste,
      mois: params.mois,
      origine: 'gestionnaire',
      carriereIds: [carriereId],
    })
    return { rappels: await listRappels(tx, params.mois) }
  })

  servirOrganisme(application, contrat.deciderRappel, 'variables.saisir', async ({ tx, qui, params, body }) => {
    const mois = await deciderRappel(tx, auteurOf(qui), params.rappel, body.acte, body.note)
    return { rappels: await listRappels(tx, mois as Mois) }
  })
}
