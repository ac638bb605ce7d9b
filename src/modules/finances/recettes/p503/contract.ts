import { z } from 'zod'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'
import { zLigne, zPositif, zTexte } from '../../execution/contract.ts'

/** A sum that the comptable received before any titre. */
export const zP503Saisi = z.object({
  id: zId<'P503'>(),
  reference: z.string().regex(/^\d{1,13}$/, 'Le numéro du comptable, treize chiffres au plus.'),
  le: zJour,
  montant: zPositif,
  payeur: zTexte(80).default(''),
  libelle: zTexte(160).default(''),
})
export type P503Saisi = z.output<typeof zP503Saisi>

/** The titre that books it, in whole or in part. */
export const zTitreP503 = z.object({
  id: zId<'Liquidation'>(),
  tiersId: zId<'Tiers'>(),
  objet: zTexte(160).min(3, 'Dites l’objet en quelques mots.'),
  lignes: z.array(zLigne).min(1).max(20),
})
