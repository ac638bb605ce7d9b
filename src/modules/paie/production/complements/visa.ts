import './db/tables.ts'
import { sql } from 'kysely'
import type { Tx } from '#socle/db/base.ts'
import { sceller } from '../controles/visa.ts'
import type { GenreComplement } from './domain/complement.ts'

/** What the visa of a complement is given on: why it is made, and each payslip by its hash. */
export async function composeVisaComplement(
  tx: Tx,
  organismeId: string,
  { mois, rang, genre, motif }: { mois: string; rang: number; genre: GenreComplement; motif: string },
) {
  const { rows: bulletins } = await sql<Record<string, string>>`
    select carriere_id as carriere, empreinte, jeu, brut::text, cotisations::text, net_imposable::text as "netImposable",
      net_a_payer::text as "netAPayer", cout::text
    from app.paie_complement_agent where mois = ${mois} and rang = ${rang} and bulletin is not null
    order by carriere_id`.execute(tx)
  if (bulletins.length === 0) return undefined
  return sceller({ version: 1, organisme: organismeId, mois, rang, genre, motif, bulletins })
}
