import './db/tables.ts'

export { consommerCredits, lireDisponible } from './budget/db/credits.ts'
export { getBudget, getExercice, lireImputation, listBudgets, listExercices } from './budget/db/exercices.ts'
export { findPlan, getPlan, type Imputation, listPlans, type Plan } from './nomenclature/index.ts'
