import { randomBytes } from 'node:crypto'
import type { Tx } from '#socle/db/base.ts'
import { empreinteOf } from '../../db/comptes.ts'

const VALIDITE_MS = 72 * 3600_000

/**
 * The address where the owner of a new account chooses her first password: it serves once, within three days. It is
 * given to whoever made the account, to be handed over, and is not kept.
 */
export async function createLien(tx: Tx, compteId: string, lienOf: (chemin: string) => string): Promise<string> {
  const jeton = randomBytes(32).toString('base64url')
  await tx
    .insertInto('app.acces_reinitialisation')
    .values({
      empreinte: empreinteOf(jeton),
      compte_id: compteId,
      expire_le: new Date(Date.now() + VALIDITE_MS),
      utilise_le: null,
    })
    .execute()
  return lienOf(`/connexion/nouveau#${jeton}`)
}
