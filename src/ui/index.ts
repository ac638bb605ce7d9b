/** Everything a screen needs. Modules import this and nothing of the component library under it. */

export type { Progression } from '#socle/progression.ts'
export { adresse, appeler, Probleme, telecharger, telechargerPar } from './api/client.ts'
export { envoyerFichier } from './api/envoi.ts'
export { useProgression } from './api/evenements.ts'
export { useAction, useApi, useInvalidation } from './api/hooks.ts'
export { effacerBrouillon, garderBrouillon, lireBrouillon } from './champs/brouillon.ts'
export { type ProprietesChamp, useChamp } from './champs/contexte.ts'
export { Formulaire, GroupeChamps } from './champs/formulaire.tsx'
export {
  ChampDuree,
  ChampIban,
  ChampJour,
  ChampMois,
  ChampMontant,
  ChampNir,
  ChampNombre,
  ChampSiren,
  ChampSiret,
  ChampTaux,
} from './champs/lus.tsx'
export {
  ChampCase,
  ChampChoix,
  ChampChoixMultiple,
  ChampMotDePasse,
  ChampOptions,
  ChampTexte,
  ChampTexteLong,
  type Choix,
  Interrupteur,
} from './champs/simples.tsx'
export { Bouton, BoutonIcone, BoutonLien } from './composants/bouton.tsx'
export { Chronologie, type Fait } from './composants/chronologie.tsx'
export { Confirmation } from './composants/confirmation.tsx'
export { DepotFichiers } from './composants/depot.tsx'
export { Encart, Etat } from './composants/etat.tsx'
export { BarreBrutNet, Graphique } from './composants/graphique.tsx'
export { ListeDetail } from './composants/liste-detail.tsx'
export { Page } from './composants/page.tsx'
export { type Explication, Explique, Pourquoi } from './composants/pourquoi.tsx'
export { BarreProgression } from './composants/progression.tsx'
export { Ecart, Jour, Mois, Montant, Taux } from './composants/valeurs.tsx'
export { EtatVide } from './composants/vide.tsx'
export { VisionneuseDocument } from './composants/visionneuse.tsx'
export { alerter, annulable, signaler } from './coquille/avis.tsx'
export type {
  EntreeRail,
  FournisseurPalette,
  FournisseurTaches,
  Groupe,
  ModuleUi,
  PageModule,
  ResultatPalette,
  Tache,
} from './coquille/module.ts'
export { Lien, useAller, useParametres, useRecherche } from './coquille/navigation.tsx'
export { usePanneau } from './coquille/panneau.tsx'
export {
  hasDroit,
  type OrganismeSession,
  type Session,
  useOrganisme,
  useSession,
  type Vue,
} from './coquille/session.tsx'
export { useTravaux } from './coquille/travaux.tsx'
export {
  aujourdhuiAParis,
  deMois,
  formatDepuis,
  formatInstant,
  formatJour,
  formatJourLong,
  formatMois,
} from './format/jour.ts'
export { compter, formatMontant, formatNombre, formatOctets, formatTaux } from './format/nombre.ts'
export { formatDuree } from './format/saisie.ts'
export { Grille, useGrille } from './grille/grille.tsx'
export { appliquer, type ColonneGrille, type LigneGrille, type Modification } from './grille/modele.ts'
export type { Colonne, Genre } from './tableau/colonnes.ts'
export { useEtatTableau } from './tableau/etat.ts'
export { useLignes } from './tableau/modele.ts'
export { Tableau } from './tableau/tableau.tsx'
export type { NomEtat } from './theme/jetons.ts'
