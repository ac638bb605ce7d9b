/** Named rights, checked by the server in one place (`requireDroit`). */
export const DROITS = {
  'dossier.lire': 'Voir le dossier mensuel et son avancement',
  'pieces.deposer': 'Déposer des pièces justificatives',
  'pieces.lire': 'Lire les pièces justificatives',
  'pieces.traiter': 'Accepter ou refuser une pièce',
  'agents.lire': 'Voir les agents et leur carrière',
  'variables.saisir': 'Saisir les éléments variables du mois',
  'paie.calculer': 'Calculer la paie et l’envoyer à l’approbation',
  'paie.approuver': 'Approuver la paie au nom de l’employeur',
  'bulletins.lire': 'Voir les bulletins de paie',
  'portefeuille.lire': 'Voir son portefeuille de collectivités',
  'production.lancer': 'Lancer et suivre la paie de toutes les collectivités',
  'parametres.lire': 'Voir les paramètres légaux de la paie',
  'parametres.proposer': 'Proposer une valeur légale et simuler son effet',
  'parametres.publier': 'Publier ou refuser une valeur légale proposée par un autre',
  'exploitation.suivre': 'Suivre le fonctionnement de la plateforme',
} as const
export type Droit = keyof typeof DROITS

export const ROLES = {
  deposant: {
    libelle: 'Secrétaire',
    droits: ['dossier.lire', 'pieces.deposer', 'pieces.lire', 'agents.lire', 'bulletins.lire'],
  },
  ordonnateur: {
    libelle: 'Ordonnateur',
    droits: ['dossier.lire', 'pieces.lire', 'agents.lire', 'bulletins.lire', 'paie.approuver'],
  },
  lecteur: { libelle: 'Lecteur', droits: ['dossier.lire', 'agents.lire', 'bulletins.lire'] },
  agentPaye: { libelle: 'Agent', droits: [] },
  gestionnaire: { libelle: 'Gestionnaire de paie', droits: ['portefeuille.lire', 'parametres.lire'] },
  superviseur: {
    libelle: 'Superviseur',
    droits: ['portefeuille.lire', 'production.lancer', 'parametres.lire', 'parametres.proposer', 'parametres.publier'],
  },
  referentReglementaire: {
    libelle: 'Référent réglementaire',
    droits: ['parametres.lire', 'parametres.proposer', 'parametres.publier'],
  },
  administrateurTechnique: { libelle: 'Administrateur technique', droits: ['exploitation.suivre'] },
} as const satisfies Record<string, { libelle: string; droits: readonly Droit[] }>
export type Role = keyof typeof ROLES

/**
 * What an officer may do inside a member's data, by his portfolio. He prepares and never approves:
 * the visa belongs to the authority.
 */
export const DROITS_CHEZ_UN_CLIENT: readonly Droit[] = [
  'dossier.lire',
  'pieces.lire',
  'pieces.traiter',
  'agents.lire',
  'variables.saisir',
  'paie.calculer',
  'bulletins.lire',
]

export const droitsOf = (roles: Iterable<string>): Set<string> =>
  new Set([...roles].flatMap((r) => (r in ROLES ? ROLES[r as Role].droits : [])))
