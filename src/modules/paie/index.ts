import './db/tables.ts'
import type { Application } from '#socle/http/servir.ts'
import { registerCarriere } from './carriere/http/routes.ts'
import { registerCalendrier } from './dossier/calendrier/http.ts'
import { registerConseil } from './dossier/conseil/http.ts'
import { registerAgents } from './dossier/http/routes-agents.ts'
import { registerBulletins } from './dossier/http/routes-bulletins.ts'
import { registerDossier } from './dossier/http/routes-dossier.ts'
import { registerPieces } from './dossier/http/routes-pieces.ts'
import { registerRappels } from './dossier/rappels/http.ts'
import { registerEmployeur } from './employeur/http.ts'
import { registerMandatement } from './mandatement/http.ts'
import { registerParametres } from './parametres/http.ts'
import { registerControles } from './production/controles/http.ts'
import { registerProduction } from './production/http.ts'
import type { JobsPaie, Services } from './production/jobs.ts'

export { type DossierRepris, reprendreDossier } from './dossier/actions/reprendre.ts'
export { reporterEcheances } from './dossier/calendrier/actions/reporter.ts'
export { type ConseilPublie, publierConseils } from './dossier/conseil/db/conseils.ts'
export { createLecteurJeu } from './parametres/db/jeu.ts'
export { openAtelier } from './production/atelier.ts'
export { type BilanProduction, followProduction } from './production/bilan.ts'
export { reprendreIndicateurs } from './production/cockpit/indicateurs.ts'
export { createJobsPaie, type JobsPaie, type Services } from './production/jobs.ts'
export { launchProduction } from './production/lancer.ts'

export function registerPaie(application: Application, services: Services, jobs: JobsPaie): void {
  registerDossier(application, services, jobs)
  registerAgents(application)
  registerCarriere(application, services)
  registerEmployeur(application, services)
  registerPieces(application, services)
  registerRappels(application)
  registerCalendrier(application, services)
  registerConseil(application)
  registerBulletins(application, services)
  registerControles(application, services)
  registerProduction(application, services, jobs)
  registerParametres(application, services, jobs)
  registerMandatement(application, services)
}
