import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { inscrire } from '#modules/journal/index.ts'
import { add, type Centimes, euros, inEuros, sum } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { insertLot } from '#socle/db/lots.ts'
import { newId } from '#socle/ids.ts'
import { getBudget } from '../../../budget/db/exercices.ts'
import { signerEnvoye } from '../../../execution/actions/articles.ts'
import { envoyerBordereau } from '../../../execution/actions/bordereaux.ts'
import { liquider } from '../../../execution/actions/liquider.ts'
import { zContenu } from '../../../execution/contract.ts'
import { type Auteur, noteActe, takeNumeros } from '../../../execution/db/commun.ts'
import { computeCle1, computeCle2 } from '../../../execution/domain/ormc.ts'
import { planPrelevements } from '../../prelevements/mandats.ts'
import { refusBloquantes, refusRoleEtat, refusRoleVu } from '../../refus.ts'
import { readReglages } from '../../reglages/reglages.ts'
import type { LigneRole } from '../contract.ts'
import { type ArticleRow, controler, getRole, listArticles, type RoleRow } from '../db/roles.ts'
import { ttcOf } from '../domain/controler.ts'

/** Names what the ordonnateur reads before he signs. */
export const empreinteRole = (r: RoleRow, articles: readonly ArticleRow[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        [r.libelle, r.produit, r.periode, r.avis_le, r.echeance, r.prelevement_le, r.edition],
        articles.map((a) => [a.id, a.tiers_id, a.objet, a.lignes, a.ht, a.tva]),
      ]),
    )
    .digest('hex')

/** The rôle goes to the ordonnateur; nothing is numbered yet. */
export async function envoyerRole(tx: Tx, auteur: Auteur, id: string, aujourdhui: Jour): Promise<void> {
  const role = await getRole(tx, id, true)
  if (role.etat === 'aViser') return
  if (role.etat !== 'brouillon') throw refusRoleEtat()
  const articles = await listArticles(tx, id)
  const bloquantes = (await controler(tx, role, articles, aujourdhui)).filter((a) => a.bloquante)
  if (bloquantes.length > 0) throw refusBloquantes('l’envoi', bloquantes)
  await sql`update app.finances_role set etat = 'aViser', motif = '' where id = ${id}`.execute(tx)
  await noteActe(tx, auteur, 'role', id, 'Envoi à la signature', `${articles.length} débiteurs`)
}

export async function renvoyerRole(tx: Tx, auteur: Auteur, id: string, motif: string): Promise<void> {
  const role = await getRole(tx, id, true)
  if (role.etat !== 'aViser') throw refusRoleEtat()
  await sql`update app.finances_role set etat = 'brouillon', motif = ${motif} where id = ${id}`.execute(tx)
  await noteActe(tx, auteur, 'role', id, 'Renvoi', motif)
}

/** Totals of the budget accounts: the lines of the titre that books the rôle. */
function recapituler(articles: readonly ArticleRow[], produit: string) {
  const totaux = new Map<string, LigneRole & { total: { ht: Centimes; tva: Centimes } }>()
  for (const l of articles.flatMap((a) => a.lignes)) {
    const cle = [l.nature, l.fonction, l.service].join()
    const t = totaux.get(cle) ?? { ...l, total: { ht: 0n as Centimes, tva: 0n as Centimes } }
    t.total = { ht: add(t.total.ht, euros(l.ht)), tva: add(t.total.tva, euros(l.tva)) }
    totaux.set(cle, t)
  }
  return [...totaux.values()].map(({ nature, fonction, service, total }) => ({
    nature,
    fonction,
    service,
    produit,
    ht: inEuros(total.ht),
    tva: inEuros(total.tva),
  }))
}

/**
 * One signature for the rôle and for the titre that books it: the bordereau ORMC takes its number, each debt its own
 * with its keys, and the titre récapitulatif names the rôle. All of it or nothing.
 */
export async function signerRole(
  tx: Tx,
  auteur: Auteur,
  id: string,
  { empreinte, le }: { empreinte: string; le: Jour },
): Promise<{ numero: number; dettes: number }> {
  const role = await getRole(tx, id, true)
  if (role.etat !== 'aViser') throw refusRoleEtat()
  const articles = await listArticles(tx, id)
  if (empreinte !== empreinteRole(role, articles)) throw refusRoleVu()
  const bloquantes = (await controler(tx, role, articles, le)).filter((a) => a.bloquante)
  if (bloquantes.length > 0) throw refusBloquantes('la signature', bloquantes)
  const { budget_id: budgetId, annee } = role
  const cadre = { budgetId, annee }
  const numero = await takeNumeros(tx, auteur.organismeId, `bordereau/${budgetId}/${annee}/R/06`)
  const premiere = await takeNumeros(tx, auteur.organismeId, `dette/${budgetId}/${annee}`, articles.length)
  const bordereauId = newId<'Bordereau'>()
  await poserBordereau(tx, auteur, role, articles, { id: bordereauId, numero, le, empreinte })
  await poserDettes(tx, auteur, role, articles, { bordereauId, numero, premiere })
  const titreId = newId<'Liquidation'>()
  await liquider(tx, auteur, cadre, 'R', [
    {
      id: titreId,
      objet: `Rôle n° ${numero} : ${role.libelle}`.slice(0, 160),
      contenu: zContenu.parse({
        typePiece: '06',
        role: numero,
        edition: '04',
        lignes: recapituler(articles, role.produit),
      }),
    },
  ])
  const titres = newId<'Bordereau'>()
  await envoyerBordereau(tx, auteur, titres, [titreId], le)
  await signerEnvoye(tx, auteur, titres, le)
  await sql`update app.finances_role set etat = 'signe', bordereau_id = ${bordereauId}, titre_id = ${titreId}
    where id = ${id}`.execute(tx)
  await noteActe(tx, auteur, 'role', id, 'Signature', `Rôle n° ${numero}, ${articles.length} débiteurs`)
  await inscrire(tx, auteur.organismeId, auteur, {
    acte: 'role.signer',
    objet: { type: 'role', id, libelle: role.libelle },
    detail: {
      numero,
      debiteurs: articles.length,
      montant: inEuros(sum(articles.map((a) => ttcOf(a.lignes)))),
      empreinte,
    },
  })
  return { numero, dettes: articles.length }
}

