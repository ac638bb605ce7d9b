import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zJour } from '#socle/dates.ts'
import { zBic, zIban } from '#socle/identifiants.ts'
import { zId } from '#socle/ids.ts'
import { zAnomalieVue } from '../../dossier/contract.ts'
import { MOTIFS_SORTIE, type MotifSortie, NATURES_ACTE, zSituationCarriere } from '../contract.ts'
import { DOCUMENTS_FIN, type DocumentFin } from '../fin/contract.ts'

const zTexte = (max = 200) => z.string().trim().max(max)
const zCarriere = z.object({ carriere: zId<'Carriere'>() })
const zAgent = z.object({ agent: zId<'Agent'>() })

export const zAgentListe = z.object({
  agentId: z.string(),
  carriereId: z.string(),
  matricule: z.string(),
  nom: z.string(),
  prenom: z.string(),
  emploi: z.string(),
  statut: z.string(),
  categorie: z.string(),
  grade: z.string(),
  echelon: z.number().nullable(),
  im: z.number().nullable(),
  minutesHebdo: z.number().nullable(),
  quotite: z.number().nullable(),
  entree: z.string(),
  sortie: z.string().nullable(),
  presence: z.enum(['present', 'aVenir', 'sorti']),
  /** In words, other than the activité; empty in post. */
  position: z.string(),
  compte: z.enum(['confirme', 'aConfirmer', 'absent']),
})
export type AgentListe = z.output<typeof zAgentListe>

export const listerCarrieres = route({
  verbe: 'GET',
  chemin: '/api/paie/agents',
  resume: 'Liste les agents de l’organisme et leur situation du jour, sortis compris',
  reply: z.object({ agents: z.array(zAgentListe) }),
})

const zChamps = z.array(z.object({ libelle: z.string(), valeur: z.string() }))
export const zCompteVu = z.object({
  id: z.string(),
  agentId: z.string(),
  agent: z.string(),
  /** Whole while it waits, for who may confirm it and compares it with the paper; masked after. */
  iban: z.string(),
  bic: z.string(),
  titulaire: z.string(),
  etat: z.enum(['propose', 'confirme', 'refuse', 'retire']),
  proposePar: z.string(),
  proposeLe: z.string(),
  decidePar: z.string().nullable(),
  decideLe: z.string().nullable(),
  motif: z.string(),
  peutDecider: z.boolean(),
  peutRetirer: z.boolean(),
})
export type CompteVu = z.output<typeof zCompteVu>

const zCivil = z.object({
  nom: zTexte(80).min(1, 'Saisissez le nom.'),
  prenom: zTexte(80).min(1, 'Saisissez le prénom.'),
  nomNaissance: zTexte(80).default(''),
  sexe: z.enum(['F', 'M'], 'Choisissez.'),
  naissance: zJour,
  nir: z
    .string()
    .transform((t) => t.replace(/\s/g, '').toUpperCase())
    .refine((t) => /^[0-9]{6}[0-9AB][0-9]{8}$/.test(t), 'Quinze caractères attendus, clé comprise.'),
  adresse: zTexte(200).default(''),
  codePostal: zTexte(10).default(''),
  ville: zTexte(80).default(''),
  courriel: z.union([z.literal(''), z.email('Adresse de courriel attendue.')]).default(''),
})
export type Civil = z.output<typeof zCivil>

