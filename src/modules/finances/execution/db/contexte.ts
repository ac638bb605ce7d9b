import { type Selectable, sql } from 'kysely'
import { type Centimes, euros } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Tables } from '#socle/db/tables.ts'
import type { Anomalie } from '#socle/refus.ts'
import { getBudget, getExercice, planOf } from '../../budget/db/exercices.ts'
import { grilles } from '../../echanges/pes/grilles.ts'
import { type Imputation, imputer } from '../../nomenclature/index.ts'
import type { Contenu } from '../contract.ts'
import { controlerPiece, type Section, type Sens } from '../domain/controler.ts'
import { piecesJustificatives } from '../donnees/index.ts'

export type Cadre = { budgetId: string; annee: number }

/** Budget and plan of an exercice, read once for a whole lot of pieces. */
export async function openCadre(tx: Tx, { budgetId, annee }: Cadre) {
  const budget = await getBudget(tx, budgetId)
  const plan = planOf(await getExercice(tx, budgetId, annee))
  return {
    assujetti: budget.est_assujetti_tva,
    imputer(sens: Sens, contenu: Pick<Contenu, 'mouvement' | 'lignes'>): Imputation[] {
      return contenu.lignes.map((l) => {
        const { chapitrePlan: _, libelle: __, ...i } = imputer(plan, { ...l, sens, mouvement: contenu.mouvement })
        return i
      })
    },
    libelleOf: (nature: string) => plan.comptes.get(nature)?.libelle ?? nature,
  }
}

/** Allowed triplets: those of the product, and those that the body added. */
export async function listTriplets(tx: Tx, sens: Sens): Promise<Set<string>> {
  const propres = await sql<{ t: string }>`
    select type_bordereau || '-' || type_piece || '-' || nature_piece as t from app.finances_triplet where sens = ${sens}`.execute(
    tx,
  )
  return new Set([
    ...grilles.triplets[sens === 'D' ? 'depense' : 'recette'].map((t) => t.triplet),
    ...propres.rows.map((r) => r.t),
  ])
}

export type LiquidationRow = {
  id: string
  budget_id: string
  annee: number
  sens: Sens
  etat: 'prete' | 'aViser' | 'posee' | 'abandonnee'
  tiers_id: string | null
  objet: string
  ht: string
  tva: string
  contenu: Contenu
  facture_id: string | null
  engagement_id: string | null
  bordereau_id: string | null
  origine_id: string | null
  rang: number
  source: string
  source_cle: string | null
  motif: string
  liquide_par_nom: string
  liquide_le: Date
}

