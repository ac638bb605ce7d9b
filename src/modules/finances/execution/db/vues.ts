import { sql } from 'kysely'
import { euros, inEuros } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Anomalie } from '#socle/refus.ts'
import type { Sens } from '../domain/controler.ts'
import { computeHorloge } from '../domain/delai.ts'
import { type EtatBordereau, type EtatSuivi, LIBELLES_BORDEREAU, LIBELLES_SUIVI } from '../domain/etats.ts'
import type { BordereauVue } from '../http/bordereaux/contract.ts'
import type { FactureVue } from '../http/factures/contract.ts'
import type { LiquidationVue } from '../http/liquidations/contract.ts'
import type { PieceVue } from '../http/pieces/contract.ts'
import { type Cadre, controlerLot, type LiquidationRow, openCadre, readReferences } from './contexte.ts'

const somme = (a: string, b: string) => inEuros((euros(a) + euros(b)) as never)

export async function listHistoire(tx: Tx, objetId: string) {
  const { rows } = await sql<{ id: string; le: Date; nom: string; acte: string; detail: string }>`
    select id, le, nom, acte, detail from app.finances_acte where objet_id = ${objetId} order by le desc, id desc limit 200`.execute(
    tx,
  )
  return rows.map((r) => ({ ...r, le: r.le.toISOString() }))
}

type FactureRow = {
  id: string
  budget_id: string
  tiers_id: string
  tiers: string
  numero: string
  objet: string
  date_facture: string
  recue_le: Jour
  service_fait_le: Jour | null
  ht: string
  tva: string
  etat: FactureVue['etat']
  suspendue_le: Jour | null
  reprise_le: Jour | null
  motif: string
  document_id: string | null
}
export async function listFactures(
  tx: Tx,
  aujourdhui: Jour,
  filtre: { id?: string; aTraiter?: boolean } = {},
): Promise<FactureVue[]> {
  const { rows } = await sql<FactureRow>`
    select f.*, t.nom || case when t.prenom = '' then '' else ' ' || t.prenom end as tiers
    from app.finances_facture f join app.finances_tiers t on t.organisme_id = f.organisme_id and t.id = f.tiers_id
    where ${filtre.id ? sql`f.id = ${filtre.id}` : filtre.aTraiter ? sql`f.etat in ('recue', 'liquidee')` : sql`true`}
    order by f.recue_le desc, f.id desc limit 5000`.execute(tx)
  return rows.map((f) => {
    const h = computeHorloge(
      {
        recueLe: f.recue_le,
        serviceFaitLe: f.service_fait_le,
        suspension: f.suspendue_le ? { depuis: f.suspendue_le, jusqua: f.reprise_le } : null,
      },
      aujourdhui,
    )
    const vivante = f.etat === 'recue' || f.etat === 'liquidee'
    return {
      id: f.id,
      budgetId: f.budget_id,
      tiersId: f.tiers_id,
      tiers: f.tiers,
      numero: f.numero,
      objet: f.objet,
      dateFacture: f.date_facture,
      recueLe: f.recue_le,
      serviceFaitLe: f.service_fait_le,
      ht: f.ht,
      tva: f.tva,
      ttc: somme(f.ht, f.tva),
      etat: f.etat,
      suspendue: h.suspendue,
      motif: f.motif,
      documentId: f.document_id,
      echeance: h.echeance,
      echeanceOrdonnateur: h.echeanceOrdonnateur,
      enRetard: vivante && h.echeanceOrdonnateur !== null && h.echeanceOrdonnateur < aujourdhui,
    }
  })
}

