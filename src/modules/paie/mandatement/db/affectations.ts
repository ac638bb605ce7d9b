import { sql } from 'kysely'
import { listBudgets } from '#modules/finances/index.ts'
import type { Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import type { Part } from '../domain/ventiler.ts'

export type BudgetDePaie = { id: string; code: string; libelle: string; estPrincipal: boolean }

export const listBudgetsDePaie = async (tx: Tx): Promise<BudgetDePaie[]> =>
  (await listBudgets(tx)).map((b) => ({ id: b.id, code: b.code, libelle: b.libelle, estPrincipal: b.est_principal }))

/** The budget of those who have no share of their own: the one that is asked for, else the main one. */
export function budgetParDefaut(budgets: readonly BudgetDePaie[], id?: string): BudgetDePaie {
  const b = id ? budgets.find((x) => x.id === id) : budgets.find((x) => x.estPrincipal)
  if (!b)
    throw new Refus('finances.sansBudget', 'Aucun budget principal n’est ouvert dans les finances : créez-le d’abord.')
  return b
}

/** Shares of each post on a month: the last ones that began by then. */
export async function readAffectations(
  tx: Tx,
  mois: Mois,
): Promise<Map<string, { depuis: string; parts: [Part, ...Part[]] }>> {
  const { rows } = await sql<{ carriere_id: string; depuis: string; parts: [Part, ...Part[]] }>`
    select distinct on (carriere_id) carriere_id, depuis, parts from app.paie_affectation
    where depuis <= ${mois} order by carriere_id, depuis desc`.execute(tx)
  return new Map(rows.map((r) => [r.carriere_id, { depuis: r.depuis, parts: r.parts }]))
}

/** Posts of a month, with what they are charged to. */
export async function listAAffecter(tx: Tx, mois: Mois) {
  const { rows } = await sql<{ carriere_id: string; nom: string; prenom: string; emploi: string; matricule: string }>`
    select c.id as carriere_id, a.nom, a.prenom, c.emploi, a.matricule from app.paie_carriere c
    join app.paie_agent a on a.organisme_id = c.organisme_id and a.id = c.agent_id
    where c.entree < (${`${mois}-01`}::date + interval '1 month') and (c.sortie is null or c.sortie > ${`${mois}-01`}::date)
    order by a.nom, a.prenom, c.emploi`.execute(tx)
  const affectations = await readAffectations(tx, mois)
  return rows.map((r) => ({ ...r, affectation: affectations.get(r.carriere_id) }))
}
