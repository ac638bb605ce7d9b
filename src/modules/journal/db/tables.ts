import type { ColumnType, Generated } from 'kysely'

type Engendre = ColumnType<string, never, never>

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.journal_ecriture': {
      organisme_id: string
      numero: number
      evenement: string
      empreinte: string
      le: Engendre
      acte: Engendre
      nom: Engendre
      personne_id: ColumnType<string | null, never, never>
      sensible: ColumnType<'paie' | 'sante' | null, never, never>
    }
    'app.journal_tete': { organisme_id: string; numero: number; empreinte: string }
    'app.journal_copie': { organisme_id: string; numero: number; le: Generated<Date> }
    'app.journal_bordereau': {
      rang: number
      texte: string
      empreinte: string
      autorite: string
      jeton: string
      date_le: Date
    }
  }
}
