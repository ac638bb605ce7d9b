import './db/tables.ts'
import type { Depot } from '#modules/documents/index.ts'
import type { Application } from '#socle/http/servir.ts'
import { registerBordereaux } from './http/bordereaux/routes.ts'
import { registerCadre } from './http/cadre/routes.ts'
import { registerCloture } from './http/cloture/routes.ts'
import { registerEngagements } from './http/engagements/routes.ts'
import { registerFactures } from './http/factures/routes.ts'
import { registerLiquidations } from './http/liquidations/routes.ts'
import { registerOrdre } from './http/ordre/routes.ts'
import { registerPieces } from './http/pieces/routes.ts'
import { registerRecurrences } from './http/recurrences/routes.ts'
import { registerRetenues } from './http/retenues/routes.ts'
import { registerTableau } from './http/tableau/routes.ts'
import { registerTiers } from './http/tiers/routes.ts'

/** One folder per noun in `http`: its contract, its routes. */
export function registerExecution(application: Application, services: { depot: Depot }): void {
  registerTiers(application)
  registerCadre(application)
  registerFactures(application, services)
  registerEngagements(application)
  registerLiquidations(application)
  registerBordereaux(application)
  registerPieces(application)
  registerRecurrences(application)
  registerRetenues(application)
  registerOrdre(application)
  registerCloture(application)
  registerTableau(application)
}
