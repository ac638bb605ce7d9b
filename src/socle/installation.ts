import type { Generated } from 'kysely'
import type { Tx } from '#socle/db/base.ts'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.installation': { cle: string; valeur: string; le: Generated<Date> }
  }
}

/** `cleMaitre`: what tells the master key, once it was renewed. `demonstration.finances`: the year of operations, which comes after the first screen. */
type Cle =
  | 'demonstration'
  | 'demonstration.calendrier'
  | 'demonstration.finances'
  | 'demonstration.coffres'
  | 'cleMaitre'

/** What this installation is, told once for ever: `demonstration` for instance. */
export async function readInstallation(tx: Tx, cle: Cle): Promise<string | undefined> {
  const row = await tx.selectFrom('app.installation').select('valeur').where('cle', '=', cle).executeTakeFirst()
  return row?.valeur
}

export async function writeInstallation(tx: Tx, cle: Cle, valeur: string): Promise<void> {
  await tx.insertInto('app.installation').values({ cle, valeur }).execute()
}

/** What changes, as the master key does; by the owner of the database only. */
export async function replaceInstallation(tx: Tx, cle: Cle, valeur: string): Promise<void> {
  await tx
    .insertInto('app.installation')
    .values({ cle, valeur })
    .onConflict((c) => c.column('cle').doUpdateSet({ valeur, le: new Date() }))
    .execute()
}
