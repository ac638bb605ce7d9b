import './db/tables.ts'

export { inscrire, inscrireAgence } from './actions/inscrire.ts'
export type { Auteur, Fait } from './domain/fait.ts'
