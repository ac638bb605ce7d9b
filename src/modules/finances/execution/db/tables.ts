import type { Generated } from 'kysely'

type Communs = { organisme_id: string; id: string }

/** Tables that are read and written by the query builder; the others are plain SQL beside their statements. */
declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.finances_tiers': Communs & {
      numero: number
      categorie: string
      nature_juridique: string
      nom: string
      complement: string
      civilite: string
      prenom: string
      siret: string | null
      adresse: string
      complement_adresse: string
      code_postal: string
      ville: string
      pays: string
      courriel: string
      telephone: string
      est_actif: Generated<boolean>
      cree_le: Generated<Date>
    }
    'app.finances_compte_bancaire': Communs & {
      tiers_id: string
      iban: string
      bic: string
      titulaire: string
      origine: string
      propose_par: string | null
      propose_par_nom: string
      propose_le: Generated<Date>
      etat: Generated<'propose' | 'accepte' | 'refuse' | 'retire'>
      decide_par: string | null
      decide_par_nom: string | null
      decide_le: Date | null
      motif: Generated<string>
    }
    'app.finances_engagement': Communs & {
      budget_id: string
      annee: number
      numero: number
      objet: string
      tiers_id: string | null
      nature: string
      fonction: string
      operation: string
      service: string
      marche: string
      montant: string
      liquide: Generated<string>
      etat: Generated<'ouvert' | 'solde' | 'annule'>
      engage_le: string
      engage_par: string
    }
    'app.finances_facture': Communs & {
      budget_id: string
      tiers_id: string
      numero: string
      objet: string
      date_facture: string
      recue_le: string
      service_fait_le: string | null
      service_fait_par: string | null
      ht: string
      tva: string
      document_id: string | null
      etat: Generated<'recue' | 'liquidee' | 'mandatee' | 'rejetee'>
      suspendue_le: string | null
      reprise_le: string | null
      motif: Generated<string>
      cree_le: Generated<Date>
    }
  }
}
