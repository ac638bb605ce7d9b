import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'
import {
  zCompteSaisi,
  zEngagementSaisi,
  zFactureSaisie,
  zLiquidationSaisie,
  zPositif,
  zSens,
  zTexte,
  zTiersSaisi,
} from '../contract.ts'

const base = '/api/finances'
const motif = z.object({ motif: zTexte(300).min(3, 'Dites pourquoi en une phrase.') })
const zFait = z.object({ fait: z.boolean() })
const zAnnee = z.coerce.number().int()
const zCadre = z.object({ budget: zId<'Budget'>(), annee: zAnnee })
const texte = z.string()
const montant = z.string()
const nul = z.string().nullable()

export const zAnomalie = z.object({
  code: texte,
  message: texte,
  conseil: texte.optional(),
  lieu: texte.optional(),
  bloquante: z.boolean(),
})

// Tiers ----------------------------------------------------------------------------------------------------------------
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

// What the screens need to know of an exercice -----------------------------------------------------------------------------
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

// Invoices -----------------------------------------------------------------------------------------------------------------
export const zFacture = z.object({
  id: texte,
  budgetId: texte,
  tiersId: texte,
  tiers: texte,
  numero: texte,
  objet: texte,
  dateFacture: texte,
  recueLe: texte,
  serviceFaitLe: nul,
  ht: montant,
  tva: montant,
  ttc: montant,
  etat: z.enum(['recue', 'liquidee', 'mandatee', 'rejetee']),
  suspendue: z.boolean(),
  motif: texte,
  documentId: nul,
  echeance: nul,
  echeanceOrdonnateur: nul,
  /** Late on the day it is read, for the ordonnateur's share of the delay. */
  enRetard: z.boolean(),
})
export type FactureVue = z.output<typeof zFacture>
const pFacture = z.object({ facture: zId<'Facture'>() })
export const listerFactures = route({
  verbe: 'GET',
  chemin: `${base}/factures`,
  resume: 'Liste les factures, leur délai de paiement et ce qu’il reste à faire',
  query: z.object({ etat: z.enum(['aTraiter', 'toutes']).default('toutes') }),
  reply: z.object({ factures: z.array(zFacture) }),
})
export const lireInterets = route({
  verbe: 'GET',
  chemin: `${base}/factures/:facture/interets`,
  resume: 'Calcule les intérêts de retard d’une facture payée un jour donné',
  params: pFacture,
  query: z.object({ le: zJour }),
  reply: z.object({
    jours: z.number(),
    taux: texte,
    interets: montant,
    forfait: montant,
    total: montant,
    texte,
    verifie: z.boolean(),
  }),
})
export const enregistrerFacture = route({
  verbe: 'POST',
  chemin: `${base}/factures`,
  resume: 'Enregistre une facture reçue ; le même numéro d’un fournisseur est refusé',
  body: zFactureSaisie.extend({ documentId: zId<'Document'>().optional() }),
  reply: zFait,
})
export const traiterFacture = route({
  verbe: 'POST',
  chemin: `${base}/factures/:facture/actes`,
  resume: 'Constate le service fait, suspend le délai, le reprend, ou rejette la facture',
  params: pFacture,
  body: z.discriminatedUnion('acte', [
    z.object({ acte: z.literal('serviceFait'), le: zJour }),
    z.object({ acte: z.literal('suspendre'), le: zJour, motif: motif.shape.motif }),
    z.object({ acte: z.literal('reprendre'), le: zJour }),
    z.object({ acte: z.literal('rejeter'), motif: motif.shape.motif }),
  ]),
  reply: zFait,
})
export const deposerDocument = route({
  verbe: 'POST',
  chemin: `${base}/documents`,
  resume: 'Dépose un document (facture, délibération…) avant de l’attacher à une pièce',
  reply: z.object({ documentId: texte, nom: texte }),
})
export const lireDocument = route({
  verbe: 'GET',
  chemin: `${base}/documents/:document`,
  resume: 'Rend un document attaché à une facture ou à une pièce',
  params: z.object({ document: zId<'Document'>() }),
  query: z.object({ organisme: zId<'Organisme'>().optional() }),
  reply: z.any(),
})

