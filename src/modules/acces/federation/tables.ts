import type { Generated } from 'kysely'
import type { Nature } from './contract.ts'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.acces_fournisseur': {
      nature: Nature
      emetteur: string
      client_id: string
      secret: string
      niveaux: string[]
      userinfo_signe: boolean
      est_actif: boolean
      modifie_le: Generated<Date>
      modifie_par_nom: string
    }
    'app.acces_identite': {
      fournisseur: Nature
      sujet: string
      compte_id: string
      courriel: string | null
      siret: string | null
      cree_le: Generated<Date>
      vue_le: Generated<Date>
    }
    'app.acces_depart': {
      empreinte: string
      fournisseur: Nature
      etat: string
      nonce: string
      verificateur: string
      retour: string
      suite: string
      compte_id: string | null
      expire_le: Date
    }
  }
}
