import type { Generated } from 'kysely'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.acces_personne': { id: string; nom: string; prenom: Generated<string>; courriel: string | null }
    'app.acces_compte': {
      id: string
      personne_id: string
      identifiant: string
      empreinte: string
      est_actif: Generated<boolean>
      cree_le: Generated<Date>
    }
    'app.acces_session': {
      empreinte: string
      id: string
      compte_id: string
      jeton_csrf: string
      appareil: string
      adresse: string
      creee_le: Generated<Date>
      vue_le: Generated<Date>
      expire_le: Date
      revoquee_le: Date | null
    }
    'app.acces_frein': { cle: string; echecs: number; libre_le: Date }
    'app.acces_appartenance': {
      organisme_id: string
      id: string
      personne_id: string
      role: string
      depuis: Generated<string>
      jusqua: string | null
    }
    'app.acces_portefeuille': { organisme_id: string; id: string; nom: string; gestionnaire_id: string }
    'app.acces_portefeuille_client': { organisme_id: string; client: string; portefeuille_id: string }
    'app.acces_remplacement': {
      organisme_id: string
      id: string
      portefeuille_id: string
      remplacant_id: string
      depuis: string
      jusqua: string
      motif: string
    }
  }
}
