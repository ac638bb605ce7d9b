import { z } from 'zod'

const texte = (max: number) => z.string().trim().min(1).max(max)
const facultatif = (max: number) => z.string().trim().max(max).default('')
const zLieu = z.object({
  nom: texte(38),
  adresse: texte(38),
  codePostal: z.string().regex(/^\d{5}$/, 'Cinq chiffres.'),
  ville: texte(38),
})
/** What every avis of a body says, told once by the body with its comptable. */
export const zReglagesAsap = z.object({
  emetteur: zLieu.extend({
    /** CatTiers: 23 commune, 24 groupement, 26 CCAS… */
    categorie: z.enum(['23', '24', '25', '26', '29']).default('23'),
    telephone: facultatif(20),
    horaires: facultatif(38),
    courriel: facultatif(50),
  }),
  signataire: z.object({ nom: texte(38), prenom: texte(38), role: texte(50) }),
  /** RefBdf: ICS of the body (TIP), or its number of émetteur (talon). */
  refBdf: z.string().regex(/^[0-9a-zA-Z]{1,13}$/, 'Treize lettres ou chiffres au plus.'),
  encaissement: zLieu,
  tresorerie: zLieu.extend({ telephone: facultatif(20), horaires: facultatif(38), courriel: facultatif(50) }),
  /** PayFiP: the number of the body and the address of the payment page go together. */
  tipi: z.object({ code: z.string().regex(/^\d{6,7}$/, 'Six ou sept chiffres.'), adresse: texte(200) }).nullable(),
  prelevement: texte(250),
  contestation: texte(420),
})
export type ReglagesAsap = z.output<typeof zReglagesAsap>
