import './tables.ts'
import { sql } from 'kysely'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { insertLot } from '#socle/db/lots.ts'
import { agentIntrouvable } from '../../refus.ts'
import type { NatureActe, SituationCarriere } from '../contract.ts'
import type { EtatCarriere } from '../domain/changer.ts'
import { listPositions, storePositions } from '../positions/positions.ts'

/** A career as it stands, locked until the end of the transaction: two officers change it one after the other. */
export async function lockEtatCarriere(tx: Tx, carriereId: string): Promise<EtatCarriere & { agentId: string }> {
  const c = await tx
    .selectFrom('app.paie_carriere')
    .select(['agent_id', 'emploi', 'entree', 'sortie', 'motif_sortie'])
    .where('id', '=', carriereId)
    .forUpdate()
    .executeTakeFirst()
  if (!c) throw agentIntrouvable()
  return { agentId: c.agent_id, ...(await readEtat(tx, carriereId, c)) }
}

/** Same, to look at. */
export async function getEtatCarriere(tx: Tx, carriereId: string): Promise<EtatCarriere & { agentId: string }> {
  const c = await tx
    .selectFrom('app.paie_carriere')
    .select(['agent_id', 'emploi', 'entree', 'sortie', 'motif_sortie'])
    .where('id', '=', carriereId)
    .executeTakeFirst()
  if (!c) throw agentIntrouvable()
  return { agentId: c.agent_id, ...(await readEtat(tx, carriereId, c)) }
}

async function readEtat(
  tx: Tx,
  carriereId: string,
  c: { emploi: string; entree: string; sortie: string | null; motif_sortie: string | null },
): Promise<EtatCarriere> {
  const { rows } = await sql<{ depuis: Jour; jusqua: Jour | null; motif: string; contenu: SituationCarriere }>`
    select lower(periode) as depuis, upper(periode) as jusqua, motif, contenu from app.paie_situation
    where carriere_id = ${carriereId} order by lower(periode)`.execute(tx)
  return {
    emploi: c.emploi,
    entree: c.entree as Jour,
    sortie: c.sortie as Jour | null,
    motifSortie: c.motif_sortie,
    situations: rows,
    positions: await listPositions(tx, carriereId),
  }
}

/** Replaces what is true now; the history has what was. */
export async function storeEtatCarriere(
  tx: Tx,
  organismeId: string,
  carriereId: string,
  etat: EtatCarriere,
): Promise<void> {
  await tx
    .updateTable('app.paie_carriere')
    .set({ emploi: etat.emploi, entree: etat.entree, sortie: etat.sortie, motif_sortie: etat.motifSortie })
    .where('id', '=', carriereId)
    .execute()
  await tx.deleteFrom('app.paie_situation').where('carriere_id', '=', carriereId).execute()
  await insertSituations(tx, organismeId, [{ carriereId, situations: etat.situations }])
  await storePositions(tx, organismeId, carriereId, etat.positions ?? [])
}

export async function insertSituations(
  tx: Tx,
  organismeId: string,
  carrieres: readonly { carriereId: string; situations: EtatCarriere['situations'] }[],
): Promise<void> {
  const rows = carrieres.flatMap(({ carriereId, situations }) =>
    situations.map((s) => ({ carriere: carriereId, ...s })),
  )
  await sql`insert into app.paie_situation (organisme_id, id, carriere_id, periode, motif, contenu)
    select ${organismeId}, gen_random_uuid(), carriere, daterange(depuis, jusqua), motif, contenu
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as x(carriere uuid, depuis date, jusqua date, motif text, contenu jsonb)`.execute(tx)
}

export type Acte = {
  id: string
  agentId: string
  carriereId: string | null
  nature: NatureActe
  effet: Jour
  motif: string
  resume: string
  pieceId?: string | null
  lotId?: string | null
  annule?: string | null
  avant: object | null
  apres: object | null
}

export async function insertActes(
  tx: Tx,
  auteur: { organismeId: string; personneId: string | null; nom: string },
  actes: readonly Acte[],
): Promise<void> {
  const uuid = { organisme_id: 'uuid', id: 'uuid', agent_id: 'uuid', carriere_id: 'uuid', piece_id: 'uuid' }
  const texte = { nature: 'text', effet: 'date', motif: 'text', resume: 'text', par_nom: 'text' }
  await insertLot(
    tx,
    'app.paie_acte_carriere',
    { ...uuid, lot_id: 'uuid', annule: 'uuid', par: 'uuid', ...texte, avant: 'jsonb', apres: 'jsonb' },
    actes.map(({ agentId, carriereId, pieceId, lotId, ...a }) => ({
      ...a,
      organisme_id: auteur.organismeId,
      agent_id: agentId,
      carriere_id: carriereId,
      piece_id: pieceId,
      lot_id: lotId,
      par: auteur.personneId,
      par_nom: auteur.nom,
    })),
  )
}

export async function findActe(tx: Tx, id: string) {
  return tx.selectFrom('app.paie_acte_carriere').selectAll().where('id', '=', id).executeTakeFirst()
}

/** What was done on an agent, the latest first; an act that was undone says by whom. */
export async function listActes(tx: Tx, agentId: string) {
  const { rows } = await sql<{
    id: string
    carriere_id: string | null
    nature: NatureActe
    effet: Jour
    motif: string
    resume: string
    piece_id: string | null
    lot_id: string | null
    annule: string | null
    annule_par: string | null
    le: Date
    par_nom: string
  }>`select a.id, a.carriere_id, a.nature, a.effet, a.motif, a.resume, a.piece_id, a.lot_id, a.annule, a.le, a.par_nom,
      b.par_nom as annule_par
    from app.paie_acte_carriere a
    left join app.paie_acte_carriere b on b.organisme_id = a.organisme_id and b.annule = a.id
    where a.agent_id = ${agentId} order by a.le desc, a.id desc limit 500`.execute(tx)
  return rows
}
