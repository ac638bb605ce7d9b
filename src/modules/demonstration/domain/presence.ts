import { dernierJour, type Mois, premierJour } from '#socle/dates.ts'
import type { Carriere } from './types.ts'

/** Careers that have a payslip that month. */
export const carrieresToPay = (carrieres: readonly Carriere[], mois: Mois): Carriere[] =>
  carrieres.filter((c) => c.entree <= dernierJour(mois) && (c.sortie === null || c.sortie > premierJour(mois)))
