import type { zSuivi } from '../contract.ts'

export type Suivi = (typeof zSuivi)['_output']
export type Reste =
  | 'bloquant'
  | 'renvoyee'
  | 'calculer'
  | 'recalculer'
  | 'envoyer'
  | 'completer'
  | 'approuver'
  | 'remettre'
  | 'fini'

/** In the order of the screen: what stops, what is late, what waits for us, then what waits for others. */
export const RESTES: readonly Reste[] = [
  'bloquant',
  'renvoyee',
  'calculer',
  'recalculer',
  'envoyer',
  'completer',
  'approuver',
  'remettre',
  'fini',
]

/** The next act that the month of this body waits for. */
export function resteAFaire(s: Suivi): Reste {
  const paye = s.etat === 'diffuse' || s.etat === 'clos' || s.etat === 'approuve'
  if (paye && s.complements > 0) return 'completer'
  if (s.etat === 'diffuse' || s.etat === 'clos') return 'fini'
  if (s.etat === 'approuve') return 'remettre'
  if (s.etat === 'aApprouver') return 'approuver'
  if (s.bloquantes > 0) return 'bloquant'
  if (s.etat === 'renvoye') return 'renvoyee'
  if (s.etat === 'ouvert') return 'calculer'
  return s.estPerime ? 'recalculer' : 'envoyer'
}

const chezNous: ReadonlySet<Reste> = new Set(['bloquant', 'renvoyee', 'calculer', 'recalculer', 'envoyer'])

/** The day to be ready is behind us and the month has not been sent. */
export const estEnRetard = (s: Suivi, aujourdhui: string): boolean =>
  s.dateLimite !== null && s.dateLimite < aujourdhui && chezNous.has(resteAFaire(s))

/** Blocked and late first; then by what is left to do, by date, by name. */
export function parUrgence(suivis: readonly Suivi[], aujourdhui: string): Suivi[] {
  const rang = (s: Suivi) => {
    const reste = resteAFaire(s)
    return (reste === 'bloquant' ? 0 : estEnRetard(s, aujourdhui) ? 10 : 20) + RESTES.indexOf(reste)
  }
  return suivis.toSorted(
    (a, b) =>
      rang(a) - rang(b) ||
      (a.dateLimite ?? '9999').localeCompare(b.dateLimite ?? '9999') ||
      a.nom.localeCompare(b.nom, 'fr'),
  )
}
