import type { Position } from './domain/positions.ts'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.paie_position': {
      organisme_id: string
      id: string
      carriere_id: string
      periode: string
      position: Position
      motif: string
      accueil: string
    }
  }
}
