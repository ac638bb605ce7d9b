import { addJours, dernierJour, formatJour, type Jour, type Mois, premierJour } from '#socle/dates.ts'

type Regle = {
  libelle: string
  /** Paid by this body; otherwise nothing is paid between its two dates. */
  estPaye: boolean
  /** Time spent in it counts for the next échelon. */
  compteEchelon: boolean
  /** Open to the contractuels too. */
  contractuels: boolean
  /** What it does to the pay, for who chooses it. */
  effet: string
  texte: string
  source: string
  verifie: boolean
}

/**
 * Positions other than the activité (CGFP, article L. 511-1), and the mise à disposition, which is one form of the
 * activité. National service and the reserve are leaves, no longer positions.
 */
export const POSITIONS = {
  miseADisposition: {
    libelle: 'Mise à disposition',
    estPaye: true,
    compteEchelon: true,
    contractuels: true,
    effet: 'La paie continue ici ; l’organisme d’accueil rembourse selon la convention.',
    texte: 'CGFP, article L. 512-6',
    source: 'cdg81.fr et cdg976.fr, « Positions administratives »',
    verifie: true,
  },
  detachement: {
    libelle: 'Détachement auprès d’un autre employeur',
    estPaye: false,
    compteEchelon: true,
    contractuels: false,
    effet: 'L’organisme d’accueil paie. Rien n’est versé ici, primes et SFT compris ; l’avancement continue.',
    texte: 'CGFP, articles L. 513-1 à L. 513-3',
    source: 'cdg81.fr, « Positions administratives »',
    verifie: true,
  },
  detachementEntrant: {
    libelle: 'Détachement dans la collectivité',
    estPaye: true,
    compteEchelon: true,
    contractuels: false,
    effet: 'L’agent est payé ici, sur l’emploi de détachement saisi dans sa situation.',
    texte: 'CGFP, articles L. 513-1 à L. 513-3',
    source: 'cdg81.fr, « Positions administratives »',
    verifie: true,
  },
  disponibilite: {
    libelle: 'Disponibilité',
    estPaye: false,
    compteEchelon: false,
    contractuels: false,
    effet: 'Ni traitement, ni primes, ni SFT. L’avancement s’arrête, sauf exceptions à vérifier.',
    texte: 'CGFP, article L. 514-1',
    source: 'cdg976.fr, « Positions administratives »',
    verifie: true,
  },
  congeParental: {
    libelle: 'Congé parental',
    estPaye: false,
    compteEchelon: true,
    contractuels: true,
    effet: 'Rien n’est versé ici. L’avancement d’échelon continue.',
    texte: 'CGFP, article L. 515-1',
    source: 'connaissance générale',
    verifie: false,
  },
} as const satisfies Record<string, Regle>
export type Position = keyof typeof POSITIONS
export const CODES_POSITION = Object.keys(POSITIONS) as [Position, ...Position[]]
export const SANS_PAIE = CODES_POSITION.filter((p) => !POSITIONS[p].estPaye)
export const SANS_ANCIENNETE = CODES_POSITION.filter((p) => !POSITIONS[p].compteEchelon)

export type PositionTenue = { depuis: Jour; jusqua: Jour | null; position: Position; motif: string; accueil: string }
/** A change of position; `activite` ends the one in force. */
export type ChangementPosition = Omit<PositionTenue, 'position'> & { position: Position | 'activite' }

const apres = (a: Jour | null, b: Jour): boolean => a === null || a > b

/**
 * The positions once a change is made: until its end, after which what it covered comes back, or until the next one that
 * is known.
 */
export function insererPosition(positions: readonly PositionTenue[], c: ChangementPosition): PositionTenue[] {
  const fin = c.jusqua ?? positions.find((p) => p.depuis > c.depuis)?.depuis ?? null
  const avant = positions.flatMap((p) =>
    p.depuis >= c.depuis ? [] : [{ ...p, jusqua: apres(p.jusqua, c.depuis) ? c.depuis : p.jusqua }],
  )
  const ensuite = positions.flatMap((p) =>
    fin !== null && apres(p.jusqua, fin) ? [{ ...p, depuis: [p.depuis, fin].sort()[1]! }] : [],
  )
  const { position, ...dates } = c
  return [...avant, ...(position === 'activite' ? [] : [{ ...dates, position, jusqua: fin }]), ...ensuite]
}

/** A position lasts as long as the post at most. */
export const bornerPositions = (positions: readonly PositionTenue[], sortie: Jour): PositionTenue[] =>
  positions.filter((p) => p.depuis < sortie).map((p) => ({ ...p, jusqua: apres(p.jusqua, sortie) ? sortie : p.jusqua }))

/** No day of the month that the post lasts is paid here. */
export function horsPaie(positions: readonly PositionTenue[], entree: Jour, sortie: Jour | null, mois: Mois): boolean {
  const fin = addJours(dernierJour(mois), 1)
  const dernier = sortie !== null && sortie < fin ? sortie : fin
  let couvert = entree > premierJour(mois) ? entree : premierJour(mois)
  for (const p of positions) {
    if (POSITIONS[p.position].estPaye || !apres(p.jusqua, couvert)) continue
    if (p.depuis > couvert) break
    couvert = p.jusqua ?? dernier
  }
  return couvert >= dernier
}

/** What was entered for the month to be paid whatever the position: a prime of the past year, hours done before. */
export const resteAPayer = (variables: readonly { nature: string }[]): boolean =>
  variables.some((v) => v.nature !== 'absence')

/** « Disponibilité, du 01/11/2025 au 31/10/2026 » */
export function describePosition(p: Pick<ChangementPosition, 'position' | 'depuis' | 'jusqua' | 'accueil'>): string {
  const libelle = p.position === 'activite' ? 'Activité' : POSITIONS[p.position].libelle
  const dates = p.jusqua
    ? `du ${formatJour(p.depuis)} au ${formatJour(addJours(p.jusqua, -1))}`
    : `à compter du ${formatJour(p.depuis)}`
  return `${libelle}${p.accueil ? ` (${p.accueil})` : ''}, ${dates}`
}
