import { availableParallelism } from 'node:os'
import { Tinypool } from 'tinypool'
import type { ACalculer, Calcule } from './ouvrier.ts'

/** The threads that compute and draw, so that the pages answer while a month is produced. */
export type Atelier = {
  calculer(aCalculer: ACalculer[], jeu: { empreinte: string; contenu: string }): Promise<Calcule[]>
  close(): Promise<void>
}

const LOT = 64

const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))

export function openAtelier(fils = availableParallelism()): Atelier {
  const pool = new Tinypool({
    filename: new URL('./ouvrier.ts', import.meta.url).href,
    runtime: 'worker_threads',
    minThreads: 0,
    maxThreads: fils,
    idleTimeout: 60_000,
  })
  return {
    async calculer(aCalculer, jeu) {
      const lots = await Promise.all(
        chunks(aCalculer, LOT).map(
          (lot) => pool.run({ aCalculer: lot, jeu }, { name: 'calculer' }) as Promise<Calcule[]>,
        ),
      )
      return lots.flat()
    },
    close: () => pool.destroy(),
  }
}
