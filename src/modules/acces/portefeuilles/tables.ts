import '../db/tables.ts'
import type { Generated } from 'kysely'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.acces_portefeuille_tenue': {
      organisme_id: string
      id: string
      portefeuille_id: string
      gestionnaire_id: string | null
      client: string | null
      depuis: string | null
      jusqua: Generated<string | null>
      par_nom: string
    }
  }
}
