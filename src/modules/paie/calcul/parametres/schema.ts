import { z } from 'zod'
import { zJour } from '#socle/dates.ts'

const DECIMAL = String.raw`\d+(\.\d+)?`
const zValeurTexte = z
  .string()
  .regex(
    new RegExp(`^(-?${DECIMAL}( %)?|${DECIMAL}/${DECIMAL}|totale)$`),
    'Valeur attendue : nombre, pourcentage ou fraction.',
  )

/** One step of a scale. `jusqua` is included (inhabitants), `moinsDe` is not (monthly tax base); null is the last step. */
const zTranche = z.strictObject({
  jusqua: z.number().nullable().optional(),
  moinsDe: z.number().nullable().optional(),
  valeur: zValeurTexte,
})
export type Tranche = z.output<typeof zTranche>

/** A value in force over `[depuis, jusqua[`. `valeur: null` is a known hole: the engine refuses to compute. */
export const zValeur = z
  .strictObject({
    depuis: zJour,
    jusqua: zJour.optional(),
    valeur: zValeurTexte.nullable().optional(),
    tranches: z.array(zTranche).min(1).optional(),
    texte: z.string().min(1).optional(),
    source: z.string().min(1, 'La source est obligatoire.'),
    verifie: z.boolean(),
    note: z.string().optional(),
  })
  .refine((v) => (v.valeur === undefined) !== (v.tranches === undefined), 'Une valeur ou des tranches, pas les deux.')
  .refine((v) => v.jusqua === undefined || v.depuis < v.jusqua, 'La fin doit suivre le début.')
export type Valeur = z.output<typeof zValeur>

const UNITES = [
  'taux',
  'euros',
  'points',
  'heures',
  'jours',
  'mois',
  'agents',
  'coefficient',
  'fraction',
  'grille',
] as const

export const zParametre = z
  .strictObject({
    code: z.string().regex(/^[a-z0-9_.]+$/),
    libelle: z.string().min(1),
    unite: z.enum(UNITES),
    /** The date that selects the value when it is not the month of pay. */
    dateCle: z.string().optional(),
    valeurs: z.array(zValeur).min(1),
  })
  .superRefine(({ valeurs, code }, ctx) => {
    valeurs.forEach((v, i) => {
      const next = valeurs[i + 1]
      if (!next) return
      if (v.jusqua === undefined || v.jusqua > next.depuis)
        ctx.addIssue({ code: 'custom', message: `${code} : deux valeurs se chevauchent au ${next.depuis}.` })
      else if (v.jusqua < next.depuis)
        ctx.addIssue({ code: 'custom', message: `${code} : trou non déclaré entre ${v.jusqua} et ${next.depuis}.` })
    })
  })
export type Parametre = z.output<typeof zParametre>

export const zFichier = z.strictObject({ theme: z.string().min(1), parametres: z.array(zParametre).min(1) })
