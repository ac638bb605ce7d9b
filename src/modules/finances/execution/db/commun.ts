import '../../db/tables.ts'
import './tables.ts'
import { sql } from 'kysely'
import { type Centimes, inEuros } from '#socle/argent.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Acteur } from '#socle/droits.ts'
import { newId } from '#socle/ids.ts'

/** Who acts; `personneId` null: another module, or Bosquet itself. */
export type Auteur = { organismeId: string; personneId: string | null; nom: string }
export const auteurOf = (a: Acteur): Auteur => ({ organismeId: a.organismeId, personneId: a.personneId, nom: a.nom })

export type ObjetActe =
  | 'tiers'
  | 'facture'
  | 'engagement'
  | 'liquidation'
  | 'bordereau'
  | 'piece'
  | 'regie'
  | 'role'
  | 'recurrence'
  | 'retenue'
  | 'ordre'
  | 'mandatSepa'
  | 'anv'

export async function noteActes(
  tx: Tx,
  auteur: Auteur,
  objet: ObjetActe,
  actes: readonly { id: string; acte: string; detail?: string }[],
): Promise<void> {
  if (actes.length === 0) return
  await insertLot(
    tx,
    'finances_acte',
    'organisme_id uuid, id uuid, personne_id uuid, nom text, objet text, objet_id uuid, acte text, detail text',
    actes.map((a) => ({
      organisme_id: auteur.organismeId,
      id: newId(),
      personne_id: auteur.personneId,
      nom: auteur.nom,
      objet,
      objet_id: a.id,
      acte: a.acte,
      detail: a.detail ?? '',
    })),
  )
}
export const noteActe = (tx: Tx, auteur: Auteur, objet: ObjetActe, id: string, acte: string, detail = '') =>
  noteActes(tx, auteur, objet, [{ id, acte, detail }])

/** The next `nombre` numbers of a series. Its row is locked until the end of the transaction: no gap, no double. */
export async function takeNumeros(tx: Tx, organismeId: string, serie: string, nombre = 1): Promise<number> {
  const { rows } = await sql<{ dernier: number }>`
    insert into app.finances_numero as n (organisme_id, serie, dernier) values (${organismeId}, ${serie}, ${nombre})
    on conflict (organisme_id, serie) do update set dernier = n.dernier + ${nombre}
    returning dernier`.execute(tx)
  return rows[0]!.dernier - nombre + 1
}

/** Many rows in one statement. `types` names the columns and gives their types. */
export async function insertLot(tx: Tx, table: string, types: string, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return
  const colonnes = types
    .split(',')
    .map((t) => t.trim().split(' ')[0])
    .join(', ')
  await sql`insert into ${sql.raw(`app.${table}`)} (${sql.raw(colonnes)})
    select ${sql.raw(colonnes)} from json_to_recordset(${JSON.stringify(rows)}::json) as x(${sql.raw(types)})`.execute(
    tx,
  )
}

/** Adds to the sums of the months, which the dashboard reads. */
export async function addMois(
  tx: Tx,
  organismeId: string,
  pieces: readonly { budgetId: string; annee: number; sens: string; mois: string; montant: Centimes }[],
): Promise<void> {
  const sommes = new Map<string, { budget_id: string; annee: number; mois: string; sens: string; montant: bigint }>()
  for (const p of pieces) {
    const cle = [p.budgetId, p.annee, p.mois, p.sens].join()
    const s = sommes.get(cle) ?? { budget_id: p.budgetId, annee: p.annee, mois: p.mois, sens: p.sens, montant: 0n }
    s.montant += p.montant
    sommes.set(cle, s)
  }
  if (sommes.size === 0) return
  const lot = [...sommes.values()].map((s) => ({ ...s, montant: inEuros(s.montant as Centimes) }))
  await sql`insert into app.finances_mois as m (organisme_id, budget_id, annee, mois, sens, montant)
    select ${organismeId}, x.* from json_to_recordset(${JSON.stringify(lot)}::json)
      as x(budget_id uuid, annee smallint, mois text, sens text, montant numeric) order by 2, 3, 4, 5
    on conflict (organisme_id, budget_id, annee, mois, sens) do update set montant = m.montant + excluded.montant`.execute(
    tx,
  )
}

/** Enough to recognise an account on a paper. */
export const maskIban = (iban: string) => (iban === '' ? '' : `${iban.slice(0, 4)} •••• ${iban.slice(-4)}`)
