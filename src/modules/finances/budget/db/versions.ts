import '../../db/tables.ts'
import { sql } from 'kysely'
import { type Centimes, euros, inEuros } from '#socle/argent.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import type { ImputationRow } from '../../db/tables.ts'
import type { Imputation } from '../../nomenclature/index.ts'
import { voteIntrouvable } from '../../refus.ts'
import type { Ligne } from '../domain/equilibre.ts'
import type { LigneRealisee } from '../domain/reprise.ts'
import type { Genre } from '../domain/version.ts'

const IMPUTATION = ['sens', 'mouvement', 'nature', 'fonction', 'operation', 'service', 'section', 'chapitre'] as const
const imputationOf = (r: ImputationRow): Imputation => ({
  sens: r.sens,
  mouvement: r.mouvement,
  nature: r.nature,
  fonction: r.fonction,
  operation: r.operation,
  service: r.service,
  section: r.section,
  chapitre: r.chapitre,
})

export type VersionRow = Awaited<ReturnType<typeof getVersion>>

export async function getVersion(tx: Tx, id: string) {
  const row = await tx.selectFrom('app.finances_vote').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw voteIntrouvable()
  return row
}

/** Locks the version: a vote and an entry never cross. */
export async function lockVersion(tx: Tx, id: string) {
  const row = await tx.selectFrom('app.finances_vote').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw voteIntrouvable()
  return row
}

export const listVersions = (tx: Tx, budgetId: string, annee: number) =>
  tx
    .selectFrom('app.finances_vote as v')
    .select((eb) => [
      'v.id',
      'v.genre',
      'v.numero',
      'v.etat',
      'v.deliberation_numero',
      'v.deliberation_date',
      'v.cree_le',
      'v.cree_par',
      'v.vote_le',
      'v.vote_par',
      eb
        .selectFrom('app.finances_vote_ligne as l')
        .select((e) => e.fn.countAll<number>().as('n'))
        .whereRef('l.vote_id', '=', 'v.id')
        .as('lignes'),
      eb
        .selectFrom('app.finances_vote_ligne as l')
        .select((e) => e.fn.coalesce(e.fn.sum<string>('l.montant'), sql<string>`0`).as('s'))
        .whereRef('l.vote_id', '=', 'v.id')
        .where('l.sens', '=', 'D')
        .as('depenses'),
    ])
    .where('v.budget_id', '=', budgetId)
    .where('v.annee', '=', annee)
    .orderBy('v.cree_le')
    .execute()

export type LigneVersion = Ligne & { demande: Centimes | null; note: string }

export async function listLignes(tx: Tx, voteId: string): Promise<LigneVersion[]> {
  const rows = await tx
    .selectFrom('app.finances_vote_ligne')
    .select([...IMPUTATION, 'montant', 'demande', 'note'])
    .where('vote_id', '=', voteId)
    .orderBy('section')
    .orderBy('sens')
    .orderBy('chapitre')
    .orderBy('nature')
    .orderBy('operation')
    .orderBy('fonction')
    .orderBy('service')
    .execute()
  return rows.map((r) => ({
    ...imputationOf(r),
    montant: euros(r.montant),
    demande: r.demande === null ? null : euros(r.demande),
    note: r.note,
  }))
}

export async function upsertLignes(
  tx: Tx,
  organismeId: string,
  voteId: string,
  lignes: readonly (Ligne & { demande?: Centimes | null; note?: string })[],
): Promise<void> {
  if (lignes.length === 0) return
  await sql`insert into app.finances_vote_ligne as l (organisme_id, vote_id, sens, mouvement, nature, fonction, operation,
      service, section, chapitre, demande, montant, note)
    select ${organismeId}, ${voteId}, x.* from json_to_recordset(${JSON.stringify(
      lignes.map((l) => ({
        ...imputationOf(l),
        demande: l.demande === undefined || l.demande === null ? null : inEuros(l.demande),
        montant: inEuros(l.montant),
        note: l.note ?? '',
      })),
    )}::json) as x(sens text, mouvement text, nature text, fonction text, operation text, service text, section text,
      chapitre text, demande numeric, montant numeric, note text)
    on conflict (organisme_id, vote_id, sens, mouvement, nature, fonction, operation, service)
    do update set montant = excluded.montant, demande = excluded.demande, note = excluded.note`.execute(tx)
}

export async function deleteLignes(tx: Tx, voteId: string, cles: readonly Omit<Imputation, 'section' | 'chapitre'>[]) {
  for (const c of cles)
    await tx
      .deleteFrom('app.finances_vote_ligne')
      .where('vote_id', '=', voteId)
      .where('sens', '=', c.sens)
      .where('mouvement', '=', c.mouvement)
      .where('nature', '=', c.nature)
      .where('fonction', '=', c.fonction)
      .where('operation', '=', c.operation)
      .where('service', '=', c.service)
      .execute()
}

/** What stands for a year, by version: the credits in force. */
export async function listCredits(
  tx: Tx,
  budgetId: string,
  annee: number,
): Promise<(Ligne & { genre: Genre; voteId: string; voteLe: Date })[]> {
  const rows = await tx
    .selectFrom('app.finances_credit as c')
    .innerJoin('app.finances_vote as v', (j) =>
      j.onRef('v.organisme_id', '=', 'c.organisme_id').onRef('v.id', '=', 'c.vote_id'),
    )
    .select([...IMPUTATION.map((c) => `c.${c}` as const), 'c.montant', 'v.genre', 'v.vote_le', 'c.vote_id'])
    .where('c.budget_id', '=', budgetId)
    .where('c.annee', '=', annee)
    .execute()
  return rows.map((r) => ({
    ...imputationOf(r),
    montant: euros(r.montant),
    genre: r.genre,
    voteId: r.vote_id,
    // a credit is that of a vote
    voteLe: r.vote_le!,
  }))
}

export async function insertCredits(
  tx: Tx,
  v: Pick<VersionRow, 'organisme_id' | 'id' | 'budget_id' | 'annee'>,
  lignes: readonly Ligne[],
): Promise<void> {
  if (lignes.length === 0) return
  await tx
    .insertInto('app.finances_credit')
    .values(
      lignes.map((l) => ({
        ...imputationOf(l),
        organisme_id: v.organisme_id,
        id: newId(),
        budget_id: v.budget_id,
        annee: v.annee,
        vote_id: v.id,
        montant: inEuros(l.montant),
      })),
    )
    .execute()
}

/** Voted, engaged and mandated by article: the sums that each movement keeps up to date. */
export async function listArticles(tx: Tx, budgetId: string, annee: number): Promise<LigneRealisee[]> {
  const rows = await tx
    .selectFrom('app.finances_article')
    .select([...IMPUTATION, 'vote', 'engage', 'mandate'])
    .where('budget_id', '=', budgetId)
    .where('annee', '=', annee)
    .orderBy('section')
    .orderBy('sens')
    .orderBy('chapitre')
    .orderBy('nature')
    .execute()
  return rows.map((r) => ({
    ...imputationOf(r),
    vote: euros(r.vote),
    engage: euros(r.engage),
    mandate: euros(r.mandate),
  }))
}