// Engagements ----------------------------------------------------------------------------------------------------------------
export const zEngagement = z.object({
  id: texte,
  numero: z.number(),
  objet: texte,
  tiers: texte,
  tiersId: nul,
  nature: texte,
  fonction: texte,
  operation: texte,
  service: texte,
  marche: texte,
  montant,
  liquide: montant,
  reste: montant,
  etat: z.enum(['ouvert', 'solde', 'annule']),
  engageLe: texte,
  engagePar: texte,
})
export type EngagementVue = z.output<typeof zEngagement>
export const listerEngagements = route({
  verbe: 'GET',
  chemin: `${base}/engagements`,
  resume: 'Liste les engagements d’un exercice et ce qu’il en reste',
  query: zCadre,
  reply: z.object({ engagements: z.array(zEngagement) }),
})
export const engager = route({
  verbe: 'POST',
  chemin: `${base}/engagements`,
  resume: 'Engage une dépense : son crédit est réservé, ou le refus dit ce qu’il reste',
  body: zEngagementSaisi.extend({ budgetId: zId<'Budget'>(), annee: z.number().int() }),
  reply: z.object({ numero: z.number() }),
})
export const solderEngagement = route({
  verbe: 'POST',
  chemin: `${base}/engagements/:engagement/solde`,
  resume: 'Solde un engagement : ce qu’il en reste est rendu au budget',
  params: z.object({ engagement: zId<'Engagement'>() }),
  reply: zFait,
})

// Liquidations -------------------------------------------------------------------------------------------------------------------
export const zLiquidation = z.object({
  id: texte,
  sens: zSens,
  budgetId: texte,
  annee: z.number(),
  etat: z.enum(['prete', 'aViser', 'posee', 'abandonnee']),
  tiers: texte,
  tiersId: nul,
  objet: texte,
  nature: texte,
  section: z.enum(['F', 'I']),
  ht: montant,
  tva: montant,
  ttc: montant,
  typeBordereau: texte,
  motif: texte,
  documentId: nul,
  echeance: nul,
  liquidePar: texte,
  liquideLe: texte,
  source: texte,
  anomalies: z.array(zAnomalie),
})
export type LiquidationVue = z.output<typeof zLiquidation>
const pLiquidation = z.object({ liquidation: zId<'Liquidation'>() })
export const listerLiquidations = route({
  verbe: 'GET',
  chemin: `${base}/liquidations`,
  resume: 'Liste les pièces prêtes à partir sur un bordereau, avec leurs anomalies',
  query: zCadre.extend({ sens: zSens }),
  reply: z.object({ liquidations: z.array(zLiquidation) }),
})
export const liquider = route({
  verbe: 'POST',
  chemin: `${base}/liquidations`,
  resume: 'Liquide une dépense ou une recette, avec sa facture si elle n’est pas encore enregistrée',
  body: z.object({
    sens: zSens,
    budgetId: zId<'Budget'>(),
    annee: z.number().int(),
    facture: zFactureSaisie.omit({ budgetId: true }).extend({ documentId: zId<'Document'>().optional() }).optional(),
    piece: zLiquidationSaisie,
    documents: z
      .array(z.object({ documentId: zId<'Document'>(), type: zTexte(20), nom: zTexte(120) }))
      .max(30)
      .default([]),
  }),
  reply: zLiquidation,
})
export const joindreDocument = route({
  verbe: 'POST',
  chemin: `${base}/liquidations/:liquidation/documents`,
  resume: 'Joint une pièce justificative à une pièce qui n’est pas encore signée',
  params: pLiquidation,
  body: z.object({ documentId: zId<'Document'>(), type: zTexte(20), nom: zTexte(120) }),
  reply: zLiquidation,
})
export const abandonner = route({
  verbe: 'POST',
  chemin: `${base}/liquidations/:liquidation/abandon`,
  resume: 'Abandonne une pièce que personne n’a signée : son crédit et sa facture sont libérés',
  params: pLiquidation,
  body: motif,
  reply: zFait,
})

