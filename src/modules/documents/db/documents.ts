import type { Tx } from '#socle/db/base.ts'
import { insertLot } from '#socle/db/lots.ts'
import type { Acteur } from '#socle/droits.ts'
import { type Id, newId } from '#socle/ids.ts'
import { introuvable } from '#socle/refus.ts'
import './tables.ts'

export type DocumentId = Id<'Document'>

export type Document = {
  id: DocumentId
  empreinte: string
  taille: number
  typeMime: string
  nom: string
  recu: string
  deposePar: string | null
  deposeParNom: string
  deposeLe: Date
  sante: boolean
}

const COLONNES = [
  'id',
  'empreinte',
  'taille',
  'type_mime',
  'nom',
  'recu',
  'depose_par',
  'depose_par_nom',
  'depose_le',
  'sante',
] as const

type Row = {
  id: string
  empreinte: string
  taille: number
  type_mime: string
  nom: string
  recu: string
  depose_par: string | null
  depose_par_nom: string
  depose_le: Date
  sante: boolean
}

const toDocument = (r: Row): Document => ({
  id: r.id as DocumentId,
  empreinte: r.empreinte,
  taille: r.taille,
  typeMime: r.type_mime,
  nom: r.nom,
  recu: r.recu,
  deposePar: r.depose_par,
  deposeParNom: r.depose_par_nom,
  deposeLe: r.depose_le,
  sante: r.sante,
})

export async function insertDocuments(tx: Tx, organismeId: string, documents: readonly Document[]): Promise<void> {
  await insertLot(
    tx,
    'app.document',
    {
      organisme_id: 'uuid',
      id: 'uuid',
      empreinte: 'text',
      taille: 'integer',
      type_mime: 'text',
      nom: 'text',
      recu: 'text',
      depose_par: 'uuid',
      depose_par_nom: 'text',
      depose_le: 'timestamptz',
      sante: 'boolean',
    },
    documents.map((d) => ({
      organisme_id: organismeId,
      id: d.id,
      empreinte: d.empreinte,
      taille: d.taille,
      type_mime: d.typeMime,
      nom: d.nom,
      recu: d.recu,
      depose_par: d.deposePar,
      depose_par_nom: d.deposeParNom,
      depose_le: d.deposeLe,
      sante: d.sante,
    })),
  )
}

export async function listDocuments(tx: Tx, ids: readonly string[]): Promise<Document[]> {
  if (ids.length === 0) return []
  const rows = await tx.selectFrom('app.document').select(COLONNES).where('id', 'in', ids).orderBy('id').execute()
  return rows.map(toDocument)
}

/** The register's line of one document of the current body; 404 for that of a neighbour. */
export async function getDocument(tx: Tx, id: string): Promise<Document> {
  const [document] = await listDocuments(tx, [id])
  if (!document) throw introuvable('Ce document')
  return document
}

/** One page of the register, in the order of the ids (their creation), for controls that walk it whole. */
export async function listDocumentsAfter(tx: Tx, apres: string, nombre: number): Promise<Document[]> {
  const rows = await tx
    .selectFrom('app.document')
    .select(COLONNES)
    .where('id', '>', apres)
    .orderBy('id')
    .limit(nombre)
    .execute()
  return rows.map(toDocument)
}

export type ActeLecture = 'consulter' | 'telecharger' | 'exporter'

export async function insertLecture(tx: Tx, acteur: Acteur, documentId: string, acte: ActeLecture): Promise<void> {
  await tx
    .insertInto('app.document_lecture')
    .values({
      organisme_id: acteur.organismeId,
      id: newId(),
      document_id: documentId,
      lu_par: acteur.personneId,
      lu_par_nom: acteur.nom,
      via: acteur.via,
      acte,
      lu_le: new Date(),
    })
    .execute()
}

/** Who read a document, the latest first. */
export async function listLectures(tx: Tx, documentId: string, nombre = 100) {
  const rows = await tx
    .selectFrom('app.document_lecture')
    .select(['lu_par', 'lu_par_nom', 'via', 'acte', 'lu_le'])
    .where('document_id', '=', documentId)
    .orderBy('lu_le', 'desc')
    .orderBy('id', 'desc')
    .limit(nombre)
    .execute()
  return rows.map((r) => ({ luPar: r.lu_par, luParNom: r.lu_par_nom, via: r.via, acte: r.acte, luLe: r.lu_le }))
}

export type Constat = 'corrompu' | 'absent'

export async function insertAnomalie(tx: Tx, organismeId: string, documentId: string, constat: Constat): Promise<void> {
  await tx
    .insertInto('app.document_anomalie')
    .values({ organisme_id: organismeId, id: newId(), document_id: documentId, constat, constate_le: new Date() })
    .execute()
}

/** Stored files found altered or missing, the latest first. */
export async function listAnomalies(tx: Tx, nombre = 100) {
  const rows = await tx
    .selectFrom('app.document_anomalie as a')
    .innerJoin('app.document as d', (j) =>
      j.onRef('d.organisme_id', '=', 'a.organisme_id').onRef('d.id', '=', 'a.document_id'),
    )
    .select(['a.document_id', 'a.constat', 'a.constate_le', 'd.nom'])
    .orderBy('a.constate_le', 'desc')
    .limit(nombre)
    .execute()
  return rows.map((r) => ({ documentId: r.document_id, nom: r.nom, constat: r.constat, constateLe: r.constate_le }))
}
