import './tables.ts'
import { sql } from 'kysely'
import { listOrganismes } from '#modules/organismes/index.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Portefeuille, Portefeuilles, Tenue } from './contract.ts'

/** Every portfolio of the agency, in whose body the transaction is. */
export async function listPortefeuilles(tx: Tx, agence: string): Promise<Portefeuilles> {
  const organismes = (await listOrganismes(tx)).filter((o) => o.id !== agence)
  const noms = new Map(organismes.map((o): [string, string] => [o.id, o.nom]))
  const { rows: portefeuilles } = await sql<Omit<Portefeuille, 'organismes' | 'histoire'>>`
    select f.id, f.nom, f.gestionnaire_id as "gestionnaireId", p.prenom || ' ' || p.nom as gestionnaire,
      coalesce((select json_agg(json_build_object('id', r.id, 'remplacant', x.prenom || ' ' || x.nom, 'depuis', r.depuis,
          'jusqua', r.jusqua, 'motif', r.motif, 'etat', case when r.depuis > current_date then 'aVenir'
            when r.jusqua > current_date then 'enCours' else 'fini' end) order by r.depuis desc)
        from app.acces_remplacement r join app.acces_personne x on x.id = r.remplacant_id
        where r.organisme_id = f.organisme_id and r.portefeuille_id = f.id), '[]') as remplacements
    from app.acces_portefeuille f join app.acces_personne p on p.id = f.gestionnaire_id order by f.nom, f.id`.execute(
    tx,
  )
  const clients = await tx.selectFrom('app.acces_portefeuille_client').select(['client', 'portefeuille_id']).execute()
  const { rows: tenues } = await sql<Tenue & { portefeuilleId: string; client: string | null }>`
    select t.id, t.portefeuille_id as "portefeuilleId", t.client, t.depuis, t.jusqua, t.par_nom as "parNom",
      case when t.client is null then 'gestionnaire' else 'organisme' end as quoi,
      coalesce(p.prenom || ' ' || p.nom, '') as nom
    from app.acces_portefeuille_tenue t left join app.acces_personne p on p.id = t.gestionnaire_id
    order by t.depuis desc, t.id desc limit 2000`.execute(tx)
  const { rows: gestionnaires } = await sql<{ id: string; nom: string }>`
    select distinct p.id, p.prenom || ' ' || p.nom as nom from app.acces_appartenance a
    join app.acces_personne p on p.id = a.personne_id
    where a.role = 'gestionnaire' and a.retire_le is null and a.depuis <= current_date
      and (a.jusqua is null or a.jusqua > current_date) order by 2`.execute(tx)
  const nomme = (id: string) => ({ id, nom: noms.get(id) ?? '' })
  const suivis = new Set(clients.map((c) => c.client))
  return {
    portefeuilles: portefeuilles.map((f) => ({
      ...f,
      organismes: clients
        .filter((c) => c.portefeuille_id === f.id)
        .map((c) => nomme(c.client))
        .sort((a, b) => a.nom.localeCompare(b.nom, 'fr')),
      histoire: tenues
        .filter((t) => t.portefeuilleId === f.id)
        .map(({ portefeuilleId: _, client, ...t }) => ({ ...t, nom: client ? (noms.get(client) ?? '') : t.nom })),
    })),
    gestionnaires,
    sansPortefeuille: organismes.filter((o) => !suivis.has(o.id)).map((o) => nomme(o.id)),
  }
}