/** Pieces that nobody has signed, with all that would stop them. */
export async function viewLiquidations(
  tx: Tx,
  cadre: Cadre,
  sens: Sens,
  rows: readonly LiquidationRow[],
  aujourdhui: Jour,
): Promise<LiquidationVue[]> {
  if (rows.length === 0) return []
  const ouvert = await openCadre(tx, cadre)
  const refs = await readReferences(tx, rows)
  const lot = await controlerLot(tx, ouvert, sens, rows, refs, aujourdhui)
  return lot.map(({ piece: p, anomalies }) => {
    const t = p.tiers_id ? refs.tiers.get(p.tiers_id) : undefined
    const f = p.facture_id ? refs.factures.get(p.facture_id) : undefined
    const h = f
      ? computeHorloge(
          {
            recueLe: f.recue_le,
            serviceFaitLe: f.service_fait_le,
            suspension: f.suspendue_le ? { depuis: f.suspendue_le, jusqua: f.reprise_le } : null,
          },
          aujourdhui,
        )
      : undefined
    return {
      id: p.id,
      sens: p.sens,
      budgetId: p.budget_id,
      annee: p.annee,
      etat: p.etat,
      tiers: t ? `${t.nom} ${t.prenom}`.trim() : '',
      tiersId: p.tiers_id,
      objet: p.objet,
      nature: p.contenu.lignes.map((l) => l.nature).join(', '),
      section: ouvert.imputer(sens, p.contenu)[0]!.section,
      ht: p.ht,
      tva: p.tva,
      ttc: somme(p.ht, p.tva),
      typeBordereau: p.contenu.typeBordereau,
      motif: p.motif,
      documentId: f?.document_id ?? null,
      echeance: h?.echeanceOrdonnateur ?? null,
      liquidePar: p.liquide_par_nom,
      liquideLe: p.liquide_le.toISOString(),
      source: p.source,
      anomalies: anomalies as (Anomalie & { conseil?: string })[],
    }
  })
}
export async function listPretes(tx: Tx, cadre: Cadre, sens: Sens, aujourdhui: Jour): Promise<LiquidationVue[]> {
  const { rows } = await sql<LiquidationRow>`select * from app.finances_liquidation
    where budget_id = ${cadre.budgetId} and annee = ${cadre.annee} and sens = ${sens} and etat = 'prete'
    order by liquide_le, id limit 5000`.execute(tx)
  return viewLiquidations(tx, cadre, sens, rows, aujourdhui)
}

type BordereauLigne = {
  id: string
  sens: Sens
  budget_id: string
  budget: string
  annee: number
  type_bordereau: string
  etat: EtatBordereau
  motif: string
  envoye_par_nom: string
  envoye_le: Date
  role_id: string | null
  numero: number | null
  date_emission: string | null
  signe_par_nom: string | null
  nombre: number
  ht: string
  tva: string
}
export async function listBordereaux(tx: Tx, filtre: { id?: string; aViser?: boolean } = {}): Promise<BordereauVue[]> {
  const { rows } = await sql<BordereauLigne>`
    select b.*, g.libelle as budget, r.id as role_id, s.numero, s.date_emission, s.signe_par_nom,
      coalesce(s.nombre, l.nombre, 0) as nombre, coalesce(s.ht, l.ht, 0)::text as ht, coalesce(s.tva, l.tva, 0)::text as tva
    from app.finances_bordereau b
    join app.finances_budget g on g.organisme_id = b.organisme_id and g.id = b.budget_id
    left join app.finances_bordereau_signe s on s.organisme_id = b.organisme_id and s.id = b.id
    left join app.finances_role r on r.organisme_id = b.organisme_id and r.bordereau_id = b.id
    left join lateral (select count(*)::int as nombre, sum(ht) as ht, sum(tva) as tva from app.finances_liquidation l
      where l.bordereau_id = b.id and b.etat = 'aViser') l on true
    where ${filtre.id ? sql`b.id = ${filtre.id}` : filtre.aViser ? sql`b.etat = 'aViser'` : sql`b.etat <> 'renvoye'`}
    order by (b.etat = 'aViser') desc, coalesce(s.signe_le, b.envoye_le) desc limit 2000`.execute(tx)
  return rows.map((b) => ({
    id: b.id,
    sens: b.sens,
    budgetId: b.budget_id,
    budget: b.budget,
    annee: b.annee,
    typeBordereau: b.type_bordereau,
    roleId: b.role_id,
    etat: b.etat,
    libelleEtat: LIBELLES_BORDEREAU[b.etat],
    numero: b.numero,
    nombre: b.nombre,
    ht: b.ht,
    tva: b.tva,
    ttc: somme(b.ht, b.tva),
    motif: b.motif,
    envoyePar: b.envoye_par_nom,
    envoyeLe: b.envoye_le.toISOString(),
    signePar: b.signe_par_nom,
    dateEmission: b.date_emission,
  }))
}

