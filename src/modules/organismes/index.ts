export { inscrireOrganismes } from './actions/inscrire.ts'
export { findAgenceId, getAgenceId, getOrganisme, listOrganismes, listOrganismesByIds } from './db/organismes.ts'
export { LIBELLES_TYPE } from './domain/types.ts'
