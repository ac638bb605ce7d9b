import { sql } from 'kysely'
import { type Centimes, euros, negate, ZERO } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { regieIntrouvable } from '../refus.ts'
import type { Caisse, GENRES_OPERATION, MOYENS } from './contract.ts'
import type { EtatRegie, OperationARegulariser } from './domain.ts'

export type RegieRow = {
  id: string
  budget_id: string
  code: string
  libelle: string
  genre: 'recettes' | 'avances' | 'mixte'
  acte: string
  acte_le: Jour | null
  encaisse_max: string
  fonds_caisse: string
  avance_max: string
  jours_versement: number
  tiers_id: string | null
  est_active: boolean
}
export async function getRegie(tx: Tx, id: string, lock = false): Promise<RegieRow> {
  const { rows } =
    await sql<RegieRow>`select * from app.finances_regie where id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx)
  if (!rows[0]) throw regieIntrouvable()
  return rows[0]
}
export const listRegies = async (tx: Tx): Promise<RegieRow[]> =>
  (await sql<RegieRow>`select * from app.finances_regie order by est_active desc, libelle`.execute(tx)).rows

/** A piece that was given up, refused or cancelled regularises nothing. */
const VIVANTE = sql`l.etat <> 'abandonnee' and not exists (select from app.finances_piece_suivi s
  where s.organisme_id = l.organisme_id and s.piece_id = l.id and s.etat in ('rejetee', 'annulee'))`
export const REGULARISEE = sql`exists (
  select from app.finances_regie_regularisation g
  join app.finances_liquidation l on l.organisme_id = g.organisme_id and l.id = g.liquidation_id
  where g.organisme_id = o.organisme_id and g.operation_id = o.id and ${VIVANTE})`

export type Solde = { caisse: Caisse; moyen: keyof typeof MOYENS; solde: Centimes }
export async function readSoldes(tx: Tx, regieId: string): Promise<Solde[]> {
  const { rows } = await sql<{ caisse: Caisse; moyen: Solde['moyen']; solde: string }>`
    select caisse, moyen, sum(montant)::numeric(15,2)::text as solde from app.finances_regie_operation
    where regie_id = ${regieId} group by caisse, moyen order by caisse, moyen`.execute(tx)
  return rows.map((r) => ({ ...r, solde: euros(r.solde) }))
}
export const soldeOf = (soldes: readonly Solde[], caisse?: Caisse, moyen?: Solde['moyen']): Centimes =>
  soldes
    .filter((s) => (!caisse || s.caisse === caisse) && (!moyen || s.moyen === moyen))
    .reduce((t, s) => (t + s.solde) as Centimes, ZERO)

export async function hasRegisseur(tx: Tx, regieId: string, le: Jour): Promise<boolean> {
  const { rows } = await sql`select id from app.finances_regie_agent where regie_id = ${regieId}
    and qualite in ('regisseur', 'suppleant') and depuis <= ${le} and (jusqua is null or jusqua > ${le}) limit 1`.execute(
    tx,
  )
  return rows.length > 0
}

/** The oldest income that no versement has taken yet: money goes out in the order it came in. */
async function plusAncienneRecette(tx: Tx, regieId: string): Promise<Jour | null> {
  const { rows } = await sql<{ le: Jour }>`
    select le from (
      select le, numero, annee, sum(montant) over (order by le, annee, numero) as cumul,
        coalesce((select -sum(v.montant) from app.finances_regie_operation v
          where v.regie_id = o.regie_id and v.caisse = 'recettes' and v.montant < 0), 0) as sorti
      from app.finances_regie_operation o where regie_id = ${regieId} and caisse = 'recettes' and montant > 0) x
    where cumul > sorti order by le, annee, numero limit 1`.execute(tx)
  return rows[0]?.le ?? null
}

export async function readEtat(tx: Tx, r: RegieRow, aujourdhui: Jour): Promise<EtatRegie & { soldes: Solde[] }> {
  const soldes = await readSoldes(tx, r.id)
  const { rows } = await sql<{ le: Jour | null }>`select max(le) as le from app.finances_regie_operation
    where regie_id = ${r.id} and genre = 'versement'`.execute(tx)
  return {
    genre: r.genre,
    acte: r.acte,
    encaisseMax: euros(r.encaisse_max),
    fondsCaisse: euros(r.fonds_caisse),
    avanceMax: euros(r.avance_max),
    joursVersement: r.jours_versement,
    encaisse: soldeOf(soldes, 'recettes'),
    avance: soldeOf(soldes, 'avances'),
    plusAncienLe: await plusAncienneRecette(tx, r.id),
    dernierVersementLe: rows[0]?.le ?? null,
    regisseur: await hasRegisseur(tx, r.id, aujourdhui),
    soldes,
  }
}

export type OperationRow = {
  id: string
  annee: number
  numero: number
  le: Jour
  caisse: Caisse
  genre: keyof typeof GENRES_OPERATION
  piece: number | null
  moyen: Solde['moyen']
  montant: string
  produit: string | null
  qui: string
  objet: string
  annule_id: string | null
  annulee: boolean
  regularisee: boolean
  saisi_par_nom: string
}
export async function listOperations(tx: Tx, regieId: string, annee?: number): Promise<OperationRow[]> {
  const { rows } = await sql<OperationRow>`
    select o.*, p.libelle as produit, ${REGULARISEE} as regularisee,
      exists (select from app.finances_regie_operation a where a.organisme_id = o.organisme_id and a.annule_id = o.id) as annulee
    from app.finances_regie_operation o
    left join app.finances_regie_produit p on p.organisme_id = o.organisme_id and p.id = o.produit_id
    where o.regie_id = ${regieId} ${annee === undefined ? sql`` : sql`and o.annee = ${annee}`}
    order by o.annee desc, o.numero desc`.execute(tx)
  return rows
}

/** What no living piece of the budget has booked yet, until that day. */
export async function listARegulariser(
  tx: Tx,
  regieId: string,
  caisse: Caisse,
  annee: number,
  jusqua: Jour,
): Promise<OperationARegulariser[]> {
  const { rows } = await sql<{ id: string; nature: string; fonction: string; libelle: string; montant: string }>`
    select o.id, p.nature, p.fonction, p.libelle, o.montant from app.finances_regie_operation o
    join app.finances_regie_produit p on p.organisme_id = o.organisme_id and p.id = o.produit_id
    where o.regie_id = ${regieId} and o.caisse = ${caisse} and o.annee = ${annee} and o.le <= ${jusqua}
      and not ${REGULARISEE} order by o.numero`.execute(tx)
  return rows.map((r) => ({ ...r, montant: caisse === 'recettes' ? euros(r.montant) : negate(euros(r.montant)) }))
}
