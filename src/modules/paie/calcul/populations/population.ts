import type { Contexte } from '../moteur/contexte.ts'

/**
 * One set of rules: the gains, then the contributions (CSG included) of a population. What follows (tax, retenues, net)
 * is common. A population that has its own tax base gives it.
 */
export type Population = {
  code: string
  libelle: string
  /** Pension fund that the rules give. */
  caisse: 'CNRACL' | 'IRCANTEC' | 'AGIRC_ARRCO'
  /** Blocking findings on what this population alone needs. */
  controler?: (c: Contexte) => void
  gains: (c: Contexte) => void
  cotisations: (c: Contexte) => void
  /** Base of the withholding tax when it is not the net imposable. */
  basePas?: (c: Contexte, netImposable: bigint) => bigint
}
