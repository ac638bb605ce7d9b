import './tables.ts'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Tx } from '#socle/db/base.ts'
import { LECTURES } from '../domain/libelles.ts'

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

export type Recherche = {
  recherche?: string | undefined
  genre?: 'actes' | 'lectures' | undefined
  depuis?: string | undefined
  jusqua?: string | undefined
  page: number
  taille: number
}

/** The newest first. Words are looked for in the whole text of the entry; days are those of the law's clock, Paris. */
export async function listEcritures(tx: Tx, r: Recherche) {
  let q = tx.selectFrom('app.journal_ecriture')
  if (r.genre) q = q.where('acte', r.genre === 'lectures' ? 'in' : 'not in', LECTURES)
  if (r.depuis) q = q.where('le', '>=', minuit(r.depuis))
  if (r.jusqua) q = q.where('le', '<', minuit(r.jusqua, 1))
  for (const mot of (r.recherche ?? '').split(/\s+/).filter(Boolean))
    q = q.where(sql<boolean>`position(lower(${mot}) in lower(evenement)) > 0`)
  const { total } = await q.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await q
    .select(['numero', 'evenement', 'empreinte'])
    .orderBy('numero', 'desc')
    .limit(r.taille)
    .offset((r.page - 1) * r.taille)
    .execute()
  return { rows, total }
}

const minuit = (jour: string, plus = 0): string =>
  Temporal.PlainDate.from(jour)
    .add({ days: plus })
    .toZonedDateTime('Europe/Paris')
    .toInstant()
    .toString({ smallestUnit: 'millisecond' })