async function poserBordereau(
  tx: Tx,
  auteur: Auteur,
  role: RoleRow,
  articles: readonly ArticleRow[],
  b: { id: string; numero: number; le: Jour; empreinte: string },
): Promise<void> {
  const ht = sum(articles.map((a) => euros(a.ht)))
  await sql`insert into app.finances_bordereau (organisme_id, id, budget_id, annee, sens, type_bordereau, etat, envoye_par_nom)
    values (${auteur.organismeId}, ${b.id}, ${role.budget_id}, ${role.annee}, 'R', '06', 'signe', ${role.cree_par_nom})`.execute(
    tx,
  )
  await sql`insert into app.finances_bordereau_signe (organisme_id, id, budget_id, annee, sens, type_bordereau, numero,
      date_emission, nombre, ht, tva, cumul_annuel, empreinte, signe_par, signe_par_nom)
    select ${auteur.organismeId}, ${b.id}, ${role.budget_id}, ${role.annee}, 'R', '06', ${b.numero}::int, ${b.le}::date,
      ${articles.length}::int, ${inEuros(ht)}::numeric, ${inEuros(sum(articles.map((a) => euros(a.tva))))}::numeric,
      ${inEuros(ht)}::numeric + coalesce((select cumul_annuel from app.finances_bordereau_signe where budget_id = ${role.budget_id}
        and annee = ${role.annee} and sens = 'R' and type_bordereau = '06' and numero = ${b.numero - 1}), 0),
      ${b.empreinte}, ${auteur.personneId}::uuid, ${auteur.nom}`.execute(tx)
}

async function poserDettes(
  tx: Tx,
  auteur: Auteur,
  role: RoleRow,
  articles: readonly ArticleRow[],
  n: { bordereauId: string; numero: number; premiere: number },
): Promise<void> {
  const { code_collectivite: codeCollectivite } = await getBudget(tx, role.budget_id)
  const { ormcOperande } = await readReglages(tx, role.budget_id)
  const { prelevements } = role.prelevement_le
    ? await planPrelevements(
        tx,
        articles.map((a) => a.tiers_id),
        role.prelevement_le,
      )
    : { prelevements: new Map() }
  const dettes = articles.map((a, i) => {
    const d = {
      codeCollectivite,
      operande2: ormcOperande || String(n.numero),
      exercice: role.annee,
      periode: role.periode,
      numero: n.premiere + i,
    }
    const { mandatId, ...prelevement } = prelevements.get(a.tiers_id) ?? {}
    return {
      organisme_id: auteur.organismeId,
      id: a.id,
      role_id: role.id,
      bordereau_id: n.bordereauId,
      budget_id: role.budget_id,
      annee: role.annee,
      numero: d.numero,
      cle1: computeCle1(d),
      cle2: computeCle2(d),
      tiers_id: a.tiers_id,
      tiers_nom: `${a.tiers.nom} ${a.tiers.prenom}`.trim(),
      objet: a.objet,
      ht: a.ht,
      tva: a.tva,
      lignes: a.lignes,
      fige: a.tiers,
      mandat_sepa_id: mandatId ?? null,
      prelevement: mandatId ? prelevement : null,
      prelevement_le: mandatId ? role.prelevement_le : null,
    }
  })
  await insertLot(
    tx,
    'app.finances_dette',
    {
      organisme_id: 'uuid',
      id: 'uuid',
      role_id: 'uuid',
      bordereau_id: 'uuid',
      budget_id: 'uuid',
      annee: 'smallint',
      numero: 'bigint',
      cle1: 'smallint',
      cle2: 'text',
      tiers_id: 'uuid',
      tiers_nom: 'text',
      objet: 'text',
      ht: 'numeric',
      tva: 'numeric',
      lignes: 'jsonb',
      fige: 'jsonb',
      mandat_sepa_id: 'uuid',
      prelevement: 'jsonb',
      prelevement_le: 'date',
    },
    dettes,
  )
  await insertLot(
    tx,
    'app.finances_dette_suivi',
    { organisme_id: 'uuid', dette_id: 'uuid', ttc: 'numeric' },
    articles.map((a) => ({ organisme_id: auteur.organismeId, dette_id: a.id, ttc: inEuros(ttcOf(a.lignes)) })),
  )
  // the bank is told of the new account once
  await sql`update app.finances_mandat_sepa set ancien_iban = null where ancien_iban is not null and id in (
    select mandat_sepa_id from app.finances_dette where bordereau_id = ${n.bordereauId})`.execute(tx)
}

/** Signs a rôle as it stands now: an installation has nobody who reads it first. */
export async function signerRoleEnvoye(tx: Tx, auteur: Auteur, id: string, le: Jour): Promise<void> {
  await envoyerRole(tx, auteur, id, le)
  await signerRole(tx, auteur, id, { empreinte: empreinteRole(await getRole(tx, id), await listArticles(tx, id)), le })
}
