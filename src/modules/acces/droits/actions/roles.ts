import { sql } from 'kysely'
import { inscrire } from '#modules/journal/index.ts'
import { getAgenceId } from '#modules/organismes/index.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Acteur } from '#socle/droits.ts'
import { newId } from '#socle/ids.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { SANS_MOT_DE_PASSE } from '../../actions/connexion.ts'
import { libelleRole, rolesPossibles } from '../../domain/roles.ts'
import { findPersonneByIdentifiant } from '../db/membres.ts'

export type RoleDemande = {
  identifiant: string
  nom: string
  prenom: string
  role: string
  depuis: string
  jusqua?: string | undefined
}

/** The account of a person who has none; she chooses her password by a link that serves once. */
export async function createCompte(
  tx: Tx,
  qui: { identifiant: string; nom: string; prenom: string },
): Promise<{ compteId: string; personneId: string }> {
  const [personneId, compteId] = [newId<'Personne'>(), newId<'Compte'>()]
  await tx
    .insertInto('app.acces_personne')
    .values({ id: personneId, nom: qui.nom, prenom: qui.prenom, courriel: qui.identifiant })
    .execute()
  await tx
    .insertInto('app.acces_compte')
    .values({ id: compteId, personne_id: personneId, identifiant: qui.identifiant, empreinte: SANS_MOT_DE_PASSE })
    .execute()
  return { compteId, personneId }
}

/**
 * Gives a role of the body. An existing account is taken as it is: its name and its password are its owner's. Nobody
 * gives a role to oneself: a second administrator does.
 */
export async function donnerRole(tx: Tx, qui: Acteur, d: RoleDemande) {
  const identifiant = d.identifiant.trim().toLowerCase()
  const agence = await getAgenceId(tx)
  if (!(rolesPossibles(qui.organismeId === agence) as string[]).includes(d.role))
    throw new Refus('role.inconnu', 'Ce rôle n’existe pas dans cet organisme.', {
      status: 400,
      champs: { role: 'Choisissez un rôle de la liste.' },
    })
  if (d.jusqua && d.jusqua <= d.depuis)
    throw new Refus('role.dates', 'La fin doit suivre le début.', {
      status: 400,
      champs: { jusqua: 'La fin doit suivre le début.' },
    })
  const connu = await findPersonneByIdentifiant(tx, identifiant)
  if (connu?.personneId === qui.personneId) throw refusSoi()
  const { personneId, compteId } = connu ?? (await createCompte(tx, { ...d, identifiant }))
  await sql`
    insert into app.acces_appartenance (organisme_id, id, personne_id, role, depuis, jusqua, donne_par_nom)
    values (${qui.organismeId}, ${newId()}, ${personneId}, ${d.role}, ${d.depuis}, ${d.jusqua ?? null}, ${qui.nom})
    on conflict (organisme_id, personne_id, role, depuis) do update
      set retire_le = null, retire_par_nom = null, jusqua = excluded.jusqua, donne_par_nom = excluded.donne_par_nom`.execute(
    tx,
  )
  await inscrire(tx, qui.organismeId, qui, {
    acte: 'role.donner',
    objet: { type: 'personne', id: personneId, libelle: connu ? `${connu.prenom} ${connu.nom}`.trim() : identifiant },
    detail: {
      role: libelleRole(d.role),
      depuis: d.depuis,
      jusqua: d.jusqua,
      compte: connu ? undefined : 'créé',
    },
  })
  return { personneId, compteId, compteCree: connu === undefined }
}

const refusSoi = () =>
  new Refus('role.soi', 'On ne se donne ni ne se retire un rôle à soi-même : demandez-le à un autre administrateur.')

/** Ends a membership at once; the row stays, with who ended it. Nobody ends his own, so an administrator remains. */
export async function retirerRole(tx: Tx, qui: Acteur, id: string): Promise<void> {
  const row = await tx
    .selectFrom('app.acces_appartenance as a')
    .innerJoin('app.acces_personne as p', 'p.id', 'a.personne_id')
    .select(['a.role', 'a.personne_id', 'p.nom', 'p.prenom'])
    .where('a.organisme_id', '=', qui.organismeId)
    .where('a.id', '=', id)
    .where('a.retire_le', 'is', null)
    .executeTakeFirst()
  if (!row) throw introuvable('Ce rôle')
  if (row.personne_id === qui.personneId) throw refusSoi()
  await tx
    .updateTable('app.acces_appartenance')
    .set({ retire_le: new Date(), retire_par_nom: qui.nom })
    .where('organisme_id', '=', qui.organismeId)
    .where('id', '=', id)
    .execute()
  await inscrire(tx, qui.organismeId, qui, {
    acte: 'role.retirer',
    objet: { type: 'personne', id: row.personne_id, libelle: `${row.prenom} ${row.nom}`.trim() },
    detail: { role: libelleRole(row.role) },
  })
}

/**
 * The agency stops an account that somebody else may hold, with its sessions, or opens it again. An employer cannot: the
 * account is also the door of the person's safe, so an employer takes back his roles only.
 */
export async function suspendreCompte(
  tx: Tx,
  qui: Acteur,
  d: { identifiant: string; suspendu: boolean; motif: string },
): Promise<number> {
  const compte = await findPersonneByIdentifiant(tx, d.identifiant.trim().toLowerCase())
  if (!compte) throw introuvable('Ce compte')
  if (compte.personneId === qui.personneId)
    throw new Refus('compte.soi', 'On ne suspend pas son propre compte : un autre administrateur le fait.')
  await tx.updateTable('app.acces_compte').set({ est_actif: !d.suspendu }).where('id', '=', compte.compteId).execute()
  const fermees = d.suspendu
    ? await tx
        .updateTable('app.acces_session')
        .set({ revoquee_le: new Date() })
        .where('compte_id', '=', compte.compteId)
        .where('revoquee_le', 'is', null)
        .executeTakeFirst()
    : undefined
  await inscrire(tx, qui.organismeId, qui, {
    acte: d.suspendu ? 'compte.suspendre' : 'compte.rouvrir',
    objet: { type: 'personne', id: compte.personneId, libelle: d.identifiant },
    detail: { motif: d.motif },
  })
  return Number(fermees?.numUpdatedRows ?? 0n)
}
