import type { Generated } from 'kysely'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.paie_avis': {
      organisme_id: string
      mois: string
      agent_id: string
      rang: Generated<number>
      envoye_le: Generated<Date>
    }
  }
}
