import { z } from 'zod'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'
import { zPositif, zTexte } from '../../execution/contract.ts'

export const GENRES_ANV = { anv: 'Admission en non-valeur', eteinte: 'Créance éteinte' } as const

export const zLigneAnv = z.object({
  id: zId<'LigneAnv'>(),
  genre: z.enum(['anv', 'eteinte']),
  exercice: z.coerce.number().int().min(1990).max(2100),
  titre: zTexte(20).default(''),
  debiteur: zTexte(80).min(2, 'Donnez le débiteur.'),
  montant: zPositif,
  motif: zTexte(160).default(''),
})
export const zListeAnv = z.object({
  id: zId<'ListeAnv'>(),
  reference: z.string().regex(/^\d{1,13}$/, 'Le numéro de la liste, treize chiffres au plus.'),
  recueLe: zJour,
  lignes: z.array(zLigneAnv).min(1, 'Une liste a au moins une créance.').max(2000),
})
export type ListeAnvSaisie = z.output<typeof zListeAnv>

export const zDeliberationAnv = z.object({
  numero: zTexte(40).min(1, 'Donnez le numéro de la délibération.'),
  le: zJour,
  /** Of the service whose claims are lost, where the budget is voted by function. */
  fonction: z
    .string()
    .regex(/^\d{0,10}$/)
    .default(''),
  refusees: z.array(zId<'LigneAnv'>()).default([]),
})
