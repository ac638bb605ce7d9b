import './db/tables.ts'
import type { Depot } from '#modules/documents/index.ts'
import type { Application } from '#socle/http/servir.ts'
import { registerBudget } from './budget/http/routes.ts'
import { registerDocumentsLus } from './budget/http/routes-documents.ts'
import { registerEchanges } from './echanges/http/routes.ts'
import type { Generation } from './echanges/jobs.ts'
import { registerExecution } from './execution/index.ts'
import { registerRecettes } from './recettes/index.ts'

export {
  choisirEdition,
  enregistrerBudget,
  enregistrerExercice,
  enregistrerOperation,
  enregistrerService,
} from './budget/actions/budgets.ts'
export { creerVersion, saisirLignes, voterVersion } from './budget/actions/versions.ts'
export { lireImputation, listBudgets } from './budget/db/exercices.ts'
export { appliquerReponse } from './echanges/actions/appliquer.ts'
export { genererFlux, remettreFlux } from './echanges/actions/generer.ts'
export { simulerReponses } from './echanges/actions/simuler.ts'
export { zReglagesAsap } from './echanges/contract.ts'
export { type BordereauSigne, listSignes, writeReglages } from './echanges/db/echanges.ts'
export { createGeneration } from './echanges/jobs.ts'
export { writeRetour } from './echanges/reponses/ecrire.ts'
export type { PieceRetour } from './echanges/reponses/lire.ts'
export { lireArticles, signerEnvoye } from './execution/actions/articles.ts'
export { envoyerBordereau } from './execution/actions/bordereaux.ts'
export { engager, solderEngagement } from './execution/actions/engager.ts'
export { enregistrerFacture } from './execution/actions/factures.ts'
export { liquider } from './execution/actions/liquider.ts'
export { passerOrdre, preparerOrdre } from './execution/actions/ordre.ts'
export {
  listRecus,
  type PieceRecue,
  type Reception,
  recevoirMandats,
  recevoirTitres,
} from './execution/actions/recevoir.ts'
export { enregistrerRecurrence, mandaterEcheances } from './execution/actions/recurrences.ts'
export { deciderRetenue, liquiderDepense } from './execution/actions/retenues.ts'
export { noterRetour } from './execution/actions/retours.ts'
export { deciderCompte, enregistrerTiers, proposerCompte } from './execution/actions/tiers.ts'
export { type LiquidationSaisie as SaisiePiece, zContenu, zTiersSaisi } from './execution/contract.ts'
export type { Auteur as ActeurFinances } from './execution/db/commun.ts'
export { getPlan } from './nomenclature/index.ts'
export {
  deciderMandatSepa,
  enregistrerAgent,
  enregistrerListeAnv,
  enregistrerOperationRegie,
  enregistrerP503,
  enregistrerProduit,
  enregistrerRegie,
  envoyerRole,
  proposerMandatSepa,
  recevoirRole,
  signerRoleEnvoye,
  writeReglagesRecettes,
  zRegieSaisie,
  zRoleSaisi,
} from './recettes/index.ts'

/** Routes of the budgets, of the chain and of the exchanges. */
export function registerFinances(application: Application, services: { depot: Depot; generation: Generation }): void {
  registerBudget(application)
  registerDocumentsLus(application, services)
  registerExecution(application, services)
  registerEchanges(application, services)
  registerRecettes(application)
}
