import { sql } from 'kysely'
import { inscrire } from '#modules/journal/index.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { type Auteur, noteActe } from '../../execution/db/commun.ts'
import {
  mandatSepaIntrouvable,
  refusMandatSepaEtat,
  refusMandatSepaVivant,
  refusMemePersonne,
  refusRumPrise,
} from '../refus.ts'
import type { CompteSepaSaisi, MandatSepaSaisi } from './contract.ts'
import { type MandatUtilise, type Sequence, sequenceOf } from './domain.ts'

export type MandatSepaRow = {
  id: string
  tiers_id: string
  rum: string
  iban: string
  bic: string
  titulaire: string
  signe_le: Jour
  est_recurrent: boolean
  origine: string
  ancien_iban: string | null
  etat: MandatUtilise['etat']
  propose_par: string | null
  propose_par_nom: string
  decide_par_nom: string | null
  motif: string
  tiers: string
  dernier_le: Jour | null
  presentations: number
}
export async function listMandatsSepa(tx: Tx, filtre: { tiersIds?: readonly string[] } = {}): Promise<MandatSepaRow[]> {
  const { rows } = await sql<MandatSepaRow>`
    select m.*, btrim(t.nom || ' ' || t.prenom) as tiers, u.dernier_le, coalesce(u.n, 0) as presentations
    from app.finances_mandat_sepa m
    join app.finances_tiers t on t.organisme_id = m.organisme_id and t.id = m.tiers_id
    left join (
      select d.mandat_sepa_id, max(d.prelevement_le) as dernier_le,
        count(*) filter (where not s.est_rejet_bancaire and s.etat not in ('rejetee', 'annulee'))::int as n
      from app.finances_dette d
      join app.finances_dette_suivi s on s.organisme_id = d.organisme_id and s.dette_id = d.id
      where d.mandat_sepa_id is not null group by d.mandat_sepa_id) u on u.mandat_sepa_id = m.id
    where ${filtre.tiersIds ? sql`m.tiers_id in (select value::uuid from json_array_elements_text(${JSON.stringify(filtre.tiersIds)}::json))` : sql`true`}
    order by tiers, m.signe_le desc, m.id`.execute(tx)
  return rows
}

const utilise = (m: MandatSepaRow): MandatUtilise => ({
  etat: m.etat,
  estRecurrent: m.est_recurrent,
  signeLe: m.signe_le,
  dernierLe: m.dernier_le,
  presentations: m.presentations,
})

/** What is frozen in a debt that will be debited. */
export type Prelevement = {
  mandatId: string
  rum: string
  signature: Jour
  sequence: Sequence
  iban: string
  bic: string
  titulaire: string
  ancienIban?: string | undefined
}
/** Among these debtors, who is debited that day and how; for the others with a mandate, why not. */
export async function planPrelevements(
  tx: Tx,
  tiersIds: readonly string[],
  le: Jour,
): Promise<{ prelevements: Map<string, Prelevement>; ecartes: Map<string, string> }> {
  const prelevements = new Map<string, Prelevement>()
  const ecartes = new Map<string, string>()
  for (const m of await listMandatsSepa(tx, { tiersIds })) {
    if (m.etat !== 'actif' && m.etat !== 'propose') continue
    const s = sequenceOf(utilise(m), le)
    if ('refus' in s) ecartes.set(m.tiers_id, s.refus)
    else
      prelevements.set(m.tiers_id, {
        mandatId: m.id,
        rum: m.rum,
        signature: m.signe_le,
        sequence: s.sequence,
        iban: m.iban,
        bic: m.bic,
        titulaire: m.titulaire,
        ...(m.ancien_iban ? { ancienIban: m.ancien_iban } : {}),
      })
  }
  return { prelevements, ecartes }
}

