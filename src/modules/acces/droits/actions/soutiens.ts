import { sql } from 'kysely'
import { inscrire } from '#modules/journal/index.ts'
import { alsoInOrganisme, type Tx } from '#socle/db/base.ts'
import type { Acteur } from '#socle/droits.ts'
import { introuvable, Refus } from '#socle/refus.ts'

const ETENDUES = { lecture: 'lecture seule', saisie: 'lecture et saisie' } as const

/**
 * The technician asks, from the agency, in the member's own body: the request is there for the member to see, and in
 * the journals of both.
 */
export async function demanderSoutien(
  tx: Tx,
  qui: Acteur,
  d: { id: string; organismeId: string; motif: string; etendue: 'lecture' | 'saisie'; heures: number },
): Promise<void> {
  const fait = {
    acte: 'soutien.demander',
    objet: { type: 'soutien', id: d.id, libelle: qui.nom },
    detail: { motif: d.motif, etendue: ETENDUES[d.etendue], heures: d.heures },
  }
  const nouveau = await alsoInOrganisme(tx, { dans: d.organismeId, retour: qui.organismeId }, async (t) => {
    const done = await t
      .insertInto('app.acces_soutien')
      .values({
        organisme_id: d.organismeId,
        id: d.id,
        technicien_id: qui.personneId,
        technicien_nom: qui.nom,
        motif: d.motif,
        etendue: d.etendue,
        heures: d.heures,
      })
      .onConflict((oc) => oc.columns(['organisme_id', 'id']).doNothing())
      .executeTakeFirst()
    if ((done.numInsertedOrUpdatedRows ?? 0n) === 0n) return false
    await inscrire(t, d.organismeId, qui, fait)
    return true
  })
  if (nouveau)
    await inscrire(tx, qui.organismeId, qui, { ...fait, detail: { ...fait.detail, organisme: d.organismeId } })
}

async function getForUpdate(tx: Tx, organismeId: string, id: string) {
  const row = await tx
    .selectFrom('app.acces_soutien')
    .selectAll()
    .where('organisme_id', '=', organismeId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw introuvable('Ce dépannage')
  return row
}

/** The member opens its data to this technician, from now and for the hours that were asked. */
export async function accorderSoutien(tx: Tx, qui: Acteur, id: string): Promise<void> {
  const s = await getForUpdate(tx, qui.organismeId, id)
  if (s.accorde_le || s.termine_le)
    throw new Refus('soutien.dejaDecide', 'Ce dépannage est déjà accordé ou terminé ; rechargez la page.')
  if (s.technicien_id === qui.personneId)
    throw new Refus('soutien.soi', 'On ne s’autorise pas soi-même : une autre personne de l’organisme le fait.')
  await tx
    .updateTable('app.acces_soutien')
    .set({
      accorde_le: sql`now()`,
      accorde_par_nom: qui.nom,
      jusqua: sql`now() + make_interval(hours => heures)`,
    })
    .where('organisme_id', '=', qui.organismeId)
    .where('id', '=', id)
    .execute()
  await inscrire(tx, qui.organismeId, qui, {
    acte: 'soutien.accorder',
    objet: { type: 'soutien', id, libelle: s.technicien_nom },
    detail: { motif: s.motif, etendue: ETENDUES[s.etendue], heures: s.heures },
  })
}

/** Ends it at once, or turns the request down; by the member, or by the technician who has finished. */
export async function terminerSoutien(tx: Tx, qui: Acteur, organismeId: string, id: string): Promise<void> {
  const s = await getForUpdate(tx, organismeId, id)
  if (s.termine_le) return
  await tx
    .updateTable('app.acces_soutien')
    .set({ termine_le: sql`now()`, termine_par_nom: qui.nom })
    .where('organisme_id', '=', organismeId)
    .where('id', '=', id)
    .execute()
  await inscrire(tx, organismeId, qui, {
    acte: s.accorde_le ? 'soutien.terminer' : 'soutien.refuser',
    objet: { type: 'soutien', id, libelle: s.technicien_nom },
    detail: { motif: s.motif },
  })
}
