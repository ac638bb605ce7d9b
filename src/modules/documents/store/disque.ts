import { closeSync, fsync, fsyncSync, openSync } from 'node:fs'
import { promisify } from 'node:util'

const sync = promisify(fsync)

/** Windows does not open a folder as a file; there, the rename itself is journalled. */
const sansSync = process.platform === 'win32'

/** Makes the names of a folder durable: a rename without it may be lost by a power cut. */
export function syncDossierSync(dossier: string): void {
  if (sansSync) return
  const fd = openSync(dossier, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

export async function syncDossier(dossier: string): Promise<void> {
  if (sansSync) return
  const fd = openSync(dossier, 'r')
  try {
    await sync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Runs `fn` over the items, a few at once: enough for the disk to group its writes, not enough to exhaust descriptors. */
export async function forEachAtOnce<T>(items: Iterable<T>, simultanes: number, fn: (item: T) => Promise<void>) {
  const suite = items[Symbol.iterator]()
  let echec: { error: unknown } | undefined
  await Promise.all(
    Array.from({ length: simultanes }, async () => {
      for (let next = suite.next(); !next.done && !echec; next = suite.next()) {
        try {
          await fn(next.value)
        } catch (error) {
          echec ??= { error }
        }
      }
    }),
  )
  if (echec) throw echec.error
}
