import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'
import { route } from '#socle/contrat.ts'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'

export const SECTIONS = { F: 'Fonctionnement', I: 'Investissement' } as const
export const SENS = { D: 'Dépenses', R: 'Recettes' } as const
export const ETATS_EXERCICE = {
  preparation: 'En préparation',
  provisoire: 'Crédits avant le vote',
  ouvert: 'Ouvert',
  clos: 'Clos',
} as const
export const GENRES_VERSION = {
  provisoire: 'Crédits avant le vote',
  BP: 'Budget primitif',
  BS: 'Budget supplémentaire',
  DM: 'Décision modificative',
  VC: 'Virement de crédits',
  RAR: 'Restes à réaliser',
} as const

const zSection = z.enum(['F', 'I'])
const zSens = z.enum(['D', 'R'])
const zMouvement = z.enum(['reel', 'entreSections', 'interne'])
const zGenre = z.enum(['provisoire', 'BP', 'BS', 'DM', 'VC', 'RAR'])
const zNiveau = z.enum(['chapitre', 'article'])
const zTexte = (max: number) => z.string().trim().max(max)
const zAnnee = z.coerce.number().int().min(2000).max(2100)

const zAnomalie = z.object({
  code: z.string(),
  message: z.string(),
  lieu: z.string().optional(),
  conseil: z.string().optional(),
  bloquante: z.boolean(),
})
/** By function, the chapter of a line comes from its function. */
const zVoteSelon = z.enum(['nature', 'fonction'])
const zExercice = z.object({
  annee: z.number(),
  plan: z.string(),
  planLibelle: z.string(),
  planAnnee: z.number(),
  voteSelon: zVoteSelon,
  niveauF: zNiveau,
  niveauI: zNiveau,
  articlesSpecialises: z.array(z.string()),
  fongibiliteF: z.string(),
  fongibiliteI: z.string(),
  etat: z.enum(['preparation', 'provisoire', 'ouvert', 'clos']),
})
const zBudget = z.object({
  id: z.string(),
  code: z.string(),
  libelle: z.string(),
  estPrincipal: z.boolean(),
  siret: z.string(),
  codique: z.string(),
  codeCollectivite: z.string(),
  estAssujettiTva: z.boolean(),
})
export type Budget = z.output<typeof zBudget>
export type Exercice = z.output<typeof zExercice>

const zCompteur = z.object({
  section: zSection,
  taux: z.string(),
  base: z.string(),
  plafond: z.string(),
  utilise: z.string(),
})
const zCote = z.object({ depenses: z.string(), recettes: z.string(), ecart: z.string() })
const zEquilibre = z.object({ F: zCote, I: zCote })
export type Equilibre = z.output<typeof zEquilibre>

const zVersionResume = z.object({
  id: z.string(),
  genre: zGenre,
  nom: z.string(),
  etat: z.enum(['preparation', 'vote', 'abandonne']),
  deliberationNumero: z.string(),
  deliberationDate: z.string().nullable(),
  creePar: z.string(),
  votePar: z.string().nullable(),
  lignes: z.number(),
  depenses: z.string(),
})
export type VersionResume = z.output<typeof zVersionResume>

const zImputation = z.object({
  sens: zSens,
  mouvement: zMouvement,
  nature: z.string(),
  fonction: z.string(),
  operation: z.string(),
  service: z.string(),
})
const zArticle = zImputation.extend({
  section: zSection,
  chapitre: z.string(),
  chapitreLibelle: z.string(),
  libelle: z.string(),
  precedent: z.string(),
  precedentRealise: z.string(),
  vote: z.string(),
  engage: z.string(),
  realise: z.string(),
  disponible: z.string(),
})
export type Article = z.output<typeof zArticle>

const zLigne = zImputation.extend({
  section: zSection,
  chapitre: z.string(),
  chapitreLibelle: z.string(),
  libelle: z.string(),
  demande: z.string().nullable(),
  montant: z.string(),
  note: z.string(),
  /** Voted the year before, and already voted this year by other versions. */
  precedent: z.string(),
  dejaVote: z.string(),
})
export type Ligne = z.output<typeof zLigne>

