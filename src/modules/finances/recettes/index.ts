import type { Application } from '#socle/http/servir.ts'
import { registerAnv } from './anv/http/routes.ts'
import { registerP503 } from './p503/http/routes.ts'
import { registerPrelevements } from './prelevements/http/routes.ts'
import { registerRegies } from './regies/http/routes.ts'
import { registerReglages } from './reglages/http/routes.ts'
import { registerRoles } from './roles/http/routes.ts'

/** Rôles, direct debits, régies, money received before its titre, claims that will never be paid. */
export function registerRecettes(application: Application): void {
  registerRoles(application)
  registerPrelevements(application)
  registerRegies(application)
  registerP503(application)
  registerAnv(application)
  registerReglages(application)
}
