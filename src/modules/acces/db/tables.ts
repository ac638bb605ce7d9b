import type { Generated } from 'kysely'
import type { Moyen } from '../domain/second-facteur.ts'

export type MoyenDonne = Moyen | 'federation'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.acces_personne': {
      id: string
      nom: string
      prenom: Generated<string>
      courriel: string | null
      gelee_le: Generated<Date | null>
    }
    'app.acces_compte': {
      id: string
      personne_id: string
      identifiant: string
      empreinte: string
      est_actif: Generated<boolean>
      cree_le: Generated<Date>
      code_verrou: Generated<string | null>
      identifiant_verifie: Generated<boolean>
      courriel_personnel: Generated<string | null>
      courriel_verifie_le: Generated<Date | null>
      rappele_le: Generated<Date | null>
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
      revoquee_le: Generated<Date | null>
      second_facteur_le: Generated<Date | null>
      second_facteur: Generated<MoyenDonne | null>
      defi: Generated<string | null>
      defi_expire_le: Generated<Date | null>
      active_le: Generated<Date>
      verrouillee_le: Generated<Date | null>
      verrou_minutes: Generated<number>
      essais_verrou: Generated<number>
      fournisseur: Generated<string | null>
      jeton_identite: Generated<string | null>
    }
    'app.acces_facteur': {
      id: string
      compte_id: string
      nature: 'totp' | 'cle'
      nom: string
      secret: string | null
      dernier_pas: Generated<number | null>
      cle_id: string | null
      cle_publique: string | null
      compteur: Generated<number>
      transports: Generated<string[]>
      cree_le: Generated<Date>
      confirme_le: Date | null
      utilise_le: Generated<Date | null>
    }
    'app.acces_defi': { defi: string; expire_le: Date }
    'app.acces_code_secours': {
      compte_id: string
      empreinte: string
      cree_le: Generated<Date>
      utilise_le: Generated<Date | null>
    }
    'app.acces_reinitialisation': {
      empreinte: string
      compte_id: string
      cree_le: Generated<Date>
      expire_le: Date
      utilise_le: Date | null
    }
    'app.acces_frein': { cle: string; echecs: number; libre_le: Date }
    'app.acces_appartenance': {
      organisme_id: string
      id: string
      personne_id: string
      role: string
      depuis: Generated<string>
      jusqua: string | null
      donne_par_nom: Generated<string>
      retire_le: Generated<Date | null>
      retire_par_nom: Generated<string | null>
    }
    'app.acces_soutien': {
      organisme_id: string
      id: string
      technicien_id: string
      technicien_nom: string
      motif: string
      etendue: 'lecture' | 'saisie'
      heures: number
      demande_le: Generated<Date>
      accorde_le: Generated<Date | null>
      accorde_par_nom: Generated<string | null>
      jusqua: Generated<Date | null>
      termine_le: Generated<Date | null>
      termine_par_nom: Generated<string | null>
    }
    'app.acces_jeton': {
      organisme_id: string
      id: string
      nom: string
      empreinte: string
      droits: string[]
      ecriture: boolean
      cree_le: Generated<Date>
      cree_par: string
      cree_par_nom: string
      expire_le: Date
      utilise_le: Generated<Date | null>
      revoque_le: Generated<Date | null>
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
