import type { Generated, JSONColumnType } from 'kysely'
import type { Anomalie } from '#socle/refus.ts'
import type { EtatComplement, GenreComplement } from '../domain/complement.ts'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.paie_complement': {
      organisme_id: string
      mois: string
      rang: number
      id: string
      genre: GenreComplement
      motif: string
      etat: EtatComplement
      cree_le: Generated<Date>
      cree_par: string
      calcule_le: Generated<Date | null>
      calcule_par: Generated<string | null>
      envoye_le: Generated<Date | null>
      envoye_par: Generated<string | null>
      approuve_le: Generated<Date | null>
      approuve_par: Generated<string | null>
      motif_renvoi: Generated<string | null>
      empreinte: Generated<string | null>
      diffuse_le: Generated<Date | null>
    }
    'app.paie_complement_agent': {
      organisme_id: string
      mois: string
      rang: number
      carriere_id: string
      acompte: string | null
      anomalies: JSONColumnType<Anomalie[], string | undefined, string>
      entrees: Generated<string | null>
      jeu: Generated<string | null>
      bulletin: Generated<string | null>
      cumuls: Generated<string | null>
      empreinte: Generated<string | null>
      population: Generated<string | null>
      brut: Generated<string | null>
      cotisations: Generated<string | null>
      net_imposable: Generated<string | null>
      net_a_payer: Generated<string | null>
      cout: Generated<string | null>
    }
  }
}
