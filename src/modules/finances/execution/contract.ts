import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'
import { zJour } from '#socle/dates.ts'
import { zBic, zIban, zSiret } from '#socle/identifiants.ts'
import { zId } from '#socle/ids.ts'

/** Shapes of the chain, shared by its routes, its screens and what other modules bring through the door. */
export const zTexte = (max: number) => z.string().trim().max(max)
export const zSens = z.enum(['D', 'R'])
/** What a bordereau holds, as people call it. */
export const nomDePieces = (b: { sens: 'D' | 'R'; typeBordereau: string }): string =>
  ({ '02': 'Annulations', '06': 'Rôle' })[b.typeBordereau] ?? (b.sens === 'D' ? 'Mandats' : 'Titres')
const zCode2 = z.string().regex(/^\d{2}$/, 'Deux chiffres attendus.')
export const zPositif = zMontant.refine((m) => Number(m) > 0, 'Ce montant doit être positif.')
const zNul = zMontant.refine((m) => Number(m) >= 0, 'Ce montant ne peut pas être négatif.')

export const CATEGORIES_TIERS = {
  '01': 'Personne physique',
  '20': 'État, établissement public national',
  '21': 'Région',
  '22': 'Département',
  '23': 'Commune',
  '24': 'Groupement de collectivités',
  '25': 'Caisse des écoles',
  '26': 'CCAS',
  '27': 'Établissement public de santé',
  '28': 'École nationale de la santé publique',
  '29': 'Autre établissement public',
  '50': 'Autre organisme social',
  '60': 'Personne morale de droit privé',
  '61': 'Sécurité sociale (régime général)',
  '62': 'Sécurité sociale agricole',
  '63': 'Sécurité sociale des indépendants',
  '64': 'Mutuelle, organisme d’assurance',
  '65': 'Autre régime social',
  '70': 'Autre tiers payant',
  '71': 'CNRACL',
  '72': 'IRCANTEC',
  '73': 'Assurance chômage',
  '74': 'Caisse de retraite complémentaire',
} as const
export const NATURES_JURIDIQUES = {
  '00': 'Inconnue',
  '01': 'Particulier',
  '02': 'Artisan, commerçant, agriculteur',
  '03': 'Société',
  '04': 'Caisse d’assurance maladie',
  '05': 'Caisse complémentaire',
  '06': 'Association',
  '07': 'État',
  '08': 'Établissement public national',
  '09': 'Collectivité, établissement public local ou de santé',
  '10': 'État étranger, ambassade',
  '11': 'CAF',
} as const
export const MODES_REGLEMENT = {
  '01': 'Numéraire',
  '02': 'Chèque',
  '03': 'Virement',
  '04': 'Virement par une autre application',
  '05': 'Virement de gros montant',
  '06': 'Virement à l’étranger',
  '07': 'Budget rattaché',
  '08': 'Opération d’ordre',
  '09': 'Avis de règlement',
  '10': 'Prélèvement',
  '11': 'Virement interne',
} as const

const cle = <T extends Record<string, string>>(labels: T, message: string) =>
  z.enum(Object.keys(labels) as [keyof T & string, ...(keyof T & string)[]], message)

export const zTiersSaisi = z
  .object({
    categorie: cle(CATEGORIES_TIERS, 'Choisissez la catégorie.'),
    natureJuridique: cle(NATURES_JURIDIQUES, 'Choisissez la nature juridique.'),
    nom: zTexte(38).min(1, 'Donnez le nom.'),
    complement: zTexte(38).default(''),
    civilite: zTexte(10).default(''),
    prenom: zTexte(38).default(''),
    siret: z.union([z.literal(''), zSiret]).default(''),
    adresse: zTexte(38).default(''),
    complementAdresse: zTexte(38).default(''),
    codePostal: z
      .union([z.literal(''), z.string().regex(/^\d{5}$/, 'Cinq chiffres ; 99999 à l’étranger.')])
      .default(''),
    ville: zTexte(38).default(''),
    pays: zTexte(3).default(''),
    courriel: zTexte(120).default(''),
    telephone: zTexte(30).default(''),
  })
  .check((ctx) => {
    const { categorie, prenom, pays, codePostal } = ctx.value
    const at = (path: string, message: string) =>
      ctx.issues.push({ code: 'custom', input: ctx.value, path: [path], message })
    if (categorie === '01' && prenom === '') at('prenom', 'Une personne physique a un prénom.')
    if (categorie !== '01' && prenom !== '') at('prenom', 'Un organisme n’a pas de prénom.')
    if (pays !== '' && codePostal !== '' && codePostal !== '99999') at('codePostal', 'Hors de France : 99999.')
  })
export type TiersSaisi = z.output<typeof zTiersSaisi>

export const zCompteSaisi = z.object({
  id: zId<'CompteBancaire'>(),
  iban: zIban,
  bic: z.union([z.literal(''), zBic]).default(''),
  titulaire: zTexte(32).min(1, 'Donnez le titulaire du compte.'),
  origine: zTexte(200).default(''),
})

