import { addMoisToJour, type Jour } from '#socle/dates.ts'

/** A mandate that debited nobody for so long is void (SEPA core rule book; general knowledge, to be read again). */
const MOIS_DE_VIE = 36

export type Sequence = '01' | '02' | '03' // OOFF, FRST, RCUR
export type MandatUtilise = {
  etat: 'propose' | 'actif' | 'refuse' | 'revoque'
  estRecurrent: boolean
  signeLe: Jour
  /** The last debit that was ordered. */
  dernierLe: Jour | null
  /** Debits ordered and not given back by the bank. */
  presentations: number
}
export const finOf = (m: Pick<MandatUtilise, 'signeLe' | 'dernierLe'>): Jour =>
  addMoisToJour(m.dernierLe ?? m.signeLe, MOIS_DE_VIE)

/** Why this mandate debits nothing that day, or how the debit is presented. */
export function sequenceOf(m: MandatUtilise, le: Jour): { sequence: Sequence } | { refus: string } {
  if (m.etat === 'propose') return { refus: 'il n’a pas été contrôlé par une deuxième personne' }
  if (m.etat !== 'actif') return { refus: 'il est révoqué ou refusé' }
  if (m.signeLe > le) return { refus: 'il est signé après le prélèvement' }
  if (finOf(m) <= le) return { refus: 'il n’a pas servi depuis 36 mois : il est caduc' }
  if (!m.estRecurrent) return m.presentations > 0 ? { refus: 'il ne valait que pour une fois' } : { sequence: '01' }
  return { sequence: m.presentations > 0 ? '03' : '02' }
}
