import type { Generated, JSONColumnType } from 'kysely'
import type { Etape, ReglageCalendrier } from '../domain/calendrier.ts'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.paie_calendrier': {
      organisme_id: string
      contenu: JSONColumnType<ReglageCalendrier, string, string>
      regle_le: Generated<Date>
      regle_par: string
    }
    'app.paie_echeance': {
      organisme_id: string
      mois: string
      etape: Etape
      jour: string
      motif: string
      fixee_le: Generated<Date>
      fixee_par: string
    }
  }
}
