import './tables.ts'
import type { Tx } from '#socle/db/base.ts'

const LOT = 2_000

/** Every entry of the body, in order, read by batches. */
export async function* readEcritures(tx: Tx, depuis = 1, jusqua = Number.MAX_SAFE_INTEGER) {
  for (let suivant = depuis; ; ) {
    const rows = await tx
      .selectFrom('app.journal_ecriture')
      .select(['numero', 'evenement', 'empreinte', 'le', 'acte', 'nom', 'personne_id', 'sensible'])
      .where('numero', '>=', suivant)
      .where('numero', '<=', jusqua)
      .orderBy('numero')
      .limit(LOT)
      .execute()
    yield* rows
    const derniere = rows.at(-1)
    if (!derniere || rows.length < LOT) return
    suivant = derniere.numero + 1
  }
}

export const findTete = (tx: Tx) => tx.selectFrom('app.journal_tete').select(['numero', 'empreinte']).executeTakeFirst()
