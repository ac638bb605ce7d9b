import './db/tables.ts'

export { hashMotDePasse } from './actions/connexion.ts'
export { createServicesAcces } from './actions/creer-services.ts'
export { listHabilitations } from './db/appartenances.ts'
export { createPersonnes } from './db/personnes.ts'
export { createPortier } from './http/portier.ts'
export { registerAcces } from './http/routes.ts'
export type { ServicesAcces } from './services.ts'
