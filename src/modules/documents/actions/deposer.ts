import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { Refus } from '#socle/refus.ts'
import { type Document, type DocumentId, insertDocuments, listDocuments } from '../db/documents.ts'
import { cleanNom } from '../domain/formats.ts'
import { newNumeroRecu } from '../domain/recu.ts'
import { empreinteOf, organisme } from '../domain/scellement.ts'
import type { Depot } from '../store/depot.ts'

/** `personneId` null: Bosquet itself made the paper. */
export type Deposant = { organismeId: string; personneId: string | null; nom: string }

export type Depose = {
  /** Made by the client when it may send the same deposit twice. */
  id?: DocumentId
  nom: string
  type: string
  bytes: Uint8Array
  sante?: boolean
}

/**
 * Records a document and stores its bytes; the line of the register is the receipt (number, time, SHA-256).
 * A second deposit under the same id answers with the first one.
 */
export async function deposerDocument(tx: Tx, depot: Depot, deposant: Deposant, depose: Depose): Promise<Document> {
  if (depose.id) {
    const [deja] = await listDocuments(tx, [depose.id])
    if (deja && deja.empreinte !== empreinteOf(depose.bytes))
      throw new Refus('document.existe', 'Un autre fichier a déjà été déposé sous ce numéro ; rien n’a été remplacé.')
    if (deja) return deja
  }
  const [document] = await deposerDocuments(tx, depot, deposant, [depose])
  return document!
}

/** Many at once, written to the disk as one batch. */
export async function deposerDocuments(
  tx: Tx,
  depot: Depot,
  deposant: Deposant,
  deposes: readonly Depose[],
): Promise<Document[]> {
  const ecrits = await depot.writeLot(
    tx,
    deposes.map((d) => ({ proprietaire: organisme(deposant.organismeId), octets: d.bytes })),
  )
  return recordDocuments(
    tx,
    deposant,
    deposes.map(({ bytes: _, ...d }, i) => ({ ...d, ...ecrits[i]! })),
  )
}

/** Records documents whose bytes are already durable in the store. */
export async function recordDocuments(
  tx: Tx,
  deposant: Deposant,
  ecrits: readonly (Omit<Depose, 'bytes'> & { empreinte: string; taille: number })[],
): Promise<Document[]> {
  const deposeLe = new Date()
  const documents = ecrits.map((e) => ({
    id: e.id ?? newId<'Document'>(),
    empreinte: e.empreinte,
    taille: e.taille,
    typeMime: e.type,
    nom: cleanNom(e.nom),
    recu: newNumeroRecu('D', deposeLe),
    deposePar: deposant.personneId,
    deposeParNom: deposant.nom,
    deposeLe,
    sante: e.sante ?? false,
  }))
  await insertDocuments(tx, deposant.organismeId, documents)
  return documents
}
