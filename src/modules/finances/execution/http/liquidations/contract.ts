import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'
import { zFactureSaisie, zLiquidationSaisie, zSens, zTexte } from '../../contract.ts'
import { base, montant, motif, nul, texte, zAnomalie, zCadre, zFait } from '../contract.ts'

export const zLiquidation = z.object({
  id: texte,
  sens: zSens,
  budgetId: texte,
  annee: z.number(),
  etat: z.enum(['prete', 'aViser', 'posee', 'abandonnee']),
  tiers: texte,
  tiersId: nul,
  objet: texte,
  nature: texte,
  section: z.enum(['F', 'I']),
  ht: montant,
  tva: montant,
  ttc: montant,
  typeBordereau: texte,
  motif: texte,
  documentId: nul,
  echeance: nul,
  liquidePar: texte,
  liquideLe: texte,
  source: texte,
  anomalies: z.array(zAnomalie),
})
export type LiquidationVue = z.output<typeof zLiquidation>
const pLiquidation = z.object({ liquidation: zId<'Liquidation'>() })
export const listerLiquidations = route({
  verbe: 'GET',
  chemin: `${base}/liquidations`,
  resume: 'Liste les pièces prêtes à partir sur un bordereau, avec leurs anomalies',
  query: zCadre.extend({ sens: zSens }),
  reply: z.object({ liquidations: z.array(zLiquidation) }),
})
export const liquider = route({
  verbe: 'POST',
  chemin: `${base}/liquidations`,
  resume: 'Liquide une dépense ou une recette, avec sa facture si elle n’est pas encore enregistrée',
  body: z.object({
    sens: zSens,
    budgetId: zId<'Budget'>(),
    annee: z.number().int(),
    facture: zFactureSaisie.omit({ budgetId: true }).extend({ documentId: zId<'Document'>().optional() }).optional(),
    piece: zLiquidationSaisie,
    documents: z
      .array(z.object({ documentId: zId<'Document'>(), type: zTexte(20), nom: zTexte(120) }))
      .max(30)
      .default([]),
  }),
  reply: zLiquidation,
})
export const joindreDocument = route({
  verbe: 'POST',
  chemin: `${base}/liquidations/:liquidation/documents`,
  resume: 'Joint une pièce justificative à une pièce qui n’est pas encore signée',
  params: pLiquidation,
  body: z.object({ documentId: zId<'Document'>(), type: zTexte(20), nom: zTexte(120) }),
  reply: zLiquidation,
})
export const abandonner = route({
  verbe: 'POST',
  chemin: `${base}/liquidations/:liquidation/abandon`,
  resume: 'Abandonne une pièce que personne n’a signée : son crédit et sa facture sont libérés',
  params: pLiquidation,
  body: motif,
  reply: zFait,
})
