import type { Generated, JSONColumnType } from 'kysely'
import type { EmployeurPex } from '../carriere/contract.ts'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.paie_employeur_acte': {
      organisme_id: string
      id: string
      depuis: string
      avant: JSONColumnType<EmployeurPex, string | null, never> | null
      apres: JSONColumnType<EmployeurPex, string, never>
      source: string
      piece_id: string | null
      le: Generated<Date>
      par_nom: string
      par: string | null
    }
  }
}
