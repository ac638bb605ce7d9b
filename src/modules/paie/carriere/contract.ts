import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'
import { zJour } from '#socle/dates.ts'
import { FONCTIONS_ELU } from '../calcul/situation.ts'

const zTexte = z.string().trim().max(200)
const zPourcent = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/, 'Pourcentage attendu, par exemple 1.72.')

/** Settings of an employer from a day on: notified rates and choices of its délibérations. */
export const zEmployeurPex = z.object({
  effectif: z.number().int().min(0),
  tauxAt: zPourcent,
  tauxVersementMobilite: zPourcent,
  estAffilieCdg: z.boolean(),
  /** Rates voted by the centre de gestion, when the body is affiliated. */
  cdgObligatoire: zPourcent.optional(),
  cdgAdditionnelle: zPourcent.optional(),
  ifseSuitTraitement: z.boolean(),
  /** Day of the month until which documents count for the month. */
  jourLimiteDepot: z.number().int().min(1).max(28),
})
export type EmployeurPex = z.output<typeof zEmployeurPex>

export const zPasAgent = z.union([
  z.object({ mode: z.literal('taux'), taux: zPourcent }),
  z.object({ mode: z.literal('neutre') }),
])

export const zSituationAgent = z.object({
  statut: z.enum(['titulaire', 'stagiaire', 'contractuel']),
  filiere: zTexte,
  cadreEmplois: zTexte,
  categorie: z.enum(['A', 'B', 'C']),
  grade: zTexte,
  echelle: zTexte,
  echelon: z.number().int().min(1).max(30),
  ib: z.number().int().min(1).max(2000),
  im: z.number().int().min(1).max(2000),
  dateEchelon: zJour,
  /** Weekly minutes of the post: 2100 is full time, less is a temps non complet. */
  minutesHebdo: z.number().int().min(1).max(2100),
  quotiteTempsPartiel: z.union([
    z.literal(50),
    z.literal(60),
    z.literal(70),
    z.literal(80),
    z.literal(90),
    z.literal(100),
  ]),
  regime: z.enum(['cnracl', 'ircantec']),
  nbiPoints: z.number().int().min(0).max(200),
  nbiMotif: zTexte.nullable(),
  ifse: z.object({ groupe: zTexte, mensuel: zMontant }).nullable(),
  ctiPoints: z.number().int().min(0).max(49),
  enfantsSft: z.number().int().min(0).max(20),
  zoneIndemniteResidence: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  pas: zPasAgent,
  /** Monthly refund of the public transport pass. */
  remboursementTransport: zMontant.nullable(),
  /** Weekly minutes held in other territorial bodies: they count for the affiliation to the CNRACL. */
  minutesHebdoAutres: z.number().int().min(0).max(4000),
})
export type SituationAgent = z.output<typeof zSituationAgent>

export const zSituationElu = z.object({
  statut: z.literal('elu'),
  fonction: z.enum(FONCTIONS_ELU),
  rang: z.number().int().min(1).max(30),
  population: z.number().int().min(0),
  /** Part of the legal maximum that was voted, in percent. */
  pourcentDuMaximum: zPourcent,
  /** Monthly indemnities of the other mandates, for the threshold of half the ceiling. */
  autresIndemnites: zMontant,
  mandatsIndemnises: z.number().int().min(1).max(20),
  pas: zPasAgent,
})
export type SituationElu = z.output<typeof zSituationElu>

export const zSituationCarriere = z.discriminatedUnion('statut', [zSituationAgent, zSituationElu])
export type SituationCarriere = z.output<typeof zSituationCarriere>
