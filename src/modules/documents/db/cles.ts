import type { Tx } from '#socle/db/base.ts'
import { readInstallation } from '#socle/installation.ts'
import { type Cle, developper, envelopper, newCle, type Proprietaire } from '../domain/scellement.ts'
import { refusCleMaitre } from '../refus.ts'
import { temoinOf } from '../store/cle-maitre.ts'
import './tables.ts'

export type Trousseau = {
  /** The clear key of each owner; the missing ones are made, in this transaction. */
  cles(tx: Tx, proprietaires: Iterable<Proprietaire>): Promise<Map<Proprietaire, Cle>>
  /** What the key of this owner has sealed will never be opened again; the database refuses it for a key in use. */
  destroyCle(tx: Tx, proprietaire: Proprietaire): Promise<void>
}

/**
 * Keys are cached only once they are known to be committed: the key of a transaction that rolls back must not seal
 * one more document, since nothing would ever open it.
 */
export function openTrousseau(cleMaitre: Uint8Array): Trousseau {
  const temoin = temoinOf(cleMaitre)
  const communes = new Map<Proprietaire, Cle>()
  const creees = new WeakMap<Tx, Map<Proprietaire, Cle>>()

  async function select(tx: Tx, proprietaires: Proprietaire[], into: Map<Proprietaire, Cle>) {
    if (proprietaires.length === 0) return
    const rows = await tx
      .selectFrom('app.document_cle')
      .select(['proprietaire', 'id', 'enveloppe'])
      .where('proprietaire', 'in', proprietaires)
      .execute()
    const miennes = creees.get(tx)
    for (const r of rows) {
      const cle = developper(r.enveloppe, r.id, r.proprietaire, cleMaitre)
      if (!cle) throw refusCleMaitre()
      into.set(r.proprietaire, cle)
      if (!miennes?.has(r.proprietaire)) communes.set(r.proprietaire, cle)
    }
  }

  return {
    async cles(tx, proprietaires) {
      const found = new Map<Proprietaire, Cle>()
      // sorted, so that two transactions that create the same keys wait for each other in the same order
      const voulus = [...new Set(proprietaires)].sort()
      const miennes = creees.get(tx) ?? new Map<Proprietaire, Cle>()
      for (const p of voulus) {
        const cle = communes.get(p) ?? miennes.get(p)
        if (cle) found.set(p, cle)
      }
      const missing = () => voulus.filter((p) => !found.has(p))
      await select(tx, missing(), found)
      const nouvelles = missing().map((proprietaire) => ({ proprietaire, cle: newCle() }))
      if (nouvelles.length === 0) return found
      // the master key was renewed behind the back of this process: what it would wrap, nobody would open
      const attendue = await readInstallation(tx, 'cleMaitre')
      if (attendue !== undefined && attendue !== temoin) throw refusCleMaitre()
      const inserted = await tx
        .insertInto('app.document_cle')
        .values(
          nouvelles.map(({ proprietaire, cle }) => ({
            proprietaire,
            id: cle.id,
            enveloppe: envelopper(cle, proprietaire, cleMaitre),
          })),
        )
        .onConflict((c) => c.column('proprietaire').doNothing())
        .returning('proprietaire')
        .execute()
      const won = new Set(inserted.map((r) => r.proprietaire))
      for (const { proprietaire, cle } of nouvelles) {
        if (!won.has(proprietaire)) continue
        miennes.set(proprietaire, cle)
        found.set(proprietaire, cle)
      }
      creees.set(tx, miennes)
      await select(tx, missing(), found) // those that another transaction committed meanwhile
      return found
    },
    async destroyCle(tx, proprietaire) {
      await tx.deleteFrom('app.document_cle').where('proprietaire', '=', proprietaire).execute()
      communes.delete(proprietaire)
    },
  }
}

/** Owners that have stored something, in the order of their names, after one of them. */
export async function listProprietaires(tx: Tx, apres: string, nombre: number): Promise<Proprietaire[]> {
  const rows = await tx
    .selectFrom('app.document_cle')
    .select('proprietaire')
    .where('proprietaire', '>', apres as Proprietaire)
    .orderBy('proprietaire')
    .limit(nombre)
    .execute()
  return rows.map((r) => r.proprietaire)
}

export async function countProprietaires(tx: Tx): Promise<number> {
  const { n } = await tx
    .selectFrom('app.document_cle')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}
