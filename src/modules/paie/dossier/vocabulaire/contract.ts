import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'
import { zJour } from '#socle/dates.ts'
import { MOTIFS_ABSENCE } from '../../calcul/situation.ts'

/* Words of the papers and of the variables of a month: what routes, rules and screens share. */

export const NATURES_PIECE = [
  'arrete',
  'contrat',
  'avenant',
  'arretTravail',
  'conge',
  'rib',
  'justificatifNir',
  'sft',
  'heures',
  'etatPrimes',
  'etatFrais',
  'titreRestaurant',
  'saisie',
  'mutuelle',
  'indemniteElu',
  'deliberation',
  'finContrat',
  'autre',
] as const
export type NaturePiece = (typeof NATURES_PIECE)[number]
export const LIBELLES_NATURE: Record<NaturePiece, string> = {
  arrete: 'Arrêté',
  contrat: 'Contrat',
  avenant: 'Avenant',
  arretTravail: 'Arrêt de travail',
  conge: 'Congé',
  rib: 'Relevé d’identité bancaire',
  justificatifNir: 'Attestation de sécurité sociale',
  sft: 'Déclaration pour le SFT',
  heures: 'État des heures',
  etatPrimes: 'État des primes',
  etatFrais: 'État de frais',
  titreRestaurant: 'Titres-restaurant',
  saisie: 'Saisie, opposition ou pension alimentaire',
  mutuelle: 'Mutuelle ou prévoyance',
  indemniteElu: 'Indemnités des élus',
  deliberation: 'Délibération',
  finContrat: 'Fin de contrat',
  autre: 'Autre pièce',
}
/** Health papers: a narrower right is checked, each reading is logged. */
export const NATURES_SANTE: readonly NaturePiece[] = ['arretTravail']

export const ETATS_PIECE = ['deposee', 'recue', 'aCompleter', 'refusee', 'remplacee'] as const
export type EtatPiece = (typeof ETATS_PIECE)[number]

/** Primes paid for one month only, by the code that stands on the payslip. A body may have others: their code is free. */
export const PRIMES: Readonly<Record<string, string>> = {
  CIA: 'Complément indemnitaire annuel',
  FIN_ANNEE: 'Prime de fin d’année',
  ASTREINTE: 'Indemnité d’astreinte',
  INTERVENTION: 'Indemnité d’intervention pendant une astreinte',
  PERMANENCE: 'Indemnité de permanence',
  REGIE: 'Indemnité de régisseur',
  ELECTIONS: 'Indemnité pour élections',
  TRAVAUX: 'Indemnité pour travaux dangereux, insalubres ou salissants',
}

/** Why an agent is not at work, as his arrêté or his arrêt de travail says. */
export const LIBELLES_ABSENCE: Record<(typeof MOTIFS_ABSENCE)[number], string> = {
  maladie: 'Congé de maladie',
  longueMaladie: 'Congé de longue maladie',
  longueDuree: 'Congé de longue durée',
  graveMaladie: 'Congé de grave maladie',
  citis: 'Accident de service ou maladie professionnelle (CITIS)',
  maternite: 'Congé de maternité ou d’adoption',
  paternite: 'Congé de paternité',
  tempsPartielTherapeutique: 'Temps partiel thérapeutique',
  greve: 'Grève',
  serviceNonFait: 'Service non fait',
  congeParental: 'Congé parental',
  congeSansTraitement: 'Congé sans traitement',
  disponibilite: 'Disponibilité',
}

/** What changes for one month only, entered from a paper. Same words as the `Situation` of the engine. */
export const zContenuVariable = z.discriminatedUnion('nature', [
  z.object({
    nature: z.literal('heures'),
    heures: z
      .array(
        z.object({
          type: z.enum(['supplementaires', 'complementaires']),
          moment: z.enum(['jour', 'nuit', 'dimanche']),
          minutes: z.number().int().min(1, 'Saisissez une durée.').max(44_640),
        }),
      )
      .min(1, 'Saisissez au moins une durée.')
      .max(10),
  }),
  z.object({
    nature: z.literal('prime'),
    code: z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/, 'Code en capitales, par exemple CIA.'),
    libelle: z.string().trim().min(1, 'Donnez un libellé : il s’imprime sur le bulletin.').max(120),
    montant: zMontant,
  }),
  z.object({
    /** What a contract pays by the piece: vacations done, days of engagement, hours of the contract. */
    nature: z.literal('quantite'),
    unite: z.enum(['vacations', 'jours', 'heures']),
    nombre: z
      .string()
      .regex(/^\d{1,5}(\.\d{1,2})?$/, 'Nombre attendu, par exemple 12.5.')
      .refine((n) => Number(n) > 0, 'Saisissez un nombre.'),
  }),
  z
    .object({
      nature: z.literal('absence'),
      motif: z.enum(MOTIFS_ABSENCE),
      depuis: zJour,
      /** First day back. */
      jusqua: zJour,
      sansCarence: z.boolean(),
      /** First day of the long leave, or of the arrêt that this one prolongs: its rate is that of that day. */
      debutArret: zJour.nullish(),
      /** Strike or unserved time of less than a day. */
      minutes: z.number().int().min(1).max(1440).nullish(),
      /** Gross daily allowances of the fund received by the employer for the month (subrogation). */
      ijssBrutes: zMontant.nullish(),
    })
    .refine((a) => !a.debutArret || a.debutArret <= a.depuis, {
      path: ['debutArret'],
      message: 'Le congé commence au plus tard le premier jour de cette absence.',
    })
    .refine((a) => a.jusqua > a.depuis, { path: ['jusqua'], message: 'La reprise vient après le début de l’absence.' }),
])
export type ContenuVariable = z.output<typeof zContenuVariable>
