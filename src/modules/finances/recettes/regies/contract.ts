import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'
import { zPositif, zTexte } from '../../execution/contract.ts'

export const GENRES_REGIE = { recettes: 'Régie de recettes', avances: 'Régie d’avances', mixte: 'Régie mixte' } as const
export const QUALITES = { regisseur: 'Régisseur', suppleant: 'Mandataire suppléant', mandataire: 'Mandataire' } as const
export const MOYENS = {
  especes: 'Espèces',
  cheque: 'Chèque',
  carte: 'Carte bancaire',
  virement: 'Virement',
  enLigne: 'Paiement en ligne',
} as const
export const GENRES_OPERATION = {
  encaissement: 'Encaissement',
  depense: 'Dépense',
  versement: 'Versement au comptable',
  avance: 'Avance reçue',
  annulation: 'Annulation',
} as const
/** In cents, the coins and notes that a cash count asks for. */
export const COUPURES = [
  '50.00',
  '20.00',
  '10.00',
  '5.00',
  '2.00',
  '1.00',
  '0.50',
  '0.20',
  '0.10',
  '0.05',
  '0.02',
  '0.01',
]

const enumOf = <T extends Record<string, string>>(o: T) =>
  z.enum(Object.keys(o) as [keyof T & string, ...(keyof T & string)[]], 'Choisissez dans la liste.')
export const zGenreRegie = enumOf(GENRES_REGIE)
export const zQualite = enumOf(QUALITES)
export const zMoyen = enumOf(MOYENS)
const zNul = zMontant.refine((m) => Number(m) >= 0, 'Pas sous zéro.')

export const zRegieSaisie = z
  .object({
    code: z.string().regex(/^[0-9A-Za-z]{1,10}$/, 'Dix lettres ou chiffres au plus, donnés par le comptable.'),
    libelle: zTexte(80).min(3, 'Donnez le nom de la régie.'),
    genre: zGenreRegie,
    acte: zTexte(60).default(''),
    acteLe: zJour.nullable().default(null),
    encaisseMax: zNul.default('0.00'),
    fondsCaisse: zNul.default('0.00'),
    avanceMax: zNul.default('0.00'),
    joursVersement: z.coerce.number().int().min(1).max(366).default(31),
    tiersId: zId<'Tiers'>().nullable().default(null),
  })
  .check((ctx) => {
    const at = (path: string, message: string) =>
      ctx.issues.push({ code: 'custom', input: ctx.value, path: [path], message })
    if (ctx.value.genre !== 'avances' && Number(ctx.value.encaisseMax) <= 0)
      at('encaisseMax', 'L’acte fixe le montant maximum de l’encaisse.')
    if (ctx.value.genre !== 'recettes' && Number(ctx.value.avanceMax) <= 0)
      at('avanceMax', 'L’acte fixe le montant maximum de l’avance.')
  })
export type RegieSaisie = z.output<typeof zRegieSaisie>

export const zAgentRegie = z.object({
  id: zId<'AgentRegie'>(),
  nom: zTexte(80).min(2, 'Donnez le nom.'),
  qualite: zQualite,
  acte: zTexte(60).default(''),
  depuis: zJour,
  jusqua: zJour.nullable().default(null),
})
export const zProduitRegie = z.object({
  id: zId<'ProduitRegie'>(),
  caisse: z.enum(['recettes', 'avances']),
  libelle: zTexte(80).min(2, 'Donnez le nom du produit.'),
  nature: z.string().regex(/^\d{2,12}$/, 'Choisissez l’article.'),
  fonction: z
    .string()
    .regex(/^\d{0,10}$/)
    .default(''),
  tarif: zPositif.nullable().default(null),
  estActif: z.boolean().default(true),
})
export const zOperationSaisie = z.object({
  id: zId<'OperationRegie'>(),
  le: zJour,
  genre: z.enum(['encaissement', 'depense', 'versement', 'avance']),
  moyen: zMoyen,
  montant: zPositif,
  produitId: zId<'ProduitRegie'>().nullable().default(null),
  qui: zTexte(80).default(''),
  objet: zTexte(160).default(''),
})
export type OperationSaisie = z.output<typeof zOperationSaisie>
export type Caisse = 'recettes' | 'avances'

export const zControleCaisse = z.object({
  id: zId<'ControleRegie'>(),
  le: zJour,
  coupures: z.record(z.string(), z.number().int().min(0).max(100_000)),
  observation: zTexte(300).default(''),
})
