import { addJours, addMois, dernierJour, type Jour, joursBetween, type Mois, premierJour } from '#socle/dates.ts'

/** Steps of a month of pay, in their order. */
export const ETAPES = [
  'ouverture',
  'limiteDepot',
  'completude',
  'calcul',
  'approbation',
  'mandatement',
  'paiement',
  'dsn',
] as const
export type Etape = (typeof ETAPES)[number]

/** Settings of a body. Days are days of the month of pay, but `ouverture` (month before) and `dsn` (month after). */
export type ReglageCalendrier = {
  jours: Record<Etape, number>
  /** Working days by which August and December are earlier, from the cut-off to the payment. */
  avanceAout: number
  avanceDecembre: number
  /** Days when the body or its comptable is closed, beyond week-ends and holidays. */
  joursFermes: readonly string[]
}

export const reglageParDefaut = (jourLimiteDepot: number): ReglageCalendrier => ({
  jours: {
    ouverture: 20,
    limiteDepot: jourLimiteDepot,
    completude: Math.max(7, jourLimiteDepot + 1),
    calcul: Math.max(10, jourLimiteDepot + 2),
    approbation: Math.max(12, jourLimiteDepot + 4),
    mandatement: Math.max(15, jourLimiteDepot + 6),
    paiement: 27,
    dsn: 5,
  },
  avanceAout: 0,
  avanceDecembre: 0,
  joursFermes: [],
})

/** Easter Sunday (anonymous Gregorian computus). */
export function paques(annee: number): Jour {
  const a = annee % 19
  const b = Math.floor(annee / 100)
  const c = annee % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return `${annee}-${String(Math.floor(n / 31)).padStart(2, '0')}-${String((n % 31) + 1).padStart(2, '0')}` as Jour
}

/** Fêtes légales: code du travail, art. L3133-1. */
export function joursFeries(annee: number): Set<string> {
  const p = paques(annee)
  return new Set([
    ...['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'].map((j) => `${annee}-${j}`),
    ...[1, 39, 50].map((n) => addJours(p, n)),
  ])
}

const LUNDI = '2024-01-01' as Jour
const isWeekEnd = (j: Jour) => ((joursBetween(LUNDI, j) % 7) + 7) % 7 >= 5
export const isOuvre = (j: Jour, fermes: ReadonlySet<string>): boolean =>
  !isWeekEnd(j) && !fermes.has(j) && !joursFeries(Number(j.slice(0, 4))).has(j)

function reculer(j: Jour, fermes: ReadonlySet<string>, ouvres = 0): Jour {
  let jour = j
  let reste = ouvres
  for (;;) {
    while (!isOuvre(jour, fermes)) jour = addJours(jour, -1)
    if (reste-- <= 0) return jour
    jour = addJours(jour, -1)
  }
}
function avancer(j: Jour, fermes: ReadonlySet<string>): Jour {
  let jour = j
  while (!isOuvre(jour, fermes)) jour = addJours(jour, 1)
  return jour
}

const leJour = (m: Mois, jour: number): Jour => {
  const fin = dernierJour(m)
  return [addJours(premierJour(m), jour - 1), fin].sort()[0]!
}

/**
 * Dates of one month: the last working day at or before the day of the settings, earlier in August and December. Two
 * steps of the agency never fall on the same day before the payment: what follows waits for the next working day.
 */
export function calculerCalendrier(reglage: ReglageCalendrier, mois: Mois): Record<Etape, Jour> {
  const fermes = new Set(reglage.joursFermes)
  const avance = mois.endsWith('-08') ? reglage.avanceAout : mois.endsWith('-12') ? reglage.avanceDecembre : 0
  const dates = {} as Record<Etape, Jour>
  let precedent: Jour | undefined
  for (const etape of ETAPES) {
    const m = etape === 'ouverture' ? addMois(mois, -1) : etape === 'dsn' ? addMois(mois, 1) : mois
    const decale = etape === 'ouverture' || etape === 'dsn' ? 0 : avance
    let jour = reculer(leJour(m, reglage.jours[etape]), fermes, decale)
    if (precedent && jour <= precedent) jour = avancer(addJours(precedent, 1), fermes)
    dates[etape] = jour
    precedent = jour
  }
  return dates
}
