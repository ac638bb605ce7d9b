import type { Application } from '#socle/http/servir.ts'
import { registerAnv } from './anv/http/routes.ts'
import { registerP503 } from './p503/http/routes.ts'
import { registerPrelevements } from './prelevements/http/routes.ts'
import { registerRegies } from './regies/http/routes.ts'
import { registerReglages } from './reglages/http/routes.ts'
import { registerRoles } from './roles/http/routes.ts'

export { enregistrerListeAnv } from './anv/actions.ts'
export { enregistrerP503 } from './p503/actions.ts'
export { deciderMandatSepa, proposerMandatSepa } from './prelevements/mandats.ts'
export {
  enregistrerAgent,
  enregistrerOperation as enregistrerOperationRegie,
  enregistrerProduit,
  enregistrerRegie,
} from './regies/actions.ts'
export { zRegieSaisie } from './regies/contract.ts'
export { writeReglages as writeReglagesRecettes } from './reglages/reglages.ts'
export { recevoirRole } from './roles/actions/recevoir.ts'
export { envoyerRole, signerRoleEnvoye } from './roles/actions/signer.ts'
export { zRoleSaisi } from './roles/contract.ts'

/** Rôles, direct debits, régies, money received before its titre, claims that will never be paid. */
export function registerRecettes(application: Application): void {
  registerRoles(application)
  registerPrelevements(application)
  registerRegies(application)
  registerP503(application)
  registerAnv(application)
  registerReglages(application)
}
