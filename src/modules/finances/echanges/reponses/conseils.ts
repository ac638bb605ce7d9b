import type { Erreur } from './lire.ts'

/** The anomalies of an ACQUIT (codes of the official schema), in plain words, with what to do. */
const CONSEILS: Record<string, [probleme: string, faire: string]> = {
  ERREUR_ENCODING: ['L’encodage du fichier n’est pas reconnu.', 'Régénérez le flux, puis renvoyez-le.'],
  ERREUR_FLUX_VIDE: ['Le flux ne contient rien.', 'Régénérez le flux, puis renvoyez-le.'],
  ERREUR_SCHEMA_INCOMPLET: [
    'Le flux ne respecte pas le schéma.',
    'Vérifiez avec le comptable la version de PES attendue (Finances, Réglages), puis régénérez le flux.',
  ],
  ERREUR_CODIFICATION: ['Un code n’est pas admis.', 'Corrigez la pièce nommée, puis réémettez le bordereau.'],
  ERREUR_CODIQUE: [
    'Le codique n’est pas celui du comptable.',
    'Corrigez le codique du budget, puis régénérez le flux.',
  ],
  ERREUR_SIRET: [
    'Le SIRET n’est pas celui que le comptable connaît pour ce budget.',
    'Corrigez le SIRET du budget, puis régénérez le flux.',
  ],
  ERREUR_CODE_COLLECTIVITE_BUDGET: [
    'Le code collectivité ou le code budget est inconnu du comptable.',
    'Demandez-lui ces deux codes, corrigez le budget, puis régénérez le flux.',
  ],
  ERREUR_VERSION_PES: [
    'La version du PES n’est pas admise.',
    'Changez la version (Finances, Réglages), puis régénérez le flux.',
  ],
  ERREUR_VERSION_PJ: [
    'La version des pièces jointes n’est pas admise.',
    'Changez la version (Finances, Réglages), puis régénérez le flux.',
  ],
  ERREUR_DOUBLON_BORDEREAU: [
    'Ce numéro de bordereau a déjà été reçu.',
    'Ne renvoyez pas ce bordereau : réémettez ses pièces sur un nouveau bordereau, avec de nouveaux numéros.',
  ],
  ERREUR_DOUBLON_PIECE: ['Ce numéro de pièce a déjà été reçu.', 'Réémettez la pièce : elle prendra un nouveau numéro.'],
  ERREUR_DOUBLON_LIGNE: ['Deux lignes ont le même numéro.', 'Réémettez la pièce.'],
  ERREUR_DOUBLON_PJ: [
    'Une pièce jointe porte un identifiant déjà reçu.',
    'Retirez la pièce jointe et joignez-la à nouveau, puis réémettez.',
  ],
  ERREUR_MONTANT_TVA_ZERO_NEGATIF: [
    'Une TVA est nulle ou négative.',
    'Corrigez la TVA de la pièce, puis réémettez-la.',
  ],
  ERREUR_CUMUL_MONTANTS: [
    'Le total du bordereau n’est pas la somme de ses pièces.',
    'Réémettez le bordereau et prévenez l’assistance.',
  ],
  ERREUR_PJ: ['Une pièce jointe est absente ou illisible.', 'Joignez-la à nouveau, puis réémettez.'],
  ERREUR_PJ_SIGNEE: [
    'Une pièce jointe porte une signature qui n’est pas admise.',
    'Joignez-la sans signature, puis réémettez.',
  ],
  ERREUR_TAILLE_BORDEREAUX: ['Il y a trop de bordereaux dans le flux.', 'Envoyez-les en plusieurs fois.'],
  ERREUR_TAILLE_PIECE: ['Il y a trop de pièces dans le bordereau.', 'Réémettez les pièces sur plusieurs bordereaux.'],
  ERREUR_TAILLE_LIGNE: ['Il y a trop de lignes dans une pièce.', 'Réémettez la pièce en plusieurs pièces.'],
  ERREUR_CERTIFICAT: [
    'Le certificat de signature n’est pas admis.',
    'Faites signer à nouveau avec un certificat en cours de validité.',
  ],
  ERREUR_TIMEOUT: [
    'Le traitement a été trop long.',
    'Renvoyez le flux ; si le refus se répète, envoyez moins de pièces à la fois.',
  ],
  ERREUR_CONNECTION_IMPOSSIBLE_A_LA_BASE: [
    'Hélios n’était pas disponible.',
    'Renvoyez le flux plus tard, sans le changer.',
  ],
}
const SIGNATURE: [string, string] = [
  'La signature est absente, illisible ou incomplète.',
  'Faites signer à nouveau le bordereau, puis renvoyez-le.',
]

export function expliquer(e: Erreur): { code: string; probleme: string; faire: string } {
  const connu = CONSEILS[e.code] ?? (/SIGNATURE/.test(e.code) ? SIGNATURE : undefined)
  return {
    code: e.code,
    probleme: connu
      ? e.libelle
        ? `${connu[0]} Hélios dit : « ${e.libelle} ».`
        : connu[0]
      : e.libelle || 'Refus sans motif.',
    faire: connu?.[1] ?? 'Demandez le détail au comptable, corrigez, puis réémettez.',
  }
}

/** What to do of a piece that the comptable rejected or put on hold. */
export const FAIRE = {
  rejetee:
    'Corrigez la pièce selon le motif, puis réémettez-la : elle prendra un nouveau numéro sur un nouveau bordereau.',
  suspendue: 'Répondez au comptable (pièce manquante, précision) : la pièce reste valable, ne la réémettez pas.',
  aEmettre: {
    D: 'Le comptable a déjà payé : émettez le mandat après paiement (débit d’office).',
    R: 'Le comptable a déjà encaissé : émettez le titre après encaissement (P503).',
  },
} as const
