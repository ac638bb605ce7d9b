import { randomBytes } from 'node:crypto'
import type { Courriel, Courrier } from '#socle/courriel/courriel.ts'
import type { Base, Tx } from '#socle/db/base.ts'
import type { Jobs, JobType } from '#socle/jobs/jobs.ts'
import { openSecrets } from '#socle/secrets.ts'
import { createServicesAcces } from '../index.ts'

/** The services of the module with a letter box and a queue that a test empties itself. */
export function openServices(base: Base) {
  const courriels: Courriel[] = []
  const travaux: (() => Promise<void>)[] = []
  const signal = new AbortController().signal
  const services = createServicesAcces({
    base,
    secrets: openSecrets(randomBytes(32)),
    hotesIdentite: { liste: [], local: true },
    courrier: {
      moyen: 'dossier',
      lien: (chemin: string) => `http://bosquet.test${chemin}`,
      sendPersonnel: async (_tx: Tx, c: Courriel) => ({ id: String(courriels.push(c)) }),
    } as unknown as Courrier,
    jobs: () =>
      ({
        async enqueue(_tx: Tx, type: JobType, payload: unknown) {
          travaux.push(() => type.run(type.payload.parse(payload), { signal }))
        },
      }) as unknown as Jobs,
  })
  return {
    services,
    courriels,
    async travailler() {
      for (const t of travaux.splice(0)) await t()
    },
  }
}
