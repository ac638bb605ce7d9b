/** The door of the commands and of the measures: readers, writers and controls, without database. */
export { ETAPES, MONTANTS } from './budgetaire/document.ts'
export { readDocumentBudgetaire } from './budgetaire/lire.ts'
export { writeScdl } from './budgetaire/scdl.ts'
export { type Montants, totaux } from './budgetaire/totaux.ts'
export { controlerFlux } from './pes/controler.ts'
export { writePesAller } from './pes/ecrire.ts'
export { readPesAller } from './pes/lire.ts'
export { findSchemas, isVersionPes, SCHEMA_ALLER, VERSIONS_PES } from './pes/structure.ts'
