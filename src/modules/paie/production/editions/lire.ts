import './tables.ts'
import { sql } from 'kysely'
import { listSurPapier } from '#modules/coffre/index.ts'
import type { Jour, Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Bulletin } from '../../calcul/index.ts'
import { agentIntrouvable } from '../../refus.ts'
import type { Paye } from './domain/etat.ts'

type Row = Omit<Paye, 'bulletin'> & { bulletin: string; mois: Mois }

const lire = (rows: Row[]) =>
  rows.map(({ bulletin, mois, ...p }) => ({
    mois,
    paye: { ...p, bulletin: JSON.parse(bulletin) as Bulletin } satisfies Paye,
  }))

const colonnes = sql`b.mois, b.carriere_id as "carriereId", b.agent_id as "agentId", a.matricule, a.nom, a.prenom, a.nir,
  a.iban, a.bic, c.emploi, b.bulletin`
const jointures = sql`join app.paie_agent a on a.organisme_id = b.organisme_id and a.id = b.agent_id
  join app.paie_carriere c on c.organisme_id = b.organisme_id and c.id = b.carriere_id`

/**
 * Payslips of a month, or of one of its productions: the approved ones, and the working ones of the run while it is not
 * approved.
 */
export async function listPayes(tx: Tx, mois: Mois, rang?: number): Promise<{ approuve: boolean; payes: Paye[] }> {
  const approuves = await sql<Row & { rang: number }>`
    select ${colonnes}, b.numero, b.rang from app.paie_bulletin_approuve b ${jointures}
    where b.mois = ${mois} and (${rang ?? null}::int is null or b.rang = ${rang ?? null}) order by b.numero`.execute(tx)
  const payes = lire(approuves.rows).map((l) => l.paye)
  if ((rang ?? 1) > 1 || approuves.rows.some((r) => r.rang === 1)) return { approuve: true, payes }
  const travail = await sql<Row>`select ${colonnes}, null::int as numero from app.paie_bulletin b ${jointures}
    where b.mois = ${mois} order by a.nom, a.prenom, b.carriere_id`.execute(tx)
  return { approuve: false, payes: [...payes, ...lire(travail.rows).map((l) => l.paye)] }
}

/** Approved payslips of a year, month by month. */
export async function listAnnee(tx: Tx, annee: number): Promise<{ mois: Mois; payes: Paye[] }[]> {
  const { rows } = await sql<Row>`select ${colonnes}, b.numero from app.paie_bulletin_approuve b ${jointures}
    where b.mois between ${`${annee}-01`} and ${`${annee}-12`} order by b.mois, b.numero`.execute(tx)
  return [...Map.groupBy(lire(rows), (l) => l.mois)].map(([mois, l]) => ({ mois, payes: l.map((x) => x.paye) }))
}

/** What an attestation says of a post: its dates, and the approved pay of the twelve months up to this one. */
export async function readEmploi(tx: Tx, carriereId: string, mois: Mois) {
  const agent = await tx
    .selectFrom('app.paie_carriere as c')
    .innerJoin('app.paie_agent as a', (j) =>
      j.onRef('a.organisme_id', '=', 'c.organisme_id').onRef('a.id', '=', 'c.agent_id'),
    )
    .select(['a.nom', 'a.prenom', 'a.sexe', 'a.naissance', 'a.matricule', 'c.emploi', 'c.entree', 'c.sortie'])
    .where('c.id', '=', carriereId)
    .executeTakeFirst()
  if (!agent) throw agentIntrouvable()
  const { rows } = await sql<{ mois: Mois; brut: string; netImposable: string; netAPayer: string; population: string }>`
    select mois, sum(brut)::text as brut, sum(net_imposable)::text as "netImposable",
      sum(net_a_payer)::text as "netAPayer", min(population) as population
    from app.paie_bulletin_approuve where carriere_id = ${carriereId} and mois <= ${mois}
    group by mois order by mois desc limit 12`.execute(tx)
  return { agent: { ...agent, entree: agent.entree as Jour }, mois: rows.reverse() }
}

/** Agents of the body who receive paper: they asked for it, or their safe is closed; by the dates that the safe keeps. */
export async function listPapier(tx: Tx, jour: Jour) {
  const opposants = await listSurPapier(tx, jour)
  if (opposants.length === 0) return []
  const agents = await tx
    .selectFrom('app.paie_agent')
    .select(['personne_id', 'nom', 'prenom', 'matricule'])
    .where(
      'personne_id',
      'in',
      opposants.map((o) => o.personne_id),
    )
    .orderBy('nom')
    .orderBy('prenom')
    .execute()
  const opposantOf = new Map(opposants.map((o) => [o.personne_id, o]))
  return agents.map((a) => {
    const o = opposantOf.get(a.personne_id)!
    return { nom: `${a.nom} ${a.prenom}`, matricule: a.matricule, recueLe: o.recue_le, effetLe: o.effet_le }
  })
}
