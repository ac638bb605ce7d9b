import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'

/** What a column of the spreadsheet may be, in the order in which the screen asks for them. */
export const CHAMPS_IMPORT = {
  nom: { libelle: 'Nom d’usage', requis: true },
  prenom: { libelle: 'Prénom', requis: true },
  nomNaissance: { libelle: 'Nom de naissance', requis: false },
  sexe: { libelle: 'Sexe', requis: false },
  naissance: { libelle: 'Date de naissance', requis: true },
  nir: { libelle: 'Numéro de sécurité sociale', requis: true },
  matricule: { libelle: 'Matricule', requis: false },
  adresse: { libelle: 'Adresse', requis: false },
  codePostal: { libelle: 'Code postal', requis: false },
  ville: { libelle: 'Ville', requis: false },
  courriel: { libelle: 'Courriel', requis: false },
  iban: { libelle: 'IBAN', requis: false },
  bic: { libelle: 'BIC', requis: false },
  emploi: { libelle: 'Emploi', requis: true },
  entree: { libelle: 'Date d’entrée', requis: true },
  terme: { libelle: 'Dernier jour du contrat', requis: false },
  statut: { libelle: 'Statut', requis: true },
  depuis: { libelle: 'Situation depuis le', requis: false },
  grade: { libelle: 'Grade', requis: false },
  echelon: { libelle: 'Échelon', requis: false },
  dateEchelon: { libelle: 'Date d’échelon', requis: false },
  categorie: { libelle: 'Catégorie', requis: false },
  im: { libelle: 'Indice majoré', requis: false },
  duree: { libelle: 'Durée hebdomadaire', requis: false },
  quotite: { libelle: 'Temps partiel (%)', requis: false },
  regime: { libelle: 'Caisse de retraite', requis: false },
  ifse: { libelle: 'IFSE mensuelle', requis: false },
  groupeIfse: { libelle: 'Groupe de fonctions', requis: false },
  nbi: { libelle: 'Points de NBI', requis: false },
  enfantsSft: { libelle: 'Enfants (SFT)', requis: false },
  zone: { libelle: 'Zone d’indemnité de résidence', requis: false },
  tauxPas: { libelle: 'Taux d’impôt (%)', requis: false },
  remuneration: { libelle: 'Rémunération du contrat (mois, vacation, jour)', requis: false },
  employeur: { libelle: 'Nature de l’employeur (droit privé)', requis: false },
} as const
export type ChampImport = keyof typeof CHAMPS_IMPORT
export const CLES_IMPORT = Object.keys(CHAMPS_IMPORT) as [ChampImport, ...ChampImport[]]

/** Field → rank of its column in the file, from 0. */
export const zCorrespondance = z.partialRecord(z.enum(CLES_IMPORT), z.number().int().min(0).max(200))
export type Correspondance = z.output<typeof zCorrespondance>

const zAnomalieImport = z.object({
  /** As the spreadsheet numbers it: the titles are line 1. */
  ligne: z.number(),
  champ: z.enum(CLES_IMPORT).nullable(),
  message: z.string(),
  bloquante: z.boolean(),
})
export type AnomalieImport = z.output<typeof zAnomalieImport>

export const zLecture = z.object({
  colonnes: z.array(z.string()),
  exemples: z.array(z.array(z.string())),
  correspondance: zCorrespondance,
  lignes: z.number(),
  /** Agents and posts that would be created. */
  agents: z.number(),
  emplois: z.number(),
  comptes: z.number(),
  anomalies: z.array(zAnomalieImport),
  apercu: z.array(z.object({ ligne: z.number(), nom: z.string(), emploi: z.string(), situation: z.string() })),
})
export type Lecture = z.output<typeof zLecture>

export const essayerImport = route({
  verbe: 'POST',
  chemin: '/api/paie/imports/essai',
  resume: 'Lit un tableur d’agents et dit ce qui serait créé, sans rien écrire (fichier, correspondance)',
  reply: zLecture,
})

const zLot = z.object({
  id: z.string(),
  nature: z.enum(['import', 'avancement']),
  libelle: z.string(),
  le: z.string(),
  par: z.string(),
  actes: z.number(),
  annulePar: z.string().nullable(),
})
export type Lot = z.output<typeof zLot>

export const importer = route({
  verbe: 'POST',
  chemin: '/api/paie/imports',
  resume: 'Importe le tableur : tous les agents ou aucun (fichier, correspondance, id)',
  reply: zLot,
})
export const listerLots = route({
  verbe: 'GET',
  chemin: '/api/paie/lots',
  resume: 'Liste les imports et les avancements faits par lot',
  reply: z.object({ lots: z.array(zLot) }),
})
export const annulerLot = route({
  verbe: 'POST',
  chemin: '/api/paie/lots/:lot/annuler',
  resume: 'Annule un lot entier, si rien n’a été fait depuis sur ses agents',
  params: z.object({ lot: zId<'Lot'>() }),
  body: z.object({ id: zId<'Lot'>() }),
  reply: zLot,
})
