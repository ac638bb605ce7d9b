import { sql } from 'kysely'
import { type Centimes, euros, formatEuros, inEuros, subtract } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { liquider } from '../../execution/actions/liquider.ts'
import { type Contenu, zContenu } from '../../execution/contract.ts'
import { type Auteur, noteActe } from '../../execution/db/commun.ts'
import type { Cadre } from '../../execution/db/contexte.ts'
import { totalHt, totalTva } from '../../execution/domain/controler.ts'
import { p503Introuvable, refusP503 } from '../refus.ts'
import type { P503Saisi, zTitreP503 } from './contract.ts'

export type P503Row = {
  id: string
  budget_id: string
  annee: number
  reference: string
  le: Jour
  montant: string
  payeur: string
  libelle: string
  ecarte_motif: string | null
  source: 'saisie' | 'import' | 'retour'
  titre: string
}
/** What titres that live took of each; a titre given up or refused gives its part back. */
const SELECT = sql`
  select p.*, coalesce((
    select sum(t.montant) from app.finances_p503_titre t
    join app.finances_liquidation l on l.organisme_id = t.organisme_id and l.id = t.liquidation_id
    left join app.finances_piece_suivi s on s.organisme_id = l.organisme_id and s.piece_id = l.id
    where t.organisme_id = p.organisme_id and t.p503_id = p.id and l.etat <> 'abandonnee'
      and (s.etat is null or s.etat not in ('rejetee', 'annulee'))), 0)::numeric(15,2)::text as titre
  from app.finances_p503 p`
export const listP503 = async (tx: Tx, c: Cadre): Promise<P503Row[]> =>
  (
    await sql<P503Row>`${SELECT} where p.budget_id = ${c.budgetId} and p.annee = ${c.annee} order by p.le desc, p.reference desc`.execute(
      tx,
    )
  ).rows
export async function lockP503(tx: Tx, id: string): Promise<P503Row> {
  const { rows } = await sql<P503Row>`${SELECT} where p.id = ${id} for update of p`.execute(tx)
  if (!rows[0]) throw p503Introuvable()
  if (rows[0].ecarte_motif) throw refusP503('ecarte', 'Cet encaissement a été écarté.')
  return rows[0]
}
export const resteOf = (p: P503Row): Centimes => subtract(euros(p.montant), euros(p.titre))

/** Enters sums; the same number of the comptable is entered once. Gives how many are new. */
export async function enregistrerP503(
  tx: Tx,
  auteur: Auteur,
  c: Cadre,
  sommes: readonly P503Saisi[],
  source: P503Row['source'],
): Promise<number> {
  let nouveaux = 0
  for (const s of sommes) {
    const { rows } =
      await sql`insert into app.finances_p503 (organisme_id, id, budget_id, annee, reference, le, montant,
        payeur, libelle, source, saisi_par_nom)
      values (${auteur.organismeId}, ${s.id}, ${c.budgetId}, ${c.annee}, ${s.reference}, ${s.le}, ${s.montant}, ${s.payeur},
        ${s.libelle}, ${source}, ${auteur.nom}) on conflict do nothing returning id`.execute(tx)
    nouveaux += rows.length
  }
  return nouveaux
}

export async function lierP503(
  tx: Tx,
  auteur: Auteur,
  p: P503Row,
  liquidationId: string,
  montant: Centimes,
): Promise<void> {
  if (montant > resteOf(p))
    throw refusP503('depasse', `Il ne reste que ${formatEuros(resteOf(p))} à titrer sur l’encaissement ${p.reference}.`)
  await sql`insert into app.finances_p503_titre (organisme_id, p503_id, liquidation_id, montant)
    values (${auteur.organismeId}, ${p.id}, ${liquidationId}, ${inEuros(montant)})`.execute(tx)
}

const rattachement = (p: P503Row) => ({ nature: '03', exercice: p.annee, piece: p.reference })

