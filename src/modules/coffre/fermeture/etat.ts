import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '#socle/db/base.ts'
import { listOpposants } from '../employeur/oppositions.ts'

/** The closing under way or done of a safe. */
export const findFermeture = (tx: Tx, personneId: string) =>
  tx
    .selectFrom('app.coffre_fermeture')
    .selectAll()
    .where('personne_id', '=', personneId)
    .where('annulee_le', 'is', null)
    .executeTakeFirst()

/** Persons whose safe is closed: it receives nothing any more. */
export async function listFermes(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx
    .selectFrom('app.coffre_fermeture')
    .select('personne_id')
    .where('personne_id', 'in', ids)
    .where('faite_le', 'is not', null)
    .execute()
  return new Set(rows.map((r) => r.personne_id))
}

/** Everybody who is to receive paper from this body on this day: whoever asked for it, and whoever has no safe left. */
export async function listSurPapier(tx: Tx, jour: string) {
  const opposants = await listOpposants(tx, jour)
  const connus = new Set(opposants.map((o) => o.personne_id))
  const { rows } = await sql<{ personne_id: string; recue_le: string; effet_le: string }>`
    select personne_id, (demandee_le at time zone 'Europe/Paris')::date as recue_le,
      (faite_le at time zone 'Europe/Paris')::date as effet_le
    from app.coffre_fermeture
    where faite_le is not null
      and personne_id in (select personne_id from app.coffre_recu)`.execute(tx)
  return [...opposants, ...rows.filter((r) => !connus.has(r.personne_id))]
}
