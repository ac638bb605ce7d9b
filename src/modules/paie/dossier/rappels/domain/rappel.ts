import { addMois, type Jour, type Mois, moisOf, premierJour } from '#socle/dates.ts'

/** Where a rappel comes from. */
export type OrigineRappel = 'depotTardif' | 'carriere' | 'gestionnaire'
/**
 * aTraiter: the officer has it in her list. saisi: variables of the past month are entered. recalcul: the past months are
 * computed again from the career as it is now. dansLeMois: taken in time after all. sansSuite: nothing to pay, with the reason.
 */
export type EtatRappel = 'aTraiter' | 'saisi' | 'recalcul' | 'dansLeMois' | 'sansSuite'
export type ActeRappel = 'saisir' | 'recalculer' | 'prendreDansLeMois' | 'classer' | 'reprendre'

const TRANSITIONS: Record<EtatRappel, Partial<Record<ActeRappel, EtatRappel>>> = {
  aTraiter: { saisir: 'saisi', recalculer: 'recalcul', prendreDansLeMois: 'dansLeMois', classer: 'sansSuite' },
  saisi: { reprendre: 'aTraiter' },
  recalcul: { reprendre: 'aTraiter' },
  dansLeMois: { reprendre: 'aTraiter' },
  sansSuite: { reprendre: 'aTraiter' },
}
export const nextEtatRappel = (etat: EtatRappel, acte: ActeRappel): EtatRappel | undefined => TRANSITIONS[etat][acte]
export const allowedActesRappel = (etat: EtatRappel): ActeRappel[] => Object.keys(TRANSITIONS[etat]) as ActeRappel[]

/**
 * The rappel that a deposit opens by itself: after the cut-off the month may go without the paper, so the next one
 * settles it; a paper whose effect is in a month already paid is settled in the month of the deposit.
 */
export function rappelDuDepot(d: {
  mois: Mois
  effet: Jour | null
  aujourdhui: Jour
  dateLimite: Jour | null
  /** Months of the body that no longer change. */
  figes: ReadonlySet<string>
}): { mois: Mois; effet: Jour } | undefined {
  const effet = d.effet ?? premierJour(d.mois)
  if (d.effet && moisOf(d.effet) < d.mois && d.figes.has(moisOf(d.effet))) return { mois: d.mois, effet }
  const tardif = d.figes.has(d.mois) || (d.dateLimite !== null && d.aujourdhui > d.dateLimite)
  return tardif ? { mois: addMois(d.mois, 1), effet } : undefined
}

/** Months to compute again, from the effect to the one before the payment, among those already paid. */
export function moisACorriger(effet: Mois, mois: Mois, figes: ReadonlySet<string>): Mois[] {
  const liste: Mois[] = []
  for (let m = effet; m < mois; m = addMois(m, 1)) if (figes.has(m)) liste.push(m)
  return liste
}
