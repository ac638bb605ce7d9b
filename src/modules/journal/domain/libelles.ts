import type { EcritureVue } from '../contract.ts'

/** What people read for an act. An act without a line here is shown by its own name: nothing is hidden. */
const LIBELLES: Record<string, string> = {
  'session.ouvrir': 'Connexion',
  'session.refuser': 'Connexion refusée',
  'secondFacteur.refuser': 'Second facteur refusé',
  'secondFacteur.inscrire': 'Second facteur inscrit',
  'secondFacteur.retirer': 'Second facteur retiré',
  'secondFacteur.lever': 'Second facteur levé par l’exploitation',
  'verrou.refuser': 'Déverrouillage refusé',
  'session.verrouiller': 'Session verrouillée',
  'session.deverrouiller': 'Session déverrouillée',
  'session.fermer': 'Session fermée après trop d’essais',
  'motDePasse.demander': 'Nouveau mot de passe demandé',
  'droit.refuser': 'Action refusée : droit absent',
  'origine.refuser': 'Demande refusée : elle ne venait pas de la page',
  'coffre.demanderFermeture': 'Fermeture d’un coffre demandée',
  'coffre.annulerFermeture': 'Fermeture d’un coffre annulée',
  'coffre.fermer': 'Coffre fermé, documents supprimés',
  'coffre.geler': 'Coffre gelé : décès déclaré',
  'coffre.degeler': 'Coffre rendu : le décès était une erreur',
  'coffre.preparerRemise': 'Remise d’un coffre préparée',
  'coffre.accorderRemise': 'Remise d’un coffre accordée',
  'coffre.refuserRemise': 'Remise d’un coffre refusée',
  'coffre.remettre': 'Documents d’un coffre remis à la succession',
  'motDePasse.changer': 'Mot de passe changé',
  'compte.ouvrir': 'Compte ouvert par une lettre d’accès',
  'coffre.lettres': 'Lettres d’accès aux coffres éditées',
  'coffre.opposition': 'Demande de bulletins sur papier notée',
  'coffre.oppositionLevee': 'Demande de bulletins sur papier levée',
  'sante.lire': 'Lecture d’une pièce de santé',
  'cle.renouveler': 'Clé maître renouvelée par l’exploitation',
  'journal.exporter': 'Export du journal',
  'journal.verifier': 'Vérification du journal',
  'paie.approuver': 'Paie du mois approuvée',
  'paie.renvoyer': 'Paie du mois renvoyée au gestionnaire',
  'bordereau.signer': 'Bordereau signé',
  'bordereau.renvoyer': 'Bordereau renvoyé',
  'compte.proposer': 'Compte bancaire d’un agent proposé',
  'compte.confirmer': 'Compte bancaire d’un agent confirmé',
  'compte.refuser': 'Compte bancaire d’un agent refusé',
  'compte.retirer': 'Compte bancaire d’un agent retiré',
  'tiers.compte.accepter': 'Compte bancaire d’un tiers accepté',
  'tiers.compte.refuser': 'Compte bancaire d’un tiers refusé',
  'tiers.compte.retirer': 'Compte bancaire d’un tiers retiré',
  'budget.voter': 'Vote d’un budget enregistré',
  'budget.abandonner': 'Version d’un budget abandonnée',
  'budget.regler': 'Budget réglé',
  'compte.creer': 'Création d’un compte',
  'compte.suspendre': 'Compte suspendu',
  'compte.rouvrir': 'Compte rouvert',
  'role.donner': 'Rôle donné',
  'role.retirer': 'Rôle retiré',
  'soutien.demander': 'Demande de dépannage',
  'soutien.refuser': 'Demande de dépannage refusée',
  'soutien.accorder': 'Autorisation de dépannage accordée',
  'soutien.terminer': 'Autorisation de dépannage terminée',
  'portefeuille.creer': 'Portefeuille créé',
  'portefeuille.confier': 'Portefeuille confié à un gestionnaire',
  'portefeuille.affecter': 'Organisme mis dans un portefeuille',
  'jeton.creer': 'Création d’un jeton d’accès',
  'jeton.revoquer': 'Révocation d’un jeton d’accès',
}

/** Acts that only read. */
export const LECTURES = ['lire', 'sante.lire']

type Evenement = {
  le: string
  acte: string
  qui: { nom: string; via?: string }
  objet?: { type: string; id: string; libelle?: string }
  detail?: Record<string, unknown>
  sensible?: 'paie' | 'sante'
}

const VIAS: Record<string, string> = {
  portefeuille: 'gestionnaire de l’agence',
  supervision: 'superviseur de l’agence',
  soutien: 'technicien autorisé',
  jeton: 'jeton d’accès',
}

const textOf = (valeur: unknown): string =>
  typeof valeur === 'object' && valeur !== null ? JSON.stringify(valeur) : String(valeur)

/** An entry as people read it: the act in French, then what it is about. */
export function vueOf(e: { numero: number; evenement: string; empreinte: string }): EcritureVue {
  const v = JSON.parse(e.evenement) as Evenement
  const { resume, route, ...reste } = v.detail ?? {}
  return {
    numero: e.numero,
    le: v.le,
    nom: v.qui.nom,
    via: v.qui.via ? (VIAS[v.qui.via] ?? v.qui.via) : null,
    acte: v.acte,
    genre: LECTURES.includes(v.acte) ? 'lectures' : 'actes',
    libelle: typeof resume === 'string' ? resume : (LIBELLES[v.acte] ?? v.acte),
    objet: v.objet ? (v.objet.libelle ?? `${v.objet.type} ${v.objet.id}`) : null,
    detail:
      Object.entries(reste)
        .map(([cle, valeur]) => `${cle} : ${textOf(valeur)}`)
        .join(' ; ') || null,
    sensible: v.sensible ?? null,
    empreinte: e.empreinte,
  }
}
