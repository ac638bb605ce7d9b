import '../../db/tables.ts'
import type { Selectable } from 'kysely'
import type { Tx } from '#socle/db/base.ts'
import type { Tables } from '#socle/db/tables.ts'
import { introuvable } from '#socle/refus.ts'
import type { Jeton } from '../contract.ts'

type Row = Selectable<Tables['app.acces_jeton']>

const ofOrganisme = (tx: Tx, organismeId: string) =>
  tx.selectFrom('app.acces_jeton').selectAll().where('organisme_id', '=', organismeId)

export const listJetons = (tx: Tx, organismeId: string): Promise<Row[]> =>
  ofOrganisme(tx, organismeId).orderBy('cree_le', 'desc').limit(200).execute()

export async function getJeton(tx: Tx, organismeId: string, id: string): Promise<Row> {
  const row = await ofOrganisme(tx, organismeId).where('id', '=', id).executeTakeFirst()
  if (!row) throw introuvable('Ce jeton')
  return row
}

export const vueJeton = (r: Row): Jeton => ({
  id: r.id,
  nom: r.nom,
  droits: r.droits,
  ecriture: r.ecriture,
  creeLe: r.cree_le.toISOString(),
  creePar: r.cree_par_nom,
  expireLe: r.expire_le.toISOString(),
  utiliseLe: r.utilise_le?.toISOString() ?? null,
  etat: r.revoque_le ? 'revoque' : r.expire_le.getTime() <= Date.now() ? 'expire' : 'actif',
})
