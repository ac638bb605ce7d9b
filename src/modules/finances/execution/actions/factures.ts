import { sql } from 'kysely'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import type { FactureSaisie } from '../contract.ts'
import { type Auteur, noteActe } from '../db/commun.ts'
import { factureIntrouvable, refusFactureDouble, refusFactureEtat, tiersIntrouvable } from '../refus.ts'

/** Records an invoice as it arrives. Sent twice, it is recorded once; the same number of a supplier is refused. */
export async function enregistrerFacture(
  tx: Tx,
  auteur: Auteur,
  f: FactureSaisie,
  documentId: string | null,
): Promise<void> {
  const deja = await tx.selectFrom('app.finances_facture').select('id').where('id', '=', f.id).executeTakeFirst()
  if (deja) return
  const tiers = await tx.selectFrom('app.finances_tiers').select('id').where('id', '=', f.tiersId).executeTakeFirst()
  if (!tiers) throw tiersIntrouvable()
  const { rows } = await sql`insert into app.finances_facture (organisme_id, id, budget_id, tiers_id, numero, objet,
      date_facture, recue_le, service_fait_le, service_fait_par, ht, tva, document_id)
    values (${auteur.organismeId}, ${f.id}, ${f.budgetId}, ${f.tiersId}, ${f.numero}, ${f.objet}, ${f.dateFacture},
      ${f.recueLe}, ${f.serviceFaitLe}, ${f.serviceFaitLe ? auteur.nom : null}, ${f.ht}, ${f.tva}, ${documentId})
    on conflict do nothing returning id`.execute(tx)
  if (rows.length === 0) throw refusFactureDouble(f.numero)
  await noteActe(tx, auteur, 'facture', f.id, 'Enregistrement', f.numero)
}

type ActeFacture =
  | { acte: 'serviceFait'; le: Jour }
  | { acte: 'suspendre'; le: Jour; motif: string }
  | { acte: 'reprendre'; le: Jour }
  | { acte: 'rejeter'; motif: string }

const ETATS = { recue: 'à traiter', liquidee: 'liquidée', mandatee: 'mandatée', rejetee: 'rejetée' }

/** Service fait, suspension (once, with its reason), resumption, rejection: what the ordonnateur may still do. */
export async function traiterFacture(tx: Tx, auteur: Auteur, id: string, a: ActeFacture): Promise<void> {
  const f = await tx
    .selectFrom('app.finances_facture')
    .select(['etat', 'recue_le', 'suspendue_le', 'reprise_le', 'numero'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!f) throw factureIntrouvable()
  // once the mandat is sent, the comptable alone has the clock
  if (f.etat === 'mandatee' || f.etat === 'rejetee') throw refusFactureEtat(ETATS[f.etat])
  if (a.acte === 'serviceFait')
    await sql`update app.finances_facture set service_fait_le = ${a.le}, service_fait_par = ${auteur.nom} where id = ${id}`.execute(
      tx,
    )
  else if (a.acte === 'suspendre') {
    if (f.suspendue_le)
      throw new Refus(
        'facture.dejaSuspendue',
        'Le délai ne peut être suspendu qu’une fois : rejetez la facture, ou payez-la.',
      )
    await sql`update app.finances_facture set suspendue_le = ${a.le}, motif = ${a.motif} where id = ${id}`.execute(tx)
  } else if (a.acte === 'reprendre') {
    if (!f.suspendue_le || f.reprise_le) throw new Refus('facture.nonSuspendue', 'Cette facture n’est pas suspendue.')
    await sql`update app.finances_facture set reprise_le = ${a.le} where id = ${id}`.execute(tx)
  } else {
    if (f.etat === 'liquidee') throw refusFactureEtat('liquidée : abandonnez d’abord sa liquidation')
    await sql`update app.finances_facture set etat = 'rejetee', motif = ${a.motif} where id = ${id}`.execute(tx)
  }
  const mots = { serviceFait: 'Service fait', suspendre: 'Suspension', reprendre: 'Reprise', rejeter: 'Rejet' }
  await noteActe(tx, auteur, 'facture', id, mots[a.acte], 'motif' in a ? a.motif : a.le)
}
