import type { Tx } from '#socle/db/base.ts'
import type { Id } from '#socle/ids.ts'
import type { Nature } from '../contract.ts'
import './tables.ts'

type RecuId = Id<'RecuDeCoffre'>

/** The employer's side of a deposit. */
export type Recu = {
  id: RecuId
  personneId: string
  nature: Nature
  reference: string
  numero: string
  /** The employer's double. */
  documentId: string
  empreinte: string
  deposeLe: Date
}

/** Receipts that the current body holds for these references: what needs no second deposit. */
export async function listRecus(tx: Tx, nature: Nature, references: readonly string[]): Promise<Recu[]> {
  if (references.length === 0) return []
  const rows = await tx
    .selectFrom('app.coffre_recu')
    .select(['id', 'personne_id', 'nature', 'reference', 'numero', 'document_id', 'empreinte', 'depose_le'])
    .where('nature', '=', nature)
    .where('reference', 'in', references)
    .execute()
  return rows.map((r) => ({
    id: r.id as RecuId,
    personneId: r.personne_id,
    nature: r.nature,
    reference: r.reference,
    numero: r.numero,
    documentId: r.document_id,
    empreinte: r.empreinte,
    deposeLe: r.depose_le,
  }))
}
