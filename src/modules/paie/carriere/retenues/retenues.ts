import './tables.ts'
import { sql } from 'kysely'
import { dernierJour, formatJour, type Jour, type Mois, premierJour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import type { Situation } from '../../calcul/index.ts'
import { type Auteur, noteActe } from '../../dossier/db/dossiers.ts'
import { agentIntrouvable, pieceIntrouvable } from '../../refus.ts'
import { porteeOf, touchMois } from '../actions/changer.ts'
import {
  codeRetenue,
  LIBELLES_RETENUE,
  type Retenue,
  resteDu,
  retenueDuMois,
  type TypeRetenue,
} from './domain/retenue.ts'

type Row = Retenue & {
  id: string
  carriereId: string
  creancier: string
  depuis: Jour
  jusqua: Jour | null
  source: string
  pieceId: string | null
  saisieLe: Date
  saisiePar: string
}

const colonnes = sql`r.id, r.carriere_id as "carriereId", r.numero, r.type, r.libelle, r.creancier, r.mensuel::text,
  r.total::text, r.personnes_a_charge as "personnesACharge", r.part_patronale::text as "partPatronale", r.depuis,
  r.jusqua, r.source, r.piece_id as "pieceId", r.saisie_le as "saisieLe", r.saisie_par as "saisiePar"`

/** What each line of deduction has taken from the payslips of those posts, before a month. */
async function listPris(tx: Tx, carriereIds: readonly string[], avant: Mois | null): Promise<Map<string, string>> {
  if (carriereIds.length === 0) return new Map()
  const { rows } = await sql<{ cle: string; pris: string }>`
    select b.carriere_id || '/' || (l ->> 'code') as cle, sum((l ->> 'montant')::numeric)::text as pris
    from app.paie_bulletin b, jsonb_array_elements(b.bulletin::jsonb -> 'lignes') l
    where b.carriere_id = any(${carriereIds}::uuid[]) and (${avant}::text is null or b.mois < ${avant})
      and l ->> 'groupe' = 'retenues'
    group by 1`.execute(tx)
  return new Map(rows.map((r) => [r.cle, r.pris]))
}
const prisDe = (pris: ReadonlyMap<string, string>, r: Row) => pris.get(`${r.carriereId}/${codeRetenue(r)}`) ?? '0.00'

/** Deductions of a month by post, as the engine takes them. */
export async function listRetenuesDuMois(
  tx: Tx,
  mois: Mois,
  carriereIds?: readonly string[],
): Promise<Map<string, NonNullable<Situation['retenues']>>> {
  const { rows } = await sql<Row>`select ${colonnes} from app.paie_retenue r
    where r.depuis <= ${dernierJour(mois)} and (r.jusqua is null or r.jusqua > ${premierJour(mois)})
      and (${carriereIds ?? null}::uuid[] is null or r.carriere_id = any(${carriereIds ?? null}::uuid[]))
    order by r.numero`.execute(tx)
  // only what has an end by its total has to be counted
  const comptees = [...new Set(rows.filter((r) => r.total !== null).map((r) => r.carriereId))]
  const pris = await listPris(tx, comptees, mois)
  return new Map(
    [...Map.groupBy(rows, (r) => r.carriereId)].map(([id, l]) => [
      id,
      l.flatMap((r) => retenueDuMois(r, prisDe(pris, r)) ?? []),
    ]),
  )
}

export async function listRetenues(tx: Tx, carriereId: string) {
  const { rows } = await sql<Row>`select ${colonnes} from app.paie_retenue r where r.carriere_id = ${carriereId}
    order by r.jusqua is not null, r.depuis desc, r.numero`.execute(tx)
  const pris = await listPris(tx, rows.length > 0 ? [carriereId] : [], null)
  return rows.map(({ numero: _, carriereId: __, ...r }, i) => {
    const p = prisDe(pris, rows[i]!)
    return { ...r, saisieLe: r.saisieLe.toISOString(), pris: p, reste: resteDu(rows[i]!, p) }
  })
}

/** The paper of the deduction that a line takes. */
export async function findPieceDeRetenue(tx: Tx, carriereId: string, code: string): Promise<string | null> {
  const { rows } = await sql<Row>`select ${colonnes} from app.paie_retenue r
    where r.carriere_id = ${carriereId} and r.piece_id is not null`.execute(tx)
  return rows.find((r) => codeRetenue(r) === code)?.pieceId ?? null
}

export type SaisieRetenue = {
  id: string
  type: TypeRetenue
  libelle: string
  creancier: string
  mensuel?: string | null | undefined
  total?: string | null | undefined
  personnesACharge: number
  partPatronale?: string | null | undefined
  depuis: Jour
  jusqua?: Jour | null | undefined
  source: string
  pieceId?: string | null | undefined
}

/** The open months are to be computed again; those already paid do not take a deduction afterwards. */
async function annoncer(tx: Tx, auteur: Auteur, effet: Jour, acte: string, detail: string) {
  const { moisOuverts } = await porteeOf(tx, effet)
  await touchMois(tx, auteur.organismeId, moisOuverts)
  if (moisOuverts[0]) await noteActe(tx, auteur, moisOuverts[0], acte, detail)
}

export async function ajouterRetenue(tx: Tx, auteur: Auteur, carriereId: string, r: SaisieRetenue): Promise<void> {
  const carriere = await tx
    .selectFrom('app.paie_carriere')
    .select('id')
    .where('id', '=', carriereId)
    .forUpdate()
    .executeTakeFirst()
  if (!carriere) throw agentIntrouvable()
  const deja = await tx.selectFrom('app.paie_retenue').select('carriere_id').where('id', '=', r.id).executeTakeFirst()
  if (deja) return
  if (r.pieceId) {
    const piece = await tx.selectFrom('app.paie_piece').select('id').where('id', '=', r.pieceId).executeTakeFirst()
    if (!piece) throw pieceIntrouvable()
  }
  await sql`select pg_advisory_xact_lock(hashtextextended(${`paie_retenue/${auteur.organismeId}`}, 0))`.execute(tx)
  const { dernier } = await tx
    .selectFrom('app.paie_retenue')
    .select((eb) => eb.fn.max('numero').as('dernier'))
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('app.paie_retenue')
    .values({
      organisme_id: auteur.organismeId,
      id: r.id,
      carriere_id: carriereId,
      numero: (dernier ?? 0) + 1,
      type: r.type,
      libelle: r.libelle,
      creancier: r.creancier,
      mensuel: r.mensuel ?? null,
      total: r.total ?? null,
      personnes_a_charge: r.personnesACharge,
      part_patronale: r.partPatronale ?? null,
      depuis: r.depuis,
      jusqua: r.jusqua ?? null,
      source: r.source,
      piece_id: r.pieceId ?? null,
      saisie_par: auteur.nom,
      finie_le: null,
      finie_par: null,
    })
    .execute()
  await annoncer(
    tx,
    auteur,
    r.depuis,
    'Retenue ajoutée',
    `${LIBELLES_RETENUE[r.type]}, depuis le ${formatJour(r.depuis)}`,
  )
}

/** Ends it from a day on; gives the post. */
export async function finirRetenue(tx: Tx, auteur: Auteur, id: string, jusqua: Jour): Promise<string> {
  const r = await tx
    .selectFrom('app.paie_retenue')
    .select(['carriere_id', 'type', 'depuis', 'jusqua'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!r) throw introuvable('Cette retenue')
  // before it began: it was a mistake, nothing of it is taken
  const fin = jusqua > r.depuis ? jusqua : (r.depuis as Jour)
  if (r.jusqua !== null && r.jusqua <= fin) throw new Refus('retenue.finie', 'Cette retenue finit déjà avant ce jour.')
  await tx
    .updateTable('app.paie_retenue')
    .set({ jusqua: fin, finie_le: sql<Date>`now()`, finie_par: auteur.nom })
    .where('id', '=', id)
    .execute()
  await annoncer(tx, auteur, fin, 'Retenue finie', `${LIBELLES_RETENUE[r.type]}, le ${formatJour(fin)}`)
  return r.carriere_id
}
