/** Life of a monthly dossier: the buttons of the screens, the routes and the tests read this table. */
export type EtatDossier = 'ouvert' | 'calcule' | 'aApprouver' | 'renvoye' | 'approuve' | 'diffuse' | 'clos'
export type ActeDossier = 'calculer' | 'envoyer' | 'approuver' | 'renvoyer' | 'diffuser' | 'clore'

const TRANSITIONS: Record<EtatDossier, Partial<Record<ActeDossier, EtatDossier>>> = {
  ouvert: { calculer: 'calcule' },
  calcule: { calculer: 'calcule', envoyer: 'aApprouver' },
  aApprouver: { approuver: 'approuve', renvoyer: 'renvoye' },
  renvoye: { calculer: 'calcule' },
  approuve: { diffuser: 'diffuse' },
  diffuse: { clore: 'clos' },
  clos: {},
}

export const LIBELLES_ETAT: Record<EtatDossier, string> = {
  ouvert: 'Ouvert aux dépôts',
  calcule: 'Calculé, à contrôler',
  aApprouver: 'À approuver',
  renvoye: 'Renvoyé, à corriger',
  approuve: 'Approuvé',
  diffuse: 'Bulletins remis',
  clos: 'Clos',
}

/** The right that each act asks for. `diffuser` is done by the platform once the visa is given. */
export const DROIT_ACTE: Record<ActeDossier, string> = {
  calculer: 'paie.calculer',
  envoyer: 'paie.calculer',
  approuver: 'paie.approuver',
  renvoyer: 'paie.approuver',
  diffuser: 'paie.calculer',
  clore: 'paie.calculer',
}

export const nextEtat = (etat: EtatDossier, acte: ActeDossier): EtatDossier | undefined => TRANSITIONS[etat][acte]

export const allowedActes = (etat: EtatDossier): ActeDossier[] => Object.keys(TRANSITIONS[etat]) as ActeDossier[]

/** Variables and careers of the month may still change: what the ordonnateur reads does not move under his eyes. */
export const estModifiable = (etat: EtatDossier): boolean =>
  etat === 'ouvert' || etat === 'calcule' || etat === 'renvoye'