const zVersion = z.object({
  budget: zBudget,
  exercice: zExercice,
  version: zVersionResume,
  lignes: z.array(zLigne),
  /** Of the budget as it would stand after the vote. */
  equilibre: zEquilibre,
  compteurs: z.array(zCompteur),
  anomalies: z.array(zAnomalie),
  actes: z.array(z.enum(['modifier', 'voter', 'abandonner'])),
  operations: z.array(z.object({ code: z.string(), libelle: z.string() })),
  services: z.array(z.object({ code: z.string(), libelle: z.string() })),
  edition: z.enum(['essentielle', 'complete']),
})
export type Version = z.output<typeof zVersion>

const params = z.object({ budget: zId<'Budget'>() })
const paramsExercice = params.extend({ annee: zAnnee })
const paramsVote = z.object({ vote: zId<'Vote'>() })
const zFait = z.object({ fait: z.literal(true) })

const zBudgets = z.object({
  edition: z.enum(['essentielle', 'complete']),
  budgets: z.array(zBudget.extend({ exercices: z.array(zExercice) })),
  plans: z.array(z.object({ code: z.string(), libelle: z.string(), norme: z.string() })),
  services: z.array(z.object({ code: z.string(), libelle: z.string() })),
})
export type Budgets = z.output<typeof zBudgets>

export const listerBudgets = route({
  verbe: 'GET',
  chemin: '/api/finances/budgets',
  resume: 'Liste les budgets de l’organisme, leurs exercices, et les plans de comptes disponibles',
  reply: zBudgets,
})

export const enregistrerBudget = route({
  verbe: 'PUT',
  chemin: '/api/finances/budgets/:budget',
  resume: 'Crée un budget ou change son libellé et ses codes du comptable',
  params,
  body: z.object({
    code: z.string().regex(/^[0-9A-Z][0-9]$/, 'Deux caractères, par exemple 00.'),
    libelle: zTexte(38).min(1, 'Donnez un nom au budget.'),
    estPrincipal: z.boolean(),
    codique: z
      .string()
      .regex(/^((02[AB][0-9]{3,4}|[0-9]{6,7})|)$/, 'Six ou sept chiffres.')
      .optional(),
    codeCollectivite: z
      .string()
      .regex(/^([0-9]{3}|)$/, 'Trois chiffres.')
      .optional(),
    estAssujettiTva: z.boolean().optional(),
  }),
  reply: zBudgets,
})

export const enregistrerExercice = route({
  verbe: 'PUT',
  chemin: '/api/finances/budgets/:budget/exercices/:annee',
  resume: 'Ouvre un exercice ou change ses réglages avant le vote',
  params: paramsExercice,
  body: z.object({
    plan: z.string().min(1, 'Choisissez le plan de comptes.'),
    voteSelon: zVoteSelon.default('nature'),
    niveauF: zNiveau,
    niveauI: zNiveau,
    /** Voted one by one inside their chapter, separated by spaces: « 6574 2051 ». */
    articlesSpecialises: z
      .string()
      .regex(/^[\d ]*$/, 'Des articles séparés par des espaces.')
      .default(''),
    fongibiliteF: z.string().regex(/^[0-7](\.\d{1,2})?$/, 'Un taux de 0 à 7,5.'),
    fongibiliteI: z.string().regex(/^[0-7](\.\d{1,2})?$/, 'Un taux de 0 à 7,5.'),
  }),
  reply: zBudgets,
})

export const choisirEdition = route({
  verbe: 'PUT',
  chemin: '/api/finances/edition',
  resume: 'Passe de l’édition essentielle à l’édition complète, ou l’inverse ; aucune écriture ne change',
  body: z.object({ edition: z.enum(['essentielle', 'complete']) }),
  reply: zBudgets,
})

export const enregistrerService = route({
  verbe: 'PUT',
  chemin: '/api/finances/services',
  resume: 'Crée un service gestionnaire de crédits, ou change son nom',
  body: z.object({
    code: z.string().regex(/^[0-9A-Z]{1,10}$/, 'Dix lettres majuscules ou chiffres au plus.'),
    libelle: zTexte(60).min(1, 'Donnez un nom au service.'),
  }),
  reply: zBudgets,
})

