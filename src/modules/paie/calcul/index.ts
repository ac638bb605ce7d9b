export type { Bulletin, Cumuls, Groupe, Ligne, Totaux } from './bulletin.ts'
export { computeBulletin, type Entree, type Resultat } from './calculer.ts'
export {
  type Comparaison,
  comparer,
  type DifferenceLigne,
  type DifferenceTotal,
  expliquerDifference,
} from './comparer.ts'
export { controlerBulletin } from './controler.ts'
export { nirValide } from './controles.ts'
export { type Explication, expliquer, expliquerLigne, listRegles, type ParametreLu, type Regle } from './expliquer.ts'
export { type Echelon, type Grade, indiceOf, listGrades } from './grilles/index.ts'
export { montantGipa } from './moteur/gipa.ts'
export { JeuParametres, ParametreManquant, type ValeurPubliee } from './parametres/jeu.ts'
export { jeuLivre, type Theme, themesLivres } from './parametres/livre.ts'
export { type Parametre, type Tranche, type Valeur, zParametre, zValeur } from './parametres/schema.ts'
export { tauxMaximum as tauxMaximumElu } from './populations/elu.ts'
export type { Rappel } from './rappels.ts'
export { type Effet, type EffetLigne, simulerEffet } from './simuler.ts'
export { FONCTIONS_ELU, MOTIFS_ABSENCE, type Situation, STATUTS, type Statut, zSituation } from './situation.ts'
export { bulletinTexte } from './texte.ts'
export { rapport, verifierCas } from './verification/verifier.ts'
