import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zJour, zMois } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'
import { ETATS_PIECE, NATURES_PIECE, zContenuVariable } from './vocabulaire/contract.ts'

export * from './vocabulaire/contract.ts'

const zLigne = z.object({
  code: z.string(),
  libelle: z.string(),
  /** Section of the printed payslip where it stands. */
  rubrique: z.string(),
  /** What it adds to the net, or takes from it (negative). */
  effet: z.string().nullable(),
  nombre: z.string().optional(),
  base: z.string().optional(),
  taux: z.string().optional(),
  montant: z.string().optional(),
  basePatronale: z.string().optional(),
  tauxPatronal: z.string().optional(),
  montantPatronal: z.string().optional(),
  origine: z.string().optional(),
})

export const zAnomalieVue = z.object({
  code: z.string(),
  message: z.string(),
  lieu: z.string().nullable(),
  conseil: z.string().nullable(),
  bloquante: z.boolean(),
  carriereId: z.string().nullable(),
})

const zParams = z.object({ mois: zMois })
const zParamsCarriere = z.object({ mois: zMois, carriere: zId<'Carriere'>() })

const zActe = z.enum(['calculer', 'envoyer', 'approuver', 'renvoyer', 'diffuser', 'clore'])

export const zDossier = z.object({
  mois: z.string(),
  etat: z.enum(['ouvert', 'calcule', 'aApprouver', 'renvoye', 'approuve', 'diffuse', 'clos']),
  /** What this person may do now, in this state. */
  actes: z.array(zActe),
  estModifiable: z.boolean(),
  /** Something changed since the last run. */
  estPerime: z.boolean(),
  dateLimiteDepot: z.string().nullable(),
  calculeLe: z.string().nullable(),
  calculePar: z.string().nullable(),
  calculEnCours: z.object({ par: z.string(), depuis: z.string() }).nullable(),
  envoyeLe: z.string().nullable(),
  envoyePar: z.string().nullable(),
  /** When silence will be a visa, where the convention of the body says so. */
  taciteLe: z.string().nullable(),
  approuveLe: z.string().nullable(),
  approuvePar: z.string().nullable(),
  motifRenvoi: z.string().nullable(),
  empreinte: z.string().nullable(),
  diffuseLe: z.string().nullable(),
  closLe: z.string().nullable(),
  closPar: z.string().nullable(),
  compteurs: z.object({
    agents: z.number(),
    bulletins: z.number(),
    editions: z.number(),
    pieces: z.number(),
    piecesALire: z.number(),
    questions: z.number(),
    variables: z.number(),
    anomalies: z.number(),
    bloquantes: z.number(),
    rappels: z.number(),
    complements: z.number(),
  }),
  totaux: z.object({ brut: z.string(), cotisations: z.string(), netAPayer: z.string(), cout: z.string() }),
  totauxPrecedents: z
    .object({ brut: z.string(), cotisations: z.string(), netAPayer: z.string(), cout: z.string() })
    .nullable(),
})
export type Dossier = z.output<typeof zDossier>

export const listerDossiers = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers',
  resume: 'Liste les mois de paie de l’organisme, le plus récent d’abord',
  reply: z.object({
    dossiers: z.array(
      z.object({
        mois: z.string(),
        etat: zDossier.shape.etat,
        netAPayer: z.string(),
        bulletins: z.number(),
        /** Productions beside the month that wait for the visa. */ aApprouver: z.array(z.number()),
        /** Those that the officer still prepares. */
        enPreparation: z.array(z.number()),
      }),
    ),
  }),
})

export const lireDossier = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois',
  resume: 'Donne l’état du mois, ses compteurs et ce que la personne peut faire',
  params: zParams,
  reply: zDossier,
})

export const listerJournal = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/journal',
  resume: 'Donne l’histoire du dossier, le plus récent d’abord',
  params: zParams,
  reply: z.object({
    actes: z.array(z.object({ id: z.string(), le: z.string(), nom: z.string(), acte: z.string(), detail: z.string() })),
  }),
})

