import '../db/tables.ts'
import { sql } from 'kysely'
import { findAgenceId } from '#modules/organismes/index.ts'
import { alsoInOrganisme, type Tx } from '#socle/db/base.ts'
import { noteInscription } from '#socle/journal.ts'
import { type Auteur, evenementOf, type Fait, ORIGINE } from '../domain/fait.ts'

/**
 * Writes one fact in the journal of the body of this transaction: it is kept if the fact is kept, and not otherwise.
 * One statement, whose plans are kept: the row of the chain's head is its lock until the transaction ends, so parallel writers queue and the
 * chain never forks. Call it last in the transaction, and once for a whole batch.
 */
export async function inscrire(tx: Tx, organismeId: string, qui: Auteur, fait: Fait): Promise<void> {
  const evenement = evenementOf(organismeId, qui, fait, new Date())
  await sql`select app.journal_inscrire(${organismeId}, ${evenement}, ${ORIGINE})`.execute(tx)
  noteInscription()
}

const AUCUN = '00000000-0000-7000-8000-000000000000'

/**
 * Same, in the agency's journal, for what belongs to no body: accounts, sign-ins, settings of the platform. `retour` is
 * the body of the transaction when it has one. Nothing is written before an agency exists.
 */
export async function inscrireAgence(tx: Tx, qui: Auteur, fait: Fait, retour: string = AUCUN): Promise<void> {
  const agence = await findAgenceId(tx)
  if (agence) await alsoInOrganisme(tx, { dans: agence, retour }, (t) => inscrire(t, agence, qui, fait))
}
