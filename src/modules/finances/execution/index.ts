import './db/tables.ts'
import type { Depot } from '#modules/documents/index.ts'
import type { Application } from '#socle/http/servir.ts'
import { registerBordereaux } from './http/routes-bordereaux.ts'
import { registerDepenses } from './http/routes-depenses.ts'
import { registerTiers } from './http/routes-tiers.ts'

export function registerExecution(application: Application, services: { depot: Depot }): void {
  registerTiers(application)
  registerDepenses(application, services)
  registerBordereaux(application)
}
