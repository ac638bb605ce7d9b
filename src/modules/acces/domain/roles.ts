/** Named rights, checked by the server in one place (`requireDroit`). */
export const DROITS = {
  'dossier.lire': 'Voir le dossier mensuel et son avancement',
  'pieces.deposer': 'Déposer des pièces justificatives',
  'pieces.lire': 'Lire les pièces justificatives',
  'pieces.traiter': 'Accepter ou refuser une pièce',
  'agents.lire': 'Voir les agents et leur carrière',
  'carrieres.modifier': 'Modifier la carrière, l’identité et le compte bancaire des agents',
  'comptes.confirmer': 'Confirmer un compte bancaire proposé par une autre personne',
  'variables.saisir': 'Saisir les éléments variables du mois',
  'conseils.publier': 'Publier pour tous les membres une réponse de conseil',
  'paie.calculer': 'Calculer la paie et l’envoyer à l’approbation',
  'paie.approuver': 'Approuver la paie au nom de l’employeur',
  'bulletins.lire': 'Voir les bulletins de paie',
  'portefeuille.lire': 'Voir son portefeuille de collectivités',
  'production.lancer': 'Lancer et suivre la paie de toutes les collectivités',
  'parametres.lire': 'Voir les paramètres légaux de la paie',
  'parametres.proposer': 'Proposer une valeur légale et simuler son effet',
  'parametres.publier': 'Publier ou refuser une valeur légale proposée par un autre',
  'finances.lire': 'Voir les budgets, les mandats et les titres',
  'finances.demander': 'Demander des crédits pour son service',
  'finances.preparer': 'Préparer le budget et ses décisions modificatives',
  'finances.voter': 'Enregistrer le vote d’un budget après la délibération',
  'finances.engager': 'Engager une dépense',
  'finances.liquider': 'Liquider, mandater, émettre un titre',
  'finances.viser': 'Signer les bordereaux au nom de l’ordonnateur',
  'finances.administrer': 'Régler les budgets, les services, les tiers et leurs comptes bancaires',
  'sante.lire': 'Lire les pièces de santé',
  'journal.lire': 'Lire le journal de l’organisme et l’exporter',
  'acces.administrer': 'Créer des comptes, donner et retirer des rôles et des jetons',
  'soutien.accorder': 'Autoriser un dépannage par l’agence, et y mettre fin',
  'comptes.suspendre': 'Suspendre un compte de la plateforme, et le rouvrir',
  'soutien.demander': 'Demander à entrer chez un membre pour un dépannage',
  'coffre.administrer': 'Remettre aux agents l’accès à leur coffre, noter qui demande du papier',
  'coffre.succession': 'Geler le coffre d’une personne décédée et en remettre les documents, à deux',
  'coffre.controler': 'Vérifier l’intégrité de tous les documents, sans les ouvrir',
  'identite.regler': 'Régler ProConnect et FranceConnect',
  'exploitation.suivre': 'Suivre le fonctionnement de la plateforme',
} as const
export type Droit = keyof typeof DROITS

/** All of the finances but the signature, which belongs to the ordonnateur. */
const TENIR_LES_FINANCES = [
  'finances.lire',
  'finances.demander',
  'finances.preparer',
  'finances.voter',
  'finances.engager',
  'finances.liquider',
  'finances.administrer',
] as const

