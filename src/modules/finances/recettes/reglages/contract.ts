import { z } from 'zod'
import { isFormat } from '../payfip/reference.ts'

const zFormat = z
  .string()
  .trim()
  .max(60)
  .refine(isFormat, 'Lettres, chiffres et {exercice}, {bordereau}, {numero}, {ligne} suivis de leur longueur.')
  .meta({ examples: ['{exercice:4}{numero:8}{ligne:2}'] })

/** What the comptable tells a budget about its incomes. */
export const zReglagesRecettes = z.object({
  payfipNumcli: z.union([z.literal(''), z.string().regex(/^\d{6}$/, 'Six chiffres, donnés par la DGFiP.')]),
  payfipAdresse: z.string().trim().min(3).max(200),
  payfipTitre: zFormat,
  payfipRole: zFormat,
  ormcOperande: z.string().regex(/^\d{0,7}$/, 'Des chiffres, ou rien pour le numéro du bordereau.'),
  ics: z.union([
    z.literal(''),
    z.string().regex(/^[A-Z]{2}\d{2}[0-9A-Z]{9}$/, 'Treize caractères : FR, deux chiffres, puis neuf.'),
  ]),
})
export type ReglagesRecettes = z.output<typeof zReglagesRecettes>
