import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'
import { zTexte } from '../../contract.ts'
import { base, montant, motif, nul, texte, zFait } from '../contract.ts'

const zRetenue = z.object({
  id: texte,
  marche: texte,
  tiers: texte,
  objet: texte,
  montant,
  etat: z.enum(['retenue', 'liberee', 'substituee']),
  /** Its mandat, once signed. */
  pieceId: nul,
  numero: z.number().nullable(),
  annee: z.number(),
  budgetId: texte,
  recueLe: nul,
  /** End of the guarantee of perfect completion. */
  liberableLe: nul,
  echue: z.boolean(),
  garant: texte,
  reference: texte,
  motif: texte,
  decideLe: nul,
  decidePar: nul,
})
export type RetenueVue = z.output<typeof zRetenue>
const pRetenue = z.object({ retenue: zId<'Liquidation'>() })

export const listerRetenues = route({
  verbe: 'GET',
  chemin: `${base}/retenues`,
  resume: 'Liste les retenues de garantie, et celles qui peuvent être libérées',
  reply: z.object({ retenues: z.array(zRetenue) }),
})
export const deciderRetenue = route({
  verbe: 'POST',
  chemin: `${base}/retenues/:retenue/decision`,
  resume: 'Note la réception, libère une retenue, ou la remplace par une garantie bancaire',
  params: pRetenue,
  body: z.discriminatedUnion('acte', [
    z.object({ acte: z.literal('recevoir'), le: zJour }),
    z.object({ acte: z.literal('liberer'), motif: motif.shape.motif }),
    z.object({
      acte: z.literal('substituer'),
      garant: zTexte(120).min(2, 'Donnez le nom de la banque ou de la caution.'),
      reference: zTexte(60).min(2, 'Donnez la référence de la garantie.'),
    }),
  ]),
  reply: zFait,
})
export const lireCertificat = route({
  verbe: 'GET',
  chemin: `${base}/retenues/:retenue/certificat`,
  resume: 'Rend le certificat de libération que le comptable attend pour payer',
  params: pRetenue,
  query: z.object({ organisme: zId<'Organisme'>().optional() }),
  reply: z.any(),
})
