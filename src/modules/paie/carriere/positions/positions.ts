import './tables.ts'
import { type RawBuilder, sql } from 'kysely'
import { dernierJour, type Jour, type Mois, premierJour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { insertLot } from '#socle/db/lots.ts'
import { newId } from '#socle/ids.ts'
import { type PositionTenue, SANS_PAIE } from './domain/positions.ts'

const colonnes = sql`lower(periode) as depuis, upper(periode) as jusqua, position, motif, accueil`

export async function listPositions(tx: Tx, carriereId: string): Promise<PositionTenue[]> {
  const { rows } = await sql<PositionTenue>`
    select ${colonnes} from app.paie_position where carriere_id = ${carriereId} order by lower(periode)`.execute(tx)
  return rows
}

/** Positions that meet the days from the first month to the last one, by post. */
export async function listPositionsDe(tx: Tx, premier: Mois, dernier: Mois): Promise<Map<string, PositionTenue[]>> {
  const { rows } = await sql<PositionTenue & { carriere: string }>`
    select carriere_id as carriere, ${colonnes} from app.paie_position
    where periode && daterange(${premierJour(premier)}, ${dernierJour(dernier)}, '[]') order by lower(periode)`.execute(
    tx,
  )
  return new Map([...Map.groupBy(rows, (r) => r.carriere)].map(([id, l]) => [id, l.map(({ carriere: _, ...p }) => p)]))
}

/** Replaces what is true now; the history has what was. */
export async function storePositions(
  tx: Tx,
  organismeId: string,
  carriereId: string,
  positions: readonly PositionTenue[],
): Promise<void> {
  await tx.deleteFrom('app.paie_position').where('carriere_id', '=', carriereId).execute()
  await insertLot(
    tx,
    'app.paie_position',
    {
      organisme_id: 'uuid',
      id: 'uuid',
      carriere_id: 'uuid',
      periode: 'daterange',
      position: 'text',
      motif: 'text',
      accueil: 'text',
    },
    positions.map(({ depuis, jusqua, ...p }) => ({
      ...p,
      organisme_id: organismeId,
      id: newId(),
      carriere_id: carriereId,
      periode: `[${depuis},${jusqua ?? ''})`,
    })),
  )
}

const sansPaie = sql`p.position = any(${sql.val(SANS_PAIE)}::text[])`

/**
 * Of a post `c`, in SQL: no day of its month is paid here, and nothing was entered to be paid all the same. The same
 * questions as `horsPaie` and `resteAPayer`, for the statements that count.
 */
export const estHorsPaie = (mois: RawBuilder<unknown>): RawBuilder<boolean> => {
  const debut = sql`(${mois} || '-01')::date`
  const dernier = sql`least(c.sortie, (${debut} + interval '1 month')::date)`
  return sql<boolean>`(coalesce((select range_agg(p.periode) @> daterange(least(greatest(c.entree, ${debut}), ${dernier}), ${dernier})
      from app.paie_position p where p.organisme_id = c.organisme_id and p.carriere_id = c.id and ${sansPaie}), false)
    and not exists (select from app.paie_variable y where y.organisme_id = c.organisme_id and y.carriere_id = c.id
      and coalesce(y.effet, y.mois) = ${mois} and y.contenu ->> 'nature' <> 'absence'))`
}

/** First day of the time without pay that a post is in on a day. */
export async function debutHorsPaie(tx: Tx, carriereId: string, jour: Jour): Promise<Jour | null> {
  const { rows } = await sql<{ debut: Jour }>`
    select lower(r) as debut from (select unnest(range_agg(p.periode)) as r from app.paie_position p
      where p.carriere_id = ${carriereId} and ${sansPaie}) x where r @> ${jour}::date`.execute(tx)
  return rows[0]?.debut ?? null
}
