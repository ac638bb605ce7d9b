import { availableParallelism } from 'node:os'
import { Tinypool } from 'tinypool'
import { chunks } from '#socle/listes.ts'
import { Refus } from '#socle/refus.ts'
import type { Effet, ValeurPubliee } from '../calcul/index.ts'
import type { AImprimer } from './a-imprimer.ts'
import type { ACalculer, AEditer, Calcule, Edite } from './ouvrier.ts'

/**
 * The processes that compute and draw, so that the pages answer while a month is produced. They hold no database, no
 * secret but the keys of what they seal, and nothing of the environment but what is listed here.
 */
export type Atelier = {
  calculer(aCalculer: ACalculer[], jeu: { empreinte: string; contenu: string }): Promise<Calcule[]>
  simuler(
    aCalculer: ACalculer[],
    jeu: { empreinte: string; contenu: string },
    valeurs: readonly ValeurPubliee[],
  ): Promise<Effet>
  /** `dossier`: where the sealed papers are written. */
  editer(dossier: string, aEditer: AEditer[]): Promise<Edite[]>
  imprimer(aImprimer: AImprimer): Promise<Uint8Array>
  close(): Promise<void>
}

const LOT_CALCUL = 64
const LOT_EDITION = 25
const ENVIRONNEMENT = ['TZ', 'LANG', 'TMPDIR', 'NODE_OPTIONS', 'SystemRoot']
/**
 * A process each for the cores: threads inside one of them would only wake each other. The memory of a layout in large
 * pages, where the system has them: it is read all over.
 */
const REGLAGES_DU_DESSIN = { RAYON_NUM_THREADS: '1', GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' }
/**
 * A heap ten times what a process needs, collected when it has doubled. With the heap of a machine, V8 would wait for a
 * gigabyte before it gives back the native memory of the documents that are done, 0.1 MB each; left to itself, it marks
 * the whole heap every forty documents.
 */
const TAS = ['--max-semi-space-size=8', '--max-old-space-size=256', '--heap-growing-percent=100']

/** A refusal crosses from a process to another as a plain object. */
function restore(error: unknown): unknown {
  const { name, code, message, status, champs } = error as Partial<Refus>
  if (name !== 'Refus') return error
  return new Refus(code!, message!, { ...(status && { status }), ...(champs && { champs }) })
}

export function openAtelier(fils = availableParallelism()): Atelier {
  const pool = new Tinypool({
    filename: new URL('./ouvrier.ts', import.meta.url).href,
    runtime: 'child_process',
    serialization: 'advanced',
    minThreads: 0,
    maxThreads: fils,
    // while the papers of one batch reach the disk, the next are drawn
    concurrentTasksPerWorker: 2,
    idleTimeout: 60_000,
    execArgv: TAS,
    env: {
      ...Object.fromEntries(ENVIRONNEMENT.flatMap((n) => (process.env[n] === undefined ? [] : [[n, process.env[n]]]))),
      ...REGLAGES_DU_DESSIN,
    },
  })
  const run = async <R>(name: string, task: unknown): Promise<R> => {
    try {
      return (await pool.run(task, { name })) as R
    } catch (error) {
      throw restore(error)
    }
  }
  const spread = async <R>(name: string, lots: unknown[]): Promise<R[]> =>
    (await Promise.all(lots.map((lot) => run<R[]>(name, lot)))).flat()
  return {
    calculer: (aCalculer, jeu) =>
      spread(
        'calculer',
        chunks(aCalculer, LOT_CALCUL).map((lot) => ({ aCalculer: lot, jeu })),
      ),
    simuler: (aCalculer, jeu, valeurs) => run('simuler', { aCalculer, jeu, valeurs }),
    editer: (dossier, aEditer) =>
      spread(
        'editer',
        chunks(aEditer, LOT_EDITION).map((lot) => ({ dossier, aEditer: lot })),
      ),
    imprimer: (aImprimer) => run('imprimer', aImprimer),
    close: () => pool.destroy(),
  }
}
