import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'
import { base, montant, motif, nul, texte, zAnnee, zAnomalie, zFait } from '../../../execution/http/contract.ts'
import {
  zAgentRegie,
  zControleCaisse,
  zGenreRegie,
  zMoyen,
  zOperationSaisie,
  zProduitRegie,
  zQualite,
  zRegieSaisie,
} from '../contract.ts'

const params = z.object({ regie: zId<'Regie'>() })
const zRegieResume = z.object({
  id: texte,
  code: texte,
  libelle: texte,
  genre: zGenreRegie,
  encaisse: montant,
  avance: montant,
  aRegulariser: montant,
  alertes: z.array(zAnomalie),
})
export type RegieResume = z.output<typeof zRegieResume>
export const listerRegies = route({
  verbe: 'GET',
  chemin: `${base}/regies`,
  resume: 'Liste les régies, ce qu’elles détiennent et ce qui dépasse',
  reply: z.object({ regies: z.array(zRegieResume) }),
})
const zOperationVue = z.object({
  id: texte,
  numero: z.number(),
  le: texte,
  genre: z.enum(['encaissement', 'depense', 'versement', 'avance', 'annulation']),
  libelle: texte,
  piece: z.number().nullable(),
  moyen: zMoyen,
  montant,
  qui: texte,
  objet: texte,
  saisiPar: texte,
  peutAnnuler: z.boolean(),
  etat: z.enum(['annulee', 'regularisee', 'libre', 'sansSuite']),
})
export type OperationVue = z.output<typeof zOperationVue>
export const lireRegie = route({
  verbe: 'GET',
  chemin: `${base}/regies/:regie`,
  resume: 'Donne une régie : réglages, agents, produits, caisse, journal d’une année, contrôles',
  params,
  query: z.object({ annee: zAnnee.optional() }),
  reply: zRegieResume.extend({
    budgetId: texte,
    annee: z.number(),
    annees: z.array(z.number()),
    saisie: z.object({
      code: texte,
      libelle: texte,
      genre: zGenreRegie,
      acte: texte,
      acteLe: nul,
      encaisseMax: montant,
      fondsCaisse: montant,
      avanceMax: montant,
      joursVersement: z.number(),
      tiersId: nul,
    }),
    agents: z.array(z.object({ id: texte, nom: texte, qualite: zQualite, acte: texte, depuis: texte, jusqua: nul })),
    produits: z.array(
      z.object({
        id: texte,
        caisse: z.enum(['recettes', 'avances']),
        libelle: texte,
        nature: texte,
        fonction: texte,
        tarif: nul,
        estActif: z.boolean(),
      }),
    ),
    soldes: z.array(z.object({ caisse: z.enum(['recettes', 'avances']), moyen: zMoyen, solde: montant })),
    aRegulariserParCaisse: z.object({ recettes: montant, avances: montant }),
    operations: z.array(zOperationVue),
    controles: z.array(
      z.object({
        id: texte,
        le: texte,
        theorique: montant,
        constate: montant,
        ecart: montant,
        par: texte,
        observation: texte,
      }),
    ),
    p503: z.array(z.object({ id: texte, libelle: texte, reste: montant })),
  }),
})
export type RegieVue = (typeof lireRegie)['reply']['_output']
export const enregistrerRegie = route({
  verbe: 'POST',
  chemin: `${base}/regies`,
  resume: 'Ouvre une régie ou change ses réglages',
  body: z.intersection(zRegieSaisie, z.object({ id: zId<'Regie'>(), budgetId: zId<'Budget'>() })),
  reply: zFait,
})
export const nommerAgent = route({
  verbe: 'POST',
  chemin: `${base}/regies/:regie/agents`,
  resume: 'Enregistre la nomination d’un régisseur ou d’un mandataire',
  params,
  body: zAgentRegie,
  reply: zFait,
})
export const enregistrerProduit = route({
  verbe: 'POST',
  chemin: `${base}/regies/:regie/produits`,
  resume: 'Ajoute ou change ce qu’une régie encaisse ou paie',
  params,
  body: zProduitRegie,
  reply: zFait,
})
export const enregistrerOperation = route({
  verbe: 'POST',
  chemin: `${base}/regies/:regie/operations`,
  resume: 'Inscrit une opération au journal ; un encaissement prend la quittance suivante',
  params,
  body: zOperationSaisie,
  reply: z.object({ numero: z.number(), piece: z.number().nullable() }),
})
export const annulerOperation = route({
  verbe: 'POST',
  chemin: `${base}/regies/:regie/operations/:operationRegie/annulation`,
  resume: 'Annule une opération par une écriture inverse',
  params: params.extend({ operationRegie: zId<'OperationRegie'>() }),
  body: motif.extend({ id: zId<'OperationRegie'>() }),
  reply: zFait,
})
export const controlerCaisse = route({
  verbe: 'POST',
  chemin: `${base}/regies/:regie/controles`,
  resume: 'Enregistre un contrôle de caisse',
  params,
  body: zControleCaisse,
  reply: z.object({ theorique: montant, constate: montant }),
})
export const regulariserRegie = route({
  verbe: 'POST',
  chemin: `${base}/regies/:regie/regularisation`,
  resume: 'Prépare le titre des recettes, ou le mandat qui reconstitue l’avance',
  params,
  body: z.object({
    id: zId<'Liquidation'>(),
    caisse: z.enum(['recettes', 'avances']),
    jusqua: zJour,
    p503Id: zId<'P503'>().optional(),
  }),
  reply: z.object({ montant, operations: z.number() }),
})
export const editerQuittance = route({
  verbe: 'GET',
  chemin: `${base}/regies/:regie/operations/:operationRegie/quittance`,
  resume: 'Édite la quittance d’un encaissement (PDF)',
  params: params.extend({ operationRegie: zId<'OperationRegie'>() }),
  reply: z.any(),
})
export const editerJournal = route({
  verbe: 'GET',
  chemin: `${base}/regies/:regie/journal`,
  resume: 'Édite le journal de caisse d’une année (PDF)',
  params,
  query: z.object({ annee: zAnnee }),
  reply: z.any(),
})