export const zFiche = z.object({
  agentId: z.string(),
  matricule: z.string(),
  nom: z.string(),
  prenom: z.string(),
  nomNaissance: z.string(),
  sexe: z.enum(['F', 'M']),
  naissance: z.string(),
  nir: z.string(),
  adresse: z.string(),
  codePostal: z.string(),
  ville: z.string(),
  courriel: z.string(),
  iban: z.string(),
  bic: z.string(),
  carrieres: z.array(
    z.object({
      id: z.string(),
      emploi: z.string(),
      entree: z.string(),
      sortie: z.string().nullable(),
      motifSortie: z.string().nullable(),
      /** Papers of the end of the post. */
      documents: z.array(z.enum(Object.keys(DOCUMENTS_FIN) as [DocumentFin, ...DocumentFin[]])),
      /** Other than the activité, in order. */
      positions: z.array(
        z.object({
          depuis: z.string(),
          jusqua: z.string().nullable(),
          libelle: z.string(),
          accueil: z.string(),
          motif: z.string(),
          estPaye: z.boolean(),
        }),
      ),
      situations: z.array(
        z.object({
          depuis: z.string(),
          jusqua: z.string().nullable(),
          motif: z.string(),
          /** What differs from the one before, in words. */
          resume: z.string(),
          champs: zChamps,
          contenu: zSituationCarriere,
        }),
      ),
    }),
  ),
  comptes: z.array(zCompteVu),
  histoire: z.array(
    z.object({
      id: z.string(),
      carriereId: z.string().nullable(),
      nature: z.enum(NATURES_ACTE),
      effet: z.string(),
      motif: z.string(),
      resume: z.string(),
      le: z.string(),
      par: z.string(),
      annulePar: z.string().nullable(),
      /** May be undone by this person: nothing was done since that would be lost. */
      annulable: z.boolean(),
    }),
  ),
  peutModifier: z.boolean(),
})
export type FicheCarriere = z.output<typeof zFiche>

export const lireFiche = route({
  verbe: 'GET',
  chemin: '/api/paie/agents/:agent',
  resume: 'Donne le dossier d’un agent : identité, emplois, situations datées, comptes, histoire',
  params: zAgent,
  reply: zFiche,
})

export const zNouveau = zCivil.extend({
  id: zId<'Agent'>(),
  carriereId: zId<'Carriere'>(),
  matricule: zTexte(20).default(''),
  emploi: zTexte(120).min(1, 'Saisissez l’emploi.'),
  entree: zJour,
  /** Last day of the contract, when it has one. */
  terme: zJour.nullable().default(null),
  motif: zTexte().default('Recrutement'),
  contenu: zSituationCarriere,
})
export const creerAgent = route({
  verbe: 'POST',
  chemin: '/api/paie/agents',
  resume: 'Crée un agent, son emploi et sa première situation',
  body: zNouveau,
  reply: zFiche,
})
export const ouvrirEmploi = route({
  verbe: 'POST',
  chemin: '/api/paie/agents/:agent/emplois',
  resume: 'Ouvre un autre emploi à un agent connu',
  params: zAgent,
  body: zNouveau.pick({ carriereId: true, emploi: true, entree: true, terme: true, motif: true, contenu: true }),
  reply: zFiche,
})
export const modifierIdentite = route({
  verbe: 'PUT',
  chemin: '/api/paie/agents/:agent/identite',
  resume: 'Corrige l’identité d’un agent ; l’ancienne reste dans l’histoire',
  params: zAgent,
  body: zCivil.extend({ id: zId<'Acte'>(), motif: zTexte().default('') }),
  reply: zFiche,
})

const zChangement = z
  .object({
    depuis: zJour,
    /** First day when the former situation comes back; null: until the next one. */
    jusqua: zJour.nullable().default(null),
    motif: zTexte().min(3, 'Dites d’après quoi : arrêté, contrat, avenant, avec son numéro et sa date.'),
    contenu: zSituationCarriere,
  })
  .refine((c) => c.jusqua === null || c.jusqua > c.depuis, {
    path: ['jusqua'],
    message: 'La fin vient après le début.',
  })
const zSortie = z.object({
  sortie: zJour,
  motif: z.enum(Object.keys(MOTIFS_SORTIE) as [MotifSortie, ...MotifSortie[]], 'Choisissez un motif.'),
})

/** Grades of the FPT with their indexes: what the form fills in, each with its mark. */
export const listerGrilles = route({
  verbe: 'GET',
  chemin: '/api/paie/grilles',
  resume: 'Donne les grades et leurs échelons : indices, durées, marque de vérification',
  reply: z.object({
    grades: z.array(
      z.object({
        grade: z.string(),
        filiere: z.string(),
        cadreEmplois: z.string(),
        categorie: z.enum(['A', 'B', 'C']),
        echelle: z.string(),
        echelons: z.array(
          z.object({
            echelon: z.number(),
            ib: z.number().nullable(),
            im: z.number(),
            dureeMois: z.number().nullable(),
            depuis: z.string(),
            verifie: z.boolean(),
          }),
        ),
      }),
    ),
  }),
})

