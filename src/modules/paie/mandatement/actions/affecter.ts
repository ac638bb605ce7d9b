import { sql } from 'kysely'
import { euros, sum } from '#socle/argent.ts'
import type { Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { listBudgetsDePaie } from '../db/affectations.ts'
import type { Part } from '../domain/ventiler.ts'

type Auteur = { organismeId: string; nom: string }

/** Charges posts to budgets and functions from a month on. The months before, and what was mandated, do not move. */
export async function affecter(
  tx: Tx,
  auteur: Auteur,
  a: { carrieres: readonly string[]; depuis: Mois; parts: readonly Part[] },
): Promise<void> {
  if (sum(a.parts.map((p) => euros(p.quotite))) !== euros('100.00'))
    throw new Refus('affectation.cent', 'Les parts d’un agent font cent pour cent.')
  const cles = a.parts.map((p) => `${p.budgetId}/${p.fonction}`)
  if (new Set(cles).size !== cles.length)
    throw new Refus('affectation.double', 'Deux parts vont au même budget et à la même fonction : réunissez-les.')
  const budgets = new Set((await listBudgetsDePaie(tx)).map((b) => b.id))
  if (a.parts.some((p) => !budgets.has(p.budgetId))) throw introuvable('Ce budget')
  const { rows } =
    await sql`insert into app.paie_affectation as x (organisme_id, carriere_id, depuis, parts, saisie_par_nom)
    select ${auteur.organismeId}, c.id, ${a.depuis}, ${JSON.stringify(a.parts)}::jsonb, ${auteur.nom} from app.paie_carriere c
    where c.id::text in (select json_array_elements_text(${JSON.stringify(a.carrieres)}::json))
    on conflict (organisme_id, carriere_id, depuis) do update set parts = excluded.parts,
      saisie_par_nom = excluded.saisie_par_nom, saisie_le = now()
    returning x.carriere_id`.execute(tx)
  if (rows.length !== new Set(a.carrieres).size) throw introuvable('Cet emploi')
}
