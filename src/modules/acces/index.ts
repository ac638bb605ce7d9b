import './db/tables.ts'

export { hashMotDePasse } from './actions/connexion.ts'
export { listHabilitations } from './db/appartenances.ts'
export { DROITS, type Droit, ROLES, type Role } from './domain/roles.ts'
export { createPortier } from './http/portier.ts'
export { registerAcces } from './http/routes.ts'
