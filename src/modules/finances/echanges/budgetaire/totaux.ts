import type { Plan, Section } from '#modules/finances/nomenclature/index.ts'
import { add, type Centimes, ZERO } from '#socle/argent.ts'
import {
  type DocumentBudgetaire,
  type LigneBudgetaire,
  MONTANTS,
  type Montant,
  type NatureFonction,
} from './document.ts'
import { planOf } from './plans.ts'

export type Montants = Record<Montant, Centimes>
export type Imputation = {
  section: Section
  sens: 'D' | 'R'
  ordre: boolean
  /** Its chapter, or its opération d’équipement, which forms one by itself. */
  chapitre: string
  operation: boolean
}
export type TotalChapitre = Imputation & { libelle: string; lignes: number; montants: Montants }
export type TotalSection = {
  section: Section
  sens: 'D' | 'R'
  reel: Montants
  ordre: Montants
  total: Montants
}

const none = (): Montants => Object.fromEntries(Object.values(MONTANTS).map((m) => [m, ZERO])) as Montants
function addTo(total: Montants, ligne: LigneBudgetaire) {
  for (const m of Object.values(MONTANTS)) total[m] = add(total[m], ligne.montants[m] ?? ZERO)
}

// Lines of balance have no class of account: their number says their section.
const SECTION_DES_SOLDES: Record<string, Section> = {
  '001': 'I',
  '002': 'F',
  '010': 'I',
  '018': 'I',
  '020': 'I',
  '021': 'I',
  '022': 'F',
  '023': 'F',
  '024': 'I',
  '040': 'I',
  '041': 'I',
  '042': 'F',
  '043': 'F',
}

/** Where a line falls, by nature or by function: what the document says first, else what the plan of accounts says. */
export function imputationOf(ligne: LigneBudgetaire, plan: Plan | undefined, vote: NatureFonction): Imputation {
  const compte = plan?.comptes.get(ligne.nature)
  const mouvement = !ligne.ordre ? 'reel' : ligne.typeOrdre === 'interne' ? 'interne' : 'entreSections'
  const duPlan = compte?.chapitres[ligne.sens][mouvement]
  // A vote by article makes the level of control the article itself: its chapter then comes from the plan.
  const controle = vote === '2' ? (ligne.controleFonction ?? ligne.controle) : ligne.controle
  const votee = controle && (!plan || plan.chapitres.has(controle)) ? controle : undefined
  const operation = !votee && ligne.operation !== undefined
  const chapitre = votee ?? (operation ? ligne.operation! : (duPlan ?? controle ?? ligne.nature.slice(0, 2)))
  const section =
    ligne.section ??
    (operation
      ? 'I'
      : (plan?.chapitres.get(chapitre)?.section ??
        SECTION_DES_SOLDES[chapitre] ??
        (/^[67]/.test(ligne.nature) ? 'F' : 'I')))
  return { section, sens: ligne.sens, ordre: ligne.ordre, chapitre, operation }
}

/** Totals of a document by section and sense, and by chapter. */
export function totaux(document: DocumentBudgetaire): { sections: TotalSection[]; chapitres: TotalChapitre[] } {
  const plan = planOf(document.budget.plan, document.decision.exercice)
  const chapitres = new Map<string, TotalChapitre>()
  const sections: TotalSection[] = (['F', 'I'] as const).flatMap((section) =>
    (['D', 'R'] as const).map((sens) => ({ section, sens, reel: none(), ordre: none(), total: none() })),
  )
  for (const ligne of document.lignes) {
    const i = imputationOf(ligne, plan, document.decision.natureFonction)
    const cle = `${i.section}${i.sens}${i.operation ? 'o' : 'c'}${i.chapitre}`
    let chapitre = chapitres.get(cle)
    if (!chapitre) {
      const libelle = i.operation ? `Opération ${i.chapitre}` : (plan?.chapitres.get(i.chapitre)?.libelle ?? '')
      chapitre = { ...i, libelle, lignes: 0, montants: none() }
      chapitres.set(cle, chapitre)
    }
    chapitre.lignes++
    addTo(chapitre.montants, ligne)
    const section = sections.find((s) => s.section === i.section && s.sens === i.sens)!
    addTo(i.ordre ? section.ordre : section.reel, ligne)
    addTo(section.total, ligne)
  }
  const ordre = (a: TotalChapitre, b: TotalChapitre) =>
    a.section.localeCompare(b.section) ||
    a.sens.localeCompare(b.sens) ||
    Number(a.operation) - Number(b.operation) ||
    a.chapitre.localeCompare(b.chapitre, 'fr', { numeric: false })
  return { sections, chapitres: [...chapitres.values()].sort(ordre) }
}
