import './tables.ts'
import { sql } from 'kysely'
import { ajouterRemplacement, finirRemplacement } from '#modules/acces/index.ts'
import { addMois, type Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { type Acteur, hasDroit } from '#socle/droits.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import * as contrat from './contract.ts'

const MOIS_MONTRES = 24

/** Portfolios that this person follows: all of them for a supervisor, those held or replaced for an officer. */
const siens = (qui: Acteur) => sql`(${hasDroit(qui, 'production.lancer')} or p.gestionnaire_id = ${qui.personneId}
  or exists (select from app.acces_remplacement r where r.organisme_id = p.organisme_id and r.portefeuille_id = p.id
    and r.remplacant_id = ${qui.personneId} and current_date >= r.depuis and current_date < r.jusqua))`

async function listCharges(tx: Tx, qui: Acteur, mois: Mois | undefined): Promise<contrat.Charge[]> {
  const { rows } = await sql<contrat.Charge>`
    select p.id as "portefeuilleId", p.nom as portefeuille, p.gestionnaire_id as "gestionnaireId",
      g.prenom || ' ' || g.nom as gestionnaire, s.collectivites, s.bulletins, s."aFaire", s."enRetard", s."piecesALire",
      s.questions, coalesce(m.liste, '[]') as remplacements
    from app.acces_portefeuille p
    join app.acces_personne g on g.id = p.gestionnaire_id
    left join lateral (select count(s.client)::int as collectivites, coalesce(sum(s.agents), 0)::int as bulletins,
        count(*) filter (where s.etat in ('ouvert', 'calcule', 'renvoye'))::int as "aFaire",
        count(*) filter (where s.etat in ('ouvert', 'calcule', 'renvoye') and s.date_limite < current_date)::int as "enRetard",
        coalesce(sum(s.pieces_a_lire), 0)::int as "piecesALire", coalesce(sum(s.questions), 0)::int as questions
      from app.acces_portefeuille_client k
      join app.paie_suivi s on s.organisme_id = k.organisme_id and s.client = k.client and s.mois = ${mois ?? ''}
      where k.organisme_id = p.organisme_id and k.portefeuille_id = p.id) s on true
    left join lateral (select json_agg(json_build_object('id', r.id, 'remplacant', x.prenom || ' ' || x.nom,
        'depuis', r.depuis, 'jusqua', r.jusqua, 'motif', r.motif) order by r.depuis) as liste
      from app.acces_remplacement r join app.acces_personne x on x.id = r.remplacant_id
      where r.organisme_id = p.organisme_id and r.portefeuille_id = p.id and r.jusqua > current_date) m on true
    where ${siens(qui)}
    order by s."enRetard" desc, s."aFaire" desc, p.nom`.execute(tx)
  return rows
}

async function listIndicateurs(tx: Tx, qui: Acteur, mois: Mois): Promise<contrat.IndicateursDuMois[]> {
  const { rows } = await sql<contrat.IndicateursDuMois>`
    select i.mois, sum(i.bulletins)::int as bulletins,
      round(100.0 * sum(i.depots_a_temps) / nullif(sum(i.depots), 0), 1)::float8 as "depotsATemps",
      round(100.0 * sum(i.depots_complets) / nullif(sum(i.depots), 0), 1)::float8 as "depotsComplets",
      round(1000.0 * sum(i.corriges) / nullif(sum(i.bulletins), 0), 2)::float8 as "corrigesPourMille",
      sum(i.rappels)::int as rappels, sum(i.renvois)::int as renvois,
      round(sum(i.minutes)::numeric / nullif(sum(i.bulletins) filter (where i.minutes is not null), 0), 2)::float8
        as "minutesParBulletin"
    from app.paie_indicateur i
    join app.acces_portefeuille_client k on k.organisme_id = i.organisme_id and k.client = i.client
    join app.acces_portefeuille p on p.organisme_id = k.organisme_id and p.id = k.portefeuille_id
    where i.mois between ${addMois(mois, 1 - MOIS_MONTRES)} and ${mois} and ${siens(qui)}
    group by i.mois order by i.mois`.execute(tx)
  return rows
}

/** Months that have a follow-up, the latest first: one index probe a month, however many the clients. */
export async function listMois(tx: Tx): Promise<Mois[]> {
  const { rows } = await sql<{ mois: Mois }>`
    with recursive m as (
      (select mois from app.paie_suivi order by organisme_id desc, mois desc limit 1)
      union all
      select (select s.mois from app.paie_suivi s where s.mois < m.mois order by s.organisme_id desc, s.mois desc limit 1)
      from m where m.mois is not null)
    select mois from m where mois is not null`.execute(tx)
  return rows.map((r) => r.mois)
}

export function registerCockpit(application: Application): void {
  servirOrganisme(application, contrat.lireCockpit, 'portefeuille.lire', async ({ tx, qui, query }) => {
    const moisConnus = await listMois(tx)
    const mois = query?.mois ?? moisConnus[0]
    return {
      mois: mois ?? '',
      moisConnus,
      charges: await listCharges(tx, qui, mois),
      indicateurs: mois ? await listIndicateurs(tx, qui, mois) : [],
    }
  })

  servirOrganisme(application, contrat.remplacer, 'production.lancer', async ({ tx, qui, params, body }) => {
    await ajouterRemplacement(tx, qui.organismeId, { portefeuilleId: params.portefeuille, ...body })
    return { charges: await listCharges(tx, qui, (await listMois(tx))[0]) }
  })
  servirOrganisme(application, contrat.finirRemplacement, 'production.lancer', async ({ tx, qui, params }) => {
    await finirRemplacement(tx, params.portefeuille, params.remplacement)
    return { charges: await listCharges(tx, qui, (await listMois(tx))[0]) }
  })
}
