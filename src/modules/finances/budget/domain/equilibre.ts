import { type Centimes, formatEuros, sum } from '#socle/argent.ts'
import type { Anomalie } from '#socle/refus.ts'
import type { Imputation } from '../../nomenclature/domain/imputer.ts'
import type { Section, Sens } from '../../nomenclature/domain/plan.ts'

export type Ligne = Imputation & { montant: Centimes }

export type Equilibre = {
  sections: Record<Section, { depenses: Centimes; recettes: Centimes; ecart: Centimes }>
  anomalies: Anomalie[]
}

const SECTION = { F: 'fonctionnement', I: 'investissement' } as const

/** What each half of an ordre movement must equal: the virement, 042 and 040, 041, 043. */
const PAIRES: { code: string; phrase: string; un: (l: Ligne) => boolean; deux: (l: Ligne) => boolean }[] = [
  {
    code: 'equilibre.virement',
    phrase: 'Le virement à la section d’investissement (023) et le virement reçu (021) doivent être égaux',
    un: (l) => l.nature === '023',
    deux: (l) => l.nature === '021',
  },
  {
    code: 'equilibre.ordreDepenses',
    phrase:
      'Les dépenses d’ordre de fonctionnement (042) et les recettes d’ordre d’investissement (040) doivent être égales',
    un: (l) => isOrdre(l, 'F', 'D') && l.nature !== '023',
    deux: (l) => isOrdre(l, 'I', 'R') && l.nature !== '021',
  },
  {
    code: 'equilibre.ordreRecettes',
    phrase:
      'Les recettes d’ordre de fonctionnement (042) et les dépenses d’ordre d’investissement (040) doivent être égales',
    un: (l) => isOrdre(l, 'F', 'R'),
    deux: (l) => isOrdre(l, 'I', 'D'),
  },
  {
    code: 'equilibre.patrimonial',
    phrase: 'Les opérations patrimoniales (041) doivent être égales en dépenses et en recettes',
    un: (l) => l.mouvement === 'interne' && l.section === 'I' && l.sens === 'D',
    deux: (l) => l.mouvement === 'interne' && l.section === 'I' && l.sens === 'R',
  },
  {
    code: 'equilibre.interne',
    phrase: 'Les opérations d’ordre internes au fonctionnement (043) doivent être égales en dépenses et en recettes',
    un: (l) => l.mouvement === 'interne' && l.section === 'F' && l.sens === 'D',
    deux: (l) => l.mouvement === 'interne' && l.section === 'F' && l.sens === 'R',
  },
]
const isOrdre = (l: Ligne, section: Section, sens: Sens) =>
  l.mouvement === 'entreSections' && l.section === section && l.sens === sens

const total = (lignes: readonly Ligne[], keep: (l: Ligne) => boolean) => sum(lignes.filter(keep).map((l) => l.montant))

/**
 * What is missing where, in the budget as it would stand after the vote (restes à réaliser and results included).
 * CGCT L1612-4: each section balanced, incomes and expenses sincere, the capital of the debt paid by own resources.
 */
export function controlerEquilibre(lignes: readonly Ligne[]): Equilibre {
  const sections = { F: sectionOf(lignes, 'F'), I: sectionOf(lignes, 'I') }
  const anomalies: Anomalie[] = []
  for (const s of ['F', 'I'] as const) {
    const { ecart } = sections[s]
    if (ecart < 0n)
      anomalies.push({
        code: 'equilibre.section',
        lieu: `Section de ${SECTION[s]}`,
        message: `Il manque ${formatEuros(-ecart as Centimes)} de recettes pour équilibrer la section de ${SECTION[s]}.`,
        conseil: conseilManque(s, -ecart as Centimes, sections),
        bloquante: true,
      })
    else if (ecart > 0n)
      anomalies.push({
        code: 'equilibre.excedent',
        lieu: `Section de ${SECTION[s]}`,
        message: `Les recettes dépassent les dépenses de ${formatEuros(ecart)} en ${SECTION[s]}.`,
        conseil:
          s === 'F'
            ? 'Ce suréquilibre peut être viré à l’investissement : augmentez 023 et 021 du même montant.'
            : 'Diminuez l’emprunt (16) ou le virement (021 et 023), ou inscrivez les dépenses prévues.',
        bloquante: false,
      })
  }
  for (const p of PAIRES) {
    const [a, b] = [total(lignes, p.un), total(lignes, p.deux)]
    if (a !== b)
      anomalies.push({
        code: p.code,
        lieu: 'Opérations d’ordre',
        message: `${p.phrase} : ${formatEuros(a)} d’un côté, ${formatEuros(b)} de l’autre.`,
        bloquante: true,
      })
  }
  const capital = total(lignes, (l) => l.section === 'I' && l.sens === 'D' && isCapital(l))
  const propres = total(lignes, (l) => l.section === 'I' && l.sens === 'R' && isRessourcePropre(l))
  if (capital > propres)
    anomalies.push({
      code: 'equilibre.dette',
      lieu: 'Section d’investissement',
      message: `Le capital de la dette (${formatEuros(capital)}) dépasse les ressources propres d’investissement (${formatEuros(propres)}).`,
      conseil:
        'Augmentez le virement de la section de fonctionnement (023 et 021) : un emprunt ne peut pas rembourser un emprunt.',
      bloquante: false,
    })
  return { sections, anomalies }
}

function sectionOf(lignes: readonly Ligne[], section: Section) {
  const depenses = total(lignes, (l) => l.section === section && l.sens === 'D')
  const recettes = total(lignes, (l) => l.section === section && l.sens === 'R')
  return { depenses, recettes, ecart: (recettes - depenses) as Centimes }
}

function conseilManque(s: Section, manque: Centimes, sections: Equilibre['sections']): string {
  if (s === 'F')
    return 'Diminuez une dépense ou le virement à l’investissement (023, et 021 d’autant), ou inscrivez une recette certaine.'
  return sections.F.ecart >= manque
    ? 'La section de fonctionnement a de quoi : augmentez 023 et 021 de ce montant.'
    : 'Ajoutez une recette certaine (subvention notifiée, FCTVA), un emprunt (1641), ou diminuez une dépense.'
}

/** Repaid loans, without guarantees deposited (165) and refinancing (166). */
const isCapital = (l: Ligne) => l.mouvement === 'reel' && /^16/.test(l.nature) && !/^16[56]|^16449/.test(l.nature)
/** Everything but loans, grants for equipment and the excédent capitalised. */
const isRessourcePropre = (l: Ligne) =>
  l.nature === '021' ||
  l.nature === '024' ||
  (l.mouvement === 'reel' && /^10/.test(l.nature)) ||
  (l.mouvement === 'entreSections' && /^(28|29|39|48)/.test(l.nature))

/** Sums of lines that name the same thing. */
export function cumuler(lignes: readonly Ligne[]): Ligne[] {
  const par = new Map<string, Ligne>()
  for (const l of lignes) {
    const k = cleLigne(l)
    const deja = par.get(k)
    par.set(k, deja ? { ...deja, montant: sum([deja.montant, l.montant]) } : l)
  }
  return [...par.values()]
}
export const cleLigne = (l: Omit<Imputation, 'section' | 'chapitre'>) =>
  [l.sens, l.mouvement, l.nature, l.fonction, l.operation, l.service].join('|')
