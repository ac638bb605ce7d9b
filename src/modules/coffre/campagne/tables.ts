import type { Generated } from 'kysely'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.coffre_campagne': {
      organisme_id: string
      id: string
      lancee_par_nom: string
      lancee_le: Generated<Date>
      finie_le: Generated<Date | null>
      proprietaires: Generated<number>
      faits: Generated<number>
      controles: Generated<number>
      dernier: Generated<string>
    }
    'app.coffre_campagne_constat': {
      organisme_id: string
      campagne_id: string
      proprietaire: string
      reference: string
      constat: 'corrompu' | 'absent'
    }
  }
}
