import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '#socle/db/base.ts'
import { REGLAGES_DEFAUT, type ReglagesControle } from '../domain/reglages.ts'

/** What the body chose, or the defaults of the agency. */
export async function readReglages(tx: Tx): Promise<ReglagesControle> {
  const row = await tx.selectFrom('app.paie_controle_reglage').select('contenu').executeTakeFirst()
  return { ...REGLAGES_DEFAUT, ...row?.contenu }
}

export async function writeReglages(tx: Tx, organismeId: string, contenu: ReglagesControle, par: string) {
  const values = { contenu: JSON.stringify(contenu), modifie_par: par }
  await tx
    .insertInto('app.paie_controle_reglage')
    .values({ organisme_id: organismeId, ...values })
    .onConflict((oc) => oc.column('organisme_id').doUpdateSet({ ...values, modifie_le: sql`now()` }))
    .execute()
}
