import type { Generated } from 'kysely'
import type { Mouvement, Section, Sens, Vote } from '../nomenclature/index.ts'

export type Edition = 'essentielle' | 'complete'
export type EtatExercice = 'preparation' | 'provisoire' | 'ouvert' | 'clos'
export type GenreVote = 'provisoire' | 'BP' | 'BS' | 'DM' | 'VC' | 'RAR'
export type EtatVote = 'preparation' | 'vote' | 'abandonne'
export type Niveau = 'chapitre' | 'article'

/** What names one line of a budget, with the section and the chapter that its plan gave. */
export type ImputationRow = {
  sens: Sens
  mouvement: Mouvement
  nature: string
  fonction: string
  operation: string
  service: string
  section: Section
  chapitre: string
}
type Exercice = { organisme_id: string; budget_id: string; annee: number }
type Cumuls = { vote: string; engage: string; mandate: string }

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.finances_reglage': { organisme_id: string; edition: Edition }
    'app.finances_budget': {
      organisme_id: string
      id: string
      code: string
      libelle: string
      est_principal: boolean
      siret: string
      codique: Generated<string>
      code_collectivite: Generated<string>
      est_assujetti_tva: Generated<boolean>
    }
    'app.finances_exercice': Exercice & {
      plan: string
      plan_annee: number
      vote_selon: Generated<Vote>
      niveau_f: Generated<Niveau>
      niveau_i: Generated<Niveau>
      articles_specialises: Generated<string[]>
      fongibilite_f: Generated<string>
      fongibilite_i: Generated<string>
      etat: Generated<EtatExercice>
    }
    'app.finances_service': { organisme_id: string; code: string; libelle: string }
    'app.finances_operation': { organisme_id: string; budget_id: string; code: string; libelle: string }
    'app.finances_vote': Exercice & {
      id: string
      genre: GenreVote
      numero: number
      etat: Generated<EtatVote>
      deliberation_numero: string | null
      deliberation_date: string | null
      note: Generated<string>
      cree_le: Generated<Date>
      cree_par: string
      vote_le: Date | null
      vote_par: string | null
    }
    'app.finances_vote_ligne': ImputationRow & {
      organisme_id: string
      vote_id: string
      demande: string | null
      montant: string
      note: Generated<string>
    }
    'app.finances_credit': Exercice & ImputationRow & { id: string; vote_id: string; montant: string }
    'app.finances_document_lu': {
      organisme_id: string
      id: string
      document_id: string
      empreinte: string
      collectivite: string
      siret: string
      budget: string
      plan: string
      annee: number
      etape: string
      lignes: number
      depenses: string
      recettes: string
      lu_le: Generated<Date>
      lu_par: string
    }
    'app.finances_controle': Exercice & {
      section: Section
      sens: Sens
      cle: string
      est_limitatif: boolean
    } & Cumuls
    'app.finances_article': Exercice & ImputationRow & Cumuls
  }
}
