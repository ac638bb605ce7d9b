import './tables.ts'
import { sql } from 'kysely'
import { inscrire } from '#modules/journal/index.ts'
import { listOrganismesByIds } from '#modules/organismes/index.ts'
import { alsoInOrganisme, type Tx } from '#socle/db/base.ts'
import type { Acteur } from '#socle/droits.ts'
import { newId } from '#socle/ids.ts'
import { introuvable } from '#socle/refus.ts'

type Tenue = { portefeuilleId: string; gestionnaireId: string } | { portefeuilleId: string; client: string }

const lignesOf = (qui: Acteur, t: Tenue) => ({
  organisme_id: qui.organismeId,
  portefeuille_id: t.portefeuilleId,
  gestionnaire_id: 'gestionnaireId' in t ? t.gestionnaireId : null,
  client: 'client' in t ? t.client : null,
  par_nom: qui.nom,
})

/** From today on. */
const beginTenue = (tx: Tx, qui: Acteur, t: Tenue) =>
  tx
    .insertInto('app.acces_portefeuille_tenue')
    .values({ ...lignesOf(qui, t), id: newId(), depuis: sql<string>`current_date` })
    .execute()

/** Until today; what was true before the history began gets its line at its end. */
async function endTenue(tx: Tx, qui: Acteur, t: Tenue): Promise<void> {
  const finie = await tx
    .updateTable('app.acces_portefeuille_tenue')
    .set({ jusqua: sql`current_date` })
    .where('portefeuille_id', '=', t.portefeuilleId)
    .where('client', 'is not distinct from', 'client' in t ? t.client : null)
    .where('jusqua', 'is', null)
    .executeTakeFirst()
  if (finie.numUpdatedRows > 0n) return
  await tx
    .insertInto('app.acces_portefeuille_tenue')
    .values({ ...lignesOf(qui, t), id: newId(), depuis: null, jusqua: sql`current_date` })
    .execute()
}

async function requireGestionnaire(tx: Tx, personneId: string): Promise<string> {
  const { rows } = await sql<{ nom: string }>`
    select p.prenom || ' ' || p.nom as nom from app.acces_personne p where p.id = ${personneId}
      and exists (select from app.acces_appartenance a where a.personne_id = p.id and a.role = 'gestionnaire'
        and a.retire_le is null and (a.jusqua is null or a.jusqua > current_date))`.execute(tx)
  if (!rows[0]) throw introuvable('Ce gestionnaire')
  return rows[0].nom
}

/** Made, renamed, or given for good to another officer; in the agency's own body. */
export async function setPortefeuille(
  tx: Tx,
  qui: Acteur,
  p: { id: string; nom: string; gestionnaireId: string },
): Promise<void> {
  const gestionnaire = await requireGestionnaire(tx, p.gestionnaireId)
  const avant = await tx
    .selectFrom('app.acces_portefeuille')
    .select(['nom', 'gestionnaire_id'])
    .where('id', '=', p.id)
    .forUpdate()
    .executeTakeFirst()
  if (avant?.nom === p.nom && avant.gestionnaire_id === p.gestionnaireId) return
  await tx
    .insertInto('app.acces_portefeuille')
    .values({ organisme_id: qui.organismeId, id: p.id, nom: p.nom, gestionnaire_id: p.gestionnaireId })
    .onConflict((c) => c.columns(['organisme_id', 'id']).doUpdateSet({ nom: p.nom, gestionnaire_id: p.gestionnaireId }))
    .execute()
  if (avant?.gestionnaire_id !== p.gestionnaireId) {
    if (avant) await endTenue(tx, qui, { portefeuilleId: p.id, gestionnaireId: avant.gestionnaire_id })
    await beginTenue(tx, qui, { portefeuilleId: p.id, gestionnaireId: p.gestionnaireId })
  }
  await inscrire(tx, qui.organismeId, qui, {
    acte: avant ? 'portefeuille.confier' : 'portefeuille.creer',
    objet: { type: 'portefeuille', id: p.id, libelle: p.nom },
    detail: { gestionnaire },
  })
}

/** Moves bodies, or takes them out of any portfolio. Each member finds in its own journal who follows it from now on. */
export async function moveOrganismes(
  tx: Tx,
  qui: Acteur,
  { organismes, portefeuilleId }: { organismes: readonly string[]; portefeuilleId: string | null },
): Promise<void> {
  const cible =
    portefeuilleId === null
      ? null
      : await tx
          .selectFrom('app.acces_portefeuille')
          .select(['id', 'nom'])
          .where('id', '=', portefeuilleId)
          .executeTakeFirst()
  if (cible === undefined) throw introuvable('Ce portefeuille')
  const connus = await listOrganismesByIds(tx, [...organismes])
  const membres = connus.filter((o) => o.id !== qui.organismeId)
  if (membres.length < new Set(organismes).size) throw introuvable('Cet organisme')
  const avant = await tx
    .selectFrom('app.acces_portefeuille_client')
    .select(['client', 'portefeuille_id'])
    .where(
      'client',
      'in',
      membres.map((o) => o.id),
    )
    .forUpdate()
    .execute()
  const ou = new Map(avant.map((c) => [c.client, c.portefeuille_id]))
  const bouges = membres.filter((o) => (ou.get(o.id) ?? null) !== portefeuilleId)
  for (const { id: client } of bouges) {
    const ancien = ou.get(client)
    if (ancien) {
      await endTenue(tx, qui, { portefeuilleId: ancien, client })
      await tx.deleteFrom('app.acces_portefeuille_client').where('client', '=', client).execute()
    }
    if (!cible) continue
    await tx
      .insertInto('app.acces_portefeuille_client')
      .values({ organisme_id: qui.organismeId, client, portefeuille_id: cible.id })
      .execute()
    await beginTenue(tx, qui, { portefeuilleId: cible.id, client })
  }
  if (bouges.length === 0) return
  const detail = { portefeuille: cible?.nom ?? 'aucun' }
  for (const o of bouges)
    await alsoInOrganisme(tx, { dans: o.id, retour: qui.organismeId }, (t) =>
      inscrire(t, o.id, qui, {
        acte: 'portefeuille.affecter',
        objet: { type: 'organisme', id: o.id, libelle: o.nom },
        detail,
      }),
    )
  await inscrire(tx, qui.organismeId, qui, {
    acte: 'portefeuille.affecter',
    detail: { ...detail, organismes: bouges.map((o) => o.nom).join(', ') },
  })
}
