import '../../db/tables.ts'
import { sql } from 'kysely'
import { getAgenceId } from '#modules/organismes/index.ts'
import type { Mois } from '#socle/dates.ts'
import { type Base, inOrganisme, inPlateforme, type Tx } from '#socle/db/base.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import type { Production } from '../contract.ts'

const refusSansClient = () =>
  new Refus(
    'production.sansClient',
    'Aucune collectivité n’est ouverte pour ce mois dans ce choix ; rien n’a été lancé.',
  )

type EtapeRow = { etape: 'attente' | 'calcul' | 'approbation' | 'edition' | 'fini' | 'arret' }

export const agenceOf = (base: Base): Promise<string> => inPlateforme(base, (tx) => getAgenceId(tx))

/** In the agency's own body. A second launch of the same id changes nothing; gives the clients to produce. */
export async function createProduction(
  tx: Tx,
  agence: string,
  p: {
    id: string
    mois: Mois
    lanceePar: string
    jusqua: 'calcul' | 'diffusion'
    approuveEnDemonstration: boolean
    portefeuille?: string | undefined
    clients?: readonly string[] | undefined
  },
): Promise<string[]> {
  const done = await tx
    .insertInto('app.paie_production')
    .values({
      organisme_id: agence,
      id: p.id,
      mois: p.mois,
      lancee_par: p.lanceePar,
      jusqua: p.jusqua,
      approuve_en_demonstration: p.approuveEnDemonstration,
      finie_le: null,
    })
    .onConflict((oc) => oc.columns(['organisme_id', 'id']).doNothing())
    .executeTakeFirst()
  if ((done.numInsertedOrUpdatedRows ?? 0n) === 0n) return []
  const { rows } = await sql<{ client: string }>`
    insert into app.paie_production_client (organisme_id, production_id, client, etape, agents)
    select ${agence}, ${p.id}, s.client, 'attente', s.agents from app.paie_suivi s where s.mois = ${p.mois}
      and (${p.clients ?? null}::uuid[] is null or s.client = any(${p.clients ?? null}::uuid[]))
      and (${p.portefeuille ?? null}::uuid is null or s.client in (select k.client from app.acces_portefeuille_client k
        where k.organisme_id = s.organisme_id and k.portefeuille_id = ${p.portefeuille ?? null}))
    returning client`.execute(tx)
  if (rows.length === 0) throw refusSansClient()
  return rows.map((r) => r.client)
}

export async function readProductionReglages(base: Base, agence: string, id: string) {
  return inOrganisme(base, agence, (tx) =>
    tx
      .selectFrom('app.paie_production')
      .select(['id', 'mois', 'lancee_par', 'jusqua', 'approuve_en_demonstration'])
      .where('id', '=', id)
      .executeTakeFirst(),
  )
}

export type Point = Partial<{
  etape: EtapeRow['etape']
  agents: number
  calcules: number
  edites: number
  anomalies: number
  bloquantes: number
  message: string | null
  calcul_ms: number
  stockage_ms: number
}>

/** Notes where a client stands, and closes the production when nobody is left to work. */
export async function notePoint(base: Base, agence: string, productionId: string, client: string, point: Point) {
  await inOrganisme(base, agence, async (tx) => {
    await notePointIn(tx, productionId, client, point)
    await closeIfDone(tx, productionId)
  })
}

/** Same, within the agency's transaction, when the production cannot end there. */
export async function notePointIn(tx: Tx, productionId: string, client: string, point: Point): Promise<void> {
  await tx
    .updateTable('app.paie_production_client')
    .set({ ...point, maj_le: sql`now()` })
    .where('production_id', '=', productionId)
    .where('client', '=', client)
    .execute()
}

/** `edites` counts from the beginning of the month: a run taken again after a crash says the same. */
export async function noteEdites(
  base: Base,
  agence: string,
  productionId: string,
  client: string,
  a: { edites: number; pdfMs: number; coffreMs: number },
) {
  await inOrganisme(base, agence, (tx) =>
    sql`update app.paie_production_client set edites = ${a.edites}, pdf_ms = pdf_ms + ${Math.round(a.pdfMs)},
        coffre_ms = coffre_ms + ${Math.round(a.coffreMs)}, maj_le = now()
      where production_id = ${productionId} and client = ${client}`.execute(tx),
  )
}

async function closeIfDone(tx: Tx, productionId: string) {
  await sql`update app.paie_production p set finie_le = now() where p.id = ${productionId} and p.finie_le is null
    and not exists (select from app.paie_production_client c where c.organisme_id = p.organisme_id
      and c.production_id = p.id and c.etape in ('attente', 'calcul', 'edition'))`.execute(tx)
}

type Ligne = {
  id: string
  mois: string
  lancee_par: string
  lancee_le: Date
  finie_le: Date | null
  jusqua: 'calcul' | 'diffusion'
  agents: number
  calcules: number
  edites: number
  collectivites: number
  finies: number
  arretees: number
}

const toProduction = (r: Ligne) => ({
  id: r.id,
  mois: r.mois,
  lanceePar: r.lancee_par,
  lanceeLe: r.lancee_le.toISOString(),
  finieLe: r.finie_le?.toISOString() ?? null,
  jusqua: r.jusqua,
  agents: r.agents,
  calcules: r.calcules,
  edites: r.edites,
  collectivites: r.collectivites,
  finies: r.finies,
  arretees: r.arretees,
})

export async function listProductions(tx: Tx, id?: string) {
  const { rows } = await sql<Ligne>`
    select p.id, p.mois, p.lancee_par, p.lancee_le, p.finie_le, p.jusqua, coalesce(sum(c.agents), 0)::int as agents,
      coalesce(sum(c.calcules), 0)::int as calcules, coalesce(sum(c.edites), 0)::int as edites,
      count(c.client)::int as collectivites,
      count(*) filter (where c.etape in ('fini', 'approbation'))::int as finies,
      count(*) filter (where c.etape = 'arret')::int as arretees
    from app.paie_production p
    left join app.paie_production_client c on c.organisme_id = p.organisme_id and c.production_id = p.id
    where ${id ?? null}::uuid is null or p.id = ${id ?? null}
    group by p.organisme_id, p.id order by p.lancee_le desc limit 20`.execute(tx)
  return rows.map(toProduction)
}

export async function getProduction(tx: Tx, id: string): Promise<Production> {
  const [production] = await listProductions(tx, id)
  if (!production) throw introuvable('Cette production')
  const clients = await tx
    .selectFrom('app.paie_production_client as c')
    .innerJoin('app.organisme as o', 'o.id', 'c.client')
    .select(['c.client', 'o.nom', 'c.etape', 'c.agents', 'c.calcules', 'c.edites', 'c.anomalies', 'c.bloquantes'])
    .select('c.message')
    .where('c.production_id', '=', id)
    .orderBy('o.nom')
    .execute()
  return { ...production, clients }
}

/** Seconds spent in each step, summed over the clients. */
export async function sumDurees(tx: Tx, id: string) {
  const { rows } = await sql<{ calcul: number; stockage: number; pdf: number; coffre: number }>`
    select sum(calcul_ms)::int as calcul, sum(stockage_ms)::int as stockage, sum(pdf_ms)::int as pdf, sum(coffre_ms)::int as coffre
    from app.paie_production_client where production_id = ${id}`.execute(tx)
  return rows[0]!
}
