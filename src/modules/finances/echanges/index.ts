export {
  type DocumentBudgetaire,
  ETAPES,
  type Etape,
  type LigneBudgetaire,
  MONTANTS,
  type Montant,
  type NiveauVote,
} from './budgetaire/document.ts'
export { writeDocumentBudgetaire } from './budgetaire/ecrire.ts'
export { type Lecture, readDocumentBudgetaire } from './budgetaire/lire.ts'
export { writeScdl } from './budgetaire/scdl.ts'
export { imputationOf, type Montants, type TotalChapitre, type TotalSection, totaux } from './budgetaire/totaux.ts'
export { type Contexte as ContexteControle, controlerFlux } from './pes/controler.ts'
export { writePesAller } from './pes/ecrire.ts'
export type * from './pes/flux.ts'
export { type LectureAller, readPesAller } from './pes/lire.ts'
export { isVersionPes, SCHEMA_ALLER, VERSIONS_PES, type VersionPes } from './pes/structure.ts'
export { expliquer, FAIRE } from './reponses/conseils.ts'
export { type Acquit, type PieceRetour, type Retour, readReponse } from './reponses/lire.ts'
export { newGuichet, type OptionsHelios, simulerHelios } from './reponses/simulateur.ts'
