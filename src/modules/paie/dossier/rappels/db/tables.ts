import type { Generated } from 'kysely'
import type { EtatRappel, OrigineRappel } from '../domain/rappel.ts'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.paie_rappel': {
      organisme_id: string
      id: string
      mois: string
      effet: string
      origine: OrigineRappel
      libelle: string
      piece_id: string | null
      etat: EtatRappel
      note: Generated<string>
      ouvert_le: Generated<Date>
      ouvert_par: string
      traite_le: Date | null
      traite_par: string | null
    }
    'app.paie_rappel_carriere': { organisme_id: string; rappel_id: string; carriere_id: string }
  }
}
