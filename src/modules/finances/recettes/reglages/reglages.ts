import { sql } from 'kysely'
import type { Tx } from '#socle/db/base.ts'
import type { Auteur } from '../../execution/db/commun.ts'
import { formats } from '../payfip/reference.ts'
import type { ReglagesRecettes } from './contract.ts'

/** What the comptable told this budget; nothing yet: no payment online, no debit, the number of the bordereau in Cle1. */
export async function readReglages(tx: Tx, budgetId: string): Promise<ReglagesRecettes> {
  const { rows } = await sql<{
    payfip_numcli: string
    payfip_adresse: string
    payfip_titre: string
    payfip_role: string
    ormc_operande: string
    ics: string
  }>`select * from app.finances_recette_reglage where budget_id = ${budgetId}`.execute(tx)
  const r = rows[0]
  return {
    payfipNumcli: r?.payfip_numcli ?? '',
    payfipAdresse: r?.payfip_adresse ?? 'www.payfip.gouv.fr',
    payfipTitre: r?.payfip_titre ?? formats.titre,
    payfipRole: r?.payfip_role ?? formats.role,
    ormcOperande: r?.ormc_operande ?? '',
    ics: r?.ics ?? '',
  }
}

export async function writeReglages(tx: Tx, auteur: Auteur, budgetId: string, r: ReglagesRecettes): Promise<void> {
  await sql`insert into app.finances_recette_reglage (organisme_id, budget_id, payfip_numcli, payfip_adresse, payfip_titre,
      payfip_role, ormc_operande, ics)
    values (${auteur.organismeId}, ${budgetId}, ${r.payfipNumcli}, ${r.payfipAdresse}, ${r.payfipTitre}, ${r.payfipRole},
      ${r.ormcOperande}, ${r.ics})
    on conflict (organisme_id, budget_id) do update set payfip_numcli = excluded.payfip_numcli,
      payfip_adresse = excluded.payfip_adresse, payfip_titre = excluded.payfip_titre, payfip_role = excluded.payfip_role,
      ormc_operande = excluded.ormc_operande, ics = excluded.ics`.execute(tx)
}
