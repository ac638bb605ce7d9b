import './db/tables.ts'
import { sql } from 'kysely'
import { addMois, type Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { type Acteur, hasDroit } from '#socle/droits.ts'
import { introuvable } from '#socle/refus.ts'
import { insecables } from '#socle/texte.ts'
import { findDossier, getDossier } from '../../dossier/db/dossiers.ts'
import type { Complement } from './contract.ts'
import {
  actesComplement,
  DROIT_COMPLEMENT,
  type EtatComplement,
  type GenreComplement,
  refusDuMoment,
} from './domain/complement.ts'
import { composeVisaComplement } from './visa.ts'

type Totaux = { bulletins: number; brut: string; cotisations: string; netAPayer: string; cout: string }
const sommes = sql`count(net_a_payer)::int as bulletins, coalesce(sum(brut), 0)::numeric(15, 2)::text as brut,
  coalesce(sum(cotisations), 0)::numeric(15, 2)::text as cotisations, coalesce(sum(net_a_payer), 0)::numeric(15, 2)::text as "netAPayer",
  coalesce(sum(cout), 0)::numeric(15, 2)::text as cout`

const iso = (d: Date | null) => d?.toISOString() ?? null

type Row = {
  rang: number
  genre: GenreComplement
  motif: string
  etat: EtatComplement
  cree_le: Date
  cree_par: string
} & Totaux

async function listRows(tx: Tx, mois: Mois, rang: number | null) {
  const { rows } = await sql<Row>`
    select c.rang, c.genre, c.motif, c.etat, c.cree_le, c.cree_par, t.*
    from app.paie_complement c, lateral (select ${sommes} from app.paie_complement_agent a
      where a.organisme_id = c.organisme_id and a.mois = c.mois and a.rang = c.rang) t
    where c.mois = ${mois} and (${rang}::int is null or c.rang = ${rang}) order by c.rang`.execute(tx)
  return rows.map(({ rang, genre, motif, etat, cree_le, cree_par, ...totaux }) => ({
    mois,
    rang,
    genre,
    motif: insecables(motif),
    etat,
    creeLe: cree_le.toISOString(),
    creePar: cree_par,
    totaux,
  }))
}

/** The productions of a month. What is approved adds up to what the month has paid. */
export async function listComplements(tx: Tx, mois: Mois) {
  const d = await getDossier(tx, mois)
  const suivant = (await findDossier(tx, addMois(mois, 1)))?.etat
  const estApprouve = d.approuve_le !== null
  const principale = await sql<Totaux>`select ${sommes}
    from ${sql.raw(estApprouve ? 'app.paie_bulletin_approuve' : 'app.paie_bulletin')}
    where mois = ${mois} ${estApprouve ? sql`and rang = 1` : sql``}`.execute(tx)
  const payes = await sql<Totaux>`select ${sommes} from app.paie_bulletin_approuve
    where mois = ${mois}`.execute(tx)
  const refus = (genre: GenreComplement) => refusDuMoment({ mois, etat: d.etat, suivant, genre }) ?? null
  return {
    principale: principale.rows[0]!,
    complements: await listRows(tx, mois, null),
    total: payes.rows[0]!,
    refus: { complementaire: refus('complementaire'), urgence: refus('urgence') },
  }
}

export async function getComplement(tx: Tx, mois: Mois, rang: number) {
  const c = await tx
    .selectFrom('app.paie_complement')
    .selectAll()
    .where('mois', '=', mois)
    .where('rang', '=', rang)
    .executeTakeFirst()
  if (!c) throw introuvable('Cette production')
  return c
}

/** One of them, as this person may act on it. */
export async function viewComplement(tx: Tx, qui: Acteur, mois: Mois, rang: number): Promise<Complement> {
  const c = await getComplement(tx, mois, rang)
  const [resume] = await listRows(tx, mois, rang)
  const { rows } = await sql<
    Omit<Complement['agents'][number], 'anomalies'> & { anomalies: Complement['agents'][number]['anomalies'] }
  >`
    select a.carriere_id as "carriereId", g.nom || ' ' || g.prenom as nom, g.matricule, k.emploi, a.acompte::text,
      a.brut::text, a.net_a_payer::text as "netAPayer", a.cout::text, a.anomalies,
      (select coalesce(sum(p.net_a_payer), 0)::numeric(15, 2)::text from app.paie_bulletin_approuve p where p.mois = a.mois
        and p.carriere_id = a.carriere_id and p.rang <> a.rang
        and p.approuve_le <= coalesce(${c.approuve_le}::timestamptz, now())) as "dejaPaye"
    from app.paie_complement_agent a
    join app.paie_carriere k on k.organisme_id = a.organisme_id and k.id = a.carriere_id
    join app.paie_agent g on g.organisme_id = k.organisme_id and g.id = k.agent_id
    where a.mois = ${mois} and a.rang = ${rang} order by g.nom, g.prenom, a.carriere_id`.execute(tx)
  const agents = rows.map((a) => ({
    ...a,
    anomalies: a.anomalies.map((x) => ({
      code: x.code,
      message: insecables(x.message),
      conseil: x.conseil ? insecables(x.conseil) : null,
      bloquante: x.bloquante,
    })),
  }))
  return {
    ...resume!,
    actes: actesComplement(c.etat).filter((a) => hasDroit(qui, DROIT_COMPLEMENT[a])),
    calculeLe: iso(c.calcule_le),
    envoyeLe: iso(c.envoye_le),
    envoyePar: c.envoye_par,
    approuveLe: iso(c.approuve_le),
    approuvePar: c.approuve_par,
    motifRenvoi: c.motif_renvoi,
    diffuseLe: iso(c.diffuse_le),
    empreinte: c.empreinte ?? (await composeVisaComplement(tx, qui.organismeId, c))?.empreinte ?? null,
    bloquantes: agents.flatMap((a) => a.anomalies).filter((x) => x.bloquante).length,
    agents,
  }
}
