export {
  findAgenceId,
  getAgenceId,
  getOrganisme,
  listOrganismesByIds,
  listPopulations,
  type Organisme,
  type OrganismeId,
} from './db/organismes.ts'
export { isSiren, isSiret, zSiren, zSiret } from './domain/identifiants.ts'
export { LIBELLES_TYPE, TYPES_ORGANISME, type TypeOrganisme } from './domain/types.ts'
