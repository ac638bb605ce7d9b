import type { Base } from '#socle/db/base.ts'
import { inPlateforme } from '#socle/db/base.ts'
import { scellerJournaux } from './actions/sceller.ts'
import { findDernierBordereau } from './db/bordereaux.ts'

const JOUR_MS = 24 * 3600_000
const REGARD_MS = 15 * 60_000

/**
 * Seals once a day from the process that takes the jobs. An authority that does not answer is asked again a quarter of
 * an hour later, and the console says it: the journal goes on without it.
 */
export function startScellement(base: Base, autorite: string): { stop(): void } {
  async function look() {
    try {
      const dernier = await inPlateforme(base, (tx) => findDernierBordereau(tx))
      if (!dernier || Date.now() - dernier.date_le.getTime() >= JOUR_MS) await scellerJournaux(base, autorite)
    } catch (error) {
      console.error('[journal]', error instanceof Error ? error.message : error)
    }
  }
  void look()
  const timer = setInterval(look, REGARD_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
