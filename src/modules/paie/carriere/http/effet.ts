import { insecables } from '#socle/texte.ts'
import type { EffetChangement } from '../actions/simuler.ts'
import type { Effet } from './contract.ts'

/** What a change would do to the pay, as the screens show it. */
export const vueEffet = (e: EffetChangement): Effet => ({
  mois: e.mois,
  phrases: e.phrases.map(insecables),
  anomalies: e.anomalies.map((a) => ({
    code: a.code,
    message: a.message,
    lieu: a.lieu ?? null,
    conseil: a.conseil ?? null,
    bloquante: a.bloquante,
    carriereId: null,
  })),
  parMois: e.parMois,
})
