import '../../db/tables.ts'
import { sql } from 'kysely'
import type { Tx } from '#socle/db/base.ts'

/** Memberships of the body, past ones for a year, with the account of the person. */
export const listAppartenances = (tx: Tx) =>
  tx
    .selectFrom('app.acces_appartenance as a')
    .innerJoin('app.acces_personne as p', 'p.id', 'a.personne_id')
    .leftJoin('app.acces_compte as c', 'c.personne_id', 'p.id')
    .select(['a.id', 'a.personne_id', 'a.role', 'a.depuis', 'a.donne_par_nom', 'p.nom', 'p.prenom'])
    .select(['c.identifiant', 'c.est_actif', 'c.empreinte'])
    .select(sql<string | null>`coalesce(a.retire_le::date, a.jusqua)`.as('jusqua'))
    .select(
      sql<boolean>`a.retire_le is null and a.depuis <= current_date and (a.jusqua is null or a.jusqua > current_date)`.as(
        'en_cours',
      ),
    )
    .where(sql<boolean>`a.retire_le is null or a.retire_le > now() - interval '1 year'`)
    .orderBy('p.nom')
    .orderBy('p.prenom')
    .orderBy('a.depuis')
    .execute()

export const findPersonneByIdentifiant = (tx: Tx, identifiant: string) =>
  tx
    .selectFrom('app.acces_compte as c')
    .innerJoin('app.acces_personne as p', 'p.id', 'c.personne_id')
    .select(['c.id as compteId', 'c.personne_id as personneId', 'p.nom', 'p.prenom'])
    .where('c.identifiant', '=', identifiant)
    .executeTakeFirst()

/** Officers of the agency who reach this client today: the agency's own rows, read from the agency. */
export async function listIntervenants(tx: Tx, agence: string, client: string) {
  const { rows } = await sql<{ nom: string; via: 'portefeuille' | 'supervision'; fin: string | null }>`
    select p.prenom || ' ' || p.nom as nom, x.via, x.fin from (
      select f.gestionnaire_id as id, 'portefeuille' as via, null::date as fin
      from app.acces_portefeuille_client c
      join app.acces_portefeuille f on f.organisme_id = c.organisme_id and f.id = c.portefeuille_id
      where c.organisme_id = ${agence} and c.client = ${client}
      union
      select r.remplacant_id, 'portefeuille', r.jusqua
      from app.acces_portefeuille_client c
      join app.acces_remplacement r on r.organisme_id = c.organisme_id and r.portefeuille_id = c.portefeuille_id
      where c.organisme_id = ${agence} and c.client = ${client} and current_date >= r.depuis and current_date < r.jusqua
      union
      select a.personne_id, 'supervision', a.jusqua from app.acces_appartenance a
      where a.organisme_id = ${agence} and a.role = 'superviseur' and a.retire_le is null
        and a.depuis <= current_date and (a.jusqua is null or a.jusqua > current_date)
        and exists (select from app.acces_portefeuille_client c
          where c.organisme_id = a.organisme_id and c.client = ${client})
    ) x join app.acces_personne p on p.id = x.id order by 1`.execute(tx)
  return rows
}
