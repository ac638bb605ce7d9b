import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'
import { route } from '#socle/contrat.ts'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'
import { zEffet } from '../http/contract.ts'
import { DEMANDE, TYPES_RETENUE } from './domain/retenue.ts'

export { DEMANDE, estOpposition, LIBELLES_RETENUE, TYPES_RETENUE, type TypeRetenue } from './domain/retenue.ts'

const zCarriere = z.object({ carriere: zId<'Carriere'>() })
const zTexte = (max: number) => z.string().trim().max(max)

export const zRetenueVue = z.object({
  id: z.string(),
  type: z.enum(TYPES_RETENUE),
  libelle: z.string(),
  creancier: z.string(),
  mensuel: z.string().nullable(),
  total: z.string().nullable(),
  /** Taken by the payslips computed so far, and what remains; null without a total. */
  pris: z.string(),
  reste: z.string().nullable(),
  personnesACharge: z.number(),
  partPatronale: z.string().nullable(),
  depuis: z.string(),
  jusqua: z.string().nullable(),
  source: z.string(),
  pieceId: z.string().nullable(),
  saisieLe: z.string(),
  saisiePar: z.string(),
})
export type RetenueVue = z.output<typeof zRetenueVue>
const reply = z.object({ retenues: z.array(zRetenueVue), peutModifier: z.boolean() })

export const listerRetenues = route({
  verbe: 'GET',
  chemin: '/api/paie/carrieres/:carriere/retenues',
  resume: 'Liste les retenues qui reviennent chaque mois sur la paie d’un emploi, avec ce qui reste dû',
  params: zCarriere,
  reply,
})

const zSaisie = z
  .object({
    id: zId<'Retenue'>(),
    type: z.enum(TYPES_RETENUE),
    libelle: zTexte(120).min(3, 'Donnez un libellé : il s’imprime sur le bulletin.'),
    creancier: zTexte(200).default(''),
    mensuel: zMontant.nullish(),
    total: zMontant.nullish(),
    personnesACharge: z.coerce.number().int().min(0).max(20).default(0),
    partPatronale: zMontant.nullish(),
    depuis: zJour,
    jusqua: zJour.nullish(),
    source: zTexte(300).min(5, 'Citez la décision, l’avis ou l’accord, avec sa date.'),
    pieceId: zId<'Piece'>().nullish(),
  })
  .superRefine((r, ctx) => {
    const dire = (champ: string, message: string) => ctx.addIssue({ code: 'custom', path: [champ], message })
    if (DEMANDE[r.type].mensuel && !r.mensuel) dire('mensuel', 'Donnez le montant de chaque mois.')
    if (DEMANDE[r.type].total && !r.total) dire('total', 'Donnez la somme due en tout.')
    if (r.jusqua && r.jusqua <= r.depuis) dire('jusqua', 'La fin vient après le début.')
  })
export const simulerRetenue = route({
  verbe: 'POST',
  chemin: '/api/paie/carrieres/:carriere/retenues/effet',
  resume: 'Montre ce qu’une retenue prendrait sur la paie des mois ouverts, sans l’enregistrer',
  params: zCarriere,
  body: zSaisie,
  reply: zEffet,
})
export const ajouterRetenue = route({
  verbe: 'POST',
  chemin: '/api/paie/carrieres/:carriere/retenues',
  resume: 'Ajoute une retenue : saisie, pension, mutuelle, prêt, acompte étalé ; elle commence au premier mois ouvert',
  params: zCarriere,
  body: zSaisie,
  reply,
})
const zRetenue = z.object({ retenue: zId<'Retenue'>() })
const zFin = z.object({ jusqua: zJour })
export const simulerFinRetenue = route({
  verbe: 'POST',
  chemin: '/api/paie/retenues/:retenue/fin/effet',
  resume: 'Montre l’effet de la fin d’une retenue sur la paie des mois ouverts, sans l’enregistrer',
  params: zRetenue,
  body: zFin,
  reply: zEffet,
})
export const finirRetenue = route({
  verbe: 'POST',
  chemin: '/api/paie/retenues/:retenue/fin',
  resume: 'Met fin à une retenue à partir d’un jour ; ce qu’elle a pris reste dans les bulletins',
  params: zRetenue,
  body: zFin,
  reply,
})
