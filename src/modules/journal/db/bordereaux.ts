import './tables.ts'
import type { Tx } from '#socle/db/base.ts'

export type Bordereau = {
  rang: number
  texte: string
  empreinte: string
  autorite: string
  jeton: string
  date_le: Date
}

export const listBordereaux = (tx: Tx): Promise<Bordereau[]> =>
  tx
    .selectFrom('app.journal_bordereau')
    .select(['rang', 'texte', 'empreinte', 'autorite', 'jeton', 'date_le'])
    .orderBy('rang')
    .execute()

export const findDernierBordereau = (tx: Tx): Promise<Bordereau | undefined> =>
  tx
    .selectFrom('app.journal_bordereau')
    .select(['rang', 'texte', 'empreinte', 'autorite', 'jeton', 'date_le'])
    .orderBy('rang', 'desc')
    .limit(1)
    .executeTakeFirst()

export const insertBordereau = (tx: Tx, b: Bordereau) => tx.insertInto('app.journal_bordereau').values(b).execute()
