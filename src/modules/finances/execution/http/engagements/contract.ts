import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'
import { zEngagementSaisi } from '../../contract.ts'
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
export type EngagementVue = z.output<typeof zEngagement>
export const listerEngagements = route({
  verbe: 'GET',
  chemin: `${base}/engagements`,
  resume: 'Liste les engagements d’un exercice et ce qu’il en reste',
  query: zCadre,
  reply: z.object({ engagements: z.array(zEngagement) }),
})
export const engager = route({
  verbe: 'POST',
  chemin: `${base}/engagements`,
  resume: 'Engage une dépense : son crédit est réservé, ou le refus dit ce qu’il reste',
  body: zEngagementSaisi.extend({ budgetId: zId<'Budget'>(), annee: z.number().int() }),
  reply: z.object({ numero: z.number() }),
})
export const solderEngagement = route({
  verbe: 'POST',
  chemin: `${base}/engagements/:engagement/solde`,
  resume: 'Solde un engagement : ce qu’il en reste est rendu au budget',
  params: z.object({ engagement: zId<'Engagement'>() }),
  reply: zFait,
})