export const zAgentDuMois = z.object({
  carriereId: z.string(),
  agentId: z.string(),
  matricule: z.string(),
  nom: z.string(),
  prenom: z.string(),
  emploi: z.string(),
  statut: z.string(),
  grade: z.string(),
  echelon: z.number().nullable(),
  im: z.number().nullable(),
  variables: z.number(),
  pieces: z.number(),
  anomalies: z.number(),
  bloquantes: z.number(),
  brut: z.string().nullable(),
  netAPayer: z.string().nullable(),
  cout: z.string().nullable(),
  netPrecedent: z.string().nullable(),
  ecart: z.string().nullable(),
})
export const listerAgents = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/agents',
  resume: 'Liste les agents à payer ce mois, avec leur bulletin et l’écart avec le mois précédent',
  params: zParams,
  reply: z.object({ agents: z.array(zAgentDuMois) }),
})

export const zVariable = z.object({
  id: z.string(),
  contenu: zContenuVariable,
  resume: z.string(),
  pieceId: z.string().nullable(),
  saisieLe: z.string(),
  saisiePar: z.string(),
  /** Month already paid that it corrects, by a rappel. */
  effet: z.string().nullable(),
  /** Complement that it was entered for. */
  rang: z.number().nullable(),
})

export const zPiece = z.object({
  id: z.string(),
  numero: z.number(),
  nature: z.enum(NATURES_PIECE),
  libelle: z.string(),
  nomFichier: z.string(),
  type: z.string(),
  taille: z.number(),
  empreinte: z.string(),
  effet: z.string().nullable(),
  etat: z.enum(ETATS_PIECE),
  motif: z.string().nullable(),
  deposeLe: z.string(),
  deposePar: z.string(),
  concerne: z.array(z.object({ carriereId: z.string(), nom: z.string() })),
  /** Month whose computed payslips use it. */
  priseEnCompte: z.string().nullable(),
  /** Month that settles it as a rappel, when it came too late. */
  rappel: z.string().nullable(),
  remplacePiece: z.object({ id: z.string(), numero: z.number() }).nullable(),
  conservation: z.string(),
})

export const lireAgent = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/agents/:carriere',
  resume: 'Donne la fiche d’un agent pour le mois : identité, situation, variables, pièces, bulletins',
  params: zParamsCarriere,
  reply: z.object({
    carriereId: z.string(),
    agentId: z.string(),
    matricule: z.string(),
    nom: z.string(),
    prenom: z.string(),
    naissance: z.string(),
    nir: z.string(),
    adresse: z.string(),
    courriel: z.string(),
    iban: z.string(),
    emploi: z.string(),
    entree: z.string(),
    sortie: z.string().nullable(),
    situations: z.array(
      z.object({
        depuis: z.string(),
        jusqua: z.string().nullable(),
        motif: z.string(),
        champs: z.array(z.object({ libelle: z.string(), valeur: z.string() })),
      }),
    ),
    variables: z.array(zVariable),
    pieces: z.array(zPiece),
    bulletins: z.array(z.object({ mois: z.string(), brut: z.string(), netAPayer: z.string(), approuve: z.boolean() })),
    /** Complement of this month under preparation that pays him: what is entered now is for it. */
    complement: z.number().nullable(),
  }),
})

export const saisirVariable = route({
  verbe: 'POST',
  chemin: '/api/paie/dossiers/:mois/agents/:carriere/variables',
  resume: 'Saisit un élément variable ; l’identifiant vient du client, un second envoi ne double rien',
  params: zParamsCarriere,
  body: z.object({
    id: zId<'Variable'>(),
    contenu: zContenuVariable,
    pieceId: zId<'Piece'>().nullable(),
    /** A month already paid: it is computed again, and the difference is paid as a rappel. */
    effet: zMois.nullable().default(null),
  }),
  reply: zVariable,
})

