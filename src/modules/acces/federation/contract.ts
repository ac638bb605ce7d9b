import { z } from 'zod'
import { route } from '#socle/contrat.ts'

export const FOURNISSEURS = { proconnect: 'ProConnect', franceconnect: 'FranceConnect' } as const
export type Nature = keyof typeof FOURNISSEURS

/** Why a sign-in by a provider did not end: the address of the sign-in page carries the code, the page has the words. */
export const REFUS_FEDERATION = {
  silence: 'le service ne répond pas. Réessayez, ou connectez-vous par mot de passe.',
  perimee: 'cette connexion a expiré ou a déjà servi. Recommencez.',
  abandon: 'la connexion a été refusée ou abandonnée.',
  reponse: 'la réponse du service n’a pas pu être vérifiée. Recommencez.',
  sansCompte:
    'aucun compte Bosquet ne porte votre adresse professionnelle. La personne qui administre les accès de votre organisme peut le créer.',
  nonLiee:
    'votre identité n’est liée à aucun coffre. Ouvrez-le d’abord avec votre compte ou le code de votre lettre, puis liez-la dans « Mon compte ».',
  dejaLiee: 'cette identité est déjà liée à un autre compte, ou ce compte à une autre identité.',
  ferme: 'ce moyen de connexion n’est pas ouvert ici.',
} as const
export type CodeRefus = keyof typeof REFUS_FEDERATION

const zNature = z.enum(['proconnect', 'franceconnect'])
const params = z.object({ nature: zNature })

export const listerFournisseurs = route({
  verbe: 'GET',
  chemin: '/api/acces/federation',
  resume: 'Liste les fournisseurs d’identité proposés à la connexion',
  reply: z.object({ fournisseurs: z.array(z.object({ nature: zNature, libelle: z.string() })) }),
})

export const partir = route({
  verbe: 'GET',
  chemin: '/api/acces/federation/:nature/depart',
  resume: 'Part se connecter chez un fournisseur d’identité',
  params,
  query: z.object({ suite: z.string().max(2000).optional() }),
  reply: z.unknown().meta({ description: 'Redirection vers le fournisseur.' }),
})

export const revenir = route({
  verbe: 'GET',
  chemin: '/api/acces/federation/:nature/retour',
  resume: 'Revient d’un fournisseur d’identité et ouvre la session',
  params,
  query: z.looseObject({}),
  reply: z.unknown().meta({ description: 'Redirection vers la page demandée.' }),
})

export const lier = route({
  verbe: 'POST',
  chemin: '/api/acces/federation/:nature/liaison',
  resume: 'Prépare la liaison de mon compte à un fournisseur d’identité',
  params,
  reply: z.object({ adresse: z.string().meta({ description: 'Adresse où envoyer le navigateur.' }) }),
})

export const listerIdentites = route({
  verbe: 'GET',
  chemin: '/api/acces/federation/identites',
  resume: 'Liste les fournisseurs d’identité et dit s’ils sont liés à mon compte',
  reply: z.object({
    identites: z.array(z.object({ nature: zNature, libelle: z.string(), lieeLe: z.string().nullable() })),
  }),
})

export const delier = route({
  verbe: 'DELETE',
  chemin: '/api/acces/federation/:nature/liaison',
  resume: 'Retire la liaison de mon compte à un fournisseur d’identité',
  params,
  reply: z.object({ deliee: z.literal(true) }),
})

const zReglage = z.object({
  nature: zNature,
  libelle: z.string(),
  emetteur: z.string(),
  clientId: z.string(),
  aSecret: z.boolean(),
  niveaux: z.array(z.string()),
  userinfoSigne: z.boolean(),
  estActif: z.boolean(),
  modifie: z.string().nullable(),
  /** What to declare at the provider. */
  retour: z.string(),
  apresDeconnexion: z.string(),
})
export type ReglageFournisseur = z.output<typeof zReglage>

export const lireReglagesFournisseurs = route({
  verbe: 'GET',
  chemin: '/api/acces/fournisseurs',
  resume: 'Donne les réglages des fournisseurs d’identité',
  reply: z.object({ fournisseurs: z.array(zReglage) }),
})

export const reglerFournisseur = route({
  verbe: 'PUT',
  chemin: '/api/acces/fournisseurs/:nature',
  resume: 'Règle un fournisseur d’identité',
  params,
  body: z.object({
    emetteur: z
      .url({ protocol: /^https?$/, error: 'Une adresse https:// est attendue.' })
      .max(300)
      .refine(
        (u) => u.startsWith('https://') || /^http:\/\/(localhost|127\.0\.0\.1)[:/]?/.test(u),
        'Une adresse https:// est attendue.',
      ),
    clientId: z.string().trim().min(1, 'Saisissez l’identifiant donné par le fournisseur.').max(200),
    secret: z.string().max(500).optional().meta({ description: 'Laissé vide, le secret déjà enregistré est gardé.' }),
    niveaux: z.string().max(1000).optional().meta({ description: 'Valeurs acr acceptées, séparées par des espaces.' }),
    userinfoSigne: z.boolean().optional(),
    estActif: z.boolean().optional(),
  }),
  reply: z.object({ regle: z.literal(true) }),
})

const zConstat = z.object({ etat: z.enum(['fait', 'attention', 'bloquant']), texte: z.string() })

export const essayerFournisseur = route({
  verbe: 'POST',
  chemin: '/api/acces/fournisseurs/:nature/essai',
  resume: 'Essaie la liaison avec un fournisseur d’identité',
  params,
  reply: z.object({ constats: z.array(zConstat) }),
})
