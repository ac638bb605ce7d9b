import { z } from 'zod'
import type { Courrier } from '#socle/courriel/courriel.ts'
import type { Base } from '#socle/db/base.ts'
import type { Jobs, JobType } from '#socle/jobs/jobs.ts'
import type { Secrets } from '#socle/secrets.ts'
import type { EstConnu } from './domain/mot-de-passe.ts'
import type { HotesIdentite } from './federation/adresses.ts'

export const zOubli = z.object({ identifiant: z.string() })

/** What the access module needs around its tables. */
export type ServicesAcces = {
  base: Base
  secrets: Secrets
  courrier: Courrier
  estConnu: EstConnu
  hotesIdentite: HotesIdentite
  jobs: () => Jobs
  /** Sends the link to choose a new password, if this account exists. */
  oubli: JobType<typeof zOubli>
  types: readonly JobType[]
}
