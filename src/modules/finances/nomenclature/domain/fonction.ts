import { refusFonctionNecessaire, refusNonVentilable } from '../../refus.ts'
import type { Chapitre, Mouvement, Plan, Section } from './plan.ts'

/** What falls outside the functions of the services: see `plans/hors-fonction.yaml`. */
export type HorsFonction = {
  nonVentilables: readonly { chapitre: string; comptes: readonly string[] }[]
  ordre: Record<Exclude<Mouvement, 'reel'>, Record<Section, string>>
  previsions: Readonly<Record<string, string>>
}

const NON_VENTILABLE = '01'
/** The chapters of the services, by section: 930 to 939 and 900 to 909, then the function. */
const SERVICES = { F: '93', I: '90' } as const

/**
 * The chapter of a line in a budget voted by function, from its function and the section that its account has. What no
 * service carries takes function 01.
 */
export function chapitreParFonction(
  plan: Plan,
  regles: HorsFonction,
  l: { nature: string; libelle: string; fonction: string; mouvement: Mouvement; parNature: Chapitre },
): { chapitre: string; fonction: string } {
  const { section, type, code } = l.parNature
  const { fonction } = l
  if (type === 'prevision') return { chapitre: regles.previsions[code] ?? code, fonction: NON_VENTILABLE }
  if (l.mouvement !== 'reel') return { chapitre: regles.ordre[l.mouvement][section], fonction: NON_VENTILABLE }
  if (!fonction) throw refusFonctionNecessaire(l.nature, l.libelle)
  if (fonction === NON_VENTILABLE) {
    const chapitre = nonVentilable(regles, l.nature)
    if (!chapitre) throw refusNonVentilable(l.nature, l.libelle)
    return { chapitre, fonction }
  }
  // the longest one: 9343 (APA) inside 934
  for (let n = fonction.length; n > 0; n--) {
    const chapitre = plan.chapitres.get(`${SERVICES[section]}${fonction.slice(0, n)}`)
    if (chapitre) return { chapitre: chapitre.code, fonction }
  }
  throw new Error(`plan ${plan.code} ${plan.annee}: no chapter for function ${fonction} in section ${section}`)
}

function nonVentilable(regles: HorsFonction, nature: string): string | undefined {
  const possibles = regles.nonVentilables.flatMap((r) =>
    r.comptes.filter((c) => nature.startsWith(c)).map((compte) => ({ compte, chapitre: r.chapitre })),
  )
  return possibles.sort((a, b) => b.compte.length - a.compte.length)[0]?.chapitre
}
