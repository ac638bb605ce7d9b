import { sql } from 'kysely'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import type { Auteur } from '../db/commun.ts'

/** Papers of a piece that is not signed yet. The id of each is unique for ever in the body: the comptable knows it by it. */
export async function joindre(
  tx: Tx,
  auteur: Auteur,
  liquidationId: string,
  docs: readonly { documentId: string; type: string; nom: string }[],
) {
  for (const d of docs) {
    const id = newId()
    await sql`insert into app.finances_piece_jointe (organisme_id, id, liquidation_id, document_id, id_unique, type_pj, nom)
      values (${auteur.organismeId}, ${id}, ${liquidationId}, ${d.documentId}, ${id.replaceAll('-', '').toUpperCase()}, ${d.type}, ${d.nom})
      on conflict do nothing`.execute(tx)
  }
}
