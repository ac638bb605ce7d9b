import { getOrganisme } from '#modules/organismes/index.ts'
import { listCourriels } from '#socle/courriel/courriel.ts'
import { formatJour, type Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import type { Services } from '../../production/jobs.ts'
import { auteurOf } from '../actions/visas.ts'
import { type Auteur, findDossier, getDossier, noteActe, publishSuivi } from '../db/dossiers.ts'
import { relancer } from './actions/relances.ts'
import * as contrat from './contract.ts'
import { aujourdhuiAParis, readCalendrier, readDateLimite, readReglage } from './db/calendriers.ts'

const voir = async (tx: Tx, mois: Mois) => ({
  echeances: await readCalendrier(tx, mois),
  reglage: ((await readReglage(tx, mois)) ?? null) as (typeof contrat.lireCalendrier)['reply']['_output']['reglage'],
})

/** The agency's follow-up carries the cut-off: it moves with the calendar. */
async function publier(tx: Tx, auteur: Auteur, mois: Mois) {
  if (await findDossier(tx, mois)) await publishSuivi(tx, auteur.organismeId, mois, await readDateLimite(tx, mois))
}

export function registerCalendrier(application: Application, services: Services): void {
  servirOrganisme(application, contrat.lireCalendrier, 'dossier.lire', ({ tx, params }) => voir(tx, params.mois))

  servirOrganisme(application, contrat.fixerEcheance, 'paie.calculer', async ({ tx, qui, params, body }) => {
    const auteur = auteurOf(qui)
    await getDossier(tx, params.mois)
    const { mois } = params
    if (body.jour === null)
      await tx.deleteFrom('app.paie_echeance').where('mois', '=', mois).where('etape', '=', body.etape).execute()
    else {
      const valeurs = { jour: body.jour, motif: body.motif, fixee_par: auteur.nom }
      await tx
        .insertInto('app.paie_echeance')
        .values({ organisme_id: qui.organismeId, mois, etape: body.etape, ...valeurs })
        .onConflict((oc) => oc.columns(['organisme_id', 'mois', 'etape']).doUpdateSet(valeurs))
        .execute()
    }
    const libelle = contrat.LIBELLES_ETAPE[body.etape]
    await noteActe(
      tx,
      auteur,
      mois,
      body.jour === null ? 'Date calculée de nouveau' : 'Date fixée',
      body.jour === null ? libelle : `${libelle} : ${formatJour(body.jour)} (${body.motif})`,
    )
    await publier(tx, auteur, mois)
    return voir(tx, mois)
  })

  servirOrganisme(application, contrat.reglerCalendrier, 'paie.calculer', async ({ tx, qui, params, body }) => {
    const auteur = auteurOf(qui)
    const valeurs = { contenu: JSON.stringify(body), regle_par: auteur.nom }
    await tx
      .insertInto('app.paie_calendrier')
      .values({ organisme_id: qui.organismeId, ...valeurs })
      .onConflict((oc) => oc.column('organisme_id').doUpdateSet(valeurs))
      .execute()
    if (await findDossier(tx, params.mois)) {
      await noteActe(tx, auteur, params.mois, 'Calendrier réglé', '')
      await publier(tx, auteur, params.mois)
    }
    return voir(tx, params.mois)
  })

  const courriels = async (tx: Tx, organismeId: string, mois: Mois) => ({
    destinataire: (await getOrganisme(tx, organismeId)).courriel || null,
    courriels: (await listCourriels(tx, 'paie.', mois)).map((c) => ({
      id: c.id,
      destinataire: c.destinataire,
      objet: c.objet,
      texte: c.texte,
      etat: c.etat,
      erreur: c.erreur,
      demandeLe: c.demande_le.toISOString(),
      demandePar: c.demande_par,
      envoyeLe: c.envoye_le?.toISOString() ?? null,
    })),
  })
  servirOrganisme(application, contrat.listerCourriels, 'dossier.lire', ({ tx, qui, params }) =>
    courriels(tx, qui.organismeId, params.mois),
  )
  servirOrganisme(application, contrat.relancer, 'paie.calculer', async ({ tx, qui, params, body }) => {
    await getDossier(tx, params.mois)
    await relancer(tx, services.courrier, auteurOf(qui), params.mois, {
      aujourdhui: aujourdhuiAParis(),
      mot: body.mot,
    })
    return courriels(tx, qui.organismeId, params.mois)
  })
}
