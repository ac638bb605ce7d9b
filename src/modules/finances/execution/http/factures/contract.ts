import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'
import { zFactureSaisie } from '../../contract.ts'
import { base, montant, motif, nul, texte, zFait } from '../contract.ts'

export const zFacture = z.object({
  id: texte,
  budgetId: texte,
  tiersId: texte,
  tiers: texte,
  numero: texte,
  objet: texte,
  dateFacture: texte,
  recueLe: texte,
  serviceFaitLe: nul,
  ht: montant,
  tva: montant,
  ttc: montant,
  etat: z.enum(['recue', 'liquidee', 'mandatee', 'rejetee']),
  suspendue: z.boolean(),
  motif: texte,
  documentId: nul,
  echeance: nul,
  echeanceOrdonnateur: nul,
  /** Late on the day it is read, for the ordonnateur's share of the delay. */
  enRetard: z.boolean(),
})
export type FactureVue = z.output<typeof zFacture>
const pFacture = z.object({ facture: zId<'Facture'>() })
export const listerFactures = route({
  verbe: 'GET',
  chemin: `${base}/factures`,
  resume: 'Liste les factures, leur délai de paiement et ce qu’il reste à faire',
  query: z.object({ etat: z.enum(['aTraiter', 'toutes']).default('toutes') }),
  reply: z.object({ factures: z.array(zFacture) }),
})
export const lireInterets = route({
  verbe: 'GET',
  chemin: `${base}/factures/:facture/interets`,
  resume: 'Calcule les intérêts de retard d’une facture payée un jour donné',
  params: pFacture,
  query: z.object({ le: zJour }),
  reply: z.object({
    jours: z.number(),
    taux: texte,
    interets: montant,
    forfait: montant,
    total: montant,
    texte,
    verifie: z.boolean(),
  }),
})
export const enregistrerFacture = route({
  verbe: 'POST',
  chemin: `${base}/factures`,
  resume: 'Enregistre une facture reçue ; le même numéro d’un fournisseur est refusé',
  body: zFactureSaisie.extend({ documentId: zId<'Document'>().optional() }),
  reply: zFait,
})
export const traiterFacture = route({
  verbe: 'POST',
  chemin: `${base}/factures/:facture/actes`,
  resume: 'Constate le service fait, suspend le délai, le reprend, ou rejette la facture',
  params: pFacture,
  body: z.discriminatedUnion('acte', [
    z.object({ acte: z.literal('serviceFait'), le: zJour }),
    z.object({ acte: z.literal('suspendre'), le: zJour, motif: motif.shape.motif }),
    z.object({ acte: z.literal('reprendre'), le: zJour }),
    z.object({ acte: z.literal('rejeter'), motif: motif.shape.motif }),
  ]),
  reply: zFait,
})
export const deposerDocument = route({
  verbe: 'POST',
  chemin: `${base}/documents`,
  resume: 'Dépose un document (facture, délibération…) avant de l’attacher à une pièce',
  reply: z.object({ documentId: texte, nom: texte }),
})
export const lireDocument = route({
  verbe: 'GET',
  chemin: `${base}/documents/:document`,
  resume: 'Rend un document attaché à une facture ou à une pièce',
  params: z.object({ document: zId<'Document'>() }),
  query: z.object({ organisme: zId<'Organisme'>().optional() }),
  reply: z.any(),
})
