import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zJour, zMois } from '#socle/dates.ts'

export const ETAPES_CALENDRIER = [
  'ouverture',
  'limiteDepot',
  'completude',
  'calcul',
  'approbation',
  'mandatement',
  'paiement',
  'dsn',
] as const
export type EtapeCalendrier = (typeof ETAPES_CALENDRIER)[number]
export const LIBELLES_ETAPE: Record<EtapeCalendrier, string> = {
  ouverture: 'Ouverture des dépôts',
  limiteDepot: 'Date limite des dépôts',
  completude: 'Pièces lues, questions posées',
  calcul: 'Paie calculée et contrôlée',
  approbation: 'Approbation par l’ordonnateur',
  mandatement: 'Mandatement et virements',
  paiement: 'Paiement par le comptable',
  dsn: 'Déclaration sociale',
}
/** Who does it: the line of the one who reads stands out. */
export const QUI_FAIT: Record<EtapeCalendrier, 'membre' | 'agence' | 'comptable'> = {
  ouverture: 'agence',
  limiteDepot: 'membre',
  completude: 'agence',
  calcul: 'agence',
  approbation: 'membre',
  mandatement: 'membre',
  paiement: 'comptable',
  dsn: 'agence',
}

const zJourDuMois = z.number().int().min(1, 'Un jour de 1 à 31.').max(31, 'Un jour de 1 à 31.')
export const zReglageCalendrier = z.object({
  jours: z.object({
    ouverture: zJourDuMois,
    limiteDepot: zJourDuMois,
    completude: zJourDuMois,
    calcul: zJourDuMois,
    approbation: zJourDuMois,
    mandatement: zJourDuMois,
    paiement: zJourDuMois,
    dsn: zJourDuMois,
  }),
  avanceAout: z.number().int().min(0).max(15),
  avanceDecembre: z.number().int().min(0).max(15),
  joursFermes: z.array(zJour).max(200),
})

const zEcheance = z.object({
  etape: z.enum(ETAPES_CALENDRIER),
  jour: z.string(),
  /** What the settings give, when the officer fixed another day. */
  calcule: z.string(),
  motif: z.string().nullable(),
  fixeePar: z.string().nullable(),
})
const zParams = z.object({ mois: zMois })
const zCalendrier = z.object({ echeances: z.array(zEcheance), reglage: zReglageCalendrier.nullable() })

export const lireCalendrier = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/calendrier',
  resume: 'Donne les dates du mois, étape par étape, et les réglages qui les calculent',
  params: zParams,
  reply: zCalendrier,
})
export const fixerEcheance = route({
  verbe: 'PUT',
  chemin: '/api/paie/dossiers/:mois/calendrier',
  resume: 'Fixe le jour d’une étape pour ce mois, avec son motif ; sans jour, revient à la date calculée',
  params: zParams,
  body: z
    .object({
      etape: z.enum(ETAPES_CALENDRIER),
      jour: zJour.nullable(),
      motif: z.string().trim().max(200).default(''),
    })
    .refine((b) => b.jour === null || b.motif.length >= 3, {
      path: ['motif'],
      message: 'Dites pourquoi : la collectivité le lira.',
    }),
  reply: zCalendrier,
})
export const reglerCalendrier = route({
  verbe: 'PUT',
  chemin: '/api/paie/dossiers/:mois/calendrier/reglages',
  resume: 'Règle le calendrier de l’organisme : jours, avance d’août et de décembre, jours fermés',
  params: zParams,
  body: zReglageCalendrier,
  reply: zCalendrier,
})

export const zCourriel = z.object({
  id: z.string(),
  destinataire: z.string(),
  objet: z.string(),
  texte: z.string(),
  etat: z.enum(['attente', 'envoye', 'echec']),
  erreur: z.string().nullable(),
  demandeLe: z.string(),
  demandePar: z.string(),
  envoyeLe: z.string().nullable(),
})
const zCourriels = z.object({ courriels: z.array(zCourriel), destinataire: z.string().nullable() })
export const listerCourriels = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/courriels',
  resume: 'Liste les courriels envoyés à la collectivité pour ce mois, tels qu’ils sont partis',
  params: zParams,
  reply: zCourriels,
})
export const relancer = route({
  verbe: 'POST',
  chemin: '/api/paie/dossiers/:mois/relances',
  resume: 'Envoie à la collectivité ce qui manque au mois : pièces attendues, questions sans réponse',
  params: zParams,
  body: z.object({ mot: z.string().trim().max(1000).default('') }),
  reply: zCourriels,
})
