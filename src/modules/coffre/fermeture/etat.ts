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

/** Persons whose safe receives nothing any more: closed, or frozen by a death. */
export async function listSansCoffre(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, 'ferme' | 'gele'>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('app.coffre_fermeture')
    .select(['personne_id', 'faite_le'])
    .where('personne_id', 'in', ids)
    .where('annulee_le', 'is', null)
    .where((eb) => eb.or([eb('faite_le', 'is not', null), eb('origine', '=', 'deces')]))
    .execute()
  return new Map(rows.map((r) => [r.personne_id, r.faite_le ? 'ferme' : 'gele']))
}

/** Everybody who is to receive paper from this body on this day: whoever asked for it, and whoever has no safe left. */
export async function listSurPapier(tx: Tx, jour: string) {
  const opposants = await listOpposants(tx, jour)
  const connus = new Set(opposants.map((o) => o.personne_id))
  const { rows } = await sql<{ personne_id: string; recue_le: string; effet_le: string }>`
    select personne_id, (demandee_le at time zone 'Europe/Paris')::date as recue_le,
      (coalesce(case when origine = 'deces' then demandee_le end, faite_le) at time zone 'Europe/Paris')::date as effet_le
    from app.coffre_fermeture
    where (faite_le is not null or origine = 'deces') and annulee_le is null
      and personne_id in (select personne_id from app.coffre_recu)`.execute(tx)
  return [...opposants, ...rows.filter((r) => !connus.has(r.personne_id))]
}
