import './db/tables.ts'

export {
  deposerDocument,
  deposerDocuments,
  recordDocuments,
} from './actions/deposer.ts'
export { controlDocuments, readDocument } from './actions/lire.ts'
export { countProprietaires, listProprietaires } from './db/cles.ts'
export {
  getDocument,
  listAnomalies,
  listLectures,
} from './db/documents.ts'
export { newNumeroRecu } from './domain/recu.ts'
export { type Cle, empreinteOf, organisme, type Proprietaire, personne } from './domain/scellement.ts'
export { type FichierRecu, receiveFichier, sendFichier } from './http/recevoir.ts'
export { openCleMaitre } from './store/cle-maitre.ts'
export { type Depot, openDepot, writeScellesIn } from './store/depot.ts'
export { renewCleMaitre, settleCleMaitre } from './store/renouveler-cle.ts'
export { type PapierDurable, type PapierScelle, scellerDouble, storePapiers } from './store/sceller-double.ts'
