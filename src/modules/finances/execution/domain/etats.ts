import { Refus } from '#socle/refus.ts'

export type EtatBordereau = 'aViser' | 'renvoye' | 'signe' | 'transmis' | 'accepte' | 'refuse'
export type ActeBordereau = 'signer' | 'renvoyer' | 'transmettre' | 'accepter' | 'refuser'

/** One table: the screens, the API and the answers of the comptable read it. */
export const TRANSITIONS_BORDEREAU: Record<EtatBordereau, Partial<Record<ActeBordereau, EtatBordereau>>> = {
  aViser: { signer: 'signe', renvoyer: 'renvoye' },
  renvoye: {},
  signe: { transmettre: 'transmis' },
  // an answer may come for a flux that was sent by hand
  transmis: { accepter: 'accepte', refuser: 'refuse' },
  accepte: {},
  refuse: {},
}

export type EtatSuivi =
  | 'signee'
  | 'transmise'
  | 'priseEnCharge'
  | 'suspendue'
  | 'rejetee'
  | 'partielle'
  | 'soldee'
  | 'annulee'
export type ActeSuivi = 'transmettre' | 'prendreEnCharge' | 'suspendre' | 'rejeter' | 'regler' | 'solder' | 'annuler'

const VIVANTE = {
  suspendre: 'suspendue',
  rejeter: 'rejetee',
  regler: 'partielle',
  solder: 'soldee',
  annuler: 'annulee',
} as const
export const TRANSITIONS_SUIVI: Record<EtatSuivi, Partial<Record<ActeSuivi, EtatSuivi>>> = {
  signee: { transmettre: 'transmise', prendreEnCharge: 'priseEnCharge', ...VIVANTE },
  transmise: { prendreEnCharge: 'priseEnCharge', ...VIVANTE },
  priseEnCharge: { ...VIVANTE },
  suspendue: { ...VIVANTE, prendreEnCharge: 'priseEnCharge' },
  partielle: { regler: 'partielle', solder: 'soldee', annuler: 'annulee' },
  // what is paid, refused or cancelled is over: a correction is another piece
  rejetee: {},
  soldee: {},
  annulee: {},
}

export const LIBELLES_BORDEREAU: Record<EtatBordereau, string> = {
  aViser: 'À signer',
  renvoye: 'Renvoyé',
  signe: 'Signé, à transmettre',
  transmis: 'Transmis au comptable',
  accepte: 'Reçu par le comptable',
  refuse: 'Refusé par Hélios',
}
export const LIBELLES_SUIVI: Record<EtatSuivi, string> = {
  signee: 'Signé',
  transmise: 'Transmis',
  priseEnCharge: 'Pris en charge',
  suspendue: 'En instance',
  rejetee: 'Rejeté',
  partielle: 'Réglé en partie',
  soldee: 'Soldé',
  annulee: 'Annulé',
}

export function nextBordereau(etat: EtatBordereau, acte: ActeBordereau): EtatBordereau {
  const next = TRANSITIONS_BORDEREAU[etat][acte]
  if (!next)
    throw new Refus(
      'bordereau.acteImpossible',
      `Cette action n’est pas possible : le bordereau est « ${LIBELLES_BORDEREAU[etat]} ».`,
    )
  return next
}
export const nextSuivi = (etat: EtatSuivi, acte: ActeSuivi): EtatSuivi | undefined => TRANSITIONS_SUIVI[etat][acte]
