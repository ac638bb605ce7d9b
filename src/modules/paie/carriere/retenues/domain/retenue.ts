import { euros, inEuros, min, subtract, ZERO } from '#socle/argent.ts'
import type { Situation } from '../../../calcul/index.ts'

export const TYPES_RETENUE = [
  'pensionAlimentaire',
  'saisieAdministrative',
  'saisie',
  'cession',
  'acompte',
  'mutuelle',
  'prevoyance',
  'autre',
] as const
export type TypeRetenue = (typeof TYPES_RETENUE)[number]
export const LIBELLES_RETENUE: Record<TypeRetenue, string> = {
  pensionAlimentaire: 'Pension alimentaire',
  saisieAdministrative: 'Saisie administrative à tiers détenteur',
  saisie: 'Saisie sur rémunération',
  cession: 'Cession de rémunération',
  acompte: 'Avance ou acompte à reprendre',
  mutuelle: 'Complémentaire santé',
  prevoyance: 'Prévoyance',
  autre: 'Prêt ou autre retenue convenue',
}
/** What a creditor takes by force: the law limits it to the share of the pay that may be seized. */
export const estOpposition = (t: TypeRetenue): boolean =>
  t === 'pensionAlimentaire' || t === 'saisieAdministrative' || t === 'saisie' || t === 'cession'

/** What the kind of deduction must say: how much a month, how much in all. */
export const DEMANDE: Record<TypeRetenue, { mensuel: boolean; total: boolean }> = {
  pensionAlimentaire: { mensuel: true, total: false },
  // a seizure takes each month what the law lets it take, until it is paid
  saisieAdministrative: { mensuel: false, total: true },
  saisie: { mensuel: false, total: true },
  cession: { mensuel: true, total: false },
  acompte: { mensuel: true, total: true },
  mutuelle: { mensuel: true, total: false },
  prevoyance: { mensuel: true, total: false },
  autre: { mensuel: true, total: false },
}

const CODES: Record<TypeRetenue, string> = {
  pensionAlimentaire: 'PENSION_ALIMENTAIRE',
  saisieAdministrative: 'SAISIE_ADMINISTRATIVE',
  saisie: 'SAISIE',
  cession: 'CESSION',
  acompte: 'REPRISE_ACOMPTE',
  mutuelle: 'MUTUELLE',
  prevoyance: 'PREVOYANCE',
  autre: 'RETENUE',
}
/** Code of its line on the payslips: its own, so that what it took is known for ever. */
export const codeRetenue = (r: { type: TypeRetenue; numero: number }): string => `${CODES[r.type]}_${r.numero}`

export type Retenue = {
  numero: number
  type: TypeRetenue
  libelle: string
  mensuel: string | null
  total: string | null
  personnesACharge: number
  partPatronale: string | null
}

/** What remains due before a month; null when it has no total. */
export const resteDu = (r: Retenue, pris: string): string | null =>
  r.total === null ? null : inEuros(subtract(euros(r.total), min(euros(r.total), euros(pris))))

/** As the engine takes it this month: the monthly amount, or what remains when it is less. Nothing once it is paid. */
export function retenueDuMois(r: Retenue, pris: string): NonNullable<Situation['retenues']>[number] | undefined {
  const reste = resteDu(r, pris)
  const montant =
    reste === null ? euros(r.mensuel!) : r.mensuel === null ? euros(reste) : min(euros(r.mensuel), euros(reste))
  if (montant <= ZERO) return undefined
  return {
    code: codeRetenue(r),
    libelle: r.libelle,
    type: r.type,
    montant: inEuros(montant),
    ...(r.personnesACharge > 0 && estOpposition(r.type) ? { personnesACharge: r.personnesACharge } : {}),
    ...(r.partPatronale !== null ? { partPatronale: r.partPatronale } : {}),
  }
}
