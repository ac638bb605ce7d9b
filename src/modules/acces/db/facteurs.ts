import './tables.ts'
import type { Tx } from '#socle/db/base.ts'
import { readInstallation } from '#socle/installation.ts'
import type { Moyen } from '../domain/second-facteur.ts'

const DEFI_MS = 5 * 60_000

export type Facteur = {
  id: string
  nature: 'totp' | 'cle'
  nom: string
  secret: string | null
  cleId: string | null
  clePublique: string | null
  compteur: number
  transports: string[]
  creeLe: Date
  confirmeLe: Date | null
  utiliseLe: Date | null
}

const selectFacteurs = (tx: Tx) =>
  tx
    .selectFrom('app.acces_facteur')
    .select(['id', 'nature', 'nom', 'secret', 'cle_id', 'cle_publique', 'compteur', 'transports'])
    .select(['cree_le', 'confirme_le', 'utilise_le'])

const toFacteur = (r: Awaited<ReturnType<ReturnType<typeof selectFacteurs>['executeTakeFirstOrThrow']>>): Facteur => ({
  id: r.id,
  nature: r.nature,
  nom: r.nom,
  secret: r.secret,
  cleId: r.cle_id,
  clePublique: r.cle_publique,
  compteur: Number(r.compteur),
  transports: r.transports,
  creeLe: r.cree_le,
  confirmeLe: r.confirme_le,
  utiliseLe: r.utilise_le,
})

export async function listFacteurs(tx: Tx, compteId: string, { confirmes = true } = {}): Promise<Facteur[]> {
  let query = selectFacteurs(tx).where('compte_id', '=', compteId).orderBy('id')
  if (confirmes) query = query.where('confirme_le', 'is not', null)
  return (await query.execute()).map(toFacteur)
}

/** A passkey by its credential id, whoever holds it; held until the end of the transaction, so it answers once. */
export async function findCle(tx: Tx, cleId: string): Promise<Facteur | undefined> {
  const row = await selectFacteurs(tx)
    .where('cle_id', '=', cleId)
    .where('confirme_le', 'is not', null)
    .forUpdate()
    .executeTakeFirst()
  return row && toFacteur(row)
}

export async function countCodesSecours(tx: Tx, compteId: string): Promise<number> {
  const rows = await tx
    .selectFrom('app.acces_code_secours')
    .select('empreinte')
    .where('compte_id', '=', compteId)
    .where('utilise_le', 'is', null)
    .execute()
  return rows.length
}

/** What this account can give today; the code of the demonstration only while it has enrolled nothing. */
export async function listMoyens(tx: Tx, compteId: string): Promise<Moyen[]> {
  const natures = new Set((await listFacteurs(tx, compteId)).map((f) => f.nature))
  if (natures.size === 0) return (await readInstallation(tx, 'demonstration')) === undefined ? [] : ['demonstration']
  const moyens: Moyen[] = [...natures]
  if ((await countCodesSecours(tx, compteId)) > 0) moyens.push('secours')
  return moyens
}

/** Takes a step of a TOTP for ever: false when it, or a later one, was already given. */
export async function takePas(tx: Tx, facteurId: string, pas: number): Promise<boolean> {
  const done = await tx
    .updateTable('app.acces_facteur')
    .set({ dernier_pas: pas, utilise_le: new Date() })
    .where('id', '=', facteurId)
    .where((eb) => eb.or([eb('dernier_pas', 'is', null), eb('dernier_pas', '<', pas)]))
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export async function takeCodeSecours(tx: Tx, compteId: string, empreinte: string): Promise<boolean> {
  const done = await tx
    .updateTable('app.acces_code_secours')
    .set({ utilise_le: new Date() })
    .where('compte_id', '=', compteId)
    .where('empreinte', '=', empreinte)
    .where('utilise_le', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export async function replaceCodesSecours(tx: Tx, compteId: string, empreintes: readonly string[]): Promise<void> {
  await tx.deleteFrom('app.acces_code_secours').where('compte_id', '=', compteId).execute()
  await tx
    .insertInto('app.acces_code_secours')
    .values(empreintes.map((empreinte) => ({ compte_id: compteId, empreinte })))
    .execute()
}

/** The challenge that this session waits for serves once, and within five minutes. */
export async function setDefi(tx: Tx, sessionId: string, defi: string): Promise<void> {
  await tx
    .updateTable('app.acces_session')
    .set({ defi, defi_expire_le: new Date(Date.now() + DEFI_MS) })
    .where('id', '=', sessionId)
    .execute()
}

export async function takeDefi(tx: Tx, sessionId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('app.acces_session')
    .select(['defi', 'defi_expire_le'])
    .where('id', '=', sessionId)
    .forUpdate()
    .executeTakeFirst()
  await tx.updateTable('app.acces_session').set({ defi: null }).where('id', '=', sessionId).execute()
  return row?.defi && row.defi_expire_le && row.defi_expire_le.getTime() > Date.now() ? row.defi : undefined
}

/** A challenge before any session. Those that nobody answered go with the next ones. */
export async function putDefi(tx: Tx, defi: string): Promise<void> {
  await tx.deleteFrom('app.acces_defi').where('expire_le', '<', new Date()).execute()
  await tx
    .insertInto('app.acces_defi')
    .values({ defi, expire_le: new Date(Date.now() + DEFI_MS) })
    .execute()
}

/** False when it was never given, has served, or is too old. */
export async function spendDefi(tx: Tx, defi: string): Promise<boolean> {
  const row = await tx.deleteFrom('app.acces_defi').where('defi', '=', defi).returning('expire_le').executeTakeFirst()
  return row !== undefined && row.expire_le.getTime() > Date.now()
}
