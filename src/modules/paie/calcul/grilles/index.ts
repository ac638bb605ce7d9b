import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import type { Jour } from '#socle/dates.ts'

export type Echelon = {
  echelon: number
  ib: number | undefined
  im: number
  dureeMois: number | undefined
  depuis: Jour
  verifie: boolean
  verification: string
}
export type Grade = {
  grade: string
  filiere: string
  cadreEmplois: string
  categorie: 'A' | 'B' | 'C'
  echelle: string
  echelons: Echelon[]
  /** Every échelon is verified. */
  verifie: boolean
}

let grades: Map<string, Grade> | undefined
function load(): Map<string, Grade> {
  if (grades) return grades
  const { data } = Papa.parse<Record<string, string>>(readFileSync(`${import.meta.dirname}/grilles.csv`, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  })
  grades = new Map()
  for (const r of data) {
    const nom = r.grade!
    let g = grades.get(nom)
    if (!g) {
      g = {
        grade: nom,
        filiere: r.filiere!,
        cadreEmplois: r.cadre_emplois!,
        categorie: r.categorie as 'A' | 'B' | 'C',
        echelle: r.echelle!,
        echelons: [],
        verifie: true,
      }
      grades.set(nom, g)
    }
    const verifie = r.verified === 'yes'
    if (!verifie) g.verifie = false
    g.echelons.push({
      echelon: Number(r.echelon),
      ib: r.ib ? Number(r.ib) : undefined,
      im: Number(r.im),
      dureeMois: r.duree_mois ? Number(r.duree_mois) : undefined,
      depuis: r.im_au as Jour,
      verifie,
      verification: r.verification!,
    })
  }
  return grades
}

/** The grades of the FPT with their échelons, each with its verified mark. */
export const listGrades = (): Grade[] => [...load().values()]

/** Index of a grade and échelon at a date; `undefined` when the grids do not reach it. */
export function indiceOf(grade: string, echelon: number, date: Jour): Echelon | undefined {
  return load()
    .get(grade)
    ?.echelons.findLast((e) => e.echelon === echelon && e.depuis <= date)
}
