import './db/tables.ts'

export { inscrire, inscrireAgence } from './actions/inscrire.ts'
export { scellerJournaux } from './actions/sceller.ts'
export { verifierJournal } from './actions/verifier.ts'
export { registerJournal } from './http/routes.ts'
export { createTrace } from './http/trace.ts'
export { startCopie, startScellement } from './jobs.ts'
