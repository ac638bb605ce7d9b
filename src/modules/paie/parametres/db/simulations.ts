import './tables.ts'
import { sql } from 'kysely'
import type { Jour, Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { introuvable } from '#socle/refus.ts'
import type { Resultat, Simulation } from '../contract.ts'

type Row = {
  id: string
  mois: string
  propositions: string[]
  demandee_par: string
  demandee_le: Date
  etat: Simulation['etat']
  fait: number
  total: number
  resultat: Resultat | null
}
const toSimulation = (r: Row): Simulation => ({
  id: r.id,
  mois: r.mois,
  propositions: r.propositions,
  demandeePar: r.demandee_par,
  demandeeLe: r.demandee_le.toISOString(),
  etat: r.etat,
  fait: r.fait,
  total: r.total,
  resultat: r.resultat,
})
const COLONNES = sql`id, mois, propositions, demandee_par, demandee_le, etat, fait, total, resultat`

export async function getSimulation(tx: Tx, id: string): Promise<Simulation> {
  const { rows } = await sql<Row>`select ${COLONNES} from app.paie_simulation where id = ${id}`.execute(tx)
  if (!rows[0]) throw introuvable('Cette simulation')
  return toSimulation(rows[0])
}

/** The last simulation that held this proposition. */
export async function findDerniereSimulation(tx: Tx, proposition: string): Promise<Simulation | null> {
  const { rows } = await sql<Row>`select ${COLONNES} from app.paie_simulation
    where propositions @> ${JSON.stringify([proposition])}::jsonb order by demandee_le desc, id desc limit 1`.execute(
    tx,
  )
  return rows[0] ? toSimulation(rows[0]) : null
}
export async function isSimulee(tx: Tx, proposition: string): Promise<boolean> {
  const { rows } = await sql<{ oui: boolean }>`select exists (select from app.paie_simulation
    where etat = 'fait' and propositions @> ${JSON.stringify([proposition])}::jsonb) as oui`.execute(tx)
  return rows[0]!.oui
}

/** False when this id was already asked for: nothing is launched twice. */
export async function insertSimulation(
  tx: Tx,
  organismeId: string,
  s: { id: string; mois: Mois; propositions: readonly string[]; par: string },
): Promise<boolean> {
  const done = await tx
    .insertInto('app.paie_simulation')
    .values({
      organisme_id: organismeId,
      id: s.id,
      mois: s.mois,
      propositions: JSON.stringify(s.propositions),
      demandee_par: s.par,
      resultat: null,
      finie_le: null,
    })
    .onConflict((oc) => oc.columns(['organisme_id', 'id']).doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export const noteAvancement = (tx: Tx, id: string, fait: number, total: number) =>
  sql`update app.paie_simulation set etat = 'enCours', fait = ${fait}, total = ${total}
    where id = ${id} and etat in ('attente', 'enCours')`.execute(tx)

export const closeSimulation = (tx: Tx, id: string, resultat: Resultat) =>
  sql`update app.paie_simulation set etat = 'fait', fait = total, resultat = ${JSON.stringify(resultat)}::jsonb,
    finie_le = now() where id = ${id} and etat <> 'fait'`.execute(tx)

export const failSimulation = (tx: Tx, id: string) =>
  sql`update app.paie_simulation set etat = 'echec', finie_le = now() where id = ${id} and etat <> 'fait'`.execute(tx)

/** The last month that was paid, or else the last one that is open. */
export async function findDernierMois(tx: Tx): Promise<Mois | undefined> {
  const { rows } = await sql<{ mois: Mois }>`
    select mois from app.paie_suivi group by organisme_id, mois order by (sum(bulletins) > 0) desc, mois desc limit 1`.execute(
    tx,
  )
  return rows[0]?.mois
}

/** The clients of the agency, with their number of agents in the latest month. */
export async function listClients(tx: Tx): Promise<{ client: string; nom: string; agents: number }[]> {
  const { rows } = await sql<{ client: string; nom: string; agents: number }>`
    select distinct on (s.client) s.client, o.nom, s.agents from app.paie_suivi s
    join app.organisme o on o.id = s.client order by s.client, s.mois desc`.execute(tx)
  return rows.sort((a, b) => a.nom.localeCompare(b.nom, 'fr'))
}

/** The months of the clients, from one on, that a value in force until `jusqua` (excluded) touches and that may still change. */
export async function listMoisTouches(tx: Tx, depuis: Mois, jusqua: Jour | undefined) {
  const { rows } = await sql<{ client: string; mois: Mois }>`
    select client, mois from app.paie_suivi where mois >= ${depuis} and etat in ('calcule', 'renvoye')
      and (${jusqua ?? null}::text is null or mois || '-01' < ${jusqua ?? null}) order by client, mois`.execute(tx)
  return rows
}