const zTotaux = z.object({ brut: z.string(), netAPayer: z.string(), cout: z.string() }).nullable()
export const zEffet = z.object({
  mois: z.string(),
  phrases: z.array(z.string()),
  anomalies: z.array(zAnomalieVue),
  parMois: z.array(
    z.object({
      mois: z.string(),
      fige: z.boolean(),
      avant: zTotaux,
      apres: zTotaux,
      ecartNet: z.string(),
      ecartCout: z.string(),
    }),
  ),
})
export type Effet = z.output<typeof zEffet>
/** What was done, and the approved months that ask for a rappel. */
export const zFait = z.object({ moisOuverts: z.array(z.string()), moisFiges: z.array(z.string()) })

export const simulerSituation = route({
  verbe: 'POST',
  chemin: '/api/paie/carrieres/:carriere/situations/effet',
  resume: 'Montre l’effet d’un changement de situation sur la paie, sans l’enregistrer',
  params: zCarriere,
  body: zChangement,
  reply: zEffet,
})
export const changerSituation = route({
  verbe: 'POST',
  chemin: '/api/paie/carrieres/:carriere/situations',
  resume: 'Enregistre une situation à partir d’un jour ; celle d’avant reste dans l’histoire',
  params: zCarriere,
  body: zChangement.safeExtend({ id: zId<'Acte'>(), pieceId: zId<'Piece'>().nullable().default(null) }),
  reply: zFait,
})
export const simulerSortie = route({
  verbe: 'POST',
  chemin: '/api/paie/carrieres/:carriere/sortie/effet',
  resume: 'Montre l’effet d’une sortie sur la paie, sans l’enregistrer',
  params: zCarriere,
  body: zSortie,
  reply: zEffet,
})
export const sortirCarriere = route({
  verbe: 'POST',
  chemin: '/api/paie/carrieres/:carriere/sortie',
  resume: 'Met fin à un emploi : premier jour où l’agent n’y est plus, et motif',
  params: zCarriere,
  body: zSortie.extend({ id: zId<'Acte'>() }),
  reply: zFait,
})
export const annulerActe = route({
  verbe: 'POST',
  chemin: '/api/paie/carrieres/actes/:acte/annuler',
  resume: 'Annule un acte de carrière : l’état d’avant revient, l’acte et son annulation restent',
  params: z.object({ acte: zId<'Acte'>() }),
  body: z.object({ id: zId<'Acte'>() }),
  reply: zFait,
})

export const proposerCompte = route({
  verbe: 'POST',
  chemin: '/api/paie/agents/:agent/comptes',
  resume: 'Propose un compte bancaire ; il sert quand une autre personne l’a confirmé',
  params: zAgent,
  body: z.object({
    id: zId<'Compte'>(),
    iban: zIban,
    bic: z.union([z.literal(''), zBic]).default(''),
    titulaire: zTexte(120).min(2, 'Saisissez le titulaire écrit sur le RIB.'),
  }),
  reply: zCompteVu,
})
export const listerComptes = route({
  verbe: 'GET',
  chemin: '/api/paie/comptes',
  resume: 'Liste les comptes bancaires qui attendent d’être confirmés',
  reply: z.object({ comptes: z.array(zCompteVu) }),
})
const zDecision = z.object({ motif: zTexte(300).default('') })
const zCompte = z.object({ compte: zId<'Compte'>() })
export const confirmerCompte = route({
  verbe: 'POST',
  chemin: '/api/paie/comptes/:compte/confirmer',
  resume: 'Confirme un compte proposé par une autre personne : la paie l’utilise',
  params: zCompte,
  body: zDecision,
  reply: zCompteVu,
})
export const refuserCompte = route({
  verbe: 'POST',
  chemin: '/api/paie/comptes/:compte/refuser',
  resume: 'Refuse un compte proposé, avec son motif',
  params: zCompte,
  body: z.object({ motif: zTexte(300).min(5, 'Dites en une phrase ce qui ne convient pas.') }),
  reply: zCompteVu,
})
export const retirerCompte = route({
  verbe: 'POST',
  chemin: '/api/paie/comptes/:compte/retirer',
  resume: 'Retire le compte que l’on a proposé',
  params: zCompte,
  body: zDecision,
  reply: zCompteVu,
})
