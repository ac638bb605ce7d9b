export { renderBulletin } from './documents/bulletin.ts'
export { type DonneesBulletin, toBulletinImprimable } from './domain/modele.ts'
