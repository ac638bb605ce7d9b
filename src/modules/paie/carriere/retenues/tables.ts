import type { Generated } from 'kysely'
import type { TypeRetenue } from './domain/retenue.ts'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.paie_retenue': {
      organisme_id: string
      id: string
      carriere_id: string
      numero: number
      type: TypeRetenue
      libelle: string
      creancier: string
      mensuel: string | null
      total: string | null
      personnes_a_charge: number
      part_patronale: string | null
      depuis: string
      jusqua: string | null
      source: string
      piece_id: string | null
      saisie_le: Generated<Date>
      saisie_par: string
      finie_le: Date | null
      finie_par: string | null
    }
  }
}
