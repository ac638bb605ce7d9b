import './tables.ts'
import { sql } from 'kysely'
import { getAgenceId } from '#modules/organismes/index.ts'
import type { Mois } from '#socle/dates.ts'
import { alsoInOrganisme, type Tx } from '#socle/db/base.ts'
import { readDateLimite } from '../../dossier/calendrier/db/calendriers.ts'
import type { IndicateurRow } from './tables.ts'

/** Two acts of one person further apart than this are two sittings; the first act of a sitting counts for two minutes. */
const PAUSE_MINUTES = 15
const PREMIER_ACTE_MINUTES = 2
/** Acts of the history that are not the work of the agency's officers. */
const ACTES_DES_AUTRES = [
  'Ouverture du mois',
  'Dépôt d’une pièce',
  'Approbation',
  'Approbation tacite',
  'Renvoi au gestionnaire',
  'Remise des bulletins',
]

async function compter(tx: Tx, mois: Mois): Promise<Omit<IndicateurRow, 'client' | 'mois'>> {
  const limite = await readDateLimite(tx, mois)
  const { rows } = await sql<Omit<IndicateurRow, 'client' | 'mois'>>`
    select (select count(*)::int from app.paie_bulletin where mois = ${mois}) as bulletins,
      p.depots, p.depots_a_temps, p.depots_complets,
      (select count(*)::int from app.paie_dossier_journal where mois = ${mois} and acte = 'Renvoi au gestionnaire') as renvois,
      (select count(*)::int from app.paie_variable where mois = ${mois} and effet is not null)
        + (select count(*)::int from app.paie_rappel where mois = ${mois} and etat = 'recalcul') as rappels,
      (select count(*)::int from (select carriere_id from app.paie_variable where effet = ${mois}
        union select a.carriere_id from app.paie_bulletin_approuve a
          join app.paie_complement k on k.organisme_id = a.organisme_id and k.mois = a.mois and k.rang = a.rang
          where a.mois = ${mois} and k.genre = 'complementaire') x) as corriges,
      t.minutes
    from (select count(*)::int as depots,
        count(*) filter (where ${limite}::date is null
          or (depose_le at time zone 'Europe/Paris')::date <= ${limite}::date)::int as depots_a_temps,
        count(*) filter (where etat not in ('aCompleter', 'refusee', 'remplacee'))::int as depots_complets
      from app.paie_piece where mois = ${mois}) p,
      (select round(sum(case when ecart <= ${PAUSE_MINUTES} then ecart else ${PREMIER_ACTE_MINUTES} end))::int as minutes
        from (select coalesce(extract(epoch from le - lag(le) over (partition by personne_id order by le)) / 60, 1e9) as ecart
          from app.paie_dossier_journal
          where mois = ${mois} and personne_id is not null and not (acte = any(${ACTES_DES_AUTRES}::text[]))) a) t`.execute(
    tx,
  )
  return rows[0]!
}

/** Counts the month of a member again, and publishes it in the agency's rows, in the transaction of the act. */
export async function publishIndicateurs(tx: Tx, organismeId: string, mois: Mois): Promise<void> {
  const { rows } = await sql<{ effet: Mois }>`
    select distinct effet from app.paie_variable where mois = ${mois} and effet is not null`.execute(tx)
  const agence = await getAgenceId(tx)
  // a rappel also says that the month that it settles was not right
  for (const m of [mois, ...rows.map((r) => r.effet)]) {
    const values = await compter(tx, m)
    await alsoInOrganisme(tx, { dans: agence, retour: organismeId }, (t) =>
      t
        .insertInto('app.paie_indicateur')
        .values({ organisme_id: agence, client: organismeId, mois: m, ...values })
        .onConflict((oc) =>
          oc.columns(['organisme_id', 'mois', 'client']).doUpdateSet({ ...values, maj_le: sql`now()` }),
        )
        .execute(),
    )
  }
}

/** Indicators of months before Bosquet, as the agency brings them from its former system; what is known is kept. */
export async function reprendreIndicateurs(tx: Tx, agence: string, lignes: readonly IndicateurRow[]): Promise<void> {
  await sql`insert into app.paie_indicateur (organisme_id, client, mois, bulletins, depots, depots_a_temps,
      depots_complets, renvois, rappels, corriges, minutes)
    select ${agence}, client, mois, bulletins, depots, depots_a_temps, depots_complets, renvois, rappels, corriges, minutes
    from json_to_recordset(${JSON.stringify(lignes)}::json) as x(client uuid, mois text, bulletins int, depots int,
      depots_a_temps int, depots_complets int, renvois int, rappels int, corriges int, minutes int)
    on conflict do nothing`.execute(tx)
}
