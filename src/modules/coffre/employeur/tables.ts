import type { Generated } from 'kysely'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.coffre_opposition': {
      organisme_id: string
      id: string
      personne_id: string
      recue_le: string
      effet_le: string
      saisie_par_nom: string
      saisie_le: Generated<Date>
      levee_le: Generated<string | null>
      levee_par_nom: Generated<string | null>
    }
  }
}
