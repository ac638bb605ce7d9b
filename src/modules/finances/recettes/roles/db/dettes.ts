import { sql } from 'kysely'
import { type Centimes, euros, inEuros } from '#socle/argent.ts'
import type { Tx } from '#socle/db/base.ts'
import { type ActeSuivi, type EtatSuivi, nextSuivi } from '../../../execution/domain/etats.ts'

/** A debt of a signed rôle and where it stands at the comptable. It follows the life cycle of the pieces. */
export type DetteSuivie = { id: string; etat: EtatSuivi; ttc: string; regle: string; annule: string; titre_id: string }

export async function lockDettes(tx: Tx, bordereauId: string, numero?: number): Promise<DetteSuivie[]> {
  const { rows } = await sql<DetteSuivie>`
    select d.id, s.etat, s.ttc, s.regle, s.annule, r.titre_id from app.finances_dette d
    join app.finances_dette_suivi s on s.organisme_id = d.organisme_id and s.dette_id = d.id
    join app.finances_role r on r.organisme_id = d.organisme_id and r.id = d.role_id
    where d.bordereau_id = ${bordereauId} ${numero === undefined ? sql`` : sql`and d.numero = ${numero}`}
    order by d.numero for update of s`.execute(tx)
  return rows
}

export async function moveDettes(tx: Tx, dettes: readonly DetteSuivie[], acte: ActeSuivi, motif = ''): Promise<void> {
  const moved = dettes.flatMap((d) => {
    const etat = nextSuivi(d.etat, acte)
    return etat ? [{ id: d.id, etat }] : []
  })
  if (moved.length === 0) return
  await sql`update app.finances_dette_suivi s set etat = x.etat, motif = ${motif}, maj_le = now()
    from json_to_recordset(${JSON.stringify(moved)}::json) as x(id uuid, etat text) where s.dette_id = x.id`.execute(tx)
}

/** What is collected on the debts is collected on the titre that books them; the comptable may tell it of both. */
export async function reglerDette(tx: Tx, d: DetteSuivie, montant: string): Promise<void> {
  const total = (euros(d.regle) + euros(montant)) as Centimes
  const complet = total >= euros(d.ttc) - euros(d.annule)
  const etat = nextSuivi(d.etat, complet ? 'solder' : 'regler') ?? d.etat
  await sql`update app.finances_dette_suivi set regle = ${inEuros(total)}, etat = ${etat}, maj_le = now()
    where dette_id = ${d.id}`.execute(tx)
  await sql`update app.finances_piece_suivi t set regle = greatest(t.regle, x.regle), maj_le = now(),
      etat = case when t.etat in ('rejetee', 'annulee') then t.etat
        when greatest(t.regle, x.regle) >= t.ttc - t.annule then 'soldee' else 'partielle' end
    from (select sum(s.regle) as regle from app.finances_role r
      join app.finances_dette d on d.organisme_id = r.organisme_id and d.role_id = r.id
      join app.finances_dette_suivi s on s.organisme_id = d.organisme_id and s.dette_id = d.id
      where r.titre_id = ${d.titre_id}) x
    where t.piece_id = ${d.titre_id}`.execute(tx)
}

/** What is already known as collected on one debt; undefined when no rôle has it. */
export async function readRegleDette(
  tx: Tx,
  d: { budgetId: string; annee: number; numeroBordereau: number; numeroPiece: number },
): Promise<string | undefined> {
  const { rows } = await sql<{ regle: string }>`
    select s.regle from app.finances_dette d
    join app.finances_dette_suivi s on s.organisme_id = d.organisme_id and s.dette_id = d.id
    join app.finances_bordereau_signe b on b.organisme_id = d.organisme_id and b.id = d.bordereau_id
    where d.budget_id = ${d.budgetId} and d.annee = ${d.annee} and d.numero = ${d.numeroPiece}
      and b.numero = ${d.numeroBordereau}`.execute(tx)
  return rows[0]?.regle
}

/** A signed reduction of the titre of a rôle, about one debtor: it is off his debt too. */
export async function reduireDette(tx: Tx, detteId: string, montant: string): Promise<void> {
  await sql`update app.finances_dette_suivi set annule = annule + ${montant}::numeric, maj_le = now(),
      etat = case when annule + ${montant}::numeric >= ttc then 'annulee' else etat end
    where dette_id = ${detteId}`.execute(tx)
}