export const enregistrerOperation = route({
  verbe: 'PUT',
  chemin: '/api/finances/budgets/:budget/operations',
  resume: 'Crée une opération d’équipement, ou change son nom',
  params,
  body: z.object({
    code: z.string().regex(/^[0-9]{1,10}$/, 'Dix chiffres au plus.'),
    libelle: zTexte(80).min(1, 'Donnez un nom à l’opération.'),
  }),
  reply: zFait,
})

export const lireExercice = route({
  verbe: 'GET',
  chemin: '/api/finances/budgets/:budget/exercices/:annee',
  resume: 'Donne un exercice : ses versions, son équilibre, sa fongibilité, sa situation par article',
  params: paramsExercice,
  reply: z.object({
    budget: zBudget,
    exercice: zExercice,
    versions: z.array(zVersionResume),
    genres: z.array(zGenre),
    equilibre: zEquilibre,
    compteurs: z.array(zCompteur),
    articles: z.array(zArticle),
    /** Of the year before, when it is known. */
    resultats: z
      .object({
        fonctionnement: z.string(),
        investissement: z.string(),
        besoin: z.string(),
        affecte: z.string(),
        reporte: z.string(),
      })
      .nullable(),
    edition: z.enum(['essentielle', 'complete']),
  }),
})

export const creerVersion = route({
  verbe: 'POST',
  chemin: '/api/finances/budgets/:budget/exercices/:annee/versions',
  resume: 'Ouvre une version du budget, vide ou reprise de l’exercice précédent',
  params: paramsExercice,
  body: z.object({
    id: zId<'Vote'>(),
    genre: zGenre,
    source: z.enum(['vide', 'exercicePrecedent', 'provisoire', 'provisoireInvestissement', 'rar', 'resultats']),
  }),
  reply: z.object({ id: z.string(), anomalies: z.array(zAnomalie) }),
})

export const lireVersion = route({
  verbe: 'GET',
  chemin: '/api/finances/votes/:vote',
  resume: 'Donne une version du budget, ligne par ligne, et ce que ses contrôles trouvent',
  params: paramsVote,
  reply: zVersion,
})

const zSaisie = z.object({
  nature: z.string().regex(/^[0-9]{2,12}$/, 'Un numéro d’article est attendu.'),
  sens: zSens,
  mouvement: zMouvement.optional(),
  fonction: z.string().optional(),
  operation: z.string().optional(),
  service: z.string().optional(),
  montant: zMontant,
  demande: zMontant.nullable().optional(),
  note: zTexte(200).optional(),
})
export type Saisie = z.input<typeof zSaisie>

export const saisirLignes = route({
  verbe: 'PUT',
  chemin: '/api/finances/votes/:vote/lignes',
  resume: 'Écrit des lignes d’une version en préparation, et en retire',
  params: paramsVote,
  body: z.object({ lignes: z.array(zSaisie).max(2000), retirees: z.array(zImputation).max(2000).optional() }),
  reply: zVersion,
})

export const demanderCredits = route({
  verbe: 'PUT',
  chemin: '/api/finances/votes/:vote/demandes',
  resume: 'Écrit ce qu’un service demande, sans toucher aux montants proposés',
  params: paramsVote,
  body: z.object({
    service: z.string().regex(/^[0-9A-Z]{1,10}$/, 'Choisissez le service.'),
    lignes: z.array(zSaisie.omit({ montant: true }).extend({ demande: zMontant })).max(500),
  }),
  reply: zVersion,
})

export const voterVersion = route({
  verbe: 'POST',
  chemin: '/api/finances/votes/:vote/voter',
  resume: 'Enregistre le vote : la version est figée et ses crédits sont ouverts',
  params: paramsVote,
  body: z.object({ deliberationNumero: zTexte(30).default(''), deliberationDate: zJour }),
  reply: zVersion,
})

export const abandonnerVersion = route({
  verbe: 'POST',
  chemin: '/api/finances/votes/:vote/abandonner',
  resume: 'Abandonne une version qui ne sera pas votée',
  params: paramsVote,
  reply: zFait,
})

export const reprendreResultats = route({
  verbe: 'POST',
  chemin: '/api/finances/votes/:vote/resultats',
  resume: 'Écrit dans la version les résultats de l’exercice précédent et leur affectation (001, 002, 1068)',
  params: paramsVote,
  reply: zVersion,
})

