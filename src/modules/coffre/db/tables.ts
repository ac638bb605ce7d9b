import type { Acte, Nature } from '../contract.ts'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.coffre_objet': {
      personne_id: string
      id: string
      employeur_id: string
      employeur_nom: string
      employeur_siren: string
      nature: Nature
      reference: string
      mois: string
      titre: string
      net_a_payer: string | null
      type_mime: string
      empreinte: string
      taille: number
      recu: string
      depose_le: Date
    }
    'app.coffre_journal': {
      personne_id: string
      id: string
      acte: Acte
      objet_id: string | null
      auteur: string
      employeur_id: string | null
      nombre: number | null
      constat: 'corrompu' | 'absent' | null
      fait_le: Date
    }
    'app.coffre_recu': {
      organisme_id: string
      id: string
      personne_id: string
      nature: Nature
      reference: string
      mois: string
      numero: string
      document_id: string
      empreinte: string
      depose_le: Date
    }
  }
}