export async function listLiquidations(tx: Tx, ids: readonly string[], lock = false): Promise<LiquidationRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<LiquidationRow>`
    select * from app.finances_liquidation where id in (select unnest(${sql.raw(uuids(ids))}::uuid[]))
    order by rang, id ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows
}
export async function listOfBordereau(tx: Tx, bordereauId: string, lock = false): Promise<LiquidationRow[]> {
  const { rows } = await sql<LiquidationRow>`
    select * from app.finances_liquidation where bordereau_id = ${bordereauId} order by rang, id ${lock ? sql`for update` : sql``}`.execute(
    tx,
  )
  return rows
}

/** A list of ids as one literal: each was parsed as a uuid, and is checked again. */
function uuids(ids: readonly string[]): string {
  for (const id of ids) if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error(`not a uuid: ${id}`)
  return `'{${ids.join(',')}}'`
}
const unique = (ids: readonly (string | null | undefined)[]) => [...new Set(ids.filter((i) => i != null))] as string[]

export type TiersRow = Selectable<Tables['app.finances_tiers']>
export type CompteRow = Selectable<Tables['app.finances_compte_bancaire']>

/** What a lot of pieces refers to, in five statements whatever its size. */
export async function readReferences(
  tx: Tx,
  pieces: readonly Pick<LiquidationRow, 'id' | 'tiers_id' | 'contenu' | 'facture_id' | 'origine_id'>[],
) {
  const read = async <T extends { id: string }>(table: string, ids: string[]) =>
    new Map(
      ids.length === 0
        ? []
        : (
            await sql<T>`select * from ${sql.raw(`app.${table}`)} where id = any(${sql.raw(uuids(ids))}::uuid[])`.execute(
              tx,
            )
          ).rows.map((r) => [r.id, r]),
    )
  const tiers = await read<TiersRow>(
    'finances_tiers',
    unique(pieces.flatMap((p) => [p.tiers_id, p.contenu.beneficiaire?.tiersId])),
  )
  const comptes = await read<CompteRow>(
    'finances_compte_bancaire',
    unique(pieces.map((p) => p.contenu.compteBancaireId)),
  )
  const factures = await read<{
    id: string
    ht: string
    tva: string
    etat: string
    recue_le: Jour
    service_fait_le: Jour | null
    suspendue_le: Jour | null
    reprise_le: Jour | null
    document_id: string | null
  }>('finances_facture', unique(pieces.map((p) => p.facture_id)))
  const origines = new Map<string, { reste: Centimes; ttc: Centimes; annee: number; numero: number; sens: Sens }>()
  const idsOrigine = unique(pieces.map((p) => p.origine_id))
  if (idsOrigine.length > 0)
    for (const r of (
      await sql<{ id: string; ttc: string; annule: string; annee: number; numero: number; sens: Sens }>`
        select p.id, p.annee, p.numero, p.sens, s.ttc, s.annule from app.finances_piece p
        join app.finances_piece_suivi s on s.organisme_id = p.organisme_id and s.piece_id = p.id
        where p.id = any(${sql.raw(uuids(idsOrigine))}::uuid[])`.execute(tx)
    ).rows)
      origines.set(r.id, {
        reste: (euros(r.ttc) - euros(r.annule)) as Centimes,
        ttc: euros(r.ttc),
        annee: r.annee,
        numero: r.numero,
        sens: r.sens,
      })
  const jointes = new Map<string, Set<string>>()
  const ids = pieces.map((p) => p.id)
  if (ids.length > 0)
    for (const r of (
      await sql<{ liquidation_id: string; type_pj: string }>`
        select liquidation_id, type_pj from app.finances_piece_jointe where liquidation_id = any(${sql.raw(uuids(ids))}::uuid[])`.execute(
        tx,
      )
    ).rows)
      jointes.set(r.liquidation_id, (jointes.get(r.liquidation_id) ?? new Set()).add(r.type_pj))
  const dejaSurFacture = new Map<string, Centimes>()
  if (factures.size > 0)
    for (const r of (
      await sql<{ facture_id: string; total: string }>`
        select l.facture_id, sum(l.ht + l.tva - coalesce(s.annule, 0))::text as total from app.finances_liquidation l
        left join app.finances_piece_suivi s on s.organisme_id = l.organisme_id and s.piece_id = l.id
        where l.facture_id = any(${sql.raw(uuids([...factures.keys()]))}::uuid[]) and l.etat <> 'abandonnee'
          and (s.etat is null or s.etat <> 'rejetee') and l.contenu ->> 'typeBordereau' <> '02'
        group by l.facture_id`.execute(tx)
    ).rows)
      dejaSurFacture.set(r.facture_id, euros(r.total))
  return { tiers, comptes, factures, origines, jointes, dejaSurFacture }
}
export type References = Awaited<ReturnType<typeof readReferences>>

/** Papers of the checklist that the piece does not hold; the invoice itself is one. */
function piecesManquantes(p: Pick<LiquidationRow, 'id' | 'contenu' | 'facture_id'>, refs: References) {
  const rubrique = piecesJustificatives.rubriques.find((r) => r.code === p.contenu.rubriquePj)
  if (!rubrique) return []
  const presentes = refs.jointes.get(p.id) ?? new Set<string>()
  const facture = p.facture_id ? refs.factures.get(p.facture_id) : undefined
  if (facture?.document_id) presentes.add('facture')
  return rubrique.premier.filter((x) => !presentes.has(x.code))
}

function compteOf(refs: References, c: Contenu) {
  const compte = c.compteBancaireId ? refs.comptes.get(c.compteBancaireId) : undefined
  return compte ? { etat: compte.etat, tiersId: compte.tiers_id } : null
}

export async function controlerLot(
  tx: Tx,
  cadre: Awaited<ReturnType<typeof openCadre>>,
  sens: Sens,
  pieces: readonly LiquidationRow[],
  refs: References,
  aujourdhui: Jour,
): Promise<{ piece: LiquidationRow; anomalies: Anomalie[] }[]> {
  const permis = await listTriplets(tx, sens)
  return pieces.map((piece) => {
    const c = piece.contenu
    const facture = piece.facture_id ? refs.factures.get(piece.facture_id) : undefined
    const propre = (euros(piece.ht) + euros(piece.tva)) as Centimes
    const t = piece.tiers_id ? refs.tiers.get(piece.tiers_id) : undefined
    const origine = piece.origine_id ? refs.origines.get(piece.origine_id) : undefined
    const anomalies = controlerPiece(
      {
        sens,
        contenu: c,
        sections: cadre.imputer(sens, c).map((i) => i.section as Section),
        tiers: t
          ? { nom: t.nom, estActif: t.est_actif, adresseComplete: t.ville !== '' && t.code_postal !== '' }
          : null,
        compte: compteOf(refs, c),
        payeId: c.beneficiaire?.tiersId ?? piece.tiers_id,
        facture: facture
          ? {
              ttc: (euros(facture.ht) + euros(facture.tva)) as Centimes,
              autres: ((refs.dejaSurFacture.get(facture.id) ?? 0n) - propre) as Centimes,
              suspendue:
                facture.suspendue_le !== null && (facture.reprise_le === null || facture.reprise_le > aujourdhui),
            }
          : null,
        origine: origine ? { reste: origine.reste } : null,
        piecesManquantes: piecesManquantes(piece, refs),
      },
      permis,
    )
    return { piece, anomalies }
  })
}
