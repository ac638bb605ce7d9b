import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'
import { zTexte } from '../../../execution/contract.ts'
import { base, nul, texte, zFait } from '../../../execution/http/contract.ts'
import { zCompteSepa, zMandatSepa } from '../contract.ts'

const params = z.object({ mandatSepa: zId<'MandatSepa'>() })
const zMandatVue = z.object({
  id: texte,
  tiersId: texte,
  tiers: texte,
  rum: texte,
  iban: texte,
  titulaire: texte,
  signeLe: texte,
  estRecurrent: z.boolean(),
  origine: texte,
  ancienIban: nul,
  etat: z.enum(['propose', 'actif', 'refuse', 'revoque']),
  estCaduc: z.boolean(),
  finLe: texte,
  dernierLe: nul,
  presentations: z.number(),
  proposePar: texte,
  decidePar: nul,
  aDecider: z.boolean(),
})
export type MandatVue = z.output<typeof zMandatVue>
export const listerMandatsSepa = route({
  verbe: 'GET',
  chemin: `${base}/mandats-sepa`,
  resume: 'Liste les mandats de prélèvement, leur état et leur dernier usage',
  reply: z.object({ mandats: z.array(zMandatVue) }),
})
export const proposerMandatSepa = route({
  verbe: 'POST',
  chemin: `${base}/mandats-sepa`,
  resume: 'Saisit un mandat de prélèvement signé ; une autre personne le contrôle',
  body: zMandatSepa,
  reply: zFait,
})
export const changerCompteSepa = route({
  verbe: 'POST',
  chemin: `${base}/mandats-sepa/:mandatSepa/compte`,
  resume: 'Change le compte prélevé ; une autre personne le contrôle',
  params,
  body: zCompteSepa,
  reply: zFait,
})
export const deciderMandatSepa = route({
  verbe: 'POST',
  chemin: `${base}/mandats-sepa/:mandatSepa/decision`,
  resume: 'Accepte, refuse ou révoque un mandat de prélèvement',
  params,
  body: z.object({ acte: z.enum(['accepter', 'refuser', 'revoquer']), motif: zTexte(200).default('') }),
  reply: zFait,
})
