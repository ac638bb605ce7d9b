import type { Generated } from 'kysely'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.paie_papier': {
      organisme_id: string
      id: string
      agent_id: string
      depuis: string
      preuve: string
      fini_le: string | null
      enregistre_le: Generated<Date>
      enregistre_par: string
    }
    'app.paie_avis': { organisme_id: string; mois: string; agent_id: string; envoye_le: Generated<Date> }
  }
}
