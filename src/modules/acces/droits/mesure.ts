import { Refus } from '#socle/refus.ts'

const PAR_MINUTE = 600
const comptes = new Map<string, { minute: number; nombre: number }>()

/**
 * A program gets so many requests a minute, in each process.
 * @throws Refus 429 beyond
 */
export function requireMesure(jetonId: string, maintenant = Date.now()): void {
  const minute = Math.floor(maintenant / 60_000)
  const c = comptes.get(jetonId)
  if (c?.minute !== minute) {
    // tokens are few; those of a past minute are forgotten with it
    if (comptes.size > 10_000) comptes.clear()
    comptes.set(jetonId, { minute, nombre: 1 })
    return
  }
  c.nombre++
  if (c.nombre > PAR_MINUTE)
    throw new Refus('jeton.mesure', `Ce logiciel a fait plus de ${PAR_MINUTE} demandes en une minute. Attendez.`, {
      status: 429,
    })
}
