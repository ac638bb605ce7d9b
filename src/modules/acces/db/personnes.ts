import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '#socle/db/base.ts'

export type NouvellePersonne = { id: string; nom: string; prenom: string; courriel: string | null }

/** Persons who are not known yet. They get no account: a safe is opened to them when they claim it. */
export async function createPersonnes(tx: Tx, personnes: readonly NouvellePersonne[]): Promise<void> {
  if (personnes.length > 0)
    await tx
      .insertInto('app.acces_personne')
      .values([...personnes])
      .execute()
}

/** Persons whose death was declared. */
export async function listGelees(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx
    .selectFrom('app.acces_personne')
    .select('id')
    .where('id', 'in', [...ids])
    .where('gelee_le', 'is not', null)
    .execute()
  return new Set(rows.map((r) => r.id))
}

/** Persons by a part of their name or of their identifiant; the search is the caller's to justify. */
export async function searchPersonnes(tx: Tx, texte: string, nombre: number) {
  const { rows } = await sql<{ id: string; nom: string; prenom: string; identifiant: string | null }>`
    select p.id, p.nom, p.prenom, c.identifiant from app.acces_personne p
    left join app.acces_compte c on c.personne_id = p.id
    where p.gelee_le is null and (strpos(lower(p.prenom || ' ' || p.nom), lower(${texte})) > 0
      or strpos(lower(p.nom || ' ' || p.prenom), lower(${texte})) > 0 or strpos(c.identifiant, lower(${texte})) > 0)
    order by p.nom, p.prenom, p.id limit ${nombre}`.execute(tx)
  return rows
}
