import { z } from 'zod'
import { zJour } from '#socle/dates.ts'
import { zBic, zIban } from '#socle/identifiants.ts'
import { zId } from '#socle/ids.ts'
import { zTexte } from '../../execution/contract.ts'

export const zCompteSepa = z.object({
  iban: zIban,
  bic: z.union([z.literal(''), zBic]).default(''),
  titulaire: zTexte(32).min(1, 'Donnez le titulaire du compte.'),
})
export type CompteSepaSaisi = z.output<typeof zCompteSepa>

export const zMandatSepa = zCompteSepa.extend({
  id: zId<'MandatSepa'>(),
  tiersId: zId<'Tiers'>(),
  rum: z.string().regex(/^[0-9a-zA-Z/?:().,+ '-]{1,35}$/, 'Trente-cinq caractères au plus, sans accent.'),
  signeLe: zJour,
  estRecurrent: z.boolean().default(true),
  origine: zTexte(200).default(''),
})
export type MandatSepaSaisi = z.output<typeof zMandatSepa>

export const ETATS_SEPA = { propose: 'À contrôler', actif: 'En vigueur', refuse: 'Refusé', revoque: 'Révoqué' } as const
