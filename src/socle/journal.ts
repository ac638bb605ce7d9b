import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * One request or job under way, as far as the audit journal is concerned: once its trade has written an entry of its
 * own, the HTTP layer has none to add.
 */
const enCours = new AsyncLocalStorage<{ inscrit: boolean }>()

export const noteInscription = (): void => {
  const suivi = enCours.getStore()
  if (suivi) suivi.inscrit = true
}

/** Runs a handler, then tells it whether it has left its own trace. */
export const suivreInscription = <T>(fn: (dejaInscrit: () => boolean) => Promise<T>): Promise<T> => {
  const suivi = { inscrit: false }
  return enCours.run(suivi, () => fn(() => suivi.inscrit))
}
