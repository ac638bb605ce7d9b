import { Etat, type NomEtat } from '#ui'
import type { Reste } from './reste.ts'

export const LIBELLES_RESTE: Record<Reste, { libelle: string; etat: NomEtat }> = {
  bloquant: { libelle: 'Bloquée', etat: 'bloquant' },
  renvoyee: { libelle: 'Renvoyée, à corriger', etat: 'attention' },
  calculer: { libelle: 'À calculer', etat: 'aFaire' },
  recalculer: { libelle: 'À recalculer', etat: 'aFaire' },
  envoyer: { libelle: 'À contrôler et envoyer', etat: 'aFaire' },
  completer: { libelle: 'Production en cours', etat: 'aFaire' },
  approuver: { libelle: 'Chez l’ordonnateur', etat: 'enAttente' },
  remettre: { libelle: 'Remise en cours', etat: 'enAttente' },
  fini: { libelle: 'Terminée', etat: 'fait' },
}

export const EtatReste = ({ reste }: { reste: Reste }) => (
  <Etat etat={LIBELLES_RESTE[reste].etat}>{LIBELLES_RESTE[reste].libelle}</Etat>
)
