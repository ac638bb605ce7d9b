import type { Generated } from 'kysely'
import type { Qualite } from './contract.ts'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.coffre_succession': {
      organisme_id: string
      id: string
      personne_id: string
      decedee_le: string
      motif: string
      document_id: string
      declaree_par: string
      declaree_par_nom: string
      declaree_le: Generated<Date>
      levee_le: Generated<Date | null>
      levee_par_nom: Generated<string | null>
      levee_motif: Generated<string | null>
    }
    'app.coffre_remise': {
      organisme_id: string
      id: string
      succession_id: string
      beneficiaire: string
      qualite: Qualite
      motif: string
      document_id: string
      preparee_par: string
      preparee_par_nom: string
      preparee_le: Generated<Date>
      decidee_par: Generated<string | null>
      decidee_par_nom: Generated<string | null>
      decidee_le: Generated<Date | null>
      accord: Generated<boolean | null>
      refus_motif: Generated<string | null>
      remise_le: Generated<Date | null>
    }
  }
}
