import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'

/** What a safe receives; each nature keeps its own list on the screen. */
export const NATURES = { bulletin: 'Bulletin de paie' } as const
export type Nature = keyof typeof NATURES
const zNature = z.enum(Object.keys(NATURES) as [Nature])

const zObjet = z.object({
  id: z.string(),
  nature: zNature,
  /** Month of the payslip, `2025-11`. */
  mois: z.string(),
  titre: z.string(),
  employeur: z.object({ id: z.string(), nom: z.string(), siren: z.string() }),
  netAPayer: z
    .string()
    .nullable()
    .meta({ description: 'Net à payer en euros, « 1806.66 » ; absent s’il est inconnu.' }),
  typeMime: z.string(),
  taille: z.number().int(),
  empreinte: z.string().meta({ description: 'SHA-256 du contenu déposé.' }),
  recu: z.string().meta({ description: 'Numéro du reçu de dépôt.' }),
  deposeLe: z.string(),
})
export type Objet = z.infer<typeof zObjet>

const params = z.object({ id: zId<'ObjetDeCoffre'>() })

export const listerObjets = route({
  verbe: 'GET',
  chemin: '/api/coffre/objets',
  resume: 'Liste les documents de mon coffre, les plus récents d’abord',
  query: z.object({
    annee: z
      .string()
      .regex(/^\d{4}$/, 'Année attendue, par exemple 2025.')
      .optional(),
    employeur: zId<'Organisme'>().optional(),
    nature: zNature.optional(),
  }),
  reply: z.object({ objets: z.array(zObjet) }),
})

export const ouvrirObjet = route({
  verbe: 'GET',
  chemin: '/api/coffre/objets/:id/fichier',
  resume: 'Ouvre un document de mon coffre, intégrité vérifiée',
  params,
  query: z.object({ telecharger: z.literal('oui').optional() }),
  reply: z.unknown().meta({ description: 'Le fichier, tel que déposé.' }),
})

const zRecu = z.object({
  numero: z.string(),
  deposeLe: z.string(),
  deposant: z.object({ nom: z.string(), siren: z.string() }),
  titre: z.string(),
  mois: z.string(),
  taille: z.number().int(),
  algorithme: z.literal('SHA-256'),
  empreinte: z.string(),
})

export const lireRecu = route({
  verbe: 'GET',
  chemin: '/api/coffre/objets/:id/recu',
  resume: 'Donne le reçu de dépôt d’un document de mon coffre',
  params,
  reply: zRecu,
})

export const exporterCoffre = route({
  verbe: 'GET',
  chemin: '/api/coffre/archive',
  resume: 'Télécharge tout mon coffre dans une archive ZIP',
  reply: z.unknown().meta({
    description: 'Archive ZIP : les documents, index.html, index.csv, journal.csv, recus.json et SHA256SUMS.',
  }),
})

export const ACTES = {
  deposer: 'Dépôt',
  lire: 'Ouverture',
  lireRecu: 'Lecture du reçu',
  telecharger: 'Téléchargement',
  lister: 'Consultation de la liste',
  exporter: 'Téléchargement de tout le coffre',
  controler: 'Contrôle d’intégrité',
  demanderFermeture: 'Fermeture demandée',
  annulerFermeture: 'Fermeture annulée',
  rappeler: 'Rappel de la fermeture prochaine',
  fermer: 'Coffre fermé, documents supprimés',
  geler: 'Coffre gelé : décès déclaré',
  degeler: 'Coffre rendu : le décès était une erreur',
  remettre: 'Documents remis à la succession',
} as const
export type Acte = keyof typeof ACTES

const zLigneDeJournal = z.object({
  id: z.string(),
  acte: z.enum(Object.keys(ACTES) as [Acte, ...Acte[]]),
  auteur: z.string(),
  titre: z.string().nullable().meta({ description: 'Le document concerné, quand il y en a un.' }),
  nombre: z.number().int().nullable(),
  constat: z.enum(['corrompu', 'absent']).nullable(),
  faitLe: z.string(),
})

export const listerJournal = route({
  verbe: 'GET',
  chemin: '/api/coffre/journal',
  resume: 'Liste ce qui a été fait dans mon coffre, le plus récent d’abord',
  query: z.object({
    avant: zId<'LigneDeJournal'>()
      .optional()
      .meta({ description: 'Dernière ligne déjà reçue : la page suivante commence après elle.' }),
    tout: z.literal('oui').optional().meta({ description: 'Montre aussi les simples consultations de la liste.' }),
  }),
  reply: z.object({ lignes: z.array(zLigneDeJournal), suite: z.boolean() }),
})

export const controlerCoffre = route({
  verbe: 'POST',
  chemin: '/api/coffre/controles',
  resume: 'Vérifie que chaque document de mon coffre est tel que déposé',
  reply: z.object({
    controles: z.number().int(),
    anomalies: z.array(z.object({ id: z.string(), titre: z.string(), constat: z.enum(['corrompu', 'absent']) })),
  }),
})
