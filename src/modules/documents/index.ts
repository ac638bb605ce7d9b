import './db/tables.ts'

export {
  type Deposant,
  type Depose,
  deposerDocument,
  deposerDocuments,
  recordDocuments,
} from './actions/deposer.ts'
export { detectFormat } from './actions/detecter-format.ts'
export { controlDocuments, readDocument } from './actions/lire.ts'
export {
  type Document,
  type DocumentId,
  getDocument,
  listAnomalies,
  listDocuments,
  listLectures,
} from './db/documents.ts'
export { newNumeroRecu } from './domain/recu.ts'
export {
  type Cle,
  empreinteOf,
  organisme,
  type Proprietaire,
  personne,
  type Scelle,
  sceller,
} from './domain/scellement.ts'
export { type FichierRecu, receiveFichier, sendFichier } from './http/recevoir.ts'
export { type CleMaitre, openCleMaitre } from './store/cle-maitre.ts'
export { type Depot, type Ecrit, openDepot } from './store/depot.ts'
export { type Magasin, openMagasin } from './store/magasin.ts'