export async function proposerMandatSepa(tx: Tx, auteur: Auteur, m: MandatSepaSaisi): Promise<void> {
  const { rows: deja } = await sql<{ id: string; rum: string; tiers_id: string; etat: string }>`
    select id, rum, tiers_id, etat from app.finances_mandat_sepa where id = ${m.id} or rum = ${m.rum} or tiers_id = ${m.tiersId}`.execute(
    tx,
  )
  if (deja.some((d) => d.id === m.id)) return
  if (deja.some((d) => d.rum === m.rum)) throw refusRumPrise()
  if (deja.some((d) => d.tiers_id === m.tiersId && ['propose', 'actif'].includes(d.etat))) throw refusMandatSepaVivant()
  await sql`insert into app.finances_mandat_sepa (organisme_id, id, tiers_id, rum, iban, bic, titulaire, signe_le,
      est_recurrent, origine, propose_par, propose_par_nom)
    values (${auteur.organismeId}, ${m.id}, ${m.tiersId}, ${m.rum}, ${m.iban}, ${m.bic}, ${m.titulaire}, ${m.signeLe},
      ${m.estRecurrent}, ${m.origine}, ${auteur.personneId}, ${auteur.nom})`.execute(tx)
  await noteActe(tx, auteur, 'mandatSepa', m.id, 'Saisie', `RUM ${m.rum}`)
}

async function lockMandat(tx: Tx, id: string) {
  const { rows } = await sql<{ etat: MandatUtilise['etat']; iban: string; propose_par: string | null }>`
    select etat, iban, propose_par from app.finances_mandat_sepa where id = ${id} for update`.execute(tx)
  if (!rows[0]) throw mandatSepaIntrouvable()
  return rows[0]
}

/** The debtor changed his bank: his mandate stands, with its new account, once a second person has read it. */
export async function changerCompteSepa(tx: Tx, auteur: Auteur, id: string, c: CompteSepaSaisi): Promise<void> {
  const m = await lockMandat(tx, id)
  if (m.iban === c.iban) return
  if (m.etat !== 'actif') throw refusMandatSepaEtat()
  await sql`update app.finances_mandat_sepa set ancien_iban = coalesce(ancien_iban, iban), iban = ${c.iban}, bic = ${c.bic},
      titulaire = ${c.titulaire}, etat = 'propose', propose_par = ${auteur.personneId}, propose_par_nom = ${auteur.nom},
      propose_le = now(), decide_par = null, decide_par_nom = null, decide_le = null where id = ${id}`.execute(tx)
  await noteActe(
    tx,
    auteur,
    'mandatSepa',
    id,
    'Changement de compte',
    `…${m.iban.slice(-4)} devient …${c.iban.slice(-4)}`,
  )
}

/** Two people: who typed the account does not accept it. Anybody in charge may stop a mandate. */
export async function deciderMandatSepa(
  tx: Tx,
  auteur: Auteur,
  id: string,
  d: { acte: 'accepter' | 'refuser' | 'revoquer'; motif: string },
): Promise<void> {
  const m = await lockMandat(tx, id)
  const etat = { accepter: 'actif', refuser: 'refuse', revoquer: 'revoque' }[d.acte]
  if (m.etat === etat) return
  if (d.acte === 'revoquer' ? m.etat !== 'actif' && m.etat !== 'propose' : m.etat !== 'propose')
    throw refusMandatSepaEtat()
  if (d.acte !== 'revoquer' && m.propose_par !== null && m.propose_par === auteur.personneId) throw refusMemePersonne()
  await sql`update app.finances_mandat_sepa set etat = ${etat}, decide_par = ${auteur.personneId},
    decide_par_nom = ${auteur.nom}, decide_le = now(), motif = ${d.motif} where id = ${id}`.execute(tx)
  const acte = { accepter: 'Contrôle du compte', refuser: 'Refus', revoquer: 'Révocation' }[d.acte]
  await noteActe(tx, auteur, 'mandatSepa', id, acte, d.motif)
  await inscrire(tx, auteur.organismeId, auteur, {
    acte: `sepa.${d.acte}`,
    objet: { type: 'mandatSepa', id },
    detail: { compte: `…${m.iban.slice(-4)}` },
  })
}
