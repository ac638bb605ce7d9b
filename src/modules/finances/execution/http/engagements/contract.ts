import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'
import { zEngagementSaisi, zTexte } from '../../contract.ts'
import { base, montant, nul, texte, zCadre, zFait } from '../contract.ts'

export const zEngagement = z.object({
  id: texte,
  numero: z.number(),
  objet: texte,
  tiers: texte,
  tiersId: nul,
  nature: texte,
  fonction: texte,
  operation: texte,
  service: texte,
  marche: texte,
  montant,
  liquide: montant,
  reste: montant,
  etat: z.enum(['ouvert', 'solde', 'annule']),
  engageLe: texte,
  engagePar: texte,
})
const zDemande = z.object({
  id: texte,
  objet: texte,
  nature: texte,
  service: texte,
  montant,
  niveau: z.enum(['finances', 'ordonnateur']),
  etat: z.enum(['demande', 'accorde', 'refuse']),
  par: texte,
  le: texte,
  decidePar: nul,
  motif: texte,
  /** May this person answer it: never who asked. */
  aDecider: z.boolean(),
})
export type DemandeVue = z.output<typeof zDemande>
export type EngagementVue = z.output<typeof zEngagement>
export const listerEngagements = route({
  verbe: 'GET',
  chemin: `${base}/engagements`,
  resume: 'Liste les engagements d’un exercice et ce qu’il en reste',
  query: zCadre,
  reply: z.object({
    engagements: z.array(zEngagement),
    demandes: z.array(zDemande),
    circuit: z.object({ seuilFinances: nul, seuilOrdonnateur: nul }),
    /** The edition that has a circuit. */
    complete: z.boolean(),
  }),
})
export const engager = route({
  verbe: 'POST',
  chemin: `${base}/engagements`,
  resume: 'Engage une dépense, ou la soumet à qui doit l’accorder ; le refus dit ce qu’il reste de crédit',
  body: zEngagementSaisi.extend({ budgetId: zId<'Budget'>(), annee: z.number().int() }),
  /** No number while the demand waits. */
  reply: z.object({ numero: z.number().nullable() }),
})
export const solderEngagement = route({
  verbe: 'POST',
  chemin: `${base}/engagements/:engagement/solde`,
  resume: 'Solde un engagement : ce qu’il en reste est rendu au budget',
  params: z.object({ engagement: zId<'Engagement'>() }),
  reply: zFait,
})

export const deciderDemande = route({
  verbe: 'POST',
  chemin: `${base}/engagements/:engagement/decision`,
  resume: 'Accorde une demande d’engagement, qui réserve son crédit, ou la refuse',
  params: z.object({ engagement: zId<'Engagement'>() }),
  body: z.object({ acte: z.enum(['accorder', 'refuser']), motif: zTexte(300).default('') }),
  reply: z.object({ numero: z.number().nullable() }),
})
const zSeuil = z.union([z.literal(''), zMontant])
export const reglerCircuit = route({
  verbe: 'PUT',
  chemin: `${base}/circuit`,
  resume: 'Dit à partir de quels montants un engagement doit être accordé, et par qui',
  body: z.object({ seuilFinances: zSeuil.default(''), seuilOrdonnateur: zSeuil.default('') }),
  reply: zFait,
})
