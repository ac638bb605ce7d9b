import type { Generated } from 'kysely'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.acces_confirmation': {
      empreinte: string
      compte_id: string
      courriel: string
      expire_le: Date
      utilise_le: Generated<Date | null>
    }
    'app.acces_invitation': {
      empreinte: string
      personne_id: string
      emise_par: string
      emise_par_nom: string
      cree_le: Generated<Date>
      expire_le: Date
      utilise_le: Generated<Date | null>
    }
  }
}
