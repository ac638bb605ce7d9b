import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'
import { base, montant, motif, nul, texte, zAnomalie, zCadre, zFait } from '../../../execution/http/contract.ts'
import { zP503Saisi, zTitreP503 } from '../contract.ts'

const params = z.object({ p503: zId<'P503'>() })
const zP503Vue = z.object({
  id: texte,
  reference: texte,
  le: texte,
  montant,
  reste: montant,
  payeur: texte,
  libelle: texte,
  etat: z.enum(['aTitrer', 'partiel', 'titre', 'ecarte']),
  motif: nul,
  /** The same payer, as his last titre was. */
  proposition: z
    .object({ tiersId: texte, tiers: texte, nature: texte, fonction: texte, produit: texte, objet: texte })
    .nullable(),
  /** Titres of this amount that wait for their bordereau. */
  rapprochables: z.array(z.object({ id: texte, libelle: texte })),
})
export type P503Vue = z.output<typeof zP503Vue>
export const listerP503 = route({
  verbe: 'GET',
  chemin: `${base}/p503`,
  resume: 'Liste les sommes reçues avant leur titre, avec le titre proposé',
  query: zCadre,
  reply: z.object({ encaissements: z.array(zP503Vue), retours: z.number() }),
})
export const enregistrerP503 = route({
  verbe: 'POST',
  chemin: `${base}/p503`,
  resume: 'Saisit une somme reçue par le comptable avant son titre',
  body: zP503Saisi.extend({ budgetId: zId<'Budget'>(), annee: z.number().int() }),
  reply: zFait,
})
export const importerP503 = route({
  verbe: 'POST',
  chemin: `${base}/p503/import`,
  resume: 'Lit un relevé P503 en tableur : essai, ou import de tout si `appliquer` vaut `oui`',
  reply: z.object({ lues: z.number(), nouvelles: z.number(), total: montant, anomalies: z.array(zAnomalie) }),
})
export const reprendreRetours = route({
  verbe: 'POST',
  chemin: `${base}/p503/retours`,
  resume: 'Reprend les titres à émettre que les PES Retour ont annoncés',
  reply: z.object({ nouveaux: z.number() }),
})
export const titrerP503 = route({
  verbe: 'POST',
  chemin: `${base}/p503/:p503/titre`,
  resume: 'Prépare le titre émis après encaissement',
  params,
  body: zTitreP503,
  reply: zFait,
})
export const rapprocherP503 = route({
  verbe: 'POST',
  chemin: `${base}/p503/:p503/rapprochement`,
  resume: 'Rattache un titre déjà préparé à cet encaissement',
  params,
  body: z.object({ liquidation: zId<'Liquidation'>() }),
  reply: zFait,
})
export const ecarterP503 = route({
  verbe: 'POST',
  chemin: `${base}/p503/:p503/ecart`,
  resume: 'Écarte un encaissement qui n’attend pas de titre, avec le motif',
  params,
  body: motif,
  reply: zFait,
})
