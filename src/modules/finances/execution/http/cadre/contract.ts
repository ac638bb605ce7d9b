import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'
import { zSens, zTexte } from '../../contract.ts'
import { base, montant, nul, texte, zAnnee, zCadre, zFait } from '../contract.ts'

const zArticle = z.object({ nature: texte, libelle: texte, chapitre: texte, section: z.enum(['F', 'I']) })
export const lireCadre = route({
  verbe: 'GET',
  chemin: `${base}/execution`,
  resume:
    'Donne les budgets et exercices ouverts, les articles, les rubriques de pièces justificatives et les triplets',
  query: z.object({ budget: zId<'Budget'>().optional(), annee: zAnnee.optional() }),
  reply: z.object({
    budgets: z.array(
      z.object({
        id: texte,
        code: texte,
        libelle: texte,
        assujettiTva: z.boolean(),
        exercices: z.array(z.object({ annee: z.number(), etat: texte })),
      }),
    ),
    budget: nul,
    annee: z.number().nullable(),
    articles: z.object({ D: z.array(zArticle), R: z.array(zArticle) }),
    /** Each real line needs its function in a budget voted by function; it may have one in the complete edition. */
    fonction: z.enum(['requise', 'facultative', 'absente']),
    fonctions: z.array(z.object({ code: texte, libelle: texte })),
    rubriques: z.array(
      z.object({
        code: texte,
        libelle: texte,
        pieces: z.array(z.object({ code: texte, libelle: texte, bloquante: z.boolean() })),
      }),
    ),
    triplets: z.object({
      D: z.array(z.object({ triplet: texte, libelle: texte, verifie: z.boolean(), source: texte })),
      R: z.array(z.object({ triplet: texte, libelle: texte, verifie: z.boolean(), source: texte })),
    }),
  }),
})
export type CadreVue = (typeof lireCadre)['reply']['_output']
export const lireDisponible = route({
  verbe: 'GET',
  chemin: `${base}/execution/disponible`,
  resume: 'Donne le crédit disponible là où le vote limite cet article',
  query: zCadre.extend({ nature: texte, fonction: texte.default(''), operation: texte.default('') }),
  reply: z.object({ cle: nul, libelle: texte, vote: montant, engage: montant, mandate: montant, disponible: montant }),
})
export const ajouterTriplet = route({
  verbe: 'POST',
  chemin: `${base}/triplets`,
  resume: 'Ajoute une association bordereau, type, nature que le comptable admet, avec sa source',
  body: z.object({
    sens: zSens,
    triplet: z.string().regex(/^\d{2}-\d{2}-\d{2}$/, 'Trois fois deux chiffres : 01-01-01.'),
    libelle: zTexte(120).min(3, 'Donnez un libellé.'),
    source: zTexte(300).min(3, 'Dites d’où vient cette association.'),
  }),
  reply: zFait,
})
