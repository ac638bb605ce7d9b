import '../../db/tables.ts'
import { sql } from 'kysely'
import { getAgenceId } from '#modules/organismes/index.ts'
import type { Mois } from '#socle/dates.ts'
import { alsoInOrganisme, type Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { estHorsPaie } from '../../carriere/positions/positions.ts'
import { dossierIntrouvable } from '../../refus.ts'
import type { EtatDossier } from '../domain/dossier.ts'

/** Who writes in the history of a dossier: a person, or the platform itself. */
export type Auteur = { organismeId: string; personneId: string | null; nom: string }

export const findDossier = (tx: Tx, mois: Mois) =>
  tx.selectFrom('app.paie_dossier').selectAll().where('mois', '=', mois).executeTakeFirst()

export async function getDossier(tx: Tx, mois: Mois) {
  const row = await findDossier(tx, mois)
  if (!row) throw dossierIntrouvable()
  return row
}
export type DossierRow = Awaited<ReturnType<typeof getDossier>>

/** Locks the dossier until the end of the transaction: acts on one month come one after the other. */
export async function lockDossier(tx: Tx, mois: Mois): Promise<DossierRow> {
  const row = await tx
    .selectFrom('app.paie_dossier')
    .selectAll()
    .where('mois', '=', mois)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw dossierIntrouvable()
  return row
}

export async function noteActe(tx: Tx, auteur: Auteur, mois: Mois, acte: string, detail = ''): Promise<void> {
  await tx
    .insertInto('app.paie_dossier_journal')
    .values({
      organisme_id: auteur.organismeId,
      id: newId(),
      mois,
      personne_id: auteur.personneId,
      nom: auteur.nom,
      acte,
      detail,
    })
    .execute()
}

/** What the last run no longer accounts for: the screens ask for a new one. */
export async function touchDossier(tx: Tx, mois: Mois): Promise<void> {
  await tx
    .updateTable('app.paie_dossier')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('mois', '=', mois)
    .execute()
}

type Compteurs = {
  etat: EtatDossier
  perime: boolean
  agents: number
  bulletins: number
  anomalies: number
  bloquantes: number
  pieces: number
  pieces_a_lire: number
  questions: number
  variables: number
  editions: number
  rappels: number
  complements: number
  brut: string
  cotisations: string
  net_a_payer: string
  cout: string
}

/** Counts and totals of one month of one body, in one statement. */
export async function countDossier(tx: Tx, mois: Mois): Promise<Compteurs> {
  const { rows } = await sql<Compteurs>`
    select d.etat, d.revision <> coalesce(d.revision_calculee, -1) as perime,
      (select count(*)::int from app.paie_carriere c
        where c.entree < (d.mois || '-01')::date + interval '1 month' and (c.sortie is null or c.sortie > (d.mois || '-01')::date)
          and not ${estHorsPaie(sql`d.mois`)}
      ) as agents,
      b.n as bulletins, b.brut, b.cotisations, b.net_a_payer, b.cout,
      (select count(distinct carriere_id)::int from app.paie_edition e where e.mois = d.mois) as editions,
      (select count(*)::int from app.paie_anomalie a where a.mois = d.mois) as anomalies,
      (select count(*)::int from app.paie_anomalie a where a.mois = d.mois and a.est_bloquante) as bloquantes,
      (select count(*)::int from app.paie_piece p where p.mois = d.mois) as pieces,
      (select count(*)::int from app.paie_piece p where p.mois = d.mois and p.etat = 'deposee') as pieces_a_lire,
      (select count(*)::int from app.paie_question q where q.mois = d.mois and not q.est_close) as questions,
      (select count(*)::int from app.paie_variable v where v.mois = d.mois) as variables,
      (select count(*)::int from app.paie_rappel r where r.mois = d.mois and r.etat = 'aTraiter') as rappels,
      (select count(*)::int from app.paie_complement k where k.mois = d.mois and k.etat in ('prepare', 'aApprouver', 'renvoye')) as complements
    from app.paie_dossier d,
      lateral (select count(*)::int as n, coalesce(sum(brut), 0)::text as brut, coalesce(sum(cotisations), 0)::text as cotisations,
        coalesce(sum(net_a_payer), 0)::text as net_a_payer, coalesce(sum(cout), 0)::text as cout
        from app.paie_bulletin x where x.mois = d.mois) b
    where d.mois = ${mois}`.execute(tx)
  const row = rows[0]
  if (!row) throw dossierIntrouvable()
  return row
}

/** Copies where a member stands into the agency's own rows: its cockpit never reads the members' tables. */
export async function publishSuivi(
  tx: Tx,
  organismeId: string,
  mois: Mois,
  dateLimite?: string | null,
): Promise<Compteurs> {
  const c = await countDossier(tx, mois)
  const agence = await getAgenceId(tx)
  const values = {
    etat: c.etat,
    agents: c.agents,
    bulletins: c.bulletins,
    anomalies: c.anomalies,
    bloquantes: c.bloquantes,
    pieces: c.pieces,
    pieces_a_lire: c.pieces_a_lire,
    questions: c.questions,
    complements: c.complements,
    brut: c.brut,
    net_a_payer: c.net_a_payer,
    cout: c.cout,
    est_perime: c.perime,
    ...(dateLimite === undefined ? {} : { date_limite: dateLimite }),
  }
  await alsoInOrganisme(tx, { dans: agence, retour: organismeId }, (t) =>
    t
      .insertInto('app.paie_suivi')
      .values({ organisme_id: agence, client: organismeId, mois, date_limite: null, ...values })
      .onConflict((oc) => oc.columns(['organisme_id', 'client', 'mois']).doUpdateSet({ ...values, maj_le: sql`now()` }))
      .execute(),
  )
  return c
}

/** Opens a month; a second opening changes nothing. */
export async function openDossier(tx: Tx, auteur: Auteur, mois: Mois, dateLimite: string | null): Promise<void> {
  const done = await tx
    .insertInto('app.paie_dossier')
    .values({ organisme_id: auteur.organismeId, mois, etat: 'ouvert' } as never)
    .onConflict((oc) => oc.columns(['organisme_id', 'mois']).doNothing())
    .executeTakeFirst()
  if ((done.numInsertedOrUpdatedRows ?? 0n) === 0n) return
  await noteActe(tx, auteur, mois, 'Ouverture du mois')
  await publishSuivi(tx, auteur.organismeId, mois, dateLimite)
}
