import { add, type Centimes, euros, inEuros, negate, ZERO } from '#socle/argent.ts'
import type { Mois } from '#socle/dates.ts'
import type { Groupe, Ligne } from '../../calcul/bulletin.ts'

/** What the lines are for, in the order in which they are read. */
export const RUBRIQUES = [
  'remuneration',
  'retraite',
  'sante',
  'famille',
  'allegements',
  'csg',
  'indemnites',
  'impot',
  'frais',
] as const
export type Rubrique = (typeof RUBRIQUES)[number]

export const LIBELLES_RUBRIQUE: Record<Rubrique, string> = {
  remuneration: 'Rémunération',
  retraite: 'Retraite',
  sante: 'Santé',
  famille: 'Famille et autres contributions',
  allegements: 'Allègements de cotisations',
  csg: 'CSG et CRDS',
  indemnites: 'Indemnités journalières',
  impot: 'Impôt sur le revenu',
  frais: 'Frais remboursés et retenues',
}

const RUBRIQUE_DU_GROUPE: Record<Groupe, Rubrique> = {
  remuneration: 'remuneration',
  retraite: 'retraite',
  sante: 'sante',
  famille: 'famille',
  chomage: 'famille',
  autres: 'famille',
  exoneration: 'allegements',
  csg: 'csg',
  indemnitesJournalieres: 'indemnites',
  frais: 'frais',
  retenues: 'frais',
  impot: 'impot',
}
export const rubriqueOf = (groupe: Groupe): Rubrique => RUBRIQUE_DU_GROUPE[groupe]

/** Gains, daily allowances and refunds add to the pay, everything else takes from it. */
const AJOUTE: ReadonlySet<Groupe> = new Set(['remuneration', 'indemnitesJournalieres', 'frais'])
/** What a line does to the net: the amounts of all the lines add up to the net paid. */
export function effetSurLeNet(ligne: Pick<Ligne, 'groupe' | 'montant'>): Centimes {
  if (ligne.montant === undefined) return ZERO
  const montant = euros(ligne.montant)
  return AJOUTE.has(ligne.groupe) ? montant : negate(montant)
}

/** A line as both views show it: `effet` is signed, in euros; the rappels of a same line stand together. */
export type LigneResumee = Omit<Ligne, 'montant' | 'groupe' | 'origine'> & {
  effet?: string
  /** Months that the line corrects. */
  origines?: Mois[]
}
export type RubriqueResumee = {
  rubrique: Rubrique
  libelle: string
  lignes: LigneResumee[]
  /** Sum of the effects on the net, and of the shares of the employer. */
  total: string
  totalEmployeur: string
}

function resumer({ montant, groupe, origine, ...reste }: Ligne): LigneResumee {
  return {
    ...reste,
    ...(montant !== undefined && { effet: inEuros(effetSurLeNet({ groupe, montant })) }),
    ...(origine !== undefined && { libelle: reste.libelle.replace(/^Rappel [^:]*: /, ''), origines: [origine] }),
  }
}

const somme = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined ? b : b === undefined ? a : inEuros(add(euros(a), euros(b)))

/** Months corrected at the same rates make one line: their bases and amounts add up, the months are listed. */
function reunirRappels(lignes: LigneResumee[]): LigneResumee[] {
  const reunies: LigneResumee[] = []
  const rappels = new Map<string, LigneResumee>()
  for (const l of lignes) {
    if (!l.origines) {
      reunies.push(l)
      continue
    }
    const cle = [l.code, l.libelle, l.taux, l.tauxPatronal].join('|')
    const connue = rappels.get(cle)
    if (!connue) {
      const premiere = { ...l, origines: [...l.origines] }
      rappels.set(cle, premiere)
      reunies.push(premiere)
      continue
    }
    for (const champ of ['base', 'basePatronale', 'effet', 'montantPatronal'] as const) {
      const total = somme(connue[champ], l[champ])
      if (total !== undefined) connue[champ] = total
    }
    // hours and thirtieths of several months do not read as one number
    delete connue.nombre
    connue.origines = [...connue.origines!, ...l.origines].sort()
  }
  return reunies
}

/** The one grouping behind the printed payslip and the screen; empty sections are left out. */
export function grouperLignes(lignes: readonly Ligne[]): RubriqueResumee[] {
  return RUBRIQUES.flatMap((rubrique) => {
    const siennes = lignes.filter((l) => rubriqueOf(l.groupe) === rubrique)
    if (siennes.length === 0) return []
    let total = ZERO
    let employeur = ZERO
    for (const l of siennes) {
      total = add(total, effetSurLeNet(l))
      if (l.montantPatronal !== undefined) employeur = add(employeur, euros(l.montantPatronal))
    }
    return [
      {
        rubrique,
        libelle: LIBELLES_RUBRIQUE[rubrique],
        lignes: reunirRappels(siennes.map(resumer)),
        total: inEuros(total),
        totalEmployeur: inEuros(employeur),
      },
    ]
  })
}
