import type { Generated, JSONColumnType } from 'kysely'
import type { NatureActe } from '../contract.ts'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.paie_acte_carriere': {
      organisme_id: string
      id: string
      agent_id: string
      carriere_id: string | null
      nature: NatureActe
      effet: string
      motif: string
      resume: string
      piece_id: string | null
      lot_id: string | null
      annule: string | null
      avant: JSONColumnType<object, string | null, never> | null
      apres: JSONColumnType<object, string | null, never> | null
      par: string | null
      par_nom: string
      le: Generated<Date>
    }
    'app.paie_lot_carriere': {
      organisme_id: string
      id: string
      nature: 'import' | 'avancement' | 'annulation'
      libelle: string
      annule: string | null
      contenu: JSONColumnType<object, string | null, never> | null
      par: string | null
      par_nom: string
      le: Generated<Date>
    }
    'app.paie_compte_bancaire': {
      organisme_id: string
      id: string
      agent_id: string
      iban: string
      bic: string
      titulaire: string
      piece_id: string | null
      propose_par: string
      propose_par_nom: string
      propose_le: Generated<Date>
    }
    'app.paie_compte_bancaire_acte': {
      organisme_id: string
      compte_id: string
      propose_par: string
      acte: 'confirmer' | 'refuser' | 'retirer'
      par: string
      par_nom: string
      le: Generated<Date>
      motif: Generated<string>
    }
  }
}
