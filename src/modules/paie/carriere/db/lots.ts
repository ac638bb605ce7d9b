import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '#socle/db/base.ts'
import { introuvable } from '#socle/refus.ts'
import type { Auteur } from '../../dossier/db/dossiers.ts'
import type { Lot } from '../importer/contract.ts'

export const findLot = (tx: Tx, id: string) =>
  tx.selectFrom('app.paie_lot_carriere').selectAll().where('id', '=', id).executeTakeFirst()

export async function insertLot(
  tx: Tx,
  auteur: Auteur,
  lot: {
    id: string
    nature: 'import' | 'avancement' | 'annulation'
    libelle: string
    contenu?: object
    annule?: string
  },
): Promise<void> {
  await tx
    .insertInto('app.paie_lot_carriere')
    .values({
      organisme_id: auteur.organismeId,
      id: lot.id,
      nature: lot.nature,
      libelle: lot.libelle,
      annule: lot.annule ?? null,
      contenu: lot.contenu ? JSON.stringify(lot.contenu) : null,
      par: auteur.personneId,
      par_nom: auteur.nom,
    })
    .execute()
}

/** The batches, the latest first, each with who undid it. */
export async function listLots(tx: Tx, id?: string): Promise<Lot[]> {
  const { rows } = await sql<{
    id: string
    nature: 'import' | 'avancement'
    libelle: string
    le: Date
    par_nom: string
    actes: number
    annule_par: string | null
  }>`
    select l.id, l.nature, l.libelle, l.le, l.par_nom, b.par_nom as annule_par,
      (select count(*)::int from app.paie_acte_carriere a where a.organisme_id = l.organisme_id and a.lot_id = l.id) as actes
    from app.paie_lot_carriere l
    left join app.paie_lot_carriere b on b.organisme_id = l.organisme_id and b.annule = l.id
    where l.nature <> 'annulation' and (${id ?? null}::uuid is null or l.id = ${id ?? null}::uuid)
    order by l.le desc limit 200`.execute(tx)
  return rows.map((r) => ({
    id: r.id,
    nature: r.nature,
    libelle: r.libelle,
    le: r.le.toISOString(),
    par: r.par_nom,
    actes: r.actes,
    annulePar: r.annule_par,
  }))
}

export async function getLotVu(tx: Tx, id: string): Promise<Lot> {
  const [lot] = await listLots(tx, id)
  if (!lot) throw introuvable('Ce lot')
  return lot
}

/** The acts of a batch, in the order in which they were done. */
export const listActesOfLot = (tx: Tx, lotId: string) =>
  tx.selectFrom('app.paie_acte_carriere').selectAll().where('lot_id', '=', lotId).orderBy('le').orderBy('id').execute()
