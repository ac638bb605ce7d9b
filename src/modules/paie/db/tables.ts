import type { Generated, JSONColumnType } from 'kysely'
import type { EmployeurPex, SituationCarriere } from '../carriere/contract.ts'
import type { ContenuVariable, EtatPiece, NaturePiece } from '../dossier/contract.ts'
import type { EtatDossier } from '../dossier/domain/dossier.ts'

type Json<T extends object> = JSONColumnType<T, string, string>

export type BulletinRow = {
  organisme_id: string
  mois: string
  carriere_id: string
  agent_id: string
  entrees: string
  jeu: string
  bulletin: string
  cumuls: string
  empreinte: string
  population: string
  brut: string
  cotisations: string
  net_imposable: string
  net_a_payer: string
  cout: string
}

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.paie_employeur': { organisme_id: string; depuis: string; contenu: Json<EmployeurPex> }
    'app.paie_agent': {
      organisme_id: string
      id: string
      personne_id: string
      matricule: string
      nom: string
      prenom: string
      nom_naissance: string
      sexe: 'F' | 'M'
      naissance: string
      nir: string
      adresse: string
      code_postal: string
      ville: string
      courriel: string
      iban: string
      bic: string
    }
    'app.paie_carriere': {
      organisme_id: string
      id: string
      agent_id: string
      emploi: string
      entree: string
      sortie: string | null
      motif_sortie: string | null
    }
    'app.paie_situation': {
      organisme_id: string
      id: string
      carriere_id: string
      periode: string
      motif: string
      contenu: Json<SituationCarriere>
    }
    'app.paie_dossier': {
      organisme_id: string
      mois: string
      etat: EtatDossier
      revision: Generated<number>
      revision_calculee: number | null
      calcul_id: string | null
      calcul_par: string | null
      calcul_depuis: Date | null
      calcule_le: Date | null
      calcule_par: string | null
      envoye_le: Date | null
      envoye_par: string | null
      approuve_le: Date | null
      approuve_par: string | null
      motif_renvoi: string | null
      empreinte: string | null
      jeu: string | null
      diffuse_le: Date | null
      moteur: string | null
      tacite_le: Date | null
      clos_le: Date | null
      clos_par: string | null
    }
    'app.paie_dossier_journal': {
      organisme_id: string
      id: string
      mois: string
      le: Generated<Date>
      personne_id: string | null
      nom: string
      acte: string
      detail: Generated<string>
    }
    'app.paie_piece': {
      organisme_id: string
      id: string
      mois: string
      numero: number
      nature: NaturePiece
      libelle: string
      document_id: string
      nom_fichier: string
      empreinte: string
      taille: number
      effet: string | null
      etat: EtatPiece
      motif: string | null
      depose_le: Generated<Date>
      depose_par: string | null
      remplace: Generated<string | null>
      depose_par_nom: string
    }
    'app.paie_piece_carriere': { organisme_id: string; piece_id: string; carriere_id: string }
    'app.paie_numero_piece': { organisme_id: string; dernier: number }
    'app.paie_variable': {
      organisme_id: string
      id: string
      mois: string
      carriere_id: string
      contenu: Json<ContenuVariable>
      piece_id: string | null
      saisie_le: Generated<Date>
      saisie_par: string
      /** Month already paid that it belongs to; null when it is its own. */
      effet: Generated<string | null>
      /** Complement that it was entered for. */
      rang: Generated<number | null>
    }
    'app.paie_question': {
      organisme_id: string
      id: string
      mois: string
      carriere_id: string | null
      piece_id: string | null
      objet: string
      echeance: string | null
      est_close: Generated<boolean>
      genre: Generated<'dossier' | 'conseil'>
      posee_le: Generated<Date>
      posee_par: Generated<string>
    }
    'app.paie_message': {
      organisme_id: string
      id: string
      question_id: string
      le: Generated<Date>
      personne_id: string | null
      nom: string
      texte: string
    }
    'app.paie_jeu': { empreinte: string; contenu: string; cree_le: Generated<Date> }
    'app.paie_bulletin': BulletinRow
    'app.paie_bulletin_approuve': BulletinRow & {
      numero: number
      rang: Generated<number>
      approuve_le: Generated<Date>
    }
    'app.paie_edition': {
      organisme_id: string
      mois: string
      carriere_id: string
      rang: Generated<number>
      document_id: string
      depot_id: string
      edite_le: Generated<Date>
    }
    'app.paie_anomalie': {
      organisme_id: string
      id: string
      mois: string
      carriere_id: string | null
      code: string
      message: string
      lieu: string | null
      conseil: string | null
      est_bloquante: boolean
      origine: Generated<'preparation' | 'moteur' | 'controle'>
    }
    'app.paie_suivi': {
      organisme_id: string
      client: string
      mois: string
      etat: EtatDossier
      agents: number
      bulletins: number
      anomalies: number
      bloquantes: number
      pieces: number
      pieces_a_lire: number
      questions: number
      brut: string
      net_a_payer: string
      cout: string
      est_perime: boolean
      complements: Generated<number>
      date_limite: string | null
      maj_le: Generated<Date>
    }
    'app.paie_production': {
      organisme_id: string
      id: string
      mois: string
      lancee_par: string
      lancee_le: Generated<Date>
      jusqua: 'calcul' | 'diffusion'
      approuve_en_demonstration: boolean
      finie_le: Date | null
    }
    'app.paie_production_client': {
      organisme_id: string
      production_id: string
      client: string
      etape: 'attente' | 'calcul' | 'approbation' | 'edition' | 'fini' | 'arret'
      agents: number
      calcules: number
      edites: number
      anomalies: number
      bloquantes: number
      message: string | null
      calcul_ms: number
      stockage_ms: number
      pdf_ms: number
      coffre_ms: number
      maj_le: Generated<Date>
    }
  }
}
