import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'
import { zEmployeurPex } from '../carriere/contract.ts'

const zDepuis = zJour
  .refine((j) => j.endsWith('-01'), 'Un réglage compte pour un mois entier : choisissez un 1er du mois.')
  .meta({ examples: ['2026-01-01'] })
const zSaisie = z.object({ depuis: zDepuis, contenu: zEmployeurPex })

/** Settings in force from a day on, with the paper that gives them when it is known. */
export const zReglage = z.object({
  depuis: z.string(),
  contenu: zEmployeurPex,
  /** In words, in the order in which they are read. */
  champs: z.array(z.object({ libelle: z.string(), valeur: z.string() })),
  source: z.string().nullable(),
  piece: z.object({ id: z.string(), numero: z.number(), mois: z.string() }).nullable(),
  saisiLe: z.string().nullable(),
  saisiPar: z.string().nullable(),
})
export type Reglage = z.output<typeof zReglage>

export const listerReglages = route({
  verbe: 'GET',
  chemin: '/api/paie/employeur',
  resume: 'Liste les réglages de paie de l’employeur, du plus récent au plus ancien, avec leur source',
  reply: z.object({ reglages: z.array(zReglage), peutModifier: z.boolean() }),
})

export const zEffetReglage = z.object({
  mois: z.string(),
  agents: z.number(),
  touches: z.number(),
  ecartNet: z.string(),
  ecartCout: z.string(),
  phrases: z.array(z.string()),
})
export type EffetReglage = z.output<typeof zEffetReglage>

export const simulerReglage = route({
  verbe: 'POST',
  chemin: '/api/paie/employeur/effet',
  resume: 'Calcule la paie de tous les agents avec et sans un réglage de l’employeur ; rien n’est enregistré',
  body: zSaisie,
  reply: zEffetReglage,
})
export const enregistrerReglage = route({
  verbe: 'POST',
  chemin: '/api/paie/employeur',
  resume:
    'Enregistre un réglage de l’employeur à partir d’un mois ; les mois ouverts sont à recalculer, les mois approuvés passent en rappel',
  body: zSaisie.extend({
    id: zId<'Acte'>(),
    source: z.string().trim().min(5, 'Citez la notification ou la délibération, avec sa date.').max(300),
    pieceId: zId<'Piece'>().nullish(),
  }),
  reply: z.object({ moisOuverts: z.array(z.string()), moisFiges: z.array(z.string()) }),
})
