import { Tinypool } from 'tinypool'
import type { Attestation } from './documents/attestation.ts'
import type { Contexte, Etat } from './domain/etat.ts'

export type Imprimerie = {
  etat(etat: Etat, ctx: Contexte): Promise<Uint8Array>
  attestation(a: Attestation): Promise<Uint8Array>
  close(): Promise<void>
}

/** One thread for the editions, made at the first one and let go when nobody prints. */
export function openImprimerie(): Imprimerie {
  const pool = new Tinypool({
    filename: new URL('./ouvrier.ts', import.meta.url).href,
    runtime: 'worker_threads',
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 30_000,
  })
  return {
    etat: (etat, ctx) => pool.run({ etat, ctx }, { name: 'imprimerEtat' }) as Promise<Uint8Array>,
    attestation: (a) => pool.run(a, { name: 'imprimerAttestation' }) as Promise<Uint8Array>,
    close: () => pool.destroy(),
  }
}
