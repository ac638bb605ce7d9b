import './db/tables.ts'

export { deposerAuCoffre, type PapierADeposer } from './actions/deposer.ts'
export { type PapierDurable, scellerDouble, storePapiers } from './actions/sceller-double.ts'
export { createCampagnes } from './campagne/controler.ts'
export { registerCampagnes } from './campagne/http.ts'
export { listRecus } from './db/recus.ts'
export { registerEmployeur } from './employeur/http.ts'
export { registerRoutes } from './http/routes.ts'