type PieceRow = {
  id: string
  sens: Sens
  budget_id: string
  annee: number
  numero: number
  bordereau: number
  bordereau_id: string
  triplet: string
  emise_le: string
  tiers_nom: string
  tiers_id: string | null
  objet: string
  section: 'F' | 'I'
  ht: string
  tva: string
  ttc: string
  regle: string
  annule: string
  reste: string
  etat: EtatSuivi
  motif: string
  echeance: string | null
}
const PIECES = sql`from app.finances_piece p
  join app.finances_piece_suivi s on s.organisme_id = p.organisme_id and s.piece_id = p.id
  join app.finances_bordereau_signe b on b.organisme_id = p.organisme_id and b.id = p.bordereau_id`
const COLONNES = sql`p.id, p.sens, p.budget_id, p.annee, p.numero, b.numero as bordereau, p.bordereau_id,
  p.type_bordereau || '-' || p.type_piece || '-' || p.nature_piece as triplet, p.emise_le, p.tiers_nom, p.tiers_id, p.objet,
  p.section, p.ht, p.tva, s.ttc, s.regle, s.annule,
  (case when s.etat in ('rejetee', 'annulee') or p.type_bordereau = '02' then 0 else greatest(s.ttc - s.annule - s.regle, 0) end)::text as reste,
  s.etat, s.motif, s.echeance`
const toPiece = (r: PieceRow): PieceVue => ({
  id: r.id,
  sens: r.sens,
  budgetId: r.budget_id,
  annee: r.annee,
  numero: r.numero,
  bordereau: r.bordereau,
  bordereauId: r.bordereau_id,
  triplet: r.triplet,
  emiseLe: r.emise_le,
  tiers: r.tiers_nom,
  tiersId: r.tiers_id,
  objet: r.objet,
  section: r.section,
  ht: r.ht,
  tva: r.tva,
  ttc: r.ttc,
  regle: r.regle,
  annule: r.annule,
  reste: inEuros(euros(r.reste)),
  etat: r.etat,
  libelleEtat: LIBELLES_SUIVI[r.etat],
  motif: r.motif,
  echeance: r.echeance,
})

const TRIS = {
  numero: 'numero',
  emiseLe: 'emise_le',
  tiers: 'tiers_nom',
  objet: 'objet',
  ttc: 'ttc',
  reste: 'reste::numeric',
} as const

export async function listPieces(
  tx: Tx,
  f: Cadre & {
    sens: Sens
    q: string
    etat?: EtatSuivi | undefined
    tri: keyof typeof TRIS
    ordre: 'asc' | 'desc'
    page: number
    taille: number
  },
) {
  const mot = `%${f.q.replace(/[\\%_]/g, '\\$&')}%`
  const where = sql`where p.budget_id = ${f.budgetId} and p.annee = ${f.annee} and p.sens = ${f.sens}
    ${f.etat ? sql`and s.etat = ${f.etat}` : sql``}
    ${f.q ? sql`and (p.objet ilike ${mot} or p.tiers_nom ilike ${mot} or p.numero::text = ${f.q})` : sql``}`
  const { rows } = await sql<PieceRow>`select * from (select ${COLONNES} ${PIECES} ${where}) x
    order by ${sql.raw(`${TRIS[f.tri]} ${f.ordre}, numero desc`)}
    limit ${f.taille} offset ${(f.page - 1) * f.taille}`.execute(tx)
  const { rows: t } = await sql<{ n: number; total: string }>`select count(*)::int as n,
    coalesce(sum(case when s.etat = 'rejetee' then 0 when p.type_bordereau = '02' then -s.ttc else s.ttc end), 0)::text as total ${PIECES} ${where}`.execute(
    tx,
  )
  return { pieces: rows.map(toPiece), total: t[0]!.n, somme: inEuros(euros(t[0]!.total)) }
}

export async function findPiece(tx: Tx, id: string): Promise<PieceVue | undefined> {
  const { rows } = await sql<PieceRow>`select ${COLONNES} ${PIECES} where p.id = ${id}`.execute(tx)
  return rows[0] ? toPiece(rows[0]) : undefined
}
