import '../../db/tables.ts'
import { sql } from 'kysely'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Progression } from '#socle/progression.ts'
import type { Anomalie } from '#socle/refus.ts'
import { type ReglagesAsap, zReglagesAsap } from '../contract.ts'
import type { FluxVue } from '../http/contract.ts'
import type { VersionPes } from '../pes/structure.ts'
import { fluxIntrouvable } from '../refus.ts'

export type Reglages = { version: VersionPes; dematerialise: boolean; asap: ReglagesAsap | null }
/** 5.17 and no electronic signature, until the body says otherwise. */
export async function readReglages(tx: Tx): Promise<Reglages> {
  const { rows } = await sql<{ version_pes: VersionPes; est_dematerialise: boolean; asap: unknown }>`
    select version_pes, est_dematerialise, asap from app.finances_echange_reglage`.execute(tx)
  return {
    version: rows[0]?.version_pes ?? '5.17',
    dematerialise: rows[0]?.est_dematerialise ?? false,
    asap: rows[0]?.asap ? zReglagesAsap.parse(rows[0].asap) : null,
  }
}
export async function writeReglages(tx: Tx, organismeId: string, r: Reglages): Promise<void> {
  await sql`insert into app.finances_echange_reglage (organisme_id, version_pes, est_dematerialise, asap)
    values (${organismeId}, ${r.version}, ${r.dematerialise}, ${r.asap ? JSON.stringify(r.asap) : null})
    on conflict (organisme_id) do update set version_pes = excluded.version_pes,
      est_dematerialise = excluded.est_dematerialise, asap = excluded.asap`.execute(tx)
}

export type FluxRow = {
  id: string
  nom: string
  budget_id: string
  budget: string
  bordereau_id: string
  annee: number
  sens: 'D' | 'R'
  type_bordereau: string
  numero_bordereau: number
  version_pes: VersionPes
  document_id: string
  pieces: number
  anomalies: Anomalie[]
  genere_par_nom: string
  genere_le: Date
  etat: FluxVue['etat']
  remis_le: Date | null
  repondu_le: string | null
  motif: string
}
const SELECT_FLUX = sql`
  select f.id, f.nom, f.budget_id, b.libelle as budget, f.bordereau_id, f.annee, f.sens, f.type_bordereau,
    f.numero_bordereau, f.version_pes, f.document_id, f.pieces, f.anomalies, f.genere_par_nom, f.genere_le,
    s.etat, s.remis_le, s.repondu_le, s.motif
  from app.finances_flux f
  join app.finances_flux_suivi s on s.organisme_id = f.organisme_id and s.flux_id = f.id
  join app.finances_budget b on b.organisme_id = f.organisme_id and b.id = f.budget_id`

export async function getFlux(tx: Tx, id: string): Promise<FluxRow> {
  const { rows } = await sql<FluxRow>`${SELECT_FLUX} where f.id = ${id} for update of s`.execute(tx)
  if (!rows[0]) throw fluxIntrouvable()
  return rows[0]
}
/** The flux that an ACQUIT names; the comptable sometimes gives back the name with its extension. */
export async function findFluxByNom(tx: Tx, nom: string): Promise<FluxRow | undefined> {
  const { rows } = await sql<FluxRow>`${SELECT_FLUX} where f.nom = ${nom.replace(/\.xml$/i, '')}`.execute(tx)
  return rows[0]
}
export async function listFlux(tx: Tx, limite = 200): Promise<FluxRow[]> {
  const { rows } = await sql<FluxRow>`${SELECT_FLUX} where s.etat <> 'remplace'
    order by f.genere_le desc, f.nom desc limit ${limite}`.execute(tx)
  return rows
}

