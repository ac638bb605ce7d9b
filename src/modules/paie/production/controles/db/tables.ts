import type { Generated, JSONColumnType } from 'kysely'
import type { LigneDeListe } from '../contract.ts'
import type { ReglagesControle } from '../domain/reglages.ts'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.paie_controle_reglage': {
      organisme_id: string
      contenu: JSONColumnType<ReglagesControle, string, string>
      modifie_le: Generated<Date>
      modifie_par: string
    }
    'app.paie_controle_signe': {
      organisme_id: string
      id: string
      mois: string
      empreinte: string
      liste: JSONColumnType<LigneDeListe[], string, never>
      signe_le: Generated<Date>
      signe_par: string
      personne_id: string | null
    }
    'app.paie_lien': {
      organisme_id: string
      id: string
      personne_id: string
      agent_id: string
      lien: string
      declare_le: Generated<Date>
      declare_par: string
      fini_le: string | null
    }
    'app.paie_double_regard': {
      organisme_id: string
      mois: string
      carriere_id: string
      empreinte: string
      personne_id: string
      nom: string
      le: Generated<Date>
    }
    'app.paie_visa': {
      organisme_id: string
      id: string
      mois: string
      empreinte: string
      contenu: string
      genre: 'expres' | 'tacite' | 'demonstration'
      rang: Generated<number>
      le: Generated<Date>
      par: string
      personne_id: string | null
    }
    'app.paie_foyer_sft': { organisme_id: string; mois: string; foyer: string; client: string; nombre: number }
  }
}
