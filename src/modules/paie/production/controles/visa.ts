import './db/tables.ts'
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { canonique } from './domain/ecarts.ts'

type Bulletin = {
  carriere: string
  empreinte: string
  brut: string
  cotisations: string
  netImposable: string
  netAPayer: string
  cout: string
}

/**
 * What a visa is given on: the run as canonical JSON (keys sorted, no space, amounts as text), each payslip named by the
 * hash of its inputs, values and lines; once approved, those that were. `undefined` when the month has no payslip.
 */
export async function composeVisa(
  tx: Tx,
  organismeId: string,
  mois: Mois,
): Promise<{ contenu: string; empreinte: string } | undefined> {
  const { rows } = await sql<Bulletin & { jeu: string }>`
    select carriere_id as carriere, empreinte, jeu, brut::text, cotisations::text, net_imposable::text as "netImposable",
      net_a_payer::text as "netAPayer", cout::text
    from app.paie_bulletin where mois = ${mois}
      and not exists (select from app.paie_bulletin_approuve a where a.mois = ${mois} and a.rang = 1)
    union all
    select carriere_id, empreinte, jeu, brut::text, cotisations::text, net_imposable::text, net_a_payer::text, cout::text
    from app.paie_bulletin_approuve where mois = ${mois} and rang = 1
    order by carriere`.execute(tx)
  if (rows.length === 0) return undefined
  return sceller({ version: 1, organisme: organismeId, mois, bulletins: rows })
}

/** A content as canonical JSON, and the SHA-256 that names it. */
export function sceller(quoi: object): { contenu: string; empreinte: string } {
  const contenu = canonique(quoi)
  return { contenu, empreinte: createHash('sha256').update(contenu).digest('hex') }
}

export async function insertVisa(
  tx: Tx,
  auteur: { organismeId: string; personneId: string | null; nom: string },
  mois: Mois,
  visa: { contenu: string; empreinte: string; genre: 'expres' | 'tacite' | 'demonstration'; rang?: number },
): Promise<void> {
  await tx
    .insertInto('app.paie_visa')
    .values({
      organisme_id: auteur.organismeId,
      id: newId(),
      mois,
      par: auteur.nom,
      personne_id: auteur.personneId,
      ...visa,
    })
    .execute()
}
