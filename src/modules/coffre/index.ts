import './db/tables.ts'

export {
  deposerAuCoffre,
  type Employeur,
  type PapierADeposer,
  type RecuDeDepot,
} from './actions/deposer.ts'
export { controlCoffre } from './actions/lire.ts'
export { type PapierDurable, type PapierScelle, scellerDouble, storePapiers } from './actions/sceller-double.ts'
export { listRecus, type Recu, type RecuId } from './db/recus.ts'
export { registerRoutes } from './http/routes.ts'
