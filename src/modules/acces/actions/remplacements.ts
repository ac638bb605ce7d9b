import '../db/tables.ts'
import { sql } from 'kysely'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { introuvable, Refus } from '#socle/refus.ts'

export type Remplacement = {
  id: string
  portefeuilleId: string
  remplacantId: string
  depuis: Jour
  jusqua: Jour
  motif: string
}

/** In the agency's own body: a portfolio is held by another officer from a day to another. Sent twice, written once. */
export async function ajouterRemplacement(tx: Tx, agence: string, r: Remplacement): Promise<void> {
  const portefeuille = await tx
    .selectFrom('app.acces_portefeuille')
    .select('gestionnaire_id')
    .where('id', '=', r.portefeuilleId)
    .executeTakeFirst()
  if (!portefeuille) throw introuvable('Ce portefeuille')
  if (portefeuille.gestionnaire_id === r.remplacantId)
    throw new Refus('remplacement.luiMeme', 'Ce gestionnaire tient déjà ce portefeuille.')
  const { rows } = await sql<{ ok: boolean }>`select exists (select from app.acces_appartenance
    where personne_id = ${r.remplacantId} and role = 'gestionnaire' and retire_le is null
      and (jusqua is null or jusqua > current_date)) as ok`.execute(tx)
  if (!rows[0]?.ok) throw introuvable('Ce gestionnaire')
  await sql`insert into app.acces_remplacement (organisme_id, id, portefeuille_id, remplacant_id, depuis, jusqua, motif)
    values (${agence}, ${r.id}, ${r.portefeuilleId}, ${r.remplacantId}, ${r.depuis}, ${r.jusqua}, ${r.motif})
    on conflict do nothing`.execute(tx)
}

/** A replacement that has begun ends today and stays in the history; one to come is taken away. */
export async function finirRemplacement(tx: Tx, portefeuilleId: string, id: string): Promise<void> {
  const fini = await sql`update app.acces_remplacement set jusqua = current_date
    where id = ${id} and portefeuille_id = ${portefeuilleId} and depuis < current_date and jusqua > current_date`.execute(
    tx,
  )
  if (fini.numAffectedRows) return
  const retire = await sql`delete from app.acces_remplacement
    where id = ${id} and portefeuille_id = ${portefeuilleId} and depuis >= current_date`.execute(tx)
  if (!retire.numAffectedRows) throw introuvable('Ce remplacement')
}
