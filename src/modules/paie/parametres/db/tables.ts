import type { Generated, JSONColumnType } from 'kysely'
import type { Tranche } from '../../calcul/index.ts'
import type { Resultat } from '../contract.ts'
import type { Acte } from '../domain/proposition.ts'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.paie_proposition': {
      organisme_id: string
      id: string
      code: string
      depuis: string
      jusqua: string | null
      valeur: string | null
      tranches: JSONColumnType<Tranche[], string | null, never> | null
      texte: string
      source: string
      est_verifie: boolean
      note: string
      propose_par: string
      propose_par_nom: string
      propose_le: Generated<Date>
    }
    'app.paie_proposition_acte': {
      organisme_id: string
      id: string
      proposition_id: string
      propose_par: string
      acte: Acte
      par: string
      par_nom: string
      le: Generated<Date>
      motif: string
      version: number
    }
    'app.paie_simulation': {
      organisme_id: string
      id: string
      mois: string
      propositions: JSONColumnType<string[], string, never>
      demandee_par: string
      demandee_le: Generated<Date>
      etat: Generated<'attente' | 'enCours' | 'fait' | 'echec'>
      fait: Generated<number>
      total: Generated<number>
      resultat: JSONColumnType<Resultat, string | null, string | null> | null
      finie_le: Date | null
    }
  }
}
