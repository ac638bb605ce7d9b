import { sql } from 'kysely'
import { euros, formatEuros, inEuros, sum } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import type { LiquidationSaisie } from '../contract.ts'
import { type Auteur, noteActe } from '../db/commun.ts'
import type { Cadre } from '../db/contexte.ts'
import { totalHt, totalTva } from '../domain/controler.ts'
import { separerRetenue } from '../domain/retenue.ts'
import { liquider } from './liquider.ts'

const TAUX_MAXIMUM = 20n // one twentieth: five per cent

/** Liquidates an expense, and the guarantee kept on it when there is one. Sent twice, both are entered once. */
export async function liquiderDepense(tx: Tx, auteur: Auteur, cadre: Cadre, piece: LiquidationSaisie): Promise<void> {
  const retenue = euros(piece.contenu.retenueGarantie ?? '0.00')
  const ttc = sum([totalHt(piece.contenu), totalTva(piece.contenu)])
  // code de la commande publique, art. R. 2191-32 et suivants
  if (retenue * TAUX_MAXIMUM > ttc)
    throw new Refus(
      'retenue.taux',
      `La retenue de garantie ne dépasse pas 5 % du montant : ${formatEuros(inEuros((ttc / TAUX_MAXIMUM) as never))} au plus.`,
      { champs: { retenueGarantie: 'Trop élevée.' } },
    )
  if (retenue > 0n && (!piece.contenu.marche || !piece.tiersId))
    throw new Refus('retenue.marche', 'Une retenue de garantie se prend sur un marché : donnez son numéro.', {
      champs: { marche: 'À remplir.' },
    })
  const [principale, tenue] = separerRetenue(piece, newId<'Liquidation'>())
  const nouvelles = await liquider(tx, auteur, cadre, 'D', [principale])
  if (nouvelles.length === 0 || !tenue) return
  await liquider(tx, auteur, cadre, 'D', [tenue])
  await sql`insert into app.finances_retenue (organisme_id, id, principale_id, tiers_id, marche, montant)
    values (${auteur.organismeId}, ${tenue.id}, ${principale.id}, ${piece.tiersId!}, ${piece.contenu.marche!}, ${inEuros(retenue)})`.execute(
    tx,
  )
}

export type DecisionRetenue =
  | { acte: 'recevoir'; le: Jour }
  | { acte: 'liberer'; motif: string }
  | { acte: 'substituer'; garant: string; reference: string }

/** The works are received, the guarantee is released, or a bank stands for it: the comptable is told by the certificate. */
export async function deciderRetenue(tx: Tx, auteur: Auteur, id: string, d: DecisionRetenue, le: Jour): Promise<void> {
  const { rows } = await sql<{ etat: string; signee: boolean }>`
    select r.etat, p.id is not null as signee from app.finances_retenue r
    left join app.finances_piece p on p.organisme_id = r.organisme_id and p.id = r.id
    where r.id = ${id} for update of r`.execute(tx)
  const r = rows[0]
  if (!r) throw introuvable('Cette retenue de garantie')
  if (r.etat !== 'retenue') throw new Refus('retenue.decidee', 'Cette retenue a déjà été libérée ou remplacée.')
  if (d.acte === 'recevoir') {
    await sql`update app.finances_retenue set recue_le = ${d.le} where id = ${id}`.execute(tx)
    await noteActe(tx, auteur, 'retenue', id, 'Réception des travaux', d.le)
    return
  }
  if (!r.signee)
    throw new Refus('retenue.nonSignee', 'Le mandat de cette retenue n’est pas signé : il ne peut pas être libéré.')
  if (d.acte === 'liberer')
    await sql`update app.finances_retenue set etat = 'liberee', motif = ${d.motif}, decide_le = ${le},
      decide_par_nom = ${auteur.nom} where id = ${id}`.execute(tx)
  else
    await sql`update app.finances_retenue set etat = 'substituee', garant = ${d.garant}, reference = ${d.reference},
      decide_le = ${le}, decide_par_nom = ${auteur.nom} where id = ${id}`.execute(tx)
  await noteActe(
    tx,
    auteur,
    'retenue',
    id,
    d.acte === 'liberer' ? 'Libération' : 'Garantie bancaire',
    d.acte === 'liberer' ? d.motif : `${d.garant}, ${d.reference}`,
  )
}