// Bordereaux -----------------------------------------------------------------------------------------------------------------------
export const ETATS_BORDEREAU = ['aViser', 'renvoye', 'signe', 'transmis', 'accepte', 'refuse'] as const
export const zBordereau = z.object({
  id: texte,
  sens: zSens,
  budgetId: texte,
  budget: texte,
  annee: z.number(),
  typeBordereau: texte,
  etat: z.enum(ETATS_BORDEREAU),
  libelleEtat: texte,
  numero: z.number().nullable(),
  nombre: z.number(),
  ht: montant,
  tva: montant,
  ttc: montant,
  motif: texte,
  envoyePar: texte,
  envoyeLe: texte,
  signePar: nul,
  dateEmission: nul,
})
export type BordereauVue = z.output<typeof zBordereau>
const pBordereau = z.object({ bordereau: zId<'Bordereau'>() })
export const zPieceDeBordereau = z.object({
  id: texte,
  numero: z.number().nullable(),
  tiers: texte,
  objet: texte,
  nature: texte,
  libelleNature: texte,
  chapitre: texte,
  section: z.enum(['F', 'I']),
  ht: montant,
  tva: montant,
  ttc: montant,
  documentId: nul,
  iban: texte,
  modeReglement: texte,
  documents: z.array(z.object({ documentId: texte, nom: texte, type: texte })),
  anomalies: z.array(zAnomalie),
  etat: nul,
})
export const listerBordereaux = route({
  verbe: 'GET',
  chemin: `${base}/bordereaux`,
  resume: 'Liste les bordereaux de mandats et de titres, du plus récent au plus ancien',
  query: z.object({ etat: z.enum(['aViser', 'tous']).default('tous') }),
  reply: z.object({ bordereaux: z.array(zBordereau) }),
})
export const lireBordereau = route({
  verbe: 'GET',
  chemin: `${base}/bordereaux/:bordereau`,
  resume: 'Donne un bordereau, ses pièces, leurs justificatifs, et l’empreinte de ce qui est lu',
  params: pBordereau,
  reply: zBordereau.extend({
    pieces: z.array(zPieceDeBordereau),
    empreinte: texte,
    actes: z.array(texte),
    histoire: z.array(z.object({ id: texte, le: texte, nom: texte, acte: texte, detail: texte })),
  }),
})
export type BordereauLu = (typeof lireBordereau)['reply']['_output']
export const envoyerBordereau = route({
  verbe: 'POST',
  chemin: `${base}/bordereaux`,
  resume: 'Réunit des pièces sur un bordereau et l’envoie à la signature ; rien n’est encore numéroté',
  body: z.object({
    id: zId<'Bordereau'>(),
    liquidations: z.array(zId<'Liquidation'>()).min(1, 'Choisissez au moins une pièce.').max(5000),
  }),
  reply: zFait,
})
export const signerBordereau = route({
  verbe: 'POST',
  chemin: `${base}/bordereaux/:bordereau/signature`,
  resume: 'Signe le bordereau tel qu’il a été lu : les numéros sont donnés, les écritures passées',
  params: pBordereau,
  body: z.object({ empreinte: texte }),
  reply: z.object({ numero: z.number(), premiere: z.number(), nombre: z.number() }),
})
export const renvoyerBordereau = route({
  verbe: 'POST',
  chemin: `${base}/bordereaux/:bordereau/renvoi`,
  resume: 'Renvoie le bordereau sans le signer : ses pièces sont à corriger',
  params: pBordereau,
  body: motif,
  reply: zFait,
})
export const transmettreBordereau = route({
  verbe: 'POST',
  chemin: `${base}/bordereaux/:bordereau/transmission`,
  resume: 'Marque un bordereau signé comme remis au comptable hors du flux PES',
  params: pBordereau,
  reply: zFait,
})

// Posted pieces ----------------------------------------------------------------------------------------------------------------------
export const ETATS_PIECE = [
  'signee',
  'transmise',
  'priseEnCharge',
  'suspendue',
  'rejetee',
  'partielle',
  'soldee',
  'annulee',
] as const
export const zPiece = z.object({
  id: texte,
  sens: zSens,
  budgetId: texte,
  annee: z.number(),
  numero: z.number(),
  bordereau: z.number(),
  bordereauId: texte,
  triplet: texte,
  emiseLe: texte,
  tiers: texte,
  tiersId: nul,
  objet: texte,
  section: z.enum(['F', 'I']),
  ht: montant,
  tva: montant,
  ttc: montant,
  regle: montant,
  annule: montant,
  reste: montant,
  etat: z.enum(ETATS_PIECE),
  libelleEtat: texte,
  motif: texte,
  echeance: nul,
})
export type PieceVue = z.output<typeof zPiece>
export const listerPieces = route({
  verbe: 'GET',
  chemin: `${base}/pieces`,
  resume: 'Liste les mandats ou les titres d’un exercice, cherchés, triés et paginés',
  query: zCadre.extend({
    sens: zSens,
    q: zTexte(100).default(''),
    etat: z.enum(ETATS_PIECE).optional(),
    tri: z.enum(['numero', 'emiseLe', 'tiers', 'objet', 'ttc', 'reste']).default('numero'),
    ordre: z.enum(['asc', 'desc']).default('desc'),
    page: z.coerce.number().int().min(1).default(1),
    taille: z.coerce.number().int().min(1).max(50_000).default(100),
  }),
  reply: z.object({ pieces: z.array(zPiece), total: z.number(), somme: montant }),
})
const pPiece = z.object({ mandat: zId<'Piece'>() })
export const lirePiece = route({
  verbe: 'GET',
  chemin: `${base}/pieces/:mandat`,
  resume: 'Donne un mandat ou un titre, ses lignes, ses écritures, ses documents, ses corrections et son histoire',
  params: pPiece,
  reply: zPiece.extend({
    lignes: z.array(
      z.object({
        rang: z.number(),
        nature: texte,
        libelleNature: texte,
        chapitre: texte,
        fonction: texte,
        libelle: texte,
        ht: montant,
        tva: montant,
      }),
    ),
    ecritures: z.array(
      z.object({ cle: texte, compteDebit: texte, compteCredit: texte, montant, le: texte, libelle: texte }),
    ),
    documents: z.array(z.object({ documentId: texte, nom: texte, type: texte })),
    corrections: z.array(
      z.object({ id: texte, numero: z.number(), sens: zSens, annee: z.number(), triplet: texte, ttc: montant }),
    ),
    compte: texte,
    virements: z.array(z.object({ nom: texte, montant })),
    histoire: z.array(z.object({ id: texte, le: texte, nom: texte, acte: texte, detail: texte })),
    /** What may be done with it now. */
    actes: z.array(z.enum(['annuler', 'reduire', 'reemettre'])),
  }),
})
export type PieceLue = (typeof lirePiece)['reply']['_output']
export const corrigerPiece = route({
  verbe: 'POST',
  chemin: `${base}/pieces/:mandat/corrections`,
  resume: 'Prépare l’annulation, la réduction ou la réémission d’un mandat ou d’un titre signé',
  params: pPiece,
  body: z.object({
    id: zId<'Liquidation'>(),
    acte: z.enum(['annuler', 'reduire', 'reemettre']),
    montant: zPositif.optional(),
    objet: zTexte(160).min(3, 'Dites pourquoi.'),
  }),
  reply: zLiquidation,
})

