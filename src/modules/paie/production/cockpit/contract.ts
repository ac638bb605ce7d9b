import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zJour, zMois } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'

const zRemplacement = z.object({
  id: z.string(),
  remplacant: z.string(),
  depuis: z.string(),
  jusqua: z.string(),
  motif: z.string(),
})

const zCharge = z.object({
  portefeuilleId: z.string(),
  portefeuille: z.string(),
  gestionnaireId: z.string(),
  gestionnaire: z.string(),
  collectivites: z.number(),
  bulletins: z.number(),
  /** Bodies whose month is still in the hands of the officer. */
  aFaire: z.number(),
  enRetard: z.number(),
  piecesALire: z.number(),
  questions: z.number(),
  /** In force today or to come. */
  remplacements: z.array(zRemplacement),
})
export type Charge = z.output<typeof zCharge>

/** Parts are percentages with one decimal; null where nothing could be measured. */
const zIndicateursDuMois = z.object({
  mois: z.string(),
  bulletins: z.number(),
  depotsATemps: z.number().nullable(),
  depotsComplets: z.number().nullable(),
  /** Payslips corrected after the pay, for 1,000. */
  corrigesPourMille: z.number().nullable(),
  rappels: z.number(),
  renvois: z.number(),
  minutesParBulletin: z.number().nullable(),
})
export type IndicateursDuMois = z.output<typeof zIndicateursDuMois>

export const zCockpit = z.object({
  mois: z.string(),
  moisConnus: z.array(z.string()),
  charges: z.array(zCharge),
  indicateurs: z.array(zIndicateursDuMois),
})

export const lireCockpit = route({
  verbe: 'GET',
  chemin: '/api/pex/cockpit',
  resume: 'Donne la charge de chaque gestionnaire et les indicateurs du service sur vingt-quatre mois',
  query: z.object({ mois: zMois.optional() }),
  reply: zCockpit,
})

export const remplacer = route({
  verbe: 'POST',
  chemin: '/api/pex/portefeuilles/:portefeuille/remplacements',
  resume: 'Confie un portefeuille à un autre gestionnaire entre deux dates',
  params: z.object({ portefeuille: zId<'Portefeuille'>() }),
  body: z
    .object({
      id: z.uuid(),
      remplacantId: z.uuid(),
      depuis: zJour,
      /** First day back of the officer. */
      jusqua: zJour,
      motif: z.string().trim().max(200),
    })
    .refine((b) => b.jusqua > b.depuis, { path: ['jusqua'], message: 'Le retour vient après le départ.' }),
  reply: zCockpit.pick({ charges: true }),
})

export const finirRemplacement = route({
  verbe: 'DELETE',
  chemin: '/api/pex/portefeuilles/:portefeuille/remplacements/:remplacement',
  resume: 'Met fin à un remplacement : aujourd’hui s’il a commencé, sinon il est retiré',
  params: z.object({ portefeuille: zId<'Portefeuille'>(), remplacement: zId<'Remplacement'>() }),
  reply: zCockpit.pick({ charges: true }),
})
