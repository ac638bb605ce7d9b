import './tables.ts'
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { getAgenceId } from '#modules/organismes/index.ts'
import { alsoInOrganisme, type Tx } from '#socle/db/base.ts'

const plier = (t: string) =>
  t
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')

/** A home, blinded: the same address gives the same text, from which neither the address nor a name can be read back. */
export const foyerOf = (a: { adresse: string; code_postal: string; ville: string }): string | null =>
  plier(a.adresse) === ''
    ? null
    : createHash('sha256')
        .update(`foyer-sft/${plier(a.adresse)}/${a.code_postal}/${plier(a.ville)}`)
        .digest('hex')

/**
 * Publishes the homes to which this body pays the SFT, and gives those that another body of the agency pays too. The
 * agency's rows hold a fingerprint and a body; a body learns that there is another one, never which, nor for whom.
 */
export async function publierFoyers(
  tx: Tx,
  organismeId: string,
  mois: string,
  foyers: readonly string[],
): Promise<Set<string>> {
  const agence = await getAgenceId(tx)
  const nombres = [...Map.groupBy(foyers, (f) => f)].map(([foyer, l]) => ({ foyer, nombre: l.length }))
  return alsoInOrganisme(tx, { dans: agence, retour: organismeId }, async (t) => {
    await sql`delete from app.paie_foyer_sft where client = ${organismeId} and mois = ${mois}`.execute(t)
    if (nombres.length === 0) return new Set()
    await sql`insert into app.paie_foyer_sft (organisme_id, mois, foyer, client, nombre)
      select ${agence}, ${mois}, foyer, ${organismeId}, nombre
      from json_to_recordset(${JSON.stringify(nombres)}::json) as x(foyer text, nombre int)`.execute(t)
    const { rows } = await sql<{ foyer: string }>`
      select distinct foyer from app.paie_foyer_sft where mois = ${mois} and client <> ${organismeId}
        and foyer = any(${nombres.map((n) => n.foyer)}::text[])`.execute(t)
    return new Set(rows.map((r) => r.foyer))
  })
}
