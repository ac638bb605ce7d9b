import type { Base } from '#socle/db/base.ts'
import { inPlateforme } from '#socle/db/base.ts'
import { copierJournaux } from './actions/copier.ts'
import { scellerJournaux } from './actions/sceller.ts'
import { findDernierBordereau } from './db/bordereaux.ts'

const JOUR_MS = 24 * 3600_000
const REGARD_MS = 15 * 60_000
const COPIE_MS = 5 * 60_000

/** Looks again and again; what fails is told to the console and tried at the next look. */
function every(ms: number, fn: () => Promise<unknown>): { stop(): void } {
  let enCours = false
  async function look() {
    if (enCours) return
    enCours = true
    try {
      await fn()
    } catch (error) {
      console.error('[journal]', error instanceof Error ? error.message : error)
    } finally {
      enCours = false
    }
  }
  void look()
  const timer = setInterval(look, ms)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

/**
 * Seals once a day from the process that takes the jobs. An authority that does not answer is asked again a quarter of
 * an hour later, and the console says it: the journal goes on without it.
 */
export const startScellement = (base: Base, autorite: string): { stop(): void } =>
  every(REGARD_MS, async () => {
    const dernier = await inPlateforme(base, (tx) => findDernierBordereau(tx))
    if (!dernier || Date.now() - dernier.date_le.getTime() >= JOUR_MS) await scellerJournaux(base, autorite)
  })

/** Sends what is new to another machine, some minutes after it was written. */
export const startCopie = (base: Base, adresse: string): { stop(): void } =>
  every(COPIE_MS, () => copierJournaux(base, adresse))
