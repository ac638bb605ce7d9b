import type { z } from 'zod'
import type { Valeurs } from './contexte.ts'

/** Empty fields are absent fields: « optional » in a contract means just that. */
export function nettoyer(valeurs: Valeurs): Valeurs {
  return Object.fromEntries(
    Object.entries(valeurs).flatMap(([nom, v]) => {
      if (v === '' || v === undefined || v === null) return []
      if (typeof v === 'object' && !Array.isArray(v)) return [[nom, nettoyer(v as Valeurs)]]
      return [[nom, v]]
    }),
  )
}

/**
 * Messages of a shape by dotted path; the first of each field. An empty field is absent for the shape; where that is
 * refused, the contract may have its own sentence for an empty text, which comes first.
 */
export function erreursDe(forme: z.ZodType, valeurs: Valeurs): Record<string, string> {
  const erreurs = premieres(forme, valeurs)
  const absents = Object.keys(erreurs).filter((nom) => !nom.includes('.') && valeurs[nom] === undefined)
  if (absents.length === 0) return erreurs
  const vides = premieres(forme, { ...valeurs, ...Object.fromEntries(absents.map((nom) => [nom, ''])) })
  return { ...erreurs, ...Object.fromEntries(absents.flatMap((nom) => (vides[nom] ? [[nom, vides[nom]]] : []))) }
}

function premieres(forme: z.ZodType, valeurs: Valeurs): Record<string, string> {
  const erreurs: Record<string, string> = {}
  for (const i of forme.safeParse(valeurs).error?.issues ?? []) erreurs[i.path.map(String).join('.')] ??= i.message
  return erreurs
}
