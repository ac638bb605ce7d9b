import { availableParallelism } from 'node:os'
import { Tinypool } from 'tinypool'
import type { Effet, ValeurPubliee } from '../calcul/index.ts'
import type { AImprimer } from './a-imprimer.ts'
import type { ACalculer, AEditer, Calcule, Edite } from './ouvrier.ts'

/** The threads that compute and draw, so that the pages answer while a month is produced. */
export type Atelier = {
  calculer(aCalculer: ACalculer[], jeu: { empreinte: string; contenu: string }): Promise<Calcule[]>
  simuler(
    aCalculer: ACalculer[],
    jeu: { empreinte: string; contenu: string },
    valeurs: readonly ValeurPubliee[],
  ): Promise<Effet>
  editer(aEditer: AEditer[]): Promise<Edite[]>
  imprimer(aImprimer: AImprimer): Promise<Uint8Array>
  close(): Promise<void>
}

const LOT_CALCUL = 64
const LOT_EDITION = 10

export const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))

export function openAtelier(fils = availableParallelism()): Atelier {
  const pool = new Tinypool({
    filename: new URL('./ouvrier.ts', import.meta.url).href,
    runtime: 'worker_threads',
    minThreads: 0,
    maxThreads: fils,
    idleTimeout: 60_000,
  })
  const spread = async <T, R>(name: string, lots: T[]): Promise<R[]> =>
    (await Promise.all(lots.map((lot) => pool.run(lot, { name }) as Promise<R[]>))).flat()
  return {
    calculer: (aCalculer, jeu) =>
      spread(
        'calculer',
        chunks(aCalculer, LOT_CALCUL).map((lot) => ({ aCalculer: lot, jeu })),
      ),
    simuler: (aCalculer, jeu, valeurs) => pool.run({ aCalculer, jeu, valeurs }, { name: 'simuler' }) as Promise<Effet>,
    editer: (aEditer) => spread('editer', chunks(aEditer, LOT_EDITION)),
    imprimer: (aImprimer) => pool.run(aImprimer, { name: 'imprimer' }) as Promise<Uint8Array>,
    close: () => pool.destroy(),
  }
}
