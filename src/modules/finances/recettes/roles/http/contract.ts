import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'
import { zPositif } from '../../../execution/contract.ts'
import { base, montant, motif, nul, texte, zAnomalie, zCadre, zFait } from '../../../execution/http/contract.ts'
import { zArticleSaisi, zLigneRole, zRoleSaisi } from '../contract.ts'

const params = z.object({ role: zId<'Role'>() })
const dette = z.object({ dette: zId<'Dette'>() })

const zRoleResume = z.object({
  id: texte,
  libelle: texte,
  numero: z.number().nullable(),
  etat: z.enum(['brouillon', 'aViser', 'signe', 'abandonne']),
  /** Where its bordereau stands once signed. */
  transmission: texte,
  debiteurs: z.number(),
  total: montant,
  regle: montant,
  reste: montant,
  echeance: texte,
})
export type RoleResume = z.output<typeof zRoleResume>

export const listerRoles = route({
  verbe: 'GET',
  chemin: `${base}/roles`,
  resume: 'Liste les rôles d’un exercice, ce qu’ils demandent et ce qui est encaissé',
  query: zCadre,
  reply: z.object({ roles: z.array(zRoleResume) }),
})
const zArticleVue = z.object({
  id: texte,
  tiersId: texte,
  tiers: texte,
  objet: texte,
  lignes: z.array(zLigneRole),
  ttc: montant,
  /** Once signed. */
  numero: z.number().nullable(),
  cles: texte,
  etat: texte,
  codeEtat: texte,
  regle: montant,
  reste: montant,
  payfip: nul,
  prelevement: nul,
  rejetBancaire: z.boolean(),
})
export type ArticleVue = z.output<typeof zArticleVue>
export const lireRole = route({
  verbe: 'GET',
  chemin: `${base}/roles/:role`,
  resume: 'Donne un rôle, ses débiteurs, et ce qui empêche sa signature',
  params,
  reply: zRoleResume.extend({
    saisie: z.object({
      libelle: texte,
      produit: texte,
      periode: z.number(),
      avisLe: texte,
      echeance: texte,
      prelevementLe: nul,
      edition: z.enum(['collectivite', 'dgfip']),
    }),
    budgetId: texte,
    annee: z.number(),
    bordereauId: nul,
    titreId: nul,
    motif: texte,
    articles: z.array(zArticleVue),
    anomalies: z.array(zAnomalie),
    empreinte: texte,
    histoire: z.array(z.object({ id: texte, le: texte, nom: texte, acte: texte, detail: texte })),
  }),
})
export const creerRole = route({
  verbe: 'POST',
  chemin: `${base}/roles`,
  resume: 'Ouvre un rôle',
  body: z.intersection(zRoleSaisi, z.object({ id: zId<'Role'>(), budgetId: zId<'Budget'>(), annee: z.number().int() })),
  reply: zFait,
})
export const modifierRole = route({
  verbe: 'PUT',
  chemin: `${base}/roles/:role`,
  resume: 'Change le nom, les dates ou le produit d’un rôle en préparation',
  params,
  body: zRoleSaisi,
  reply: zFait,
})
export const copierRole = route({
  verbe: 'POST',
  chemin: `${base}/roles/:role/copie`,
  resume: 'Reprend les débiteurs et les lignes d’un rôle pour un autre mois',
  params,
  body: z.intersection(zRoleSaisi, z.object({ id: zId<'Role'>() })),
  reply: zFait,
})
export const reprendreRejets = route({
  verbe: 'POST',
  chemin: `${base}/roles/:role/reprise`,
  resume: 'Reprend dans un nouveau rôle les dettes que le comptable a rejetées',
  params,
  body: z.intersection(zRoleSaisi, z.object({ id: zId<'Role'>() })),
  reply: z.object({ dettes: z.number() }),
})
export const poserArticle = route({
  verbe: 'POST',
  chemin: `${base}/roles/:role/articles`,
  resume: 'Ajoute un débiteur à un rôle, ou corrige ce qu’il doit',
  params,
  body: zArticleSaisi,
  reply: zFait,
})
export const retirerArticle = route({
  verbe: 'DELETE',
  chemin: `${base}/roles/:role/articles/:dette`,
  resume: 'Retire un débiteur d’un rôle en préparation',
  params: params.extend(dette.shape),
  reply: zFait,
})
export const importerRole = route({
  verbe: 'POST',
  chemin: `${base}/roles/:role/import`,
  resume: 'Lit un tableur de débiteurs : essai avec ses anomalies, ou import de tout si `appliquer` vaut `oui`',
  params,
  reply: z.object({
    importe: z.boolean(),
    articles: z.array(
      z.object({ ligne: z.number(), nom: texte, nouveau: z.boolean(), lignes: z.number(), ttc: montant }),
    ),
    anomalies: z.array(zAnomalie),
    total: montant,
  }),
})
export type EssaiImport = (typeof importerRole)['reply']['_output']
export const lireModeleRole = route({
  verbe: 'GET',
  chemin: `${base}/recettes/modele-de-role`,
  resume: 'Donne un tableur modèle pour l’import d’un rôle',
  reply: z.any(),
})
export const envoyerRole = route({
  verbe: 'POST',
  chemin: `${base}/roles/:role/envoi`,
  resume: 'Envoie un rôle à la signature de l’ordonnateur',
  params,
  reply: zFait,
})
export const renvoyerRole = route({
  verbe: 'POST',
  chemin: `${base}/roles/:role/renvoi`,
  resume: 'Renvoie un rôle à corriger, avec le motif',
  params,
  body: motif,
  reply: zFait,
})
export const signerRole = route({
  verbe: 'POST',
  chemin: `${base}/roles/:role/signature`,
  resume: 'Signe un rôle : bordereau ORMC, dettes numérotées, titre récapitulatif, en un seul acte',
  params,
  body: z.object({ empreinte: texte }),
  reply: z.object({ numero: z.number(), dettes: z.number() }),
})
export const abandonnerRole = route({
  verbe: 'POST',
  chemin: `${base}/roles/:role/abandon`,
  resume: 'Abandonne un rôle en préparation',
  params,
  body: motif,
  reply: zFait,
})
export const editerAvis = route({
  verbe: 'GET',
  chemin: `${base}/roles/:role/avis`,
  resume: 'Édite les avis des sommes à payer d’un rôle signé, un par débiteur (PDF)',
  params,
  query: z.object({ dette: zId<'Dette'>().optional() }),
  reply: z.any(),
})
export const corrigerDette = route({
  verbe: 'POST',
  chemin: `${base}/dettes/:dette/correction`,
  resume: 'Prépare la réduction ou l’annulation de ce qu’un débiteur doit',
  params: dette,
  body: motif.extend({ id: zId<'Liquidation'>(), montant: zPositif.optional() }),
  reply: zFait,
})
export const noterRejetBancaire = route({
  verbe: 'POST',
  chemin: `${base}/dettes/:dette/rejet-bancaire`,
  resume: 'Note que la banque a rejeté le prélèvement d’une dette',
  params: dette,
  body: motif,
  reply: zFait,
})
