import { sql } from 'kysely'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import type { Auteur } from '../../dossier/db/dossiers.ts'
import { insertActes } from '../db/histoire.ts'
import { findLot, insertLot, listActesOfLot } from '../db/lots.ts'
import { annoncerPortee, annulerActe } from './changer.ts'

const refusUtilise = (qui: string, quoi: string) =>
  new Refus('lot.utilise', `${qui} a déjà ${quoi} : cet import ne s’annule plus en bloc. Rien n’a été annulé.`)

/** Undoes a whole batch, or nothing of it. What was done stays in the history, with its undoing. */
export async function annulerLot(tx: Tx, auteur: Auteur, lotId: string, annulationId: string): Promise<void> {
  if (await findLot(tx, annulationId)) return
  const lot = await findLot(tx, lotId)
  if (!lot || lot.nature === 'annulation') throw introuvable('Ce lot')
  const { rows } = await sql<{ id: string }>`select id from app.paie_lot_carriere where annule = ${lotId}`.execute(tx)
  if (rows.length > 0) throw new Refus('lot.dejaAnnule', 'Ce lot est déjà annulé.')
  const actes = await listActesOfLot(tx, lotId)
  await insertLot(tx, auteur, {
    id: annulationId,
    nature: 'annulation',
    libelle: `Annulation : ${lot.libelle}`,
    annule: lotId,
  })
  if (lot.nature === 'import') await retirerAgents(tx, auteur, actes, annulationId)
  else for (const a of actes.toReversed()) await annulerActe(tx, auteur, a.id, { id: newId(), lotId: annulationId })
  const effet = actes.map((a) => a.effet).sort()[0] as Jour | undefined
  if (effet && lot.nature !== 'import')
    await annoncerPortee(
      tx,
      auteur,
      effet,
      `Annulation : ${lot.libelle}`,
      actes.flatMap((a) => a.carriere_id ?? []),
    )
}

/** Agents of an import go away as they came: only while nothing was done with them. */
async function retirerAgents(
  tx: Tx,
  auteur: Auteur,
  actes: Awaited<ReturnType<typeof listActesOfLot>>,
  lotId: string,
): Promise<void> {
  const carrieres = sql.val(actes.flatMap((a) => a.carriere_id ?? []))
  const agents = sql.val([...new Set(actes.map((a) => a.agent_id))])
  const { rows } = await sql<{ nom: string; quoi: string }>`
    select a.prenom || ' ' || a.nom as nom, x.quoi from app.paie_agent a join (
      select c.agent_id, 'un bulletin' as quoi from app.paie_bulletin b
        join app.paie_carriere c on c.organisme_id = b.organisme_id and c.id = b.carriere_id
        join app.paie_bulletin_approuve p on p.organisme_id = b.organisme_id and p.mois = b.mois and p.carriere_id = b.carriere_id
      union all select c.agent_id, 'des éléments variables' from app.paie_variable v
        join app.paie_carriere c on c.organisme_id = v.organisme_id and c.id = v.carriere_id
      union all select c.agent_id, 'une pièce' from app.paie_piece_carriere p
        join app.paie_carriere c on c.organisme_id = p.organisme_id and c.id = p.carriere_id
      union all select c.agent_id, 'une question' from app.paie_question q
        join app.paie_carriere c on c.organisme_id = q.organisme_id and c.id = q.carriere_id
      union all select h.agent_id, 'une carrière changée depuis' from app.paie_acte_carriere h
        where not (h.id = any(${sql.val(actes.map((a) => a.id))}::uuid[]))
    ) x on x.agent_id = a.id where a.id = any(${agents}::uuid[]) order by a.nom limit 1`.execute(tx)
  if (rows[0]) throw refusUtilise(rows[0].nom, rows[0].quoi)
  try {
    await sql`delete from app.paie_bulletin where carriere_id = any(${carrieres}::uuid[])`.execute(tx)
    await sql`delete from app.paie_anomalie where carriere_id = any(${carrieres}::uuid[])`.execute(tx)
    await sql`delete from app.paie_situation where carriere_id = any(${carrieres}::uuid[])`.execute(tx)
    await sql`delete from app.paie_carriere where id = any(${carrieres}::uuid[])`.execute(tx)
    await sql`delete from app.paie_agent where id = any(${agents}::uuid[])`.execute(tx)
  } catch (e) {
    // other rows of the month point at them: controls, rappels…
    if ((e as { code?: string }).code === '23503') throw refusUtilise('Un de ces agents', 'servi à la paie')
    throw e
  }
  await insertActes(
    tx,
    auteur,
    actes.map((a) => ({
      id: newId(),
      agentId: a.agent_id,
      carriereId: a.carriere_id,
      nature: 'annulation' as const,
      effet: a.effet as Jour,
      motif: '',
      resume: `Annulé : ${a.resume}`,
      lotId,
      annule: a.id,
      avant: a.apres,
      apres: null,
    })),
  )
  const premier = await tx
    .selectFrom('app.paie_dossier')
    .select('mois')
    .where('etat', 'in', ['ouvert', 'calcule', 'renvoye'])
    .orderBy('mois')
    .limit(1)
    .executeTakeFirst()
  if (premier) await annoncerPortee(tx, auteur, `${premier.mois}-01` as Jour, 'Annulation d’un import', [])
}
