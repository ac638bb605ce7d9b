import {
  refusEquipement,
  refusFonction,
  refusNature,
  refusNatureMere,
  refusNatureSupprimee,
  refusSens,
} from '../../refus.ts'
import { chapitreParFonction } from './fonction.ts'
import { type Chapitre, MOUVEMENTS, type Mouvement, type Plan, type Section, type Sens, type Vote } from './plan.ts'

/** What names one line of a budget or of a piece. Absent parts are the empty string, as in the tables. */
export type Imputation = {
  sens: Sens
  mouvement: Mouvement
  nature: string
  fonction: string
  operation: string
  service: string
  section: Section
  chapitre: string
}
export type Demande = {
  nature: string
  sens: Sens
  /** Without it: real when the account allows it. */
  mouvement?: Mouvement | undefined
  fonction?: string | undefined
  operation?: string | undefined
  service?: string | undefined
}

const SENS = { D: 'dépense', R: 'recette' } as const
const MOUVEMENT = {
  reel: 'réelle',
  entreSections: 'd’ordre entre sections',
  interne: 'd’ordre à l’intérieur de la section',
} as const

/**
 * The chapter and the section of an account, read from the plan and never derived from its number; by function in a
 * budget voted so.
 * @throws Refus when the plan does not know it, or does not use it in that sense
 */
export function imputer(plan: Plan, d: Demande): Imputation & { libelle: string; chapitrePlan: Chapitre } {
  const compte = plan.comptes.get(d.nature) ?? subdivision(plan, d.nature)
  if (!compte) throw refusNature(d.nature, `${plan.libelle} ${plan.annee}`)
  if (compte.supprime) throw refusNatureSupprimee(compte.code, compte.libelle, plan.annee)
  const possibles = compte.chapitres[d.sens]
  const mouvement = d.mouvement ?? MOUVEMENTS.find((m) => possibles[m])
  const code = mouvement && possibles[mouvement]
  if (!code && !compte.estFeuille) throw refusNatureMere(compte.code, compte.libelle)
  if (!mouvement || !code)
    throw refusSens(compte.code, compte.libelle, `${SENS[d.sens]}${d.mouvement ? ` ${MOUVEMENT[d.mouvement]}` : ''}`)
  const chapitre = plan.chapitres.get(code)
  if (!chapitre) throw new Error(`plan ${plan.code} ${plan.annee}: chapter ${code} of ${d.nature} is unknown`)
  if (d.fonction && !plan.fonctions.get(d.fonction)?.estFeuille) throw refusFonction(d.fonction)
  if (d.operation && (mouvement !== 'reel' || !compte.equipement[d.sens]))
    throw refusEquipement(compte.code, compte.libelle)
  const place =
    plan.vote === 'fonction'
      ? chapitreParFonction(plan, plan.horsFonction, {
          nature: d.nature,
          libelle: compte.libelle,
          fonction: d.fonction ?? '',
          mouvement,
          parNature: chapitre,
        })
      : { chapitre: code, fonction: d.fonction ?? '' }
  return {
    sens: d.sens,
    mouvement,
    nature: d.nature,
    fonction: place.fonction,
    operation: d.operation ?? '',
    service: d.service ?? '',
    section: chapitre.section,
    chapitre: place.chapitre,
    libelle: compte.libelle,
    chapitrePlan: chapitre,
  }
}

/** Accounts that each body subdivides itself, one for each operation for a third party: 4581 gives 458101. */
function subdivision(plan: Plan, nature: string) {
  if (!/^45[4-8]/.test(nature)) return undefined
  for (let n = nature.length - 1; n > 3; n--) {
    const compte = plan.comptes.get(nature.slice(0, n))
    if (compte) return compte.estFeuille ? compte : undefined
  }
  return undefined
}

/** What the assembly voted by: the chapter or the article in each section, and the articles that it set apart. */
export type Niveaux = Record<Section, 'chapitre' | 'article'> & { vote: Vote; specialises: readonly string[] }

/** What the vote limits: the opération, the article under its chapter (by function, the function is the article), or the chapter. */
export function cleDeControle(i: Imputation, niveaux: Niveaux): string {
  if (i.operation) return `op/${i.operation}`
  if (niveaux.vote === 'fonction') return niveaux[i.section] === 'article' ? `${i.chapitre}/${i.fonction}` : i.chapitre
  const seul = niveaux[i.section] === 'article' || niveaux.specialises.includes(i.nature)
  return seul ? `${i.chapitre}/${i.nature}` : i.chapitre
}

/** Staff expenses, whatever the vote: never moved by a virement. */
export const estPersonnel = (plan: Plan, nature: string) => plan.comptes.get(nature)?.chapitres.D.reel === '012'

/** Real expenses are limited by what was voted; ordre movements and incomes are not. */
export const estLimitatif = (i: Pick<Imputation, 'sens' | 'mouvement'>) => i.sens === 'D' && i.mouvement === 'reel'
