import './tables.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { introuvable } from '#socle/refus.ts'
import type { Tranche, ValeurPubliee } from '../../calcul/index.ts'
import { type Acte, etatOf } from '../domain/proposition.ts'

type ActeRow = { id: string; acte: Acte; par: string; parNom: string; le: string; motif: string }
type Row = {
  id: string
  code: string
  depuis: Jour
  jusqua: Jour | null
  valeur: string | null
  tranches: Tranche[] | null
  texte: string
  source: string
  est_verifie: boolean
  note: string
  propose_par: string
  propose_par_nom: string
  propose_le: Date
  actes: ActeRow[]
}

const toValeur = (r: Row): ValeurPubliee => ({
  code: r.code,
  depuis: r.depuis,
  ...(r.jusqua === null ? {} : { jusqua: r.jusqua }),
  ...(r.tranches === null ? { valeur: r.valeur } : { tranches: r.tranches }),
  ...(r.texte === '' ? {} : { texte: r.texte }),
  source: r.source,
  verifie: r.est_verifie,
  ...(r.note === '' ? {} : { note: r.note }),
})

const toProposition = (r: Row) => ({
  id: r.id,
  valeur: toValeur(r),
  etat: etatOf(r.actes.map((a) => a.acte)),
  proposePar: r.propose_par,
  proposeParNom: r.propose_par_nom,
  proposeLe: r.propose_le,
  actes: r.actes,
})
export type PropositionLue = ReturnType<typeof toProposition>

/** In the agency's own body: the latest first. */
async function read(tx: Tx, where: RawBuilder<unknown>): Promise<PropositionLue[]> {
  const { rows } = await sql<Row>`
    select p.id, p.code, p.depuis::text, p.jusqua::text, p.valeur, p.tranches, p.texte, p.source, p.est_verifie, p.note,
      p.propose_par, p.propose_par_nom, p.propose_le,
      coalesce((select json_agg(json_build_object('id', a.id, 'acte', a.acte, 'par', a.par, 'parNom', a.par_nom,
          'le', a.le, 'motif', a.motif) order by a.version)
        from app.paie_proposition_acte a where a.organisme_id = p.organisme_id and a.proposition_id = p.id), '[]') as actes
    from app.paie_proposition p where ${where} order by p.propose_le desc, p.id desc`.execute(tx)
  return rows.map(toProposition)
}

export const listPropositions = (tx: Tx) => read(tx, sql`true`)
export const listPropositionsByIds = async (tx: Tx, ids: readonly string[]) => {
  const found = ids.length === 0 ? [] : await read(tx, sql`p.id in (${sql.join(ids)})`)
  if (found.length < new Set(ids).size) throw introuvable('Cette valeur proposée')
  return found
}
export const getProposition = async (tx: Tx, id: string) => (await listPropositionsByIds(tx, [id]))[0]!

/** A second sending of the same id changes nothing. */
export async function insertProposition(
  tx: Tx,
  organismeId: string,
  p: { id: string; valeur: ValeurPubliee; par: string; parNom: string },
): Promise<void> {
  const v = p.valeur
  await tx
    .insertInto('app.paie_proposition')
    .values({
      organisme_id: organismeId,
      id: p.id,
      code: v.code,
      depuis: v.depuis,
      jusqua: v.jusqua ?? null,
      valeur: v.valeur ?? null,
      tranches: v.tranches ? JSON.stringify(v.tranches) : null,
      texte: v.texte ?? '',
      source: v.source,
      est_verifie: v.verifie,
      note: v.note ?? '',
      propose_par: p.par,
      propose_par_nom: p.parNom,
    })
    .onConflict((oc) => oc.columns(['organisme_id', 'id']).doNothing())
    .execute()
}

/** Decisions of one agency come one after the other: what is read after this stays true until the commit. */
export const lockDecisions = (tx: Tx, organismeId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`paie_proposition/${organismeId}`}, 0))`.execute(tx)

export async function insertActe(
  tx: Tx,
  organismeId: string,
  p: PropositionLue,
  a: { acte: Acte; par: string; parNom: string; motif: string },
): Promise<void> {
  await sql`insert into app.paie_proposition_acte
      (organisme_id, id, proposition_id, propose_par, acte, par, par_nom, motif, version)
    values (${organismeId}, ${newId()}, ${p.id}, ${p.proposePar}, ${a.acte}, ${a.par}, ${a.parNom}, ${a.motif},
      ${(await readVersion(tx)) + 1})`.execute(tx)
}

/** Moves with each decision; 0 when none was ever taken. */
export async function readVersion(tx: Tx): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select coalesce(max(version), 0) as version from app.paie_proposition_acte`.execute(tx)
  return Number(rows[0]!.version)
}

/** The values in force, in the order of their release: a later one prevails over the same dates. */
export async function listPubliees(tx: Tx): Promise<ValeurPubliee[]> {
  const { rows } = await sql<{ id: string }>`
    select a.proposition_id as id from app.paie_proposition_acte a
    where a.acte = 'publier' and not exists (select from app.paie_proposition_acte r
      where r.organisme_id = a.organisme_id and r.proposition_id = a.proposition_id and r.acte = 'retirer')
    order by a.version`.execute(tx)
  const ids = rows.map((r) => r.id)
  const byId = new Map((await listPropositionsByIds(tx, ids)).map((p) => [p.id, p.valeur]))
  return ids.map((id) => byId.get(id)!)
}

/** True when a run has frozen a set of values that holds this one. */
export async function isServie(tx: Tx, v: ValeurPubliee): Promise<boolean> {
  const cherche = JSON.stringify([
    {
      code: v.code,
      valeurs: [
        {
          depuis: v.depuis,
          source: v.source,
          verifie: v.verifie,
          ...(v.tranches ? { tranches: v.tranches } : { valeur: v.valeur }),
          ...(v.texte ? { texte: v.texte } : {}),
        },
      ],
    },
  ])
  const { rows } = await sql<{ servie: boolean }>`
    select exists (select from app.paie_jeu where contenu::jsonb @> ${cherche}::jsonb) as servie`.execute(tx)
  return rows[0]!.servie
}
