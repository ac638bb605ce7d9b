import { sql } from 'kysely'
import { euros, inEuros, sum } from '#socle/argent.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { type Auteur, noteActe } from '../../../execution/db/commun.ts'
import type { Cadre } from '../../../execution/db/contexte.ts'
import { refusDebiteurDouble, refusRoleEtat } from '../../refus.ts'
import type { ArticleSaisi, RoleSaisi } from '../contract.ts'
import { getRole, type RoleRow } from '../db/roles.ts'

export type Origine = { source: string; cle: string }

/** Opens a rôle; sent twice, or brought twice by the same source, it is opened once. */
export async function creerRole(
  tx: Tx,
  auteur: Auteur,
  cadre: Cadre,
  id: string,
  r: RoleSaisi,
  origine?: Origine,
): Promise<'nouveau' | 'connu'> {
  const { rows } = await sql`
    insert into app.finances_role (organisme_id, id, budget_id, annee, libelle, produit, periode, avis_le, echeance,
      prelevement_le, edition, source, source_cle, cree_par_nom)
    values (${auteur.organismeId}, ${id}, ${cadre.budgetId}, ${cadre.annee}, ${r.libelle}, ${r.produit}, ${r.periode},
      ${r.avisLe}, ${r.echeance}, ${r.prelevementLe}, ${r.edition}, ${origine?.source ?? 'saisie'}, ${origine?.cle ?? null}, ${auteur.nom})
    on conflict do nothing returning id`.execute(tx)
  if (rows.length === 0) return 'connu'
  await noteActe(tx, auteur, 'role', id, 'Création', r.libelle)
  return 'nouveau'
}

/** A rôle changes until it goes to the signature. */
async function openRole(tx: Tx, id: string): Promise<RoleRow> {
  const role = await getRole(tx, id, true)
  if (role.etat !== 'brouillon') throw refusRoleEtat()
  return role
}

export async function modifierRole(tx: Tx, auteur: Auteur, id: string, r: RoleSaisi): Promise<void> {
  await openRole(tx, id)
  await sql`update app.finances_role set libelle = ${r.libelle}, produit = ${r.produit}, periode = ${r.periode},
    avis_le = ${r.avisLe}, echeance = ${r.echeance}, prelevement_le = ${r.prelevementLe}, edition = ${r.edition} where id = ${id}`.execute(
    tx,
  )
  await noteActe(tx, auteur, 'role', id, 'Modification', r.libelle)
}

const totalOf = (a: ArticleSaisi, champ: 'ht' | 'tva') => inEuros(sum(a.lignes.map((l) => euros(l[champ]))))

/** Articles of an open rôle, one for each debtor: new ones, and those with a known id corrected. */
export async function poserArticles(
  tx: Tx,
  auteur: Auteur,
  roleId: string,
  articles: readonly ArticleSaisi[],
): Promise<void> {
  await openRole(tx, roleId)
  const { rows: deja } = await sql<{ id: string; tiers_id: string; rang: number }>`
    select id, tiers_id, rang from app.finances_role_article where role_id = ${roleId}`.execute(tx)
  const ids = new Set(articles.map((a) => a.id as string))
  const debiteurs = [...deja.filter((d) => !ids.has(d.id)).map((d) => d.tiers_id), ...articles.map((a) => a.tiersId)]
  if (new Set(debiteurs).size < debiteurs.length) throw refusDebiteurDouble()
  const dernier = Math.max(0, ...deja.map((d) => d.rang))
  const lot = articles.map((a, i) => ({
    id: a.id,
    rang: dernier + i + 1,
    tiers_id: a.tiersId,
    objet: a.objet,
    lignes: a.lignes,
    ht: totalOf(a, 'ht'),
    tva: totalOf(a, 'tva'),
  }))
  // the id of an article of another rôle changes nothing: its role_id is not this one
  await sql`insert into app.finances_role_article as a (organisme_id, role_id, id, rang, tiers_id, objet, lignes, ht, tva)
    select ${auteur.organismeId}, ${roleId}, x.* from json_to_recordset(${JSON.stringify(lot)}::json)
      as x(id uuid, rang int, tiers_id uuid, objet text, lignes jsonb, ht numeric, tva numeric)
    on conflict (organisme_id, id) do update set tiers_id = excluded.tiers_id, objet = excluded.objet,
      lignes = excluded.lignes, ht = excluded.ht, tva = excluded.tva where a.role_id = excluded.role_id`.execute(tx)
}

export async function retirerArticle(tx: Tx, roleId: string, articleId: string): Promise<void> {
  await openRole(tx, roleId)
  await sql`delete from app.finances_role_article where id = ${articleId} and role_id = ${roleId}`.execute(tx)
}

export async function abandonnerRole(tx: Tx, auteur: Auteur, id: string, motif: string): Promise<void> {
  await openRole(tx, id)
  await sql`update app.finances_role set etat = 'abandonne', motif = ${motif} where id = ${id}`.execute(tx)
  await noteActe(tx, auteur, 'role', id, 'Abandon', motif)
}

/** The same debtors and lines for another month: rents, subscriptions. Asked twice, copied once. */
export async function copierRole(tx: Tx, auteur: Auteur, origine: string, id: string, r: RoleSaisi): Promise<void> {
  const modele = await getRole(tx, origine)
  const cadre = { budgetId: modele.budget_id, annee: modele.annee }
  if ((await creerRole(tx, auteur, cadre, id, r)) === 'connu') return
  const { rows } = await sql<{ tiers_id: string; lignes: ArticleSaisi['lignes'] }>`
    select tiers_id, lignes from app.finances_role_article where role_id = ${origine} order by rang, id`.execute(tx)
  await poserArticles(
    tx,
    auteur,
    id,
    rows.map((a) => ({
      id: newId<'Dette'>(),
      tiersId: a.tiers_id as ArticleSaisi['tiersId'],
      objet: r.libelle,
      lignes: a.lignes,
    })),
  )
}
