import { sql } from 'kysely'
import { add, euros, inEuros, sum } from '#socle/argent.ts'
import { addJours, addMois, dernierJour, type Jour, moisOf } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { echeancesOf, prixAt, type Rythme } from '../domain/recurrence.ts'
import type { EcheanceVue, RecurrenceVue } from '../http/recurrences/contract.ts'

/** A due date is proposed some days before, so that its mandat is signed in time. */
const AVANCE = 10

type Prix = { recurrence_id: string; depuis: Jour; ht: string; tva: string; motif: string; saisi_par_nom: string }
export type RecurrenceRow = {
  id: string
  budget_id: string
  tiers_id: string
  tiers: string
  libelle: string
  reference: string
  mois_entre: number
  premiere: Jour
  derniere: Jour | null
  contenu: RecurrenceVue['modele']
  prix: readonly [Prix, ...Prix[]]
  /** Dates that were mandated or set aside. */
  faites: ReadonlySet<string>
}
export const rythmeOf = (r: RecurrenceRow): Rythme => ({
  premiere: r.premiere,
  derniere: r.derniere,
  moisEntre: r.mois_entre,
})
export const cleOf = (id: string, le: string) => `${id}/${le}`

export async function listRecurrences(
  tx: Tx,
  filtre: { budgetId?: string; ids?: readonly string[] },
  lock = false,
): Promise<RecurrenceRow[]> {
  const ids = JSON.stringify(filtre.ids ?? null)
  const { rows } = await sql<Omit<RecurrenceRow, 'prix' | 'faites'>>`
    select r.*, trim(t.nom || ' ' || t.prenom) as tiers from app.finances_recurrence r
    join app.finances_tiers t on t.organisme_id = r.organisme_id and t.id = r.tiers_id
    where (${filtre.budgetId ?? null}::uuid is null or r.budget_id = ${filtre.budgetId ?? null})
      and (${ids}::json::text = 'null' or r.id::text in (select json_array_elements_text(${ids}::json)))
    order by r.libelle, r.id ${lock ? sql`for update of r` : sql``}`.execute(tx)
  if (rows.length === 0) return []
  const { rows: prix } = await sql<Prix>`select * from app.finances_recurrence_prix order by depuis`.execute(tx)
  const { rows: faites } = await sql<{ cle: string }>`
    select source_cle as cle from app.finances_liquidation where source = 'recurrence' and etat <> 'abandonnee'
    union all select recurrence_id || '/' || le from app.finances_recurrence_saut`.execute(tx)
  const prixDe = Map.groupBy(prix, (p) => p.recurrence_id)
  const datesDe = Map.groupBy(faites, (f) => f.cle.split('/')[0]!)
  return rows.map((r) => ({
    ...r,
    prix: prixDe.get(r.id) as [Prix, ...Prix[]],
    faites: new Set((datesDe.get(r.id) ?? []).map((f) => f.cle.split('/')[1]!)),
  }))
}

const ttcOf = (p: { ht: string; tva: string }) => add(euros(p.ht), euros(p.tva))

/** What waits to be mandated: due by now or soon, in an exercice that takes mandats. */
export function echeancesDues(r: RecurrenceRow, aujourdhui: Jour, ouverts: ReadonlySet<number>): EcheanceVue[] {
  return echeancesOf(rythmeOf(r), addJours(aujourdhui, AVANCE))
    .filter((le) => !r.faites.has(le) && ouverts.has(Number(le.slice(0, 4))))
    .map((le) => {
      const p = prixAt(r.prix, le)
      return {
        cle: cleOf(r.id, le),
        recurrence: r.id,
        le,
        libelle: r.libelle,
        tiers: r.tiers,
        nature: r.contenu.nature,
        ht: p.ht,
        tva: p.tva,
        ttc: inEuros(ttcOf(p)),
        retard: le < aujourdhui,
      }
    })
}

export function viewRecurrence(r: RecurrenceRow, annee: number): RecurrenceVue {
  const finAnnee = `${annee}-12-31` as Jour
  const lointaine = dernierJour(addMois(moisOf(finAnnee), 24))
  const prochaine = echeancesOf(rythmeOf(r), lointaine).find((le) => !r.faites.has(le)) ?? null
  const p = prixAt(r.prix, prochaine ?? r.derniere ?? r.premiere)
  return {
    id: r.id,
    budgetId: r.budget_id,
    tiersId: r.tiers_id,
    tiers: r.tiers,
    libelle: r.libelle,
    reference: r.reference,
    moisEntre: r.mois_entre,
    premiere: r.premiere,
    derniere: r.derniere,
    prochaine,
    modele: r.contenu,
    ht: p.ht,
    tva: p.tva,
    ttc: inEuros(ttcOf(p)),
    annuel: inEuros(
      sum(
        echeancesOf(rythmeOf(r), finAnnee)
          .filter((le) => le >= `${annee}-01-01`)
          .map((le) => ttcOf(prixAt(r.prix, le))),
      ),
    ),
  }
}

export async function listExercicesOuverts(tx: Tx, budgetId: string): Promise<Set<number>> {
  const { rows } = await sql<{ annee: number }>`select annee from app.finances_exercice
    where budget_id = ${budgetId} and etat in ('ouvert', 'provisoire')`.execute(tx)
  return new Set(rows.map((r) => r.annee))
}

/** What became of the due dates that are behind, the latest first. */
export async function listPassees(tx: Tx, id: string) {
  const { rows } = await sql<{
    le: string
    ttc: string
    etat: string
    piece_id: string | null
    numero: number | null
    annee: number
    motif: string
  }>`
    select split_part(l.source_cle, '/', 2) as le, (l.ht + l.tva)::text as ttc, l.etat, p.id as piece_id, p.numero, l.annee, '' as motif
    from app.finances_liquidation l left join app.finances_piece p on p.organisme_id = l.organisme_id and p.id = l.id
    where l.source = 'recurrence' and l.etat <> 'abandonnee' and l.source_cle like ${`${id}/%`}
    union all
    select le::text, '0.00', 'sautee', null, null, extract(year from le)::int, motif from app.finances_recurrence_saut where recurrence_id = ${id}
    order by le desc`.execute(tx)
  return rows
}
