import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import type { Acte } from '../contract.ts'
import './tables.ts'

export type Titulaire = { personneId: string; nom: string }

type Ligne = {
  acte: Exclude<Acte, 'deposer'>
  objetId?: string
  nombre?: number
  constat?: 'corrompu' | 'absent'
}

/** Every call on a safe leaves its line, in the same transaction. */
export async function noteActe(tx: Tx, titulaire: Titulaire, ...lignes: Ligne[]): Promise<void> {
  if (lignes.length === 0) return
  await tx
    .insertInto('app.coffre_journal')
    .values(
      lignes.map((l) => ({
        personne_id: titulaire.personneId,
        id: newId(),
        acte: l.acte,
        objet_id: l.objetId ?? null,
        auteur: titulaire.nom,
        employeur_id: null,
        nombre: l.nombre ?? null,
        constat: l.constat ?? null,
        fait_le: new Date(),
      })),
    )
    .execute()
}

const PAGE = 50

/** One page of the holder's journal, the latest first; ids are in the order of time. */
export async function listJournal(tx: Tx, { avant, tout }: { avant?: string | undefined; tout: boolean }) {
  let query = tx
    .selectFrom('app.coffre_journal as j')
    .leftJoin('app.coffre_objet as o', (on) =>
      on.onRef('o.personne_id', '=', 'j.personne_id').onRef('o.id', '=', 'j.objet_id'),
    )
    .select(['j.id', 'j.acte', 'j.auteur', 'j.nombre', 'j.constat', 'j.fait_le', 'o.titre'])
    .orderBy('j.id', 'desc')
    .limit(PAGE + 1)
  if (avant !== undefined) query = query.where('j.id', '<', avant)
  if (!tout) query = query.where('j.acte', '<>', 'lister')
  const rows = await query.execute()
  return {
    suite: rows.length > PAGE,
    lignes: rows.slice(0, PAGE).map((r) => ({
      id: r.id,
      acte: r.acte,
      auteur: r.auteur,
      titre: r.titre,
      nombre: r.nombre,
      constat: r.constat,
      faitLe: r.fait_le.toISOString(),
    })),
  }
}

export type LigneDuJournal = {
  acte: Acte
  auteur: string
  titre: string | null
  nombre: number | null
  constat: 'corrompu' | 'absent' | null
  faitLe: string
}

/** The whole journal of the holder, the oldest first: for her export. */
export async function readJournal(tx: Tx): Promise<LigneDuJournal[]> {
  const rows = await tx
    .selectFrom('app.coffre_journal as j')
    .leftJoin('app.coffre_objet as o', (on) =>
      on.onRef('o.personne_id', '=', 'j.personne_id').onRef('o.id', '=', 'j.objet_id'),
    )
    .select(['j.acte', 'j.auteur', 'j.nombre', 'j.constat', 'j.fait_le', 'o.titre'])
    .orderBy('j.id')
    .execute()
  return rows.map((r) => ({
    acte: r.acte,
    auteur: r.auteur,
    titre: r.titre,
    nombre: r.nombre,
    constat: r.constat,
    faitLe: r.fait_le.toISOString(),
  }))
}
