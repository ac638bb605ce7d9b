import './tables.ts'
import type { Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'

/** The production under preparation that pays this post, whose elements are still entered. */
export async function findEnPreparation(tx: Tx, mois: Mois, carriereId: string): Promise<number | null> {
  const row = await tx
    .selectFrom('app.paie_complement_agent as a')
    .innerJoin('app.paie_complement as c', (j) =>
      j.onRef('c.organisme_id', '=', 'a.organisme_id').onRef('c.mois', '=', 'a.mois').onRef('c.rang', '=', 'a.rang'),
    )
    .select('c.rang')
    .where('a.mois', '=', mois)
    .where('a.carriere_id', '=', carriereId)
    .where('c.etat', 'in', ['prepare', 'renvoye'])
    .executeTakeFirst()
  return row?.rang ?? null
}
