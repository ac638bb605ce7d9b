import { addMois } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { calculerMois } from '../../production/calculer-mois.ts'
import type { JobsPaie, Services } from '../../production/jobs.ts'
import { cloreMois } from '../actions/clore.ts'
import { poserQuestion, repondreQuestion } from '../actions/questions.ts'
import { approuverMois, auteurOf, envoyerMois, renvoyerMois } from '../actions/visas.ts'
import { readDateLimite } from '../calendrier/db/calendriers.ts'
import * as contrat from '../contract.ts'
import { getDossier, openDossier } from '../db/dossiers.ts'
import { getQuestion, listAgentsDuMois, listAnomalies, listDossiers, listJournal, listQuestions } from '../db/vues.ts'
import { viewDossier } from './vue-dossier.ts'

/** The month itself: its state, its acts, its lists. */
export function registerDossier(application: Application, services: Services, jobs: JobsPaie): void {
  const { base } = application

  servirOrganisme(application, contrat.listerDossiers, 'dossier.lire', async ({ tx }) => ({
    dossiers: await listDossiers(tx),
  }))
  servirOrganisme(application, contrat.lireDossier, 'dossier.lire', ({ tx, qui, params }) =>
    viewDossier(tx, qui, params.mois),
  )
  servirOrganisme(application, contrat.listerJournal, 'dossier.lire', async ({ tx, params }) => ({
    actes: await listJournal(tx, params.mois),
  }))
  servirOrganisme(application, contrat.listerAgents, 'agents.lire', async ({ tx, params }) => ({
    agents: await listAgentsDuMois(tx, params.mois),
  }))
  servirOrganisme(application, contrat.listerAnomalies, 'bulletins.lire', async ({ tx, params }) => ({
    anomalies: await listAnomalies(tx, params.mois),
  }))

  servirLibre(application, contrat.calculer, 'paie.calculer', async ({ qui, params }) => {
    await calculerMois(services, auteurOf(qui), params.mois)
    return inOrganisme(base, qui.organismeId, (tx) => viewDossier(tx, qui, params.mois))
  })
  servirOrganisme(application, contrat.envoyer, 'paie.calculer', async ({ tx, qui, params }) => {
    const { empreinte, taciteLe } = await envoyerMois(tx, auteurOf(qui), params.mois)
    if (taciteLe) {
      const accord = { organisme: qui.organismeId, mois: params.mois, empreinte }
      await services.jobs().enqueue(tx, jobs.accorder, accord, { apres: taciteLe })
    }
    return viewDossier(tx, qui, params.mois)
  })
  servirOrganisme(application, contrat.approuver, 'paie.approuver', async ({ tx, qui, params, body }) => {
    await approuverMois(tx, auteurOf(qui), params.mois, body.empreinte)
    await services.jobs().enqueue(tx, jobs.editer, { organisme: qui.organismeId, mois: params.mois })
    return viewDossier(tx, qui, params.mois)
  })
  servirOrganisme(application, contrat.renvoyer, 'paie.approuver', async ({ tx, qui, params, body }) => {
    await renvoyerMois(tx, auteurOf(qui), params.mois, body.motif)
    return viewDossier(tx, qui, params.mois)
  })

  servirOrganisme(application, contrat.clore, 'paie.calculer', async ({ tx, qui, params }) => {
    await cloreMois(tx, auteurOf(qui), params.mois)
    return viewDossier(tx, qui, params.mois)
  })
  servirOrganisme(application, contrat.ouvrirSuivant, 'paie.calculer', async ({ tx, qui, params }) => {
    await getDossier(tx, params.mois)
    const suivant = addMois(params.mois, 1)
    await openDossier(tx, auteurOf(qui), suivant, await readDateLimite(tx, suivant))
    return viewDossier(tx, qui, suivant)
  })

  servirOrganisme(application, contrat.listerQuestions, 'dossier.lire', async ({ tx, params }) => ({
    questions: await listQuestions(tx, { mois: params.mois }),
  }))
  servirOrganisme(application, contrat.poserQuestion, 'dossier.lire', async ({ tx, qui, params, body }) => {
    await poserQuestion(tx, auteurOf(qui), params.mois, body)
    return getQuestion(tx, body.id)
  })
  servirOrganisme(application, contrat.repondre, 'dossier.lire', async ({ tx, qui, params, body }) => {
    await repondreQuestion(tx, auteurOf(qui), params.question, body)
    return getQuestion(tx, params.question)
  })
}
