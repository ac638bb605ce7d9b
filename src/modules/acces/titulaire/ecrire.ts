import type { Courrier } from '#socle/courriel/courriel.ts'
import type { Tx } from '#socle/db/base.ts'
import { listAdressesSures } from '../actions/mot-de-passe.ts'

/** Writes to each address that a person has confirmed; to nobody when she has none. */
export async function writeAuTitulaire(
  tx: Tx,
  courrier: Courrier,
  personneId: string,
  lettre: { objet: string; texte: string; motif: string },
): Promise<void> {
  const comptes = await tx.selectFrom('app.acces_compte').select('id').where('personne_id', '=', personneId).execute()
  for (const { id } of comptes)
    for (const a of await listAdressesSures(tx, id)) await courrier.sendPersonnel(tx, { a, ...lettre })
}