// Books and dashboard ------------------------------------------------------------------------------------------------------------------
export const lireGrandLivre = route({
  verbe: 'GET',
  chemin: `${base}/grand-livre`,
  resume: 'Donne le grand livre d’un compte, ou la balance de tous les comptes',
  query: zCadre.extend({
    compte: z
      .string()
      .regex(/^\d{1,12}$/)
      .optional(),
    journal: z.enum(['mandats', 'titres', 'ordre']).optional(),
  }),
  reply: z.object({
    balance: z.array(z.object({ compte: texte, libelle: texte, debit: montant, credit: montant, solde: montant })),
    lignes: z.array(
      z.object({
        cle: texte,
        le: texte,
        journal: texte,
        pieceId: texte,
        numero: z.number(),
        sens: zSens,
        compte: texte,
        contrepartie: texte,
        libelle: texte,
        tiers: texte,
        debit: montant,
        credit: montant,
      }),
    ),
    total: z.number(),
  }),
})
export const lireTableau = route({
  verbe: 'GET',
  chemin: `${base}/tableau`,
  resume: 'Donne le tableau de bord : trésorerie prévue, crédits consommés, factures en retard, rejets',
  query: zCadre,
  reply: z.object({
    sections: z.array(
      z.object({ section: z.enum(['F', 'I']), sens: zSens, vote: montant, engage: montant, mandate: montant }),
    ),
    chapitres: z.array(
      z.object({
        section: z.enum(['F', 'I']),
        sens: zSens,
        chapitre: texte,
        libelle: texte,
        vote: montant,
        engage: montant,
        mandate: montant,
      }),
    ),
    mois: z.array(z.object({ mois: texte, depenses: montant, recettes: montant })),
    precedent: z.array(z.object({ mois: texte, depenses: montant, recettes: montant })),
    prevision: z.array(z.object({ mois: texte, sorties: montant, entrees: montant })),
    alertes: z.object({
      facturesEnRetard: z.number(),
      facturesARegler: z.number(),
      rejets: z.number(),
      suspensions: z.number(),
      restesARecouvrer: montant,
      aViser: z.number(),
      comptesAControler: z.number(),
    }),
  }),
})
export const listerAFaire = route({
  verbe: 'GET',
  chemin: `${base}/a-faire`,
  resume: 'Donne ce qui attend cette personne dans les finances, dans l’ordre de l’urgence',
  reply: z.object({
    aFaire: z.array(
      z.object({
        id: texte,
        libelle: texte,
        precision: texte,
        echeance: nul,
        etat: z.enum(['aFaire', 'attention', 'bloquant']),
        vers: texte,
      }),
    ),
  }),
})
export const rechercher = route({
  verbe: 'GET',
  chemin: `${base}/recherche`,
  resume: 'Cherche dans les tiers, les factures, les engagements, les mandats et les titres',
  query: z.object({ q: zTexte(100).min(2, 'Deux lettres au moins.') }),
  reply: z.object({ resultats: z.array(z.object({ id: texte, libelle: texte, precision: texte, vers: texte })) }),
})