export const supprimerVariable = route({
  verbe: 'DELETE',
  chemin: '/api/paie/dossiers/:mois/agents/:carriere/variables/:variable',
  resume: 'Retire un élément variable (la réponse permet de le remettre)',
  params: zParamsCarriere.extend({ variable: zId<'Variable'>() }),
  reply: zVariable,
})

const zEcart = z.object({
  code: z.string(),
  libelle: z.string(),
  avant: z.string().nullable(),
  apres: z.string().nullable(),
  ecart: z.string(),
})

export const zBulletinVu = z.object({
  mois: z.string(),
  approuve: z.boolean(),
  numero: z.number().nullable(),
  /** Production of the month: the second one and after pay a difference. */
  rang: z.number(),
  empreinte: z.string(),
  aUnPdf: z.boolean(),
  lignes: z.array(zLigne),
  /** In the order of the paper; without the empty ones. */
  rubriques: z.array(
    z.object({ code: z.string(), libelle: z.string(), total: z.string(), totalEmployeur: z.string() }),
  ),
  totaux: z.record(z.string(), z.string()),
  cumuls: z.record(z.string(), z.string()),
  anomalies: z.array(zAnomalieVue),
  comparaison: z.object({ mois: z.string(), ecarts: z.array(zEcart), phrases: z.array(z.string()) }).nullable(),
})

/** Production of the month; the first that has a payslip when it is left out. */
const zRang = z.object({ rang: z.coerce.number().int().min(1).max(999).optional() })
export const lireBulletin = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/bulletins/:carriere',
  resume: 'Donne le bulletin d’un agent, ses anomalies et sa comparaison avec le mois précédent',
  params: zParamsCarriere,
  query: zRang,
  reply: z.object({
    bulletin: zBulletinVu.nullable(),
    anomalies: z.array(zAnomalieVue),
    /** Productions of the month that have a payslip of this agent: the second one and after pay a difference. */
    rangs: z.array(z.number()),
  }),
})

export const zExplication = z.object({
  titre: z.string(),
  phrases: z.array(z.string()),
  regle: z.string().nullable(),
  composantes: z.array(z.object({ libelle: z.string(), montant: z.string() })),
  parametres: z.array(
    z.object({
      code: z.string(),
      libelle: z.string(),
      valeur: z.string(),
      depuis: z.string(),
      texte: z.string(),
      source: z.string(),
      verifie: z.boolean(),
    }),
  ),
})

export const expliquerLigne = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/bulletins/:carriere/explication',
  resume: 'Explique une ligne du bulletin : règle, base, taux, texte et date, pièce',
  params: zParamsCarriere,
  query: zRang.extend({ ligne: z.coerce.number().int().min(0).max(500) }),
  reply: zExplication.extend({
    pieces: z.array(z.object({ id: z.string(), numero: z.number(), libelle: z.string() })),
  }),
})

export const lirePdf = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/bulletins/:carriere/pdf',
  resume: 'Donne le bulletin en PDF/A : celui qui a été remis, ou un projet tant que la paie n’est pas approuvée',
  params: zParamsCarriere,
  query: zRang.extend({ organisme: zId<'Organisme'>() }),
  reply: z.any(),
})

export const calculer = route({
  verbe: 'POST',
  chemin: '/api/paie/dossiers/:mois/calculer',
  resume: 'Calcule la paie du mois de l’organisme',
  params: zParams,
  reply: zDossier,
})
export const envoyer = route({
  verbe: 'POST',
  chemin: '/api/paie/dossiers/:mois/envoyer',
  resume: 'Envoie la paie à l’approbation de l’ordonnateur',
  params: zParams,
  reply: zDossier,
})
export const approuver = route({
  verbe: 'POST',
  chemin: '/api/paie/dossiers/:mois/approuver',
  resume: 'Approuve la paie : les bulletins sont figés puis remis dans les coffres',
  params: zParams,
  body: z.object({
    /** What the ordonnateur saw: the visa is refused if the payslips moved since. */
    empreinte: z.string(),
  }),
  reply: zDossier,
})
export const renvoyer = route({
  verbe: 'POST',
  chemin: '/api/paie/dossiers/:mois/renvoyer',
  resume: 'Renvoie la paie au gestionnaire, avec un motif',
  params: zParams,
  body: z.object({ motif: z.string().trim().min(5, 'Dites en une phrase ce qui est à corriger.').max(1000) }),
  reply: zDossier,
})