export const lirePdfVersion = route({
  verbe: 'GET',
  chemin: '/api/finances/votes/:vote/document.pdf',
  resume: 'Donne le document de la version en PDF, à joindre à la délibération',
  params: paramsVote,
  reply: z.any(),
})

export const lireXmlVersion = route({
  verbe: 'GET',
  chemin: '/api/finances/votes/:vote/document.xml',
  resume: 'Donne le document budgétaire (TotEM) de la version, pour la préfecture et le comptable',
  params: paramsVote,
  reply: z.any(),
})

export const chercherComptes = route({
  verbe: 'GET',
  chemin: '/api/finances/budgets/:budget/exercices/:annee/comptes',
  resume: 'Cherche un article dans le plan de comptes de l’exercice, par son numéro ou son libellé',
  params: paramsExercice,
  query: z.object({ q: z.string().max(60).default(''), sens: zSens.optional() }),
  reply: z.object({
    comptes: z.array(
      z.object({
        code: z.string(),
        libelle: z.string(),
        usages: z.array(z.object({ sens: zSens, mouvement: zMouvement, chapitre: z.string(), section: zSection })),
      }),
    ),
  }),
})

export const listerTranspositions = route({
  verbe: 'GET',
  chemin: '/api/finances/budgets/:budget/exercices/:annee/transpositions',
  resume:
    'Compare le plan de comptes de l’exercice à celui de l’exercice précédent : articles qui changent et successeurs',
  params: paramsExercice,
  reply: z.object({
    planAvant: z.string(),
    planApres: z.string(),
    comptes: z.array(
      z.object({
        code: z.string(),
        libelle: z.string(),
        /** Voted on it the year before. */
        vote: z.string(),
        successeurs: z.array(z.object({ code: z.string(), libelle: z.string() })),
      }),
    ),
  }),
})

const zDocumentResume = z.object({
  id: z.string(),
  collectivite: z.string(),
  siret: z.string(),
  budget: z.string(),
  plan: z.string(),
  annee: z.number(),
  etape: z.string(),
  lignes: z.number(),
  depenses: z.string(),
  recettes: z.string(),
  luLe: z.string(),
  luPar: z.string(),
})
export type DocumentResume = z.output<typeof zDocumentResume>
const zTotaux = z.object({ budgetPrecedent: z.string(), vote: z.string(), realise: z.string() })
const zChapitreLu = zTotaux.extend({
  section: zSection,
  sens: zSens,
  chapitre: z.string(),
  libelle: z.string(),
  ordre: z.boolean(),
})
export type ChapitreLu = z.output<typeof zChapitreLu>
const zLigneLue = zTotaux.extend({
  section: zSection,
  sens: zSens,
  chapitre: z.string(),
  nature: z.string(),
  fonction: z.string(),
  operation: z.string(),
  libelle: z.string(),
})
export type LigneLue = z.output<typeof zLigneLue>

const paramsDocument = z.object({ documentLu: zId<'DocumentLu'>() })

export const lireDocumentBudgetaire = route({
  verbe: 'POST',
  chemin: '/api/finances/documents-budgetaires',
  resume: 'Lit un document budgétaire officiel (XML TotEM ou CFU) et le garde ; le même fichier n’est lu qu’une fois',
  reply: z.object({ document: zDocumentResume, anomalies: z.array(zAnomalie) }),
})
export const listerDocumentsBudgetaires = route({
  verbe: 'GET',
  chemin: '/api/finances/documents-budgetaires',
  resume: 'Liste les documents budgétaires lus',
  reply: z.object({ documents: z.array(zDocumentResume) }),
})
export const montrerDocumentBudgetaire = route({
  verbe: 'GET',
  chemin: '/api/finances/documents-budgetaires/:documentLu',
  resume: 'Donne un document budgétaire lu : totaux par section et par chapitre, lignes, remarques de lecture',
  params: paramsDocument,
  reply: z.object({
    document: zDocumentResume,
    equilibre: zEquilibre,
    chapitres: z.array(zChapitreLu),
    lignes: z.array(zLigneLue),
    anomalies: z.array(zAnomalie),
  }),
})
export const exporterScdl = route({
  verbe: 'GET',
  chemin: '/api/finances/documents-budgetaires/:documentLu/budget.csv',
  resume: 'Donne le document en données ouvertes (CSV SCDL « budget »)',
  params: paramsDocument,
  reply: z.any(),
})
