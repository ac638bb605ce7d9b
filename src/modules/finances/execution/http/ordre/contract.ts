import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'
import { zLigne, zPositif, zTexte } from '../../contract.ts'
import { base, montant, texte, zCadre, zFait } from '../contract.ts'

const zCote = z.object({ nature: zLigne.shape.nature, fonction: zLigne.shape.fonction })
export const zOrdreSaisi = z.object({
  libelle: zTexte(160).min(3, 'Dites l’objet en quelques mots.'),
  mouvement: z.enum(['entreSections', 'interne'], 'Choisissez le genre d’opération.'),
  montant: zPositif,
  depense: zCote,
  recette: zCote,
})
export type OrdreSaisi = z.output<typeof zOrdreSaisi>
const zArticle = z.object({ nature: texte, libelle: texte, chapitre: texte, section: z.enum(['F', 'I']) })
const zArticles = z.object({ D: z.array(zArticle), R: z.array(zArticle) })
const zOrdre = z.object({
  id: texte,
  libelle: texte,
  mouvement: z.enum(['entreSections', 'interne']),
  montant,
  depense: texte,
  recette: texte,
  etat: z.enum(['prepare', 'passe', 'abandonne']),
  par: texte,
  mandatId: texte.nullable(),
  titreId: texte.nullable(),
})
export type OrdreVue = z.output<typeof zOrdre>
const pOrdre = z.object({ ordre: zId<'OperationOrdre'>() })

export const listerOrdres = route({
  verbe: 'GET',
  chemin: `${base}/ordre`,
  resume: 'Liste les opérations d’ordre d’un exercice et les articles qu’elles peuvent mouvementer',
  query: zCadre,
  reply: z.object({
    operations: z.array(zOrdre),
    articles: z.object({ entreSections: zArticles, interne: zArticles }),
  }),
})
export const preparerOrdre = route({
  verbe: 'PUT',
  chemin: `${base}/ordre/:ordre`,
  resume: 'Prépare une opération d’ordre : un mandat et un titre du même montant, signés ensemble',
  params: pOrdre,
  body: zOrdreSaisi.extend({ budgetId: zId<'Budget'>(), annee: z.number().int() }),
  reply: zFait,
})
export const trancherOrdre = route({
  verbe: 'POST',
  chemin: `${base}/ordre/:ordre/decision`,
  resume: 'Signe une opération d’ordre préparée, ou l’abandonne',
  params: pOrdre,
  body: z.object({ acte: z.enum(['signer', 'abandonner']) }),
  reply: zFait,
})
