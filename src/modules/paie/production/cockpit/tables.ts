import type { Generated } from 'kysely'

export type IndicateurRow = {
  client: string
  mois: string
  bulletins: number
  depots: number
  depots_a_temps: number
  depots_complets: number
  renvois: number
  rappels: number
  corriges: number
  minutes: number | null
}

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.paie_indicateur': { organisme_id: string; maj_le: Generated<Date> } & IndicateurRow
  }
}
