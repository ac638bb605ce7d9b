import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'
import { zJour } from '#socle/dates.ts'

const zTaux = z.string().regex(/^\d{1,4}(\.\d{1,6})?( ?%|\/\d{1,4}(\.\d{1,6})?)?$/, 'Taux attendu, par exemple 1.72 %.')
const zHeuresMois = z.string().regex(/^\d{1,3}(\.\d{1,2})?$/, 'Nombre d’heures attendu, par exemple 151.67.')

/** Who employs: it decides the fund, the unemployment insurance, the training levies and the general reduction. */
export const EMPLOYEURS_PRIVES = ['personnePublique', 'spic', 'association', 'societe'] as const
export type EmployeurPrive = (typeof EMPLOYEURS_PRIVES)[number]

/** A compulsory cover: a fixed monthly amount, or rates on the gross or on its part under the ceiling. */
const zProtection = z.strictObject({
  risque: z.enum(['sante', 'prevoyance']),
  libelle: z.string().max(120).optional(),
  assiette: z.enum(['forfait', 'brut', 'tranche1']),
  /** Amount when `forfait`, rate otherwise. */
  agent: z.union([zMontant, zTaux]),
  employeur: z.union([zMontant, zTaux]),
})
export type Protection = z.output<typeof zProtection>

const FONCTIONS_ACCUEIL = ['animateurAuPair', 'animateur', 'directeurAdjoint', 'directeur'] as const

/** What a private-law contract adds to the situation. */
export const zPrive = z.strictObject({
  /** By default a public body for the apprentices, the PEC and the CEE; to be said otherwise. */
  employeur: z.enum(EMPLOYEURS_PRIVES).optional(),
  contrat: z.enum(['cdi', 'cdd', 'saisonnier']).optional(),
  cadre: z.boolean().optional(),
  branche: z.enum(['aideADomicile']).optional(),
  /** Complementary pension: a property of the contract, never deduced for the staff of a SPIC. */
  retraite: z.enum(['ircantec', 'agircArrco']).optional(),
  /** Field of the general reduction; by default every employer but the public bodies. */
  reductionGenerale: z.boolean().optional(),
  /** Home-help association: share of the hours at the homes of frail people, for the exemption of CSS L. 241-10 III. */
  exonerationAideADomicile: zTaux.optional(),
  /** Unemployment insurance; by default as the employer says, always for an association or a company. */
  chomage: z.boolean().optional(),
  /** Contribution to the social dialogue; by default every contract but the public apprentices. */
  dialogueSocial: z.boolean().optional(),

  /** Gross for a full month at the contract's working time. */
  salaireMensuel: zMontant.optional(),
  tauxHoraire: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,4})?$/)
    .optional(),
  /** Paid hours of the month, overtime apart; without it the mensualised hours of the contract. */
  heuresMois: zHeuresMois.optional(),
  /** Aide à domicile: coefficient of the grid, times the value of the point. */
  coefficient: z.number().int().min(1).max(2000).optional(),

  /** Apprentices: date of conclusion of the contract (it selects the exemptions) and what founds the pay. */
  conclusion: zJour.optional(),
  anneeContrat: z.union([z.literal(1), z.literal(2), z.literal(3)]).optional(),
  pourcentageSmic: zTaux.optional(),

  /** Contrat d’engagement éducatif: days and their price; the optional lump bases of the accueils de mineurs. */
  jours: z.number().int().min(0).max(31).optional(),
  tarifJour: zMontant.optional(),
  forfait: z
    .strictObject({
      fonction: z.enum(FONCTIONS_ACCUEIL),
      mois: z.number().int().min(0).max(1).optional(),
      semaines: z.number().int().min(0).max(5).optional(),
      jours: z.number().int().min(0).max(31).optional(),
    })
    .optional(),

  /** Holidays not taken at the end of a contract: its whole gross, of which a tenth is paid. Month by month: `indemniteConges`. */
  congesPayes: zMontant.optional(),
  /** End of a fixed-term contract: a tenth of the gross of the month, or of the gross of the contract given. */
  finContrat: z.union([z.literal(true), zMontant]).optional(),
  /** Gross that the employer maintains during a sickness; in case of subrogation the daily allowances are then taken off it. */
  maintien: zMontant.optional(),

  protection: z.array(zProtection).max(10).optional(),
  /** Employee who refused the health cover of the branch for a legal reason. */
  dispenseSante: z.boolean().optional(),
})
export type Prive = z.output<typeof zPrive>
