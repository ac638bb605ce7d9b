import { sql } from 'kysely'
import { euros, formatEuros, inEuros, min, subtract } from '#socle/argent.ts'
import type { Tx } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import { corrigerPiece } from '../../../execution/actions/corriger.ts'
import { zLigne } from '../../../execution/contract.ts'
import { type Auteur, noteActe } from '../../../execution/db/commun.ts'
import { detteIntrouvable } from '../../refus.ts'
import type { LigneRole } from '../contract.ts'

type Dette = {
  id: string
  titre_id: string
  produit: string
  tiers_id: string
  numero: number
  lignes: LigneRole[]
  etat: string
  ttc: string
  annule: string
}
async function getDette(tx: Tx, id: string): Promise<Dette> {
  const { rows } = await sql<Dette>`
    select d.id, r.titre_id, r.produit, d.tiers_id, d.numero, d.lignes, s.etat, s.ttc, s.annule from app.finances_dette d
    join app.finances_dette_suivi s on s.organisme_id = d.organisme_id and s.dette_id = d.id
    join app.finances_role r on r.organisme_id = d.organisme_id and r.id = d.role_id
    where d.id = ${id} for update of s`.execute(tx)
  if (!rows[0]) throw detteIntrouvable()
  return rows[0]
}

/**
 * Reduces or cancels what one debtor owes: a correctif of the titre that books the rôle, in his name, to be signed as
 * any piece. His debt goes down at its signature.
 */
export async function corrigerDette(
  tx: Tx,
  auteur: Auteur,
  id: string,
  c: { id: string; montant?: string | undefined; motif: string },
): Promise<void> {
  const d = await getDette(tx, id)
  // corrections that wait for their signature count: two of them never take more than the debt
  const { rows: prets } = await sql<{ total: string }>`select coalesce(sum(ht + tva), 0)::text as total
    from app.finances_liquidation where contenu ->> 'detteId' = ${id} and etat in ('prete', 'aViser') and id <> ${c.id}`.execute(
    tx,
  )
  const reste = subtract(subtract(euros(d.ttc), euros(d.annule)), euros(prets[0]!.total))
  const montant = c.montant === undefined ? reste : euros(c.montant)
  if (montant <= 0n || montant > reste || d.etat === 'annulee')
    throw new Refus('role.reduction', `Il reste ${formatEuros(min(reste, euros(d.ttc)))} à annuler sur cette dette.`, {
      champs: { montant: 'Trop élevé.' },
    })
  await corrigerPiece(tx, auteur, d.titre_id, {
    id: c.id,
    acte: 'reduire',
    montant: inEuros(montant),
    objet: `Rôle, dette ${d.numero} : ${c.motif}`.slice(0, 160),
    dette: { id: d.id, tiersId: d.tiers_id, lignes: d.lignes.map((l) => zLigne.parse({ ...l, produit: d.produit })) },
  })
  await noteActe(tx, auteur, 'role', id, 'Réduction préparée', `${inEuros(montant)}, ${c.motif}`)
}

/** The bank gave a debit back: the debtor must pay another way, and a first debit will be a first one again. */
export async function noterRejetBancaire(tx: Tx, auteur: Auteur, id: string, motif: string): Promise<void> {
  await getDette(tx, id)
  const { rows } =
    await sql`update app.finances_dette_suivi s set est_rejet_bancaire = true, motif = ${motif}, maj_le = now()
    from app.finances_dette d where d.organisme_id = s.organisme_id and d.id = s.dette_id and s.dette_id = ${id}
      and d.mandat_sepa_id is not null returning s.dette_id`.execute(tx)
  if (rows.length === 0) throw new Refus('role.nonPreleve', 'Cette dette n’est pas prélevée.')
  await noteActe(tx, auteur, 'role', id, 'Prélèvement rejeté par la banque', motif)
}
