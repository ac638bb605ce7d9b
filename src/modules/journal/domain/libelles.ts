/** What people read for an act. An act without a line here is shown by its own name: nothing is hidden. */
const LIBELLES: Record<string, string> = {
  lire: 'Consultation',
  'session.ouvrir': 'Connexion',
  'session.refuser': 'Connexion refusée',
  'journal.exporter': 'Export du journal',
}

export const libelleActe = (acte: string): string => LIBELLES[acte] ?? acte