/** A titre issued after its payment: it names the operation of the comptable. */
export async function titrerP503(tx: Tx, auteur: Auteur, id: string, t: (typeof zTitreP503)['_output']): Promise<void> {
  const { rows: deja } =
    await sql`select liquidation_id from app.finances_p503_titre where liquidation_id = ${t.id}`.execute(tx)
  if (deja.length > 0) return
  const p = await lockP503(tx, id)
  const contenu = zContenu.parse({ typePiece: '05', edition: '04', rattachement: rattachement(p), lignes: t.lignes })
  await liquider(tx, auteur, { budgetId: p.budget_id, annee: p.annee }, 'R', [
    { id: t.id, tiersId: t.tiersId, objet: t.objet, contenu },
  ])
  await lierP503(tx, auteur, p, t.id, (totalHt(contenu) + totalTva(contenu)) as Centimes)
}

/** The titre was ready before the money was told: it becomes one issued after its payment. */
export async function rapprocherP503(tx: Tx, auteur: Auteur, id: string, liquidationId: string): Promise<void> {
  const p = await lockP503(tx, id)
  const { rows } = await sql<{ contenu: Contenu; ht: string; tva: string }>`
    select contenu, ht, tva from app.finances_liquidation where id = ${liquidationId} and budget_id = ${p.budget_id}
      and annee = ${p.annee} and sens = 'R' and etat = 'prete' for update`.execute(tx)
  const l = rows[0]
  if (l?.contenu.typePiece !== '01')
    throw refusP503('titre', 'Ce titre est déjà envoyé à la signature, ou n’est pas un titre ordinaire.')
  const contenu: Contenu = { ...l.contenu, typePiece: '05', rattachement: rattachement(p) }
  await sql`update app.finances_liquidation set contenu = ${JSON.stringify(contenu)} where id = ${liquidationId}`.execute(
    tx,
  )
  await lierP503(tx, auteur, p, liquidationId, (euros(l.ht) + euros(l.tva)) as Centimes)
  await noteActe(tx, auteur, 'liquidation', liquidationId, 'Émis après encaissement', `P503 ${p.reference}`)
}

export async function ecarterP503(tx: Tx, auteur: Auteur, id: string, motif: string): Promise<void> {
  const p = await lockP503(tx, id)
  if (euros(p.titre) > 0n) throw refusP503('titre', 'Un titre a déjà repris cet encaissement.')
  await sql`update app.finances_p503 set ecarte_motif = ${motif}, ecarte_par_nom = ${auteur.nom} where id = ${id}`.execute(
    tx,
  )
}

/** What PES Retour said had to be issued comes here once, and is dealt with there. */
export async function reprendreRetours(tx: Tx, auteur: Auteur): Promise<number> {
  const { rows } = await sql<{ id: string; cle: string; libelle: string; montant: string; detail: string; le: Jour }>`
    select a.id, a.cle, a.libelle, a.montant, a.detail, coalesce(r.emise_le, r.recue_le::date) as le
    from app.finances_a_part a join app.finances_reponse r on r.organisme_id = a.organisme_id and r.id = a.reponse_id
    where a.genre = 'aEmettre' and a.sens = 'R' and a.traite_le is null for update of a`.execute(tx)
  let nouveaux = 0
  for (const a of rows) {
    // the key of the fact: retour/SIRET/budget/exercice/R/type/bordereau/number/…
    const [, siret, code, exercice, , , , numero] = a.cle.split('/')
    const { rows: budgets } = await sql<{ id: string }>`select b.id from app.finances_budget b
      join app.finances_exercice e on e.organisme_id = b.organisme_id and e.budget_id = b.id and e.annee = ${Number(exercice)}
      where b.siret = ${siret} and b.code = ${code}`.execute(tx)
    if (!budgets[0] || !numero || !/^\d{1,13}$/.test(numero) || euros(a.montant ?? '0') <= 0n) continue
    nouveaux += await enregistrerP503(
      tx,
      auteur,
      { budgetId: budgets[0].id, annee: Number(exercice) },
      [
        {
          id: newId<'P503'>(),
          reference: numero,
          le: a.le,
          montant: a.montant,
          payeur: a.detail.slice(0, 80),
          libelle: a.libelle.slice(0, 160),
        },
      ],
      'retour',
    )
    await sql`update app.finances_a_part set traite_le = now(), traite_par_nom = ${auteur.nom},
      note = 'Repris dans les encaissements avant titres' where id = ${a.id}`.execute(tx)
  }
  return nouveaux
}
