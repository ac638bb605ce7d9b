import { z } from 'zod'
import { zId } from '#socle/ids.ts'
import { zTexte } from '../contract.ts'

/** Shapes that the contracts of the nouns share, each in its folder. */
export const base = '/api/finances'
export const motif = z.object({ motif: zTexte(300).min(3, 'Dites pourquoi en une phrase.') })
export const zFait = z.object({ fait: z.boolean() })
export const zAnnee = z.coerce.number().int()
export const zCadre = z.object({ budget: zId<'Budget'>(), annee: zAnnee })
export const texte = z.string()
export const montant = z.string()
export const nul = z.string().nullable()

export const zAnomalie = z.object({
  code: texte,
  message: texte,
  conseil: texte.optional(),
  lieu: texte.optional(),
  bloquante: z.boolean(),
})
