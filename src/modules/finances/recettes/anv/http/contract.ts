import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'
import { base, montant, nul, texte, zAnomalie, zCadre, zFait } from '../../../execution/http/contract.ts'
import { zDeliberationAnv, zLigneAnv, zListeAnv } from '../contract.ts'

const zListeVue = z.object({
  id: texte,
  reference: texte,
  recueLe: texte,
  deliberation: nul,
  deliberationLe: nul,
  total: montant,
  admis: montant,
  mandats: z.array(z.object({ id: texte, libelle: texte })),
  lignes: z.array(
    z.object({
      id: texte,
      genre: z.enum(['anv', 'eteinte']),
      exercice: z.number(),
      titre: texte,
      debiteur: texte,
      montant,
      motif: texte,
      decision: z.enum(['admise', 'refusee']).nullable(),
    }),
  ),
})
export type ListeAnvVue = z.output<typeof zListeVue>
export const listerAnv = route({
  verbe: 'GET',
  chemin: `${base}/anv`,
  resume: 'Liste les créances que le comptable présente en non-valeur, et leur vote',
  query: zCadre,
  reply: z.object({ listes: z.array(zListeVue) }),
})
export const lireFeuilleAnv = route({
  verbe: 'POST',
  chemin: `${base}/anv/lecture`,
  resume: 'Lit le tableur d’une liste, sans rien enregistrer',
  reply: z.object({ lignes: z.array(zLigneAnv), total: montant, anomalies: z.array(zAnomalie) }),
})
export type LectureAnv = (typeof lireFeuilleAnv)['reply']['_output']
export const enregistrerAnv = route({
  verbe: 'POST',
  chemin: `${base}/anv`,
  resume: 'Enregistre une liste de créances présentées en non-valeur',
  body: zListeAnv.extend({ budgetId: zId<'Budget'>(), annee: z.number().int() }),
  reply: zFait,
})
export const delibererAnv = route({
  verbe: 'POST',
  chemin: `${base}/anv/:listeAnv/deliberation`,
  resume: 'Enregistre la délibération et prépare les mandats 6541 et 6542',
  params: z.object({ listeAnv: zId<'ListeAnv'>() }),
  body: zDeliberationAnv,
  reply: z.object({ mandats: z.number(), total: montant }),
})