export const clore = route({
  verbe: 'POST',
  chemin: '/api/paie/dossiers/:mois/clore',
  resume: 'Clôt le mois, quand plus rien n’y attend',
  params: zParams,
  reply: zDossier,
})
export const ouvrirSuivant = route({
  verbe: 'POST',
  chemin: '/api/paie/dossiers/:mois/ouvrir-suivant',
  resume: 'Ouvre le mois qui suit celui-ci ; ouvert deux fois, il ne l’est qu’une',
  params: zParams,
  reply: zDossier,
})

export const listerAnomalies = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/anomalies',
  resume: 'Liste les anomalies du dernier calcul',
  params: zParams,
  reply: z.object({ anomalies: z.array(zAnomalieVue.extend({ nom: z.string() })) }),
})

const zAttendue = z.object({
  cle: z.string(),
  libelle: z.string(),
  motif: z.string(),
  carriereId: z.string().nullable(),
  nature: z.enum(NATURES_PIECE),
  effet: z.string().nullable(),
})
export type Attendue = z.output<typeof zAttendue>

export const listerPieces = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/pieces',
  resume: 'Liste les pièces déposées pour le mois',
  params: zParams,
  reply: z.object({
    pieces: z.array(zPiece),
    /** Papers that known events call for and that nobody has deposited yet. */
    attendues: z.array(zAttendue),
    /** Those that came, with the paper that ticks them. */
    arrivees: z.array(zAttendue.extend({ pieceId: z.string(), numero: z.number() })),
  }),
})

export const deposerPiece = route({
  verbe: 'POST',
  chemin: '/api/paie/dossiers/:mois/pieces',
  resume: 'Dépose une pièce (formulaire à plusieurs parties : nature, libelle, effet, carrieres, fichier)',
  params: zParams,
  reply: zPiece,
})

export const traiterPiece = route({
  verbe: 'PATCH',
  chemin: '/api/paie/pieces/:piece',
  resume: 'Marque une pièce reçue, à compléter ou refusée, avec son motif ; ou la remet à lire',
  params: z.object({ piece: zId<'Piece'>() }),
  body: z
    .object({
      etat: z.enum(['deposee', 'recue', 'aCompleter', 'refusee']),
      motif: z.string().trim().max(1000).optional(),
    })
    .refine((b) => b.etat === 'recue' || b.etat === 'deposee' || (b.motif ?? '').length >= 5, {
      path: ['motif'],
      message: 'Dites en une phrase ce qui manque ou pourquoi la pièce est refusée.',
    }),
  reply: zPiece,
})

export const lirePiece = route({
  verbe: 'GET',
  chemin: '/api/paie/pieces/:piece',
  resume: 'Donne une pièce, de quelque mois qu’elle soit',
  params: z.object({ piece: zId<'Piece'>() }),
  reply: zPiece,
})

export const listerPages = route({
  verbe: 'GET',
  chemin: '/api/paie/pieces/:piece/pages',
  resume: 'Donne le nombre de pages d’une pièce en PDF',
  params: z.object({ piece: zId<'Piece'>() }),
  reply: z.object({ pages: z.number() }),
})

