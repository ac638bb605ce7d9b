import './tables.ts'
import '../db/tables.ts'
import { sql } from 'kysely'
import { inscrire } from '#modules/journal/index.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Acteur } from '#socle/droits.ts'
import { introuvable, Refus } from '#socle/refus.ts'

/** Who receives paper on this day, among these persons; everybody when none are named. */
export async function listOpposants(tx: Tx, jour: string, ids?: readonly string[]) {
  if (ids?.length === 0) return []
  let query = tx
    .selectFrom('app.coffre_opposition')
    .select(['id', 'personne_id', 'recue_le', 'effet_le'])
    .where('recue_le', '<=', jour)
    .where((eb) => eb.or([eb('levee_le', 'is', null), eb('levee_le', '>', jour)]))
  if (ids) query = query.where('personne_id', 'in', ids)
  return query.execute()
}

/** Persons to whom nothing is deposited any more: their objection has taken effect. */
export async function listSansDepot(tx: Tx, jour: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await listOpposants(tx, jour, ids)).filter((o) => o.effet_le <= jour).map((o) => o.personne_id))
}

type Saisie = { id: string; personneId: string; recueLe: Jour; effetLe: Jour }

export async function recordOpposition(tx: Tx, acteur: Acteur, s: Saisie): Promise<void> {
  // code du travail D.3243-7: effective « au plus tard trois mois après sa notification »
  const { rows } = await sql<{ trop: boolean; tot: boolean; connu: boolean; deja: boolean }>`
    select ${s.effetLe}::date > ${s.recueLe}::date + interval '3 months' as trop,
      ${s.effetLe}::date < ${s.recueLe}::date as tot,
      exists (select from app.coffre_recu where personne_id = ${s.personneId}) as connu,
      exists (select from app.coffre_opposition where personne_id = ${s.personneId} and id <> ${s.id}
        and daterange(recue_le, levee_le) && daterange(${s.recueLe}::date, null)) as deja`.execute(tx)
  const r = rows[0]!
  if (!r.connu) throw introuvable('Cet agent')
  if (r.trop || r.tot)
    throw new Refus('opposition.effet', 'L’effet vient au plus tard trois mois après la demande.', {
      status: 400,
      champs: { effetLe: 'Entre la date de la demande et trois mois après.' },
    })
  if (r.deja) throw new Refus('opposition.deja', 'Une demande de papier est déjà notée pour cet agent.')
  const fait = await tx
    .insertInto('app.coffre_opposition')
    .values({
      organisme_id: acteur.organismeId,
      id: s.id,
      personne_id: s.personneId,
      recue_le: s.recueLe,
      effet_le: s.effetLe,
      saisie_par_nom: acteur.nom,
    })
    .onConflict((c) => c.columns(['organisme_id', 'id']).doNothing())
    .executeTakeFirst()
  if (fait.numInsertedOrUpdatedRows === 0n) return
  await inscrire(tx, acteur.organismeId, acteur, {
    acte: 'coffre.opposition',
    objet: { type: 'personne', id: s.personneId },
    detail: { recueLe: s.recueLe, effetLe: s.effetLe },
  })
}

export async function liftOpposition(tx: Tx, acteur: Acteur, id: string, leveeLe: Jour): Promise<void> {
  const done = await tx
    .updateTable('app.coffre_opposition')
    .set({ levee_le: leveeLe, levee_par_nom: acteur.nom })
    .where('id', '=', id)
    .where('levee_le', 'is', null)
    .where('recue_le', '<=', leveeLe)
    .returning('personne_id')
    .executeTakeFirst()
  if (!done) throw introuvable('Cette demande de papier')
  await inscrire(tx, acteur.organismeId, acteur, {
    acte: 'coffre.oppositionLevee',
    objet: { type: 'personne', id: done.personne_id },
    detail: { leveeLe },
  })
}
