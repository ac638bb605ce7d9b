import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'

const zProposition = z.object({
  carriereId: z.string(),
  agentId: z.string(),
  nom: z.string(),
  grade: z.string(),
  echelon: z.number(),
  im: z.number(),
  /** Day from which the seniority counts, and how long the échelon lasts, as the grid says. */
  dateEchelon: z.string(),
  dureeMois: z.number(),
  nouvelEchelon: z.number(),
  nouvelIb: z.number().nullable(),
  nouvelIm: z.number(),
  /** First day on the new échelon. */
  effet: z.string(),
  /** The two lines of the grid are verified. */
  verifie: z.boolean(),
})
export type Proposition = z.output<typeof zProposition>

export const listerAvancements = route({
  verbe: 'GET',
  chemin: '/api/paie/avancements',
  resume: 'Propose les avancements d’échelon dus jusqu’à un jour, et dit ceux que la grille ne permet pas de calculer',
  query: z.object({ jusqua: zJour }),
  reply: z.object({
    propositions: z.array(zProposition),
    sansDuree: z.array(z.object({ carriereId: z.string(), agentId: z.string(), nom: z.string(), raison: z.string() })),
  }),
})

export const prononcerAvancements = route({
  verbe: 'POST',
  chemin: '/api/paie/avancements',
  resume: 'Applique des avancements d’échelon aux carrières, tous ou aucun, et prépare leurs arrêtés',
  body: z.object({
    id: zId<'Lot'>(),
    lignes: z
      .array(z.object({ carriereId: zId<'Carriere'>(), effet: zJour }))
      .min(1, 'Choisissez au moins un avancement.')
      .max(2000),
    /** Date printed on the arrêtés as that of their making. */
    date: zJour,
    /** « 2025-120 »: its last number grows by one for each arrêté. Empty: left to the body. */
    premierNumero: z.string().trim().max(20).default(''),
    /** Visas of the cadre d’emplois, one a line: the officer has the decree in front of him. */
    visas: z.string().trim().max(2000).default(''),
  }),
  reply: z.object({ lot: z.string(), arretes: z.number() }),
})

export const lireArretes = route({
  verbe: 'GET',
  chemin: '/api/paie/lots/:lot/arretes',
  resume: 'Donne les arrêtés d’un lot d’avancements en PDF/A',
  params: z.object({ lot: zId<'Lot'>() }),
  query: z.object({ organisme: zId<'Organisme'>() }),
  reply: z.any(),
})
