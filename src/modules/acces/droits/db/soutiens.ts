import '../../db/tables.ts'
import type { Selectable } from 'kysely'
import type { Tx } from '#socle/db/base.ts'
import type { Tables } from '#socle/db/tables.ts'
import type { Soutien } from '../contract.ts'

type Row = Selectable<Tables['app.acces_soutien']>

const etatOf = (r: Row): Soutien['etat'] =>
  r.termine_le || (r.jusqua && r.jusqua.getTime() <= Date.now()) ? 'termine' : r.accorde_le ? 'accorde' : 'demande'

export const vueOf = (r: Row, organisme: string): Soutien => ({
  id: r.id,
  organismeId: r.organisme_id,
  organisme,
  technicien: r.technicien_nom,
  motif: r.motif,
  etendue: r.etendue,
  heures: r.heures,
  etat: etatOf(r),
  demandeLe: r.demande_le.toISOString(),
  accordePar: r.accorde_par_nom,
  jusqua: r.jusqua?.toISOString() ?? null,
  terminePar: r.termine_par_nom,
  termineLe: r.termine_le?.toISOString() ?? null,
})

export const listSoutiens = (tx: Tx, organismeId: string) =>
  tx
    .selectFrom('app.acces_soutien')
    .selectAll()
    .where('organisme_id', '=', organismeId)
    .orderBy('demande_le', 'desc')
    .limit(200)
    .execute()

/** Needs the context of the person: row level security shows a technician his own requests in every body. */
export const listSoutiensDe = (tx: Tx, technicienId: string) =>
  tx
    .selectFrom('app.acces_soutien')
    .selectAll()
    .where('technicien_id', '=', technicienId)
    .orderBy('demande_le', 'desc')
    .limit(200)
    .execute()
