import { sql } from 'kysely'
import { euros, inEuros, sum } from '#socle/argent.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { Refus } from '#socle/refus.ts'
import { corrigerPiece } from '../../../execution/actions/corriger.ts'
import { zLigne } from '../../../execution/contract.ts'
import { type Auteur, noteActe } from '../../../execution/db/commun.ts'
import { refusRoleEtat } from '../../refus.ts'
import type { LigneRole, RoleSaisi } from '../contract.ts'
import { getRole } from '../db/roles.ts'
import { creerRole, poserArticles } from './saisir.ts'

/**
 * Debts that the comptable refused go into a new rôle, and off the titre that booked the first one, if he took it. Each
 * debt is taken back once.
 */
export async function reprendreRejets(
  tx: Tx,
  auteur: Auteur,
  id: string,
  nouveau: { id: string; saisie: RoleSaisi },
): Promise<number> {
  const role = await getRole(tx, id, true)
  if (role.etat !== 'signe') throw refusRoleEtat()
  const { rows: rejetees } = await sql<{
    id: string
    tiers_id: string
    objet: string
    lignes: LigneRole[]
    ttc: string
  }>`
    select d.id, d.tiers_id, d.objet, d.lignes, s.ttc from app.finances_dette d
    join app.finances_dette_suivi s on s.organisme_id = d.organisme_id and s.dette_id = d.id
    where d.role_id = ${id} and s.etat = 'rejetee' and s.annule = 0 order by d.numero for update of s`.execute(tx)
  if (rejetees.length === 0) {
    const { rows } = await sql`select id from app.finances_role where id = ${nouveau.id}`.execute(tx)
    if (rows.length > 0) return 0
    throw new Refus('role.sansRejet', 'Aucune dette rejetée de ce rôle n’attend d’être reprise.')
  }
  await creerRole(tx, auteur, { budgetId: role.budget_id, annee: role.annee }, nouveau.id, nouveau.saisie)
  await poserArticles(
    tx,
    auteur,
    nouveau.id,
    rejetees.map((d) => ({ id: newId<'Dette'>(), tiersId: d.tiers_id as never, objet: d.objet, lignes: d.lignes })),
  )
  const { rows: titre } = await sql<{ etat: string }>`
    select etat from app.finances_piece_suivi where piece_id = ${role.titre_id}`.execute(tx)
  if (titre[0]!.etat !== 'rejetee')
    await corrigerPiece(tx, auteur, role.titre_id!, {
      id: newId(),
      acte: 'reduire',
      montant: inEuros(sum(rejetees.map((d) => euros(d.ttc)))),
      objet: `${role.libelle} : dettes rejetées, reprises`.slice(0, 160),
      dette: { lignes: rejetees.flatMap((d) => d.lignes.map((l) => zLigne.parse({ ...l, produit: role.produit }))) },
    })
  await sql`update app.finances_dette_suivi set annule = ttc, maj_le = now() where dette_id in (
    select value::uuid from json_array_elements_text(${JSON.stringify(rejetees.map((d) => d.id))}::json))`.execute(tx)
  await noteActe(tx, auteur, 'role', id, 'Reprise des rejets', `${rejetees.length} dettes`)
  return rejetees.length
}
