import '../db/tables.ts'
import { existsSync, linkSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { type Base, inPlateforme, type Tx } from '#socle/db/base.ts'
import { readInstallation, replaceInstallation } from '#socle/installation.ts'
import { openSecrets, type Secrets } from '#socle/secrets.ts'
import { developper, envelopper } from '../domain/scellement.ts'
import { refusCleMaitre } from '../refus.ts'
import { cleMaitreFile, makeCle, readCle, temoinOf, writeTemoin } from './cle-maitre.ts'
import { syncDossierSync } from './disque.ts'

const LOT = 1_000
const nouvelleOf = (donnees: string) => join(donnees, 'cle-maitre.nouvelle')
/** Named by the key, so that the same one is never kept twice. */
const ancienneOf = (donnees: string, secret: Uint8Array) =>
  join(donnees, `cle-maitre.ancienne-${temoinOf(secret).slice(0, 8)}`)

/** Names a step that has just been made: where the tests cut. */
type Etape = (nom: 'cle' | 'enveloppes' | 'base' | 'temoin' | 'ancienne') => void

export type Renouvellement = { cles: number; secrets: number; ancienne: string }

/**
 * Another master key. It wraps no document: only the keys of their owners, and the secrets, are wrapped again, in one
 * transaction that also says which key it waits for from now on. Cut before its commit, the old key still opens
 * everything; cut after, the next start puts the new key in place.
 * Nobody else may be using the database. `resceller` seals again the secrets of the modules that have some.
 */
export async function renewCleMaitre(
  base: Base,
  donnees: string,
  resceller: (tx: Tx, ancienne: Secrets, nouvelle: Secrets) => Promise<number>,
  journaliser: (tx: Tx, r: Renouvellement) => Promise<void>,
  etape: Etape = () => undefined,
): Promise<Renouvellement> {
  const ancien = readCle(cleMaitreFile(donnees))
  const neuf = makeCle(nouvelleOf(donnees))
  etape('cle')
  const ancienne = ancienneOf(donnees, ancien)
  // rows of the owner of the database: the application may not touch a key
  const fait = await base.kysely.transaction().execute(async (tx) => {
    let cles = 0
    for (let apres = ''; ; ) {
      const lot = await tx
        .selectFrom('app.document_cle')
        .select(['proprietaire', 'id', 'enveloppe'])
        .where('proprietaire', '>', apres as never)
        .orderBy('proprietaire')
        .limit(LOT)
        .execute()
      for (const r of lot) {
        const cle = developper(r.enveloppe, r.id, r.proprietaire, ancien)
        if (!cle) throw refusCleMaitre()
        await tx
          .updateTable('app.document_cle')
          .set({ enveloppe: envelopper(cle, r.proprietaire, neuf) })
          .where('proprietaire', '=', r.proprietaire)
          .execute()
      }
      cles += lot.length
      if (lot.length < LOT) break
      apres = lot.at(-1)!.proprietaire
    }
    const r = { cles, secrets: await resceller(tx, openSecrets(ancien), openSecrets(neuf)), ancienne }
    await replaceInstallation(tx, 'cleMaitre', temoinOf(neuf))
    await journaliser(tx, r)
    etape('enveloppes')
    return r
  })
  etape('base')
  await settleCleMaitre(base, donnees, etape)
  return fait
}

/**
 * At each start, before the master key is read: a renewal that the database has kept is put in place, one that it has
 * not is forgotten until it is asked again.
 */
export async function settleCleMaitre(base: Base, donnees: string, etape: Etape = () => undefined): Promise<void> {
  const nouvelle = nouvelleOf(donnees)
  const attendue = await inPlateforme(base, (tx) => readInstallation(tx, 'cleMaitre'))
  if (attendue === undefined) return
  const courante = cleMaitreFile(donnees)
  if (existsSync(nouvelle) && temoinOf(readCle(nouvelle)) === attendue) {
    writeTemoin(donnees, attendue)
    etape('temoin')
    const ancienne = ancienneOf(donnees, readCle(courante))
    if (!existsSync(ancienne)) linkSync(courante, ancienne)
    syncDossierSync(donnees)
    etape('ancienne')
    renameSync(nouvelle, courante)
    syncDossierSync(donnees)
  }
  // a machine that still has the key of before would seal what nobody opens
  if (existsSync(courante) && temoinOf(readCle(courante)) !== attendue) throw refusCleMaitre()
}