export const zLigne = z.object({
  nature: z.string().regex(/^\d{2,12}$/, 'Choisissez l’article.'),
  fonction: z
    .string()
    .regex(/^\d{0,10}$/)
    .default(''),
  operation: z
    .string()
    .regex(/^\d{0,10}$/)
    .default(''),
  service: zTexte(10).default(''),
  libelle: zTexte(160).default(''),
  ht: zPositif,
  tva: zNul.default('0.00'),
  /** CodProdLoc of a titre: given by the comptable. */
  produit: z.union([z.literal(''), z.string().regex(/^[0-9A-Za-z]{1,4}$/)]).default(''),
  actif: zTexte(25).default(''),
})
export type Ligne = z.output<typeof zLigne>

export const zVirement = z.object({
  nom: zTexte(80),
  iban: z.string(),
  bic: z.string(),
  montant: zPositif,
  libelle: zTexte(140),
})

/** What a liquidation holds, and what its signature freezes. */
export const zContenu = z.object({
  typeBordereau: zCode2.default('01'),
  typePiece: zCode2.default('01'),
  naturePiece: zCode2.optional(),
  mouvement: z.enum(['reel', 'entreSections', 'interne']).default('reel'),
  modeReglement: cle(MODES_REGLEMENT, 'Choisissez le mode de règlement.').default('03'),
  compteBancaireId: z.string().optional(),
  /** Paid in place of the creditor: cession, affacturage, opposition, sub-contractor. */
  beneficiaire: z.object({ tiersId: z.string(), motif: zTexte(100).min(3, 'Dites pourquoi.') }).optional(),
  lignes: z.array(zLigne).min(1, 'Une pièce a au moins une ligne.').max(200),
  rubriquePj: zTexte(20).optional(),
  marche: zTexte(30).optional(),
  emprunt: zTexte(24).optional(),
  regie: zTexte(10).optional(),
  echeance: zJour.optional(),
  retenueGarantie: zNul.optional(),
  libelleVirement: z.array(zTexte(70)).max(2).optional(),
  /** NatPceOrig, exercice and number at the comptable, when the origin is not a piece of ours (P503, débit d’office). */
  rattachement: z
    .object({ nature: zCode2, exercice: z.number().int(), piece: zTexte(13), ligne: zTexte(6).optional() })
    .optional(),
  /** Edition of the avis des sommes à payer. */
  edition: zCode2.optional(),
  dette: z
    .object({ numero: zTexte(15), periode: z.string().regex(/^\d$/), cle1: z.string(), cle2: z.string() })
    .optional(),
  role: z.number().int().positive().optional(),
  /** A reduction of the titre of a rôle: the debt that it takes from. */
  detteId: z.string().optional(),
  prelevement: z
    .object({
      rum: zTexte(35),
      signature: zJour,
      sequence: zCode2,
      date: zJour,
      montant: zPositif,
      periodicite: zCode2,
    })
    .optional(),
  chorus: z
    .object({
      facture: zTexte(20).optional(),
      marche: zTexte(50).optional(),
      engagement: zTexte(50).optional(),
      service: zTexte(100).optional(),
    })
    .optional(),
  /** A payroll mandat pays many accounts: their sum is what the bank is told. */
  virements: z.array(zVirement).optional(),
  dgp: z.object({ debut: zJour, fin: zJour, jours: z.number().int() }).optional(),
})
export type Contenu = z.output<typeof zContenu>

/** One piece, as the screens, the payroll and the other modules bring it. */
export const zLiquidationSaisie = z.object({
  id: zId<'Liquidation'>(),
  tiersId: zId<'Tiers'>().optional(),
  objet: zTexte(160).min(3, 'Dites l’objet en quelques mots.'),
  factureId: zId<'Facture'>().optional(),
  engagementId: zId<'Engagement'>().optional(),
  /** The piece that this one cancels, reduces, completes or issues again. */
  origineId: z.string().optional(),
  contenu: zContenu,
})
export type LiquidationSaisie = z.output<typeof zLiquidationSaisie>

export const zFactureSaisie = z.object({
  id: zId<'Facture'>(),
  budgetId: zId<'Budget'>(),
  tiersId: zId<'Tiers'>(),
  numero: zTexte(40).min(1, 'Donnez le numéro que porte la facture.'),
  objet: zTexte(160).default(''),
  dateFacture: zJour,
  recueLe: zJour,
  serviceFaitLe: zJour.nullable().default(null),
  ht: zPositif,
  tva: zNul.default('0.00'),
})
export type FactureSaisie = z.output<typeof zFactureSaisie>

export const zEngagementSaisi = z.object({
  id: zId<'Engagement'>(),
  objet: zTexte(160).min(3, 'Dites l’objet en quelques mots.'),
  tiersId: zId<'Tiers'>().optional(),
  nature: z.string().regex(/^\d{2,12}$/, 'Choisissez l’article.'),
  fonction: z
    .string()
    .regex(/^\d{0,10}$/)
    .default(''),
  operation: z
    .string()
    .regex(/^\d{0,10}$/)
    .default(''),
  service: zTexte(10).default(''),
  marche: zTexte(30).default(''),
  montant: zPositif,
})
export type EngagementSaisi = z.output<typeof zEngagementSaisi>
