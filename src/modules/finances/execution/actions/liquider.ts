import { sql } from 'kysely'
import { add, type Centimes, euros, inEuros, negate, ZERO } from '#socle/argent.ts'
import type { Tx } from '#socle/db/base.ts'
import { type Consommation, consommerCredits, requireOuvert } from '../../budget/db/credits.ts'
import type { LiquidationSaisie } from '../contract.ts'
import { type Auteur, insertLot, noteActe, noteActes } from '../db/commun.ts'
import { type Cadre, type LiquidationRow, listLiquidations, openCadre } from '../db/contexte.ts'
import { type Sens, totalHt, totalTva } from '../domain/controler.ts'
import {
  factureIntrouvable,
  liquidationIntrouvable,
  refusFactureEtat,
  refusLiquidationEtat,
  refusTvaNonAssujetti,
} from '../refus.ts'
import { prendreSurEngagement } from './engager.ts'

type Source = { nom: string; cleOf: (s: LiquidationSaisie) => string }

/** A real expense that is not a cancellation holds its credit from its liquidation on, by its engagement or by itself. */
const reserve = (sens: Sens, c: LiquidationSaisie['contenu']) =>
  sens === 'D' && c.mouvement === 'reel' && c.typeBordereau !== '02'

/**
 * Enters pieces to be signed, one or ten thousand. Sent twice (same id, or same key of the same source), a piece is
 * entered once. Gives the ids that are new.
 */
export async function liquider(
  tx: Tx,
  auteur: Auteur,
  cadre: Cadre,
  sens: Sens,
  saisies: readonly LiquidationSaisie[],
  source?: Source,
): Promise<string[]> {
  const connues = new Set(
    (
      await listLiquidations(
        tx,
        saisies.map((s) => s.id),
      )
    ).map((l) => l.id),
  )
  const cles = source ? await clesConnues(tx, source.nom, saisies.map(source.cleOf)) : new Set<string>()
  const nouvelles = saisies.filter((s) => !connues.has(s.id) && !(source && cles.has(source.cleOf(s))))
  if (nouvelles.length === 0) return []
  await requireOuvert(tx, cadre.budgetId, cadre.annee)
  const ouvert = await openCadre(tx, cadre)
  const consommations: Consommation[] = []
  for (const s of nouvelles) {
    const imputations = ouvert.imputer(sens, s.contenu)
    if (!ouvert.assujetti && s.contenu.lignes.some((l) => euros(l.tva) > 0n)) throw refusTvaNonAssujetti()
    if (s.engagementId) await prendreSurEngagement(tx, s.engagementId, totalHt(s.contenu))
    else if (reserve(sens, s.contenu))
      for (const [i, imputation] of imputations.entries())
        consommations.push({ imputation, engage: euros(s.contenu.lignes[i]!.ht), mandate: ZERO })
  }
  await marquerFactures(tx, nouvelles)
  await insertLot(
    tx,
    'finances_liquidation',
    `organisme_id uuid, id uuid, budget_id uuid, annee smallint, sens text, tiers_id uuid, objet text, ht numeric, tva numeric,
     contenu jsonb, facture_id uuid, engagement_id uuid, origine_id uuid, source text, source_cle text, liquide_par uuid, liquide_par_nom text`,
    nouvelles.map((s) => ({
      organisme_id: auteur.organismeId,
      id: s.id,
      budget_id: cadre.budgetId,
      annee: cadre.annee,
      sens,
      tiers_id: s.tiersId ?? null,
      objet: s.objet,
      ht: inEuros(totalHt(s.contenu)),
      tva: inEuros(totalTva(s.contenu)),
      contenu: s.contenu,
      facture_id: s.factureId ?? null,
      engagement_id: s.engagementId ?? null,
      origine_id: s.origineId ?? null,
      source: source?.nom ?? 'saisie',
      source_cle: source?.cleOf(s) ?? null,
      liquide_par: auteur.personneId,
      liquide_par_nom: auteur.nom,
    })),
  )
  await consommerCredits(
    tx,
    { organismeId: auteur.organismeId, budgetId: cadre.budgetId, exercice: cadre.annee },
    consommations,
  )
  await noteActes(
    tx,
    auteur,
    'liquidation',
    nouvelles.map((s) => ({ id: s.id, acte: 'Liquidation', detail: s.objet })),
  )
  return nouvelles.map((s) => s.id)
}

async function clesConnues(tx: Tx, source: string, cles: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ source_cle: string }>`select l.source_cle from app.finances_liquidation l
    join json_array_elements_text(${JSON.stringify(cles)}::json) as x(cle) on l.source_cle = x.cle
    where l.source = ${source} and l.etat <> 'abandonnee'`.execute(tx)
  return new Set(rows.map((r) => r.source_cle))
}

async function marquerFactures(tx: Tx, saisies: readonly LiquidationSaisie[]): Promise<void> {
  for (const id of new Set(saisies.flatMap((s) => s.factureId ?? []))) {
    const { rows } = await sql<{
      etat: string
    }>`select etat from app.finances_facture where id = ${id} for update`.execute(tx)
    if (!rows[0]) throw factureIntrouvable()
    if (rows[0].etat === 'rejetee') throw refusFactureEtat('rejetée')
    await sql`update app.finances_facture set etat = 'liquidee' where id = ${id}`.execute(tx)
  }
}

/** What a liquidation holds of the credits, to be given back. */
export async function rendreReserve(tx: Tx, l: LiquidationRow): Promise<Consommation[]> {
  if (l.engagement_id) {
    await prendreSurEngagement(tx, l.engagement_id, negate(totalHt(l.contenu)))
    return []
  }
  if (!reserve(l.sens, l.contenu)) return []
  const ouvert = await openCadre(tx, { budgetId: l.budget_id, annee: l.annee })
  return ouvert
    .imputer(l.sens, l.contenu)
    .map((imputation, i) => ({ imputation, engage: negate(euros(l.contenu.lignes[i]!.ht)), mandate: ZERO }))
}

/** Gives up a piece that nobody has signed: its credit and its invoice are free again. */
export async function abandonner(tx: Tx, auteur: Auteur, id: string, motif: string): Promise<void> {
  const [l] = await listLiquidations(tx, [id], true)
  if (!l) throw liquidationIntrouvable()
  if (l.etat === 'abandonnee') return
  if (l.etat !== 'prete') throw refusLiquidationEtat()
  await sql`update app.finances_liquidation set etat = 'abandonnee', motif = ${motif} where id = ${id}`.execute(tx)
  const rendus = await rendreReserve(tx, l)
  await consommerCredits(tx, { organismeId: auteur.organismeId, budgetId: l.budget_id, exercice: l.annee }, rendus)
  if (l.facture_id) await libererFacture(tx, l.facture_id)
  await noteActe(tx, auteur, 'liquidation', id, 'Abandon', motif)
}

/** An invoice without any living piece waits again. */
export async function libererFacture(tx: Tx, id: string): Promise<void> {
  await sql`update app.finances_facture f set etat = 'recue' where id = ${id} and not exists (
    select from app.finances_liquidation l
    left join app.finances_piece_suivi s on s.organisme_id = l.organisme_id and s.piece_id = l.id
    where l.facture_id = f.id and l.etat <> 'abandonnee' and (s.etat is null or s.etat not in ('rejetee', 'annulee'))
      and l.contenu ->> 'typeBordereau' <> '02')`.execute(tx)
}

export const ttcOf = (l: Pick<LiquidationRow, 'ht' | 'tva'>): Centimes => add(euros(l.ht), euros(l.tva))
