import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'
import { zPositif, zSens, zTexte } from '../../contract.ts'
import { base, montant, nul, texte, zCadre } from '../contract.ts'
import { zLiquidation } from '../liquidations/contract.ts'

export const ETATS_PIECE = [
  'signee',
  'transmise',
  'priseEnCharge',
  'suspendue',
  'rejetee',
  'partielle',
  'soldee',
  'annulee',
] as const
export const zPiece = z.object({
  id: texte,
  sens: zSens,
  budgetId: texte,
  annee: z.number(),
  numero: z.number(),
  bordereau: z.number(),
  bordereauId: texte,
  triplet: texte,
  emiseLe: texte,
  tiers: texte,
  tiersId: nul,
  objet: texte,
  section: z.enum(['F', 'I']),
  ht: montant,
  tva: montant,
  ttc: montant,
  regle: montant,
  annule: montant,
  reste: montant,
  etat: z.enum(ETATS_PIECE),
  libelleEtat: texte,
  motif: texte,
  echeance: nul,
})
export type PieceVue = z.output<typeof zPiece>
export const listerPieces = route({
  verbe: 'GET',
  chemin: `${base}/pieces`,
  resume: 'Liste les mandats ou les titres d’un exercice, cherchés, triés et paginés',
  query: zCadre.extend({
    sens: zSens,
    q: zTexte(100).default(''),
    etat: z.enum(ETATS_PIECE).optional(),
    tri: z.enum(['numero', 'emiseLe', 'tiers', 'objet', 'ttc', 'reste']).default('numero'),
    ordre: z.enum(['asc', 'desc']).default('desc'),
    page: z.coerce.number().int().min(1).default(1),
    taille: z.coerce.number().int().min(1).max(50_000).default(100),
  }),
  reply: z.object({ pieces: z.array(zPiece), total: z.number(), somme: montant }),
})
const pPiece = z.object({ mandat: zId<'Piece'>() })
export const lirePiece = route({
  verbe: 'GET',
  chemin: `${base}/pieces/:mandat`,
  resume: 'Donne un mandat ou un titre, ses lignes, ses écritures, ses documents, ses corrections et son histoire',
  params: pPiece,
  reply: zPiece.extend({
    lignes: z.array(
      z.object({
        rang: z.number(),
        nature: texte,
        libelleNature: texte,
        chapitre: texte,
        fonction: texte,
        libelle: texte,
        ht: montant,
        tva: montant,
      }),
    ),
    ecritures: z.array(
      z.object({ cle: texte, compteDebit: texte, compteCredit: texte, montant, le: texte, libelle: texte }),
    ),
    documents: z.array(z.object({ documentId: texte, nom: texte, type: texte })),
    corrections: z.array(
      z.object({ id: texte, numero: z.number(), sens: zSens, annee: z.number(), triplet: texte, ttc: montant }),
    ),
    compte: texte,
    virements: z.array(z.object({ nom: texte, montant })),
    histoire: z.array(z.object({ id: texte, le: texte, nom: texte, acte: texte, detail: texte })),
    /** What may be done with it now. */
    actes: z.array(z.enum(['annuler', 'reduire', 'reemettre'])),
  }),
})
export type PieceLue = (typeof lirePiece)['reply']['_output']
export const corrigerPiece = route({
  verbe: 'POST',
  chemin: `${base}/pieces/:mandat/corrections`,
  resume: 'Prépare l’annulation, la réduction ou la réémission d’un mandat ou d’un titre signé',
  params: pPiece,
  body: z.object({
    id: zId<'Liquidation'>(),
    acte: z.enum(['annuler', 'reduire', 'reemettre']),
    montant: zPositif.optional(),
    objet: zTexte(160).min(3, 'Dites pourquoi.'),
  }),
  reply: zLiquidation,
})
