import { sql } from 'kysely'
import type { Tx } from './base.ts'

/**
 * Many rows in one statement of one parameter: a hundred rows of fifteen columns cost a tenth of the same in `values`.
 * `colonnes` gives each column its SQL type (`{ id: 'uuid', mois: 'text' }`); a column that a row lacks is null.
 * `siConnu: 'ignorer'` leaves a row whose key is already there as it is.
 */
export async function insertLot(
  tx: Tx,
  table: `app.${string}`,
  colonnes: Record<string, string>,
  rows: readonly object[],
  { siConnu = 'refuser' }: { siConnu?: 'refuser' | 'ignorer' } = {},
): Promise<void> {
  if (rows.length === 0) return
  const noms = sql.raw(Object.keys(colonnes).join(', '))
  const types = sql.raw(
    Object.entries(colonnes)
      .map((c) => c.join(' '))
      .join(', '),
  )
  await sql`insert into ${sql.raw(table)} (${noms})
    select ${noms} from json_to_recordset(${JSON.stringify(rows)}::json) as x(${types})
    ${sql.raw(siConnu === 'ignorer' ? 'on conflict do nothing' : '')}`.execute(tx)
}
