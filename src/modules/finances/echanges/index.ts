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
