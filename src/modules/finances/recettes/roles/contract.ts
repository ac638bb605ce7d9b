import { z } from 'zod'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'
import { zPositif, zTexte } from '../../execution/contract.ts'

/** One line of what a debtor owes: a product, its account, and the figures that he can check. */
export const zLigneRole = z.object({
  libelle: zTexte(100).min(2, 'Dites ce qui est facturé.'),
  nature: z.string().regex(/^\d{2,12}$/, 'Choisissez l’article.'),
  fonction: z
    .string()
    .regex(/^\d{0,10}$/)
    .default(''),
  service: zTexte(10).default(''),
  /** What the amount comes from; shown to the debtor, never computed again. */
  base: zTexte(60).default(''),
  ht: zPositif,
  tva: z
    .string()
    .regex(/^\d{1,13}(\.\d{1,2})?$/, 'Montant attendu.')
    .default('0.00'),
})
export type LigneRole = z.output<typeof zLigneRole>

export const zArticleSaisi = z.object({
  id: zId<'Dette'>(),
  tiersId: zId<'Tiers'>(),
  objet: zTexte(160).min(3, 'Dites l’objet en quelques mots.'),
  lignes: z.array(zLigneRole).min(1, 'Un article a au moins une ligne.').max(60),
})
export type ArticleSaisi = z.output<typeof zArticleSaisi>

export const zRoleSaisi = z
  .object({
    libelle: zTexte(160).min(3, 'Donnez un nom à ce rôle, par exemple « Cantine d’octobre ».'),
    produit: z.string().regex(/^[0-9A-Za-z]{1,4}$/, 'Un à quatre caractères, donnés par le comptable.'),
    periode: z.coerce.number().int().min(0).max(9),
    avisLe: zJour,
    echeance: zJour,
    prelevementLe: zJour.nullable().default(null),
    /** Who prints and sends the avis. */
    edition: z.enum(['collectivite', 'dgfip']).default('collectivite'),
  })
  .check((ctx) => {
    const { avisLe, echeance, prelevementLe } = ctx.value
    const at = (path: string, message: string) =>
      ctx.issues.push({ code: 'custom', input: ctx.value, path: [path], message })
    if (echeance < avisLe) at('echeance', 'Pas avant l’envoi des avis.')
    if (prelevementLe && prelevementLe < avisLe) at('prelevementLe', 'Pas avant l’envoi des avis.')
  })
export type RoleSaisi = z.output<typeof zRoleSaisi>

export const ETATS_ROLE = {
  brouillon: 'En préparation',
  aViser: 'À signer',
  signe: 'Signé',
  abandonne: 'Abandonné',
} as const
export type EtatRole = keyof typeof ETATS_ROLE
