import type { Generated } from 'kysely'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.coffre_fermeture': {
      personne_id: string
      id: string
      origine: 'titulaire' | 'deces'
      demandee_le: Generated<Date>
      prevue_le: Date | null
      rappelee_le: Generated<Date | null>
      annulee_le: Generated<Date | null>
      faite_le: Generated<Date | null>
      effacee_le: Generated<Date | null>
    }
  }
}
