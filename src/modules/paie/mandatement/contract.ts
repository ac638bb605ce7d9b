import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'
import { route } from '#socle/contrat.ts'
import { zMois } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'

const zMandatPrevu = z.object({
  caisse: z.string(),
  nom: z.string(),
  lignes: z.array(z.object({ nature: z.string(), ht: zMontant })),
  total: zMontant,
  virements: z.number(),
})
export const zMandatement = z.object({
  mois: z.string(),
  bulletins: z.number(),
  mandats: z.array(zMandatPrevu),
  totaux: z.object({ net: z.string(), retenues: z.string(), patronal: z.string(), total: z.string() }),
  negatifs: z.array(z.object({ nom: z.string(), montant: z.string() })),
  /** How many of them are already in the finances. */
  recus: z.number(),
})
export type Mandatement = z.output<typeof zMandatement>

export const listerMandatements = route({
  verbe: 'GET',
  chemin: '/api/paie/mandatements',
  resume: 'Liste les mois de paie approuvés qui ne sont pas encore dans les finances',
  reply: z.object({ mois: z.array(z.object({ mois: z.string(), bulletins: z.number(), cout: z.string() })) }),
})
export const lireMandatement = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/mandatement',
  resume: 'Montre les mandats d’un mois de paie approuvé, avant de les envoyer aux finances',
  params: z.object({ mois: zMois }),
  reply: zMandatement,
})
export const mandaterMois = route({
  verbe: 'POST',
  chemin: '/api/paie/dossiers/:mois/mandatement',
  resume: 'Envoie un mois de paie approuvé aux finances ; envoyé deux fois, il n’y entre qu’une',
  params: z.object({ mois: zMois }),
  body: z.object({ budgetId: zId<'Budget'>().optional() }),
  reply: zMandatement,
})