export const separerPages = route({
  verbe: 'POST',
  chemin: '/api/paie/pieces/:piece/pages',
  resume: 'Sépare et tourne les pages d’une pièce : les nouvelles pièces la remplacent, elle reste dans l’histoire',
  params: z.object({ piece: zId<'Piece'>() }),
  body: z.object({
    parties: z
      .array(
        z.object({
          id: zId<'Piece'>(),
          nature: z.enum(NATURES_PIECE),
          libelle: z.string().trim().max(200),
          effet: zJour.nullable(),
          carriereIds: z.array(zId<'Carriere'>()).max(50),
          pages: z
            .array(z.object({ numero: z.number().int().min(1), quarts: z.number().int().min(0).max(3) }))
            .min(1, 'Gardez au moins une page dans chaque pièce.'),
        }),
      )
      .min(1)
      .max(60),
  }),
  reply: z.object({ pieces: z.array(zPiece) }),
})

/** A line of a payslip that a paper justifies. */
export const listerLignesDePiece = route({
  verbe: 'GET',
  chemin: '/api/paie/pieces/:piece/lignes',
  resume: 'Donne les lignes de bulletins que la pièce justifie',
  params: z.object({ piece: zId<'Piece'>() }),
  reply: z.object({
    lignes: z.array(
      z.object({
        mois: z.string(),
        carriereId: z.string(),
        nom: z.string(),
        ligne: z.number(),
        libelle: z.string(),
        montant: z.string().nullable(),
      }),
    ),
  }),
})

export const lireContenuPiece = route({
  verbe: 'GET',
  chemin: '/api/paie/pieces/:piece/contenu',
  resume: 'Donne le fichier de la pièce',
  params: z.object({ piece: zId<'Piece'>() }),
  query: z.object({ organisme: zId<'Organisme'>() }),
  reply: z.any(),
})

export const lireRecu = route({
  verbe: 'GET',
  chemin: '/api/paie/pieces/:piece/recu',
  resume: 'Donne l’accusé de dépôt en PDF',
  params: z.object({ piece: zId<'Piece'>() }),
  query: z.object({ organisme: zId<'Organisme'>() }),
  reply: z.any(),
})

export const zQuestion = z.object({
  id: z.string(),
  mois: z.string(),
  genre: z.enum(['dossier', 'conseil']),
  objet: z.string(),
  carriereId: z.string().nullable(),
  agent: z.string().nullable(),
  pieceId: z.string().nullable(),
  echeance: z.string().nullable(),
  estClose: z.boolean(),
  messages: z.array(
    z.object({ id: z.string(), le: z.string(), personneId: z.string().nullable(), nom: z.string(), texte: z.string() }),
  ),
})

export const listerQuestions = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/questions',
  resume: 'Liste les questions du mois et leurs réponses',
  params: zParams,
  reply: z.object({ questions: z.array(zQuestion) }),
})

export const poserQuestion = route({
  verbe: 'POST',
  chemin: '/api/paie/dossiers/:mois/questions',
  resume: 'Pose une question, sur un agent, une pièce ou le dossier',
  params: zParams,
  body: z.object({
    id: zId<'Question'>(),
    objet: z.string().trim().min(3, 'Donnez un objet.').max(200),
    texte: z.string().trim().min(3, 'Écrivez votre question.').max(4000),
    carriereId: zId<'Carriere'>().nullable(),
    pieceId: zId<'Piece'>().nullable(),
    echeance: zJour.nullable(),
    /** `conseil`: the member asks the agency for advice, on an agent or on his payslip of the month. */
    genre: z.enum(['dossier', 'conseil']).default('dossier'),
  }),
  reply: zQuestion,
})

export const repondre = route({
  verbe: 'POST',
  chemin: '/api/paie/questions/:question/messages',
  resume: 'Répond à une question ; peut la clore',
  params: z.object({ question: zId<'Question'>() }),
  body: z.object({
    id: zId<'Message'>(),
    texte: z.string().trim().min(1, 'Écrivez votre réponse.').max(4000),
    clore: z.boolean(),
  }),
  reply: zQuestion,
})
