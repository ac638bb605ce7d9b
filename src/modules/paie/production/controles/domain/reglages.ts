import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'

// a field of a form gives its number as a text
const zPourcent = z.coerce.number().min(0, 'Pourcentage positif attendu.').max(100, 'Cent pour cent au plus.')

/** What a body chose with the agency. A difference under both thresholds of the net is not looked at. */
export const zReglagesControle = z.object({
  /** Difference of the net with last month, as a part of it. */
  ecartNetPourcent: zPourcent,
  ecartNetEuros: zMontant,
  /** A line that moved by less than this needs no explanation. */
  ecartLigneEuros: zMontant,
  /** Beyond this part of the net, a difference is shown even when it is explained. */
  grandEcartPourcent: zPourcent,
  /** Body level: cost and headcount. */
  massePourcent: zPourcent,
  effectifPourcent: zPourcent,
  /** Days after which silence is a visa, as the convention of the body says; null when it says nothing. */
  taciteJours: z.coerce
    .number()
    .int()
    .min(1, 'Un jour au moins.')
    .max(30, 'Trente jours au plus.')
    .nullable()
    .default(null),
  /** Article of the convention that says so: without it there is no tacit approval. */
  taciteConvention: z.string().trim().max(300).default(''),
})
export type ReglagesControle = z.output<typeof zReglagesControle>

export const REGLAGES_DEFAUT: ReglagesControle = {
  ecartNetPourcent: 10,
  ecartNetEuros: '50.00',
  ecartLigneEuros: '1.00',
  grandEcartPourcent: 30,
  massePourcent: 5,
  effectifPourcent: 10,
  taciteJours: null,
  taciteConvention: '',
}
