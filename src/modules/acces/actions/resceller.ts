import '../db/tables.ts'
import '../federation/tables.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Secrets } from '#socle/secrets.ts'
import { placeOfJeton } from '../federation/aller-retour.ts'
import { placeOfSecret } from '../federation/client.ts'
import { placeOf } from './second-facteur.ts'

/** Every secret of this module, opened by one key and sealed by another, each at its own place; gives how many. */
export async function resealSecrets(tx: Tx, ancienne: Secrets, nouvelle: Secrets): Promise<number> {
  const reseal = (scelle: string, place: string) => nouvelle.seal(ancienne.open(scelle, place), place)
  const facteurs = await tx
    .selectFrom('app.acces_facteur')
    .select(['id', 'secret'])
    .where('secret', 'is not', null)
    .execute()
  for (const f of facteurs)
    await tx
      .updateTable('app.acces_facteur')
      .set({ secret: reseal(f.secret!, placeOf(f.id)) })
      .where('id', '=', f.id)
      .execute()
  const fournisseurs = await tx.selectFrom('app.acces_fournisseur').select(['nature', 'secret']).execute()
  for (const f of fournisseurs)
    await tx
      .updateTable('app.acces_fournisseur')
      .set({ secret: reseal(f.secret, placeOfSecret(f.nature)) })
      .where('nature', '=', f.nature)
      .execute()
  const sessions = await tx
    .selectFrom('app.acces_session')
    .select(['id', 'jeton_identite'])
    .where('jeton_identite', 'is not', null)
    .execute()
  for (const s of sessions)
    await tx
      .updateTable('app.acces_session')
      .set({ jeton_identite: reseal(s.jeton_identite!, placeOfJeton(s.id)) })
      .where('id', '=', s.id)
      .execute()
  return facteurs.length + fournisseurs.length + sessions.length
}
