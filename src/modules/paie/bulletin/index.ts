export { renderBulletin } from './documents/bulletin.ts'
export { phraseDeChangement } from './domain/changement.ts'
export { LIBELLES_RUBRIQUE, type LigneResumee, type Rubrique, type RubriqueResumee } from './domain/groupes.ts'
export {
  type AgentImprime,
  type BulletinImprimable,
  type DonneesBulletin,
  masquerNir,
  type OrganismeImprime,
  toBulletinImprimable,
} from './domain/modele.ts'
export { type ResumeBulletin, resumerBulletin } from './domain/resume.ts'
