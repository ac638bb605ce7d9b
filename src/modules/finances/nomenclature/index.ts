import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { parse } from 'yaml'

import type { HorsFonction } from './domain/fonction.ts'
import {
  type Chapitre,
  type EntetePlan,
  type Fonction,
  MOUVEMENTS,
  type Mouvement,
  type Plan,
  type Section,
  type Vote,
} from './domain/plan.ts'

export {
  cleDeControle,
  type Demande,
  estLimitatif,
  type Imputation,
  imputer,
  type Niveaux,
} from './domain/imputer.ts'
export * from './domain/plan.ts'

const read = (nom: string) => readFileSync(new URL(`plans/${nom}`, import.meta.url), 'utf8')
const readCsv = (nom: string) =>
  Papa.parse<Record<string, string>>(read(nom), { header: true, skipEmptyLines: true, delimiter: ';' }).data

const entetes = (): EntetePlan[] => parse(read('plans.yaml')).plans
let catalogue: EntetePlan[] | undefined
/** Every plan known, by code and year, and what it is for. */
export const listPlans = (): readonly EntetePlan[] => (catalogue ??= entetes())

const leaves = (lignes: Record<string, string>[]) => {
  const parents = new Set(lignes.map((l) => l.parent))
  return (code: string) => !parents.has(code)
}

let horsFonction: HorsFonction | undefined
let chapitres: Map<string, Map<string, Chapitre>> | undefined
let fonctions: Map<string, Map<string, Fonction>> | undefined
function readCommuns() {
  chapitres ??= new Map(
    [...Map.groupBy(readCsv('chapitres.csv'), (l) => l.plan!)].map(([plan, lignes]) => [
      plan,
      new Map(
        lignes.map((l) => [
          l.code!,
          {
            code: l.code!,
            libelle: l.libelle!,
            section: l.section as Section,
            type: l.type as Chapitre['type'],
          },
        ]),
      ),
    ]),
  )
  fonctions ??= new Map(
    [...Map.groupBy(readCsv('fonctions.csv'), (l) => l.plan!)].map(([plan, lignes]) => {
      const isLeaf = leaves(lignes)
      return [
        plan,
        new Map(lignes.map((l) => [l.code!, { code: l.code!, libelle: l.libelle!, estFeuille: isLeaf(l.code!) }])),
      ]
    }),
  )
  return { chapitres, fonctions }
}

function chapitresOf(cellule: string): Partial<Record<Mouvement, string>> {
  const found: Partial<Record<Mouvement, string>> = {}
  cellule.split('/').forEach((code, i) => {
    if (code) found[MOUVEMENTS[i]!] = code
  })
  return found
}

const plans = new Map<string, Plan>()
function load(entete: EntetePlan): Plan {
  const nom = `${entete.code}-${entete.annee}`
  const known = plans.get(nom)
  if (known) return known
  const lignes = readCsv(`${nom}.csv`)
  const isLeaf = leaves(lignes)
  const communs = readCommuns()
  const plan: Plan = {
    ...entete,
    vote: 'nature',
    horsFonction: (horsFonction ??= parse(read('hors-fonction.yaml')) as HorsFonction),
    comptes: new Map(
      lignes.map((l) => [
        l.code!,
        {
          code: l.code!,
          parent: l.parent || undefined,
          libelle: l.libelle!,
          estFeuille: isLeaf(l.code!),
          chapitres: { D: chapitresOf(l.depense!), R: chapitresOf(l.recette!) },
          equipement: { D: l.equipement!.includes('D'), R: l.equipement!.includes('R') },
          supprime: l.supprime !== '',
        },
      ]),
    ),
    chapitres: communs.chapitres.get(nom)!,
    fonctions: communs.fonctions.get(nom) ?? new Map(),
  }
  plans.set(nom, plan)
  return plan
}

/**
 * The plan of one year: its own when it is known, else the last one before, else the first one after. The caller tells
 * the user when `plan.annee` is not the year that he asked for.
 */
export function findPlan(code: string, annee: number): Plan | undefined {
  const candidats = listPlans()
    .filter((p) => p.code === code)
    .sort((a, b) => a.annee - b.annee)
  const choisi = candidats.findLast((p) => p.annee <= annee) ?? candidats[0]
  return choisi && load(choisi)
}

export function getPlan(code: string, annee: number, vote: Vote = 'nature'): Plan {
  const plan = findPlan(code, annee)
  if (!plan) throw new Error(`unknown plan of accounts: ${code}`)
  return vote === 'nature' ? plan : { ...plan, vote }
}
