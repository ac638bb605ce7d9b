import type { NaturePiece } from '../contract.ts'

/**
 * Class of retention of a paper. The durations and the final fate are those of the table kept with the archives
 * départementales: none is written here before it has been read in a text.
 */
export type ClasseConservation = 'dossierAgent' | 'paie' | 'sante' | 'deliberation'

export const LIBELLES_CONSERVATION: Record<ClasseConservation, string> = {
  dossierAgent: 'Dossier individuel de l’agent',
  paie: 'Pièces justificatives de la paie',
  sante: 'Pièces de santé, accès restreint',
  deliberation: 'Actes de l’assemblée',
}

const CLASSES: Partial<Record<NaturePiece, ClasseConservation>> = {
  arrete: 'dossierAgent',
  contrat: 'dossierAgent',
  avenant: 'dossierAgent',
  finContrat: 'dossierAgent',
  justificatifNir: 'dossierAgent',
  conge: 'dossierAgent',
  arretTravail: 'sante',
  deliberation: 'deliberation',
  indemniteElu: 'deliberation',
}
export const classeConservation = (nature: NaturePiece): ClasseConservation => CLASSES[nature] ?? 'paie'