export const ROLES = {
  deposant: {
    libelle: 'Secrétaire',
    droits: [
      'dossier.lire',
      'pieces.deposer',
      'pieces.lire',
      'sante.lire',
      'agents.lire',
      'bulletins.lire',
      'coffre.administrer',
      ...TENIR_LES_FINANCES,
    ],
  },
  ordonnateur: {
    libelle: 'Ordonnateur',
    droits: [
      'dossier.lire',
      'pieces.lire',
      'agents.lire',
      'comptes.confirmer',
      'bulletins.lire',
      'paie.approuver',
      'finances.lire',
      'finances.viser',
      'soutien.accorder',
    ],
  },
  lecteur: { libelle: 'Lecteur', droits: ['dossier.lire', 'agents.lire', 'bulletins.lire', 'finances.lire'] },
  responsableFinances: { libelle: 'Responsable des finances', droits: TENIR_LES_FINANCES },
  gestionnaireCredits: {
    libelle: 'Gestionnaire de crédits d’un service',
    droits: ['finances.lire', 'finances.demander', 'finances.engager'],
  },
  administrateur: {
    libelle: 'Administrateur de l’organisme',
    droits: ['journal.lire', 'acces.administrer', 'soutien.accorder', 'coffre.administrer'],
  },
  agentPaye: { libelle: 'Agent', droits: [] },
  gestionnaire: { libelle: 'Gestionnaire de paie', droits: ['portefeuille.lire', 'parametres.lire'] },
  superviseur: {
    libelle: 'Superviseur',
    droits: [
      'portefeuille.lire',
      'production.lancer',
      'parametres.lire',
      'parametres.proposer',
      'parametres.publier',
      'coffre.succession',
    ],
  },
  referentReglementaire: {
    libelle: 'Référent réglementaire',
    droits: ['parametres.lire', 'parametres.proposer', 'parametres.publier', 'coffre.succession'],
  },
  administrateurTechnique: {
    libelle: 'Administrateur technique',
    droits: [
      'exploitation.suivre',
      'identite.regler',
      'coffre.controler',
      'journal.lire',
      'acces.administrer',
      'comptes.suspendre',
      'soutien.demander',
    ],
  },
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
  'sante.lire',
  'agents.lire',
  'carrieres.modifier',
  'comptes.confirmer',
  'variables.saisir',
  'conseils.publier',
  'paie.calculer',
  'bulletins.lire',
]

/** What a technician may do inside a member's data while a grant lasts. He never approves, and sees no health paper. */
export const DROITS_DE_SOUTIEN: Record<'lecture' | 'saisie', readonly Droit[]> = {
  lecture: ['dossier.lire', 'pieces.lire', 'agents.lire', 'bulletins.lire', 'finances.lire'],
  saisie: [
    'dossier.lire',
    'pieces.lire',
    'pieces.traiter',
    'agents.lire',
    'bulletins.lire',
    'variables.saisir',
    'finances.lire',
  ],
}

/** Roles of the agency's own people; every other role is for a member. The technician and the agent are in both worlds. */
const ROLES_AGENCE: readonly string[] = [
  'gestionnaire',
  'superviseur',
  'referentReglementaire',
  'administrateurTechnique',
]
export const rolesPossibles = (estAgence: boolean): Role[] =>
  (Object.keys(ROLES) as Role[]).filter((r) => r === 'agentPaye' || ROLES_AGENCE.includes(r) === estAgence)

/** What only a person does: a program never decides for the authority, nor on who may do what. */
const DROITS_D_UNE_PERSONNE: readonly string[] = [
  'paie.approuver',
  'comptes.confirmer',
  'finances.viser',
  'finances.voter',
  'parametres.publier',
  'acces.administrer',
  'soutien.accorder',
  'soutien.demander',
  'comptes.suspendre',
  'identite.regler',
  'coffre.succession',
  'sante.lire',
]
export const droitsDeJeton = (estAgence: boolean): Droit[] => {
  const utiles = new Set(rolesPossibles(estAgence).flatMap((r): readonly Droit[] => ROLES[r].droits))
  return (Object.keys(DROITS) as Droit[]).filter((d) => utiles.has(d) && !DROITS_D_UNE_PERSONNE.includes(d))
}

export const libelleRole = (role: string): string => (role in ROLES ? ROLES[role as Role].libelle : role)

export const droitsOf = (roles: Iterable<string>): Set<string> =>
  new Set([...roles].flatMap((r) => (r in ROLES ? ROLES[r as Role].droits : [])))
