import { randomUUID } from 'node:crypto'
import {
  closeSync,
  fdatasync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { refusPlein } from '../refus.ts'
import { forEachAtOnce, syncDossier } from './disque.ts'

/**
 * Where sealed bytes are kept, by key (`organisme/<id>/ab/<sha-256>`). The only thing that a store on S3 has to give:
 * when `putLot` returns, every object of the batch survives a power cut; when it throws, none has to.
 */
export type Magasin = {
  putLot(objets: readonly { cle: string; octets: Uint8Array }[]): Promise<void>
  get(cle: string): Promise<Uint8Array | undefined>
  has(cle: string): Promise<boolean>
  list(prefixe: string): AsyncIterable<string>
  remove(cle: string): Promise<void>
}

type Options = {
  /** This process alone writes here: every half-written file found at start is a dead one. */
  seul?: boolean
  /** Replaces the opening of a file for writing: how the tests fill a disk. */
  ouvrir?: (chemin: string) => number
}

const SIMULTANES = 32
const UNE_HEURE = 3_600_000
const ouvrirNeuf = (chemin: string) => openSync(chemin, 'wx', 0o600)
const datasync = promisify(fdatasync)
const isCode = (error: unknown, ...codes: string[]) => codes.includes((error as NodeJS.ErrnoException).code ?? '')

/** Half-written files of a process that died. Those of a living neighbour are younger than an hour. */
function sweep(encours: string, seul: boolean): void {
  for (const f of readdirSync(encours)) {
    const chemin = join(encours, f)
    const age = Date.now() - (statSync(chemin, { throwIfNoEntry: false })?.mtimeMs ?? 0)
    if (seul || age > UNE_HEURE) rmSync(chemin, { force: true })
  }
}

export function openMagasin(dossier: string, { seul = false, ouvrir = ouvrirNeuf }: Options = {}): Magasin {
  const encours = join(dossier, 'encours')
  mkdirSync(encours, { recursive: true, mode: 0o700 })
  sweep(encours, seul)
  const connus = new Set([dossier])

  /** Makes a folder, and notes each parent whose list of names changed. */
  function ensureDossier(chemin: string, changes: Set<string>): void {
    if (connus.has(chemin)) return
    ensureDossier(dirname(chemin), changes)
    try {
      mkdirSync(chemin, { mode: 0o700 })
    } catch (error) {
      // another process may have made it a moment ago and not have synced it yet
      if (!isCode(error, 'EEXIST')) throw error
    }
    changes.add(dirname(chemin))
    connus.add(chemin)
  }

  return {
    async putLot(objets) {
      const lot = objets.map((o) => ({
        ...o,
        part: join(encours, `${randomUUID()}.part`),
        final: join(dossier, o.cle),
      }))
      const changes = new Set<string>()
      try {
        // only the disk is waited for: threads that make names in one folder at once wait for each other, spinning
        await forEachAtOnce(lot, SIMULTANES, async ({ part, octets }) => {
          const fichier = ouvrir(part)
          try {
            writeFileSync(fichier, octets)
            await datasync(fichier)
          } finally {
            closeSync(fichier)
          }
        })
        for (const { part, final } of lot) {
          ensureDossier(dirname(final), changes)
          // an object already there is replaced: same content, perhaps healed, perhaps sealed by the key that survived
          renameSync(part, final)
          changes.add(dirname(final))
        }
        await forEachAtOnce(changes, SIMULTANES, syncDossier)
      } catch (error) {
        connus.clear() // a folder whose parent could not be synced must be synced next time
        connus.add(dossier)
        await Promise.all(lot.map(({ part }) => rm(part, { force: true })))
        throw isCode(error, 'ENOSPC', 'EDQUOT') ? refusPlein() : error
      }
    },

    async get(cle) {
      try {
        return await readFile(join(dossier, cle))
      } catch (error) {
        if (isCode(error, 'ENOENT', 'ENOTDIR')) return undefined
        throw error
      }
    },

    has: (cle) =>
      stat(join(dossier, cle)).then(
        (s) => s.isFile(),
        (error) => {
          if (isCode(error, 'ENOENT', 'ENOTDIR')) return false
          throw error
        },
      ),

    async *list(prefixe) {
      const racine = join(dossier, prefixe)
      const entrees = await readdir(racine, { withFileTypes: true }).catch((error) => {
        if (isCode(error, 'ENOENT')) return []
        throw error
      })
      for (const e of entrees) {
        if (e.isDirectory()) yield* this.list(`${prefixe}/${e.name}`)
        else yield `${prefixe}/${e.name}`
      }
    },

    async remove(cle) {
      await rm(join(dossier, cle), { force: true })
      await syncDossier(dirname(join(dossier, cle))).catch((error) => {
        if (!isCode(error, 'ENOENT')) throw error
      })
    },
  }
}
