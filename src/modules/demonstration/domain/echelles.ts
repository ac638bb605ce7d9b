/** One échelon: gross index, majored index, months before the next one (0 for the last). */
export type Echelon = { ib: number; im: number; dureeMois: number }
export type Echelles = Readonly<Record<string, readonly Echelon[]>>

/** The part of a grade of the payroll engine that is read here. */
export type GradeLu = {
  grade: string
  echelle: string
  echelons: readonly {
    echelon: number
    ib: number | undefined
    im: number
    dureeMois: number | undefined
    verifie: boolean
  }[]
  /** Every échelon is verified. */
  verifie: boolean
}

/**
 * The scales whose indices are verified, from one grade that is verified on each. A grade of another cadre d’emplois may
 * stand on a verified scale (adjoints techniques on C1…): the demonstration takes its indices, and says so in the README.
 */
export function echellesVerifiees(grades: readonly GradeLu[]): Echelles {
  const echelles: Record<string, Echelon[]> = {}
  for (const g of grades) {
    if (!g.verifie || echelles[g.echelle]) continue
    echelles[g.echelle] = g.echelons.map(({ echelon, ib, im, dureeMois }) => {
      if (ib === undefined) throw new Error(`no gross index: ${g.grade}, échelon ${echelon}`)
      return { ib, im, dureeMois: dureeMois ?? 0 }
    })
  }
  return echelles
}

export function echelonOf(echelles: Echelles, echelle: string, echelon: number): Echelon {
  const e = echelles[echelle]?.[echelon - 1]
  if (!e) throw new Error(`no verified échelon ${echelon} in ${echelle}`)
  return e
}
