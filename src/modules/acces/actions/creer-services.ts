import type { Courrier } from '#socle/courriel/courriel.ts'
import type { Base } from '#socle/db/base.ts'
import { defineJob, type Jobs, type JobType } from '#socle/jobs/jobs.ts'
import type { Secrets } from '#socle/secrets.ts'
import type { HotesIdentite } from '../federation/adresses.ts'
import { type ServicesAcces, zOubli } from '../services.ts'
import { openCompromis } from '../store/compromis.ts'
import { sendLienMotDePasse } from './mot-de-passe.ts'

export function createServicesAcces(o: {
  base: Base
  secrets: Secrets
  courrier: Courrier
  jobs: () => Jobs
  /** A larger list of known passwords than the one that comes with Bosquet. */
  motsDePasseCompromis?: string | undefined
  hotesIdentite?: HotesIdentite | undefined
}): ServicesAcces {
  const oubli = defineJob(
    'acces.oubli',
    zOubli,
    ({ identifiant }) => sendLienMotDePasse(o.base, o.courrier, identifiant),
    { key: (p) => p.identifiant },
  )
  return {
    base: o.base,
    secrets: o.secrets,
    courrier: o.courrier,
    jobs: o.jobs,
    hotesIdentite: o.hotesIdentite ?? { liste: [], local: false },
    estConnu: openCompromis(o.motsDePasseCompromis),
    oubli,
    types: [oubli as unknown as JobType],
  }
}
