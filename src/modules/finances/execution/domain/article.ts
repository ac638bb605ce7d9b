import type { Plan } from '../../nomenclature/domain/plan.ts'
import { refusNature } from '../../refus.ts'

/**
 * The article of a plan that stands for one of the most detailed plan: itself, its « 0 » subdivision, or the closest one
 * above. 6453 is 6453 in the developed plan and 6450 in the short one.
 */
export function articleProche(plan: Plan, nature: string, sens: 'D' | 'R'): string {
  const employable = (code: string) => {
    const c = plan.comptes.get(code)
    return c?.estFeuille === true && !c.supprime && c.chapitres[sens].reel !== undefined
  }
  for (let n = nature.length; n >= 2; n--)
    for (const code of [nature.slice(0, n), `${nature.slice(0, n)}0`, `${nature.slice(0, n)}8`])
      if (employable(code)) return code
  throw refusNature(nature, `${plan.libelle} ${plan.annee}`)
}
