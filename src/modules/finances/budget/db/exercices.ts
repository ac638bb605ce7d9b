import '../../db/tables.ts'
import type { Tx } from '#socle/db/base.ts'
import { type Demande, getPlan, type Imputation, imputer, type Niveaux, type Plan } from '../../nomenclature/index.ts'
import { budgetIntrouvable, exerciceIntrouvable } from '../../refus.ts'

export type BudgetRow = Awaited<ReturnType<typeof getBudget>>

export async function getBudget(tx: Tx, id: string) {
  const row = await tx.selectFrom('app.finances_budget').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw budgetIntrouvable()
  return row
}

export const listBudgets = (tx: Tx) =>
  tx.selectFrom('app.finances_budget').selectAll().orderBy('est_principal', 'desc').orderBy('code').execute()

export type ExerciceRow = Awaited<ReturnType<typeof getExercice>>

const exercices = (tx: Tx, budgetId: string, annee: number) =>
  tx.selectFrom('app.finances_exercice').selectAll().where('budget_id', '=', budgetId).where('annee', '=', annee)

export async function getExercice(tx: Tx, budgetId: string, annee: number) {
  const row = await exercices(tx, budgetId, annee).executeTakeFirst()
  if (!row) throw exerciceIntrouvable()
  return row
}

/** The exercice of a writer: it stays in its state until the writer has finished. */
export async function keepExercice(tx: Tx, budgetId: string, annee: number): Promise<ExerciceRow> {
  const row = await exercices(tx, budgetId, annee).forShare().executeTakeFirst()
  if (!row) throw exerciceIntrouvable()
  return row
}

export const listExercices = (tx: Tx, budgetId: string) =>
  tx
    .selectFrom('app.finances_exercice')
    .selectAll()
    .where('budget_id', '=', budgetId)
    .orderBy('annee', 'desc')
    .execute()

/** The plan of accounts that this exercice was opened with. */
export const planOf = (e: Pick<ExerciceRow, 'plan' | 'plan_annee' | 'vote_selon'>): Plan =>
  getPlan(e.plan, e.plan_annee, e.vote_selon)

export const niveauxOf = (
  e: Pick<ExerciceRow, 'niveau_f' | 'niveau_i' | 'articles_specialises' | 'vote_selon'>,
): Niveaux => ({
  F: e.niveau_f,
  I: e.niveau_i,
  vote: e.vote_selon,
  specialises: e.articles_specialises,
})

/**
 * The chapter, the section and the kind of movement of an account in one exercice.
 * @throws Refus when the plan does not allow it
 */
export async function lireImputation(
  tx: Tx,
  { budgetId, exercice, ...demande }: Demande & { budgetId: string; exercice: number },
): Promise<Imputation & { libelle: string }> {
  const { chapitrePlan: _, ...imputation } = imputer(planOf(await getExercice(tx, budgetId, exercice)), demande)
  return imputation
}