/** Signed bordereaux that have no flux yet. */
export async function listAEmettre(tx: Tx) {
  const { rows } = await sql<{
    id: string
    sens: 'D' | 'R'
    type_bordereau: string
    numero: number
    annee: number
    nombre: number
    budget: string
    generation: Progression | null
  }>`
    select s.id, s.sens, s.type_bordereau, s.numero, s.annee, s.nombre, g.libelle as budget,
      (select json_build_object('etat', x.etat, 'fait', x.fait, 'total', x.total, 'message', x.message)
        from app.finances_generation x where x.bordereau_id = s.id) as generation
    from app.finances_bordereau_signe s
    join app.finances_bordereau b on b.organisme_id = s.organisme_id and b.id = s.id
    join app.finances_budget g on g.organisme_id = s.organisme_id and g.id = s.budget_id
    where b.etat = 'signe' and not exists (select 1 from app.finances_flux f where f.bordereau_id = s.id)
    order by s.annee, s.sens, s.numero`.execute(tx)
  return rows
}

export async function listRejets(tx: Tx) {
  const { rows } = await sql<{
    piece_id: string
    sens: 'D' | 'R'
    numero: number
    annee: number
    objet: string
    tiers_nom: string
    ttc: string
    etat: 'rejetee' | 'suspendue'
    motif: string
  }>`
    select p.id as piece_id, p.sens, p.numero, p.annee, p.objet, p.tiers_nom, s.ttc, s.etat, s.motif
    from app.finances_piece_suivi s
    join app.finances_piece p on p.organisme_id = s.organisme_id and p.id = s.piece_id
    where s.etat in ('rejetee', 'suspendue')
      and not exists (select 1 from app.finances_piece r where r.origine_id = p.id)
    order by s.etat, s.maj_le desc limit 200`.execute(tx)
  return rows
}

export async function listAPart(tx: Tx) {
  const { rows } = await sql<{
    id: string
    genre: string
    sens: 'D' | 'R' | null
    libelle: string
    montant: string | null
    detail: string
    fichier: string
    traite_le: Date | null
    traite_par_nom: string | null
    note: string
  }>`
    select a.id, a.genre, a.sens, a.libelle, a.montant, a.detail, r.nom as fichier, a.traite_le, a.traite_par_nom, a.note
    from app.finances_a_part a join app.finances_reponse r on r.organisme_id = a.organisme_id and r.id = a.reponse_id
    order by (a.traite_le is not null), r.recue_le desc, a.libelle limit 300`.execute(tx)
  return rows
}

export async function listReponses(tx: Tx) {
  const { rows } = await sql<{
    id: string
    genre: 'acquit' | 'retour'
    nom: string
    emise_le: string | null
    recue_le: Date
    recue_par_nom: string
    appliques: number
    deja: number
    mis_a_part: number
  }>`select id, genre, nom, emise_le, recue_le, recue_par_nom, appliques, deja, mis_a_part from app.finances_reponse
    order by recue_le desc limit 200`.execute(tx)
  return rows
}

export type BordereauSigne = {
  id: string
  budget_id: string
  annee: number
  sens: 'D' | 'R'
  type_bordereau: string
  numero: number
  date_emission: Jour
}
/** Signed bordereaux that have not left, the oldest first. */
export async function listSignes(tx: Tx): Promise<BordereauSigne[]> {
  const { rows } = await sql<BordereauSigne>`
    select s.id, s.budget_id, s.annee, s.sens, s.type_bordereau, s.numero, s.date_emission
    from app.finances_bordereau_signe s
    join app.finances_bordereau b on b.organisme_id = s.organisme_id and b.id = s.id
    where b.etat = 'signe' order by s.date_emission, s.sens, s.numero`.execute(tx)
  return rows
}

/** What the debtors still owe, as the comptable last computed it, with the name of those that are known here. */
export async function listRestes(tx: Tx) {
  const { rows } = await sql<{
    tiers: string
    nom: string | null
    produit: string
    reste: string
    frais: string
    calcule_le: string
  }>`
    select r.tiers, btrim(t.nom || ' ' || t.prenom) as nom, r.produit, r.reste, r.frais, r.calcule_le
    from app.finances_reste_client r
    left join app.finances_tiers t on t.organisme_id = r.organisme_id and 'T' || t.numero = r.tiers
    where r.reste + r.frais > 0 order by r.reste desc limit 2000`.execute(tx)
  return rows
}
