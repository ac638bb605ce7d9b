import type { Proprietaire } from '../domain/scellement.ts'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.document_cle': { proprietaire: Proprietaire; id: string; enveloppe: string }
    'app.document': {
      organisme_id: string
      id: string
      empreinte: string
      taille: number
      type_mime: string
      nom: string
      recu: string
      depose_par: string | null
      depose_par_nom: string
      depose_le: Date
      sante: boolean
    }
    'app.document_lecture': {
      organisme_id: string
      id: string
      document_id: string
      lu_par: string
      lu_par_nom: string
      via: 'appartenance' | 'portefeuille' | 'supervision' | 'soutien' | 'jeton'
      acte: 'consulter' | 'telecharger' | 'exporter'
      lu_le: Date
    }
    'app.document_anomalie': {
      organisme_id: string
      id: string
      document_id: string
      constat: 'corrompu' | 'absent'
      constate_le: Date
    }
  }
}
