import './tables.ts'
import type { Tx } from '#socle/db/base.ts'

/** A death was declared: her sessions end, her letters die, and nobody signs in for her, whatever he knows of her. */
export async function freezeAcces(tx: Tx, personneId: string): Promise<void> {
  await tx.updateTable('app.acces_personne').set({ gelee_le: new Date() }).where('id', '=', personneId).execute()
  await tx
    .updateTable('app.acces_session')
    .set({ revoquee_le: new Date() })
    .where('compte_id', 'in', (q) =>
      q.selectFrom('app.acces_compte').select('id').where('personne_id', '=', personneId),
    )
    .where('revoquee_le', 'is', null)
    .execute()
  await tx
    .updateTable('app.acces_invitation')
    .set({ utilise_le: new Date() })
    .where('personne_id', '=', personneId)
    .where('utilise_le', 'is', null)
    .execute()
}

/** It was an error: the account opens again by what it opened before. */
export async function unfreezeAcces(tx: Tx, personneId: string): Promise<void> {
  await tx.updateTable('app.acces_personne').set({ gelee_le: null }).where('id', '=', personneId).execute()
}
