import type { Generated } from 'kysely'

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.courriel': {
      organisme_id: string
      id: string
      motif: string
      sujet: string
      destinataire: string
      objet: string
      texte: string
      etat: 'attente' | 'envoye' | 'echec'
      erreur: string | null
      demande_le: Generated<Date>
      demande_par: string
      envoye_le: Date | null
    }
  }
}
