import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'
import { zSens } from '../../contract.ts'
import { base, montant, motif, nul, texte, zAnomalie, zFait } from '../contract.ts'

export const ETATS_BORDEREAU = ['aViser', 'renvoye', 'signe', 'transmis', 'accepte', 'refuse'] as const
export const zBordereau = z.object({
  id: texte,
  sens: zSens,
  budgetId: texte,
  budget: texte,
  annee: z.number(),
  typeBordereau: texte,
  /** The rôle that a bordereau ORMC bears: its pieces are there. */
  roleId: nul,
  etat: z.enum(ETATS_BORDEREAU),
  libelleEtat: texte,
  numero: z.number().nullable(),
  nombre: z.number(),
  ht: montant,
  tva: montant,
  ttc: montant,
  motif: texte,
  envoyePar: texte,
  envoyeLe: texte,
  signePar: nul,
  dateEmission: nul,
})
export type BordereauVue = z.output<typeof zBordereau>
const pBordereau = z.object({ bordereau: zId<'Bordereau'>() })
export const zPieceDeBordereau = z.object({
  id: texte,
  numero: z.number().nullable(),
  tiers: texte,
  objet: texte,
  nature: texte,
  libelleNature: texte,
  chapitre: texte,
  section: z.enum(['F', 'I']),
  ht: montant,
  tva: montant,
  ttc: montant,
  documentId: nul,
  iban: texte,
  modeReglement: texte,
  documents: z.array(z.object({ documentId: texte, nom: texte, type: texte })),
  anomalies: z.array(zAnomalie),
  etat: nul,
})
export const listerBordereaux = route({
  verbe: 'GET',
  chemin: `${base}/bordereaux`,
  resume: 'Liste les bordereaux de mandats et de titres, du plus récent au plus ancien',
  query: z.object({ etat: z.enum(['aViser', 'tous']).default('tous') }),
  reply: z.object({ bordereaux: z.array(zBordereau) }),
})
export const lireBordereau = route({
  verbe: 'GET',
  chemin: `${base}/bordereaux/:bordereau`,
  resume: 'Donne un bordereau, ses pièces, leurs justificatifs, et l’empreinte de ce qui est lu',
  params: pBordereau,
  reply: zBordereau.extend({
    pieces: z.array(zPieceDeBordereau),
    empreinte: texte,
    actes: z.array(texte),
    histoire: z.array(z.object({ id: texte, le: texte, nom: texte, acte: texte, detail: texte })),
  }),
})
export type BordereauLu = (typeof lireBordereau)['reply']['_output']
export const envoyerBordereau = route({
  verbe: 'POST',
  chemin: `${base}/bordereaux`,
  resume: 'Réunit des pièces sur un bordereau et l’envoie à la signature ; rien n’est encore numéroté',
  body: z.object({
    id: zId<'Bordereau'>(),
    liquidations: z.array(zId<'Liquidation'>()).min(1, 'Choisissez au moins une pièce.').max(5000),
  }),
  reply: zFait,
})
export const signerBordereau = route({
  verbe: 'POST',
  chemin: `${base}/bordereaux/:bordereau/signature`,
  resume: 'Signe le bordereau tel qu’il a été lu : les numéros sont donnés, les écritures passées',
  params: pBordereau,
  body: z.object({ empreinte: texte }),
  reply: z.object({ numero: z.number(), premiere: z.number(), nombre: z.number() }),
})
export const renvoyerBordereau = route({
  verbe: 'POST',
  chemin: `${base}/bordereaux/:bordereau/renvoi`,
  resume: 'Renvoie le bordereau sans le signer : ses pièces sont à corriger',
  params: pBordereau,
  body: motif,
  reply: zFait,
})
export const transmettreBordereau = route({
  verbe: 'POST',
  chemin: `${base}/bordereaux/:bordereau/transmission`,
  resume: 'Marque un bordereau signé comme remis au comptable hors du flux PES',
  params: pBordereau,
  reply: zFait,
})
