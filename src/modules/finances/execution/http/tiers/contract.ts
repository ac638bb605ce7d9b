import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'
import { zCompteSaisi, zTexte, zTiersSaisi } from '../../contract.ts'
import { base, montant, nul, texte, zFait } from '../contract.ts'

export const zCompte = z.object({
  id: texte,
  iban: texte,
  titulaire: texte,
  origine: texte,
  etat: z.enum(['propose', 'accepte', 'refuse', 'retire']),
  proposePar: texte,
  proposeLe: texte,
  decidePar: nul,
  motif: texte,
  /** May this person accept or refuse it: never who proposed it. */
  aDecider: z.boolean(),
})
export const zTiers = z.object({
  id: texte,
  numero: z.number(),
  nom: texte,
  prenom: texte,
  siret: nul,
  categorie: texte,
  natureJuridique: texte,
  ville: texte,
  estActif: z.boolean(),
  comptes: z.number(),
  aControler: z.number(),
  depenses: montant,
  recettes: montant,
})
export type TiersVue = z.output<typeof zTiers>
const pTiers = z.object({ tiers: zId<'Tiers'>() })

export const listerTiers = route({
  verbe: 'GET',
  chemin: `${base}/tiers`,
  resume: 'Liste les tiers, leurs comptes à contrôler et ce qu’ils ont reçu ou dû',
  reply: z.object({ tiers: z.array(zTiers) }),
})
export const lireTiers = route({
  verbe: 'GET',
  chemin: `${base}/tiers/:tiers`,
  resume: 'Donne un tiers, ses comptes bancaires, ses pièces et son histoire',
  params: pTiers,
  reply: z.object({
    id: texte,
    numero: z.number(),
    estActif: z.boolean(),
    // as it is stored: the keys of the identifiers were checked when it was entered
    saisie: z.object({
      categorie: texte,
      natureJuridique: texte,
      nom: texte,
      complement: texte,
      civilite: texte,
      prenom: texte,
      siret: texte,
      adresse: texte,
      complementAdresse: texte,
      codePostal: texte,
      ville: texte,
      pays: texte,
      courriel: texte,
      telephone: texte,
    }),
    comptes: z.array(zCompte),
    histoire: z.array(z.object({ id: texte, le: texte, nom: texte, acte: texte, detail: texte })),
    /** What was chosen the last time: the next entry starts from it. */
    memoire: z
      .object({
        nature: texte,
        fonction: texte,
        objet: texte,
        modeReglement: texte,
        compteBancaireId: texte.optional(),
        rubriquePj: texte.optional(),
        marche: texte.optional(),
      })
      .nullable(),
  }),
})
export const enregistrerTiers = route({
  verbe: 'PUT',
  chemin: `${base}/tiers/:tiers`,
  resume: 'Crée un tiers ou le corrige ; le SIRET n’appartient qu’à un',
  params: pTiers,
  body: zTiersSaisi,
  reply: zFait,
})
export const activerTiers = route({
  verbe: 'POST',
  chemin: `${base}/tiers/:tiers/activation`,
  resume: 'Met un tiers hors service, ou le remet en service',
  params: pTiers,
  body: z.object({ actif: z.boolean() }),
  reply: zFait,
})
export const proposerCompte = route({
  verbe: 'POST',
  chemin: `${base}/tiers/:tiers/comptes`,
  resume: 'Propose un compte bancaire, qu’une autre personne devra accepter',
  params: pTiers,
  body: zCompteSaisi,
  reply: zFait,
})
export const deciderCompte = route({
  verbe: 'POST',
  chemin: `${base}/comptes-bancaires/:compteBancaire/decision`,
  resume: 'Accepte ou refuse un compte proposé par une autre personne, ou retire un compte',
  params: z.object({ compteBancaire: zId<'CompteBancaire'>() }),
  body: z.object({ acte: z.enum(['accepter', 'refuser', 'retirer']), motif: zTexte(200).default('') }),
  reply: zFait,
})
