import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'

const zObjetWebAuthn = z.record(z.string(), z.unknown())
const zMoyen = z.enum(['totp', 'cle', 'secours', 'demonstration'])

export const zSecondFacteur = z.object({
  etat: z.enum(['fait', 'aDonner', 'aInscrire', 'facultatif']).meta({
    description:
      '« aDonner » : le compte a un second facteur, à donner maintenant ; « aInscrire » : ses rôles en demandent un.',
  }),
  moyens: z.array(zMoyen),
  codeDemonstration: z.string().nullable().meta({ description: 'Dans la démonstration seulement.' }),
})

export const zOrganismeDeSession = z.object({
  id: z.string(),
  nom: z.string(),
  type: z.string(),
  siren: z.string(),
  roles: z.array(z.string()).meta({ description: 'Libellés des rôles tenus dans cet organisme.' }),
  droits: z.array(z.string()),
  via: z.enum(['appartenance', 'portefeuille', 'supervision', 'soutien']),
  motif: z
    .string()
    .optional()
    .meta({ description: 'Pourquoi cette personne est ici, quand elle n’en est pas membre.' }),
  fin: z.string().optional().meta({ description: 'Jusqu’à quand.' }),
})

export const zSession = z.object({
  compteId: z.string(),
  personne: z.object({ id: z.string(), nom: z.string(), prenom: z.string() }),
  identifiant: z.string(),
  organismes: z.array(zOrganismeDeSession),
  secondFacteur: zSecondFacteur,
  verrouMinutes: z.number().int(),
})

export const connecter = route({
  verbe: 'POST',
  chemin: '/api/acces/connexion',
  resume: 'Ouvre une session',
  body: z.object({
    identifiant: z.string().trim().min(1, 'Saisissez votre identifiant.').max(200),
    motDePasse: z.string().min(1, 'Saisissez votre mot de passe.').max(200),
    postePartage: z
      .boolean()
      .optional()
      .meta({ description: 'Le poste sert à plusieurs personnes : la session se verrouille plus vite.' }),
  }),
  reply: zSession,
})

export const defierConnexion = route({
  verbe: 'POST',
  chemin: '/api/acces/connexion/cle/defi',
  resume: 'Prépare une connexion par une clé d’accès seule',
  reply: zObjetWebAuthn,
})

export const connecterParCle = route({
  verbe: 'POST',
  chemin: '/api/acces/connexion/cle',
  resume: 'Ouvre une session par une clé d’accès seule, qui vaut les deux facteurs',
  body: z.object({ reponse: zObjetWebAuthn, postePartage: z.boolean().optional() }),
  reply: zSession,
})

export const lireSession = route({
  verbe: 'GET',
  chemin: '/api/acces/session',
  resume: 'Donne la personne connectée et ses organismes',
  reply: zSession,
})

export const deconnecter = route({
  verbe: 'DELETE',
  chemin: '/api/acces/session',
  resume: 'Ferme la session',
  reply: z.object({
    ferme: z.literal(true),
    suite: z.string().optional().meta({ description: 'Adresse où fermer aussi la session du fournisseur d’identité.' }),
  }),
})

export const listerSessions = route({
  verbe: 'GET',
  chemin: '/api/acces/sessions',
  resume: 'Liste les sessions ouvertes de la personne',
  reply: z.object({
    sessions: z.array(
      z.object({
        id: z.string(),
        appareil: z.string(),
        adresse: z.string(),
        creeeLe: z.string(),
        vueLe: z.string(),
        estCourante: z.boolean(),
      }),
    ),
  }),
})

export const revoquerSession = route({
  verbe: 'DELETE',
  chemin: '/api/acces/sessions/:id',
  resume: 'Ferme une session de la personne, sur un autre appareil',
  params: z.object({ id: zId<'Session'>() }),
  reply: z.object({ revoquee: z.literal(true) }),
})

export const changerMotDePasse = route({
  verbe: 'PUT',
  chemin: '/api/acces/mot-de-passe',
  resume: 'Change le mot de passe et ferme les autres sessions',
  body: z.object({
    actuel: z.string().min(1, 'Saisissez votre mot de passe actuel.').max(200),
    nouveau: z.string().min(12, 'Douze caractères au moins ; une phrase convient bien.').max(200),
  }),
  reply: z.object({ change: z.literal(true) }),
})

export const oublierMotDePasse = route({
  verbe: 'POST',
  chemin: '/api/acces/mot-de-passe/oubli',
  resume: 'Envoie par courriel un lien pour choisir un nouveau mot de passe, si le compte existe',
  body: z.object({ identifiant: z.string().trim().min(1, 'Saisissez votre identifiant.').max(200) }),
  reply: z.object({ recu: z.literal(true) }).meta({ description: 'La même réponse, que le compte existe ou non.' }),
})

export const choisirMotDePasse = route({
  verbe: 'POST',
  chemin: '/api/acces/mot-de-passe/nouveau',
  resume: 'Choisit un nouveau mot de passe par le lien reçu ; ferme toutes les sessions',
  body: z.object({
    jeton: z.string().min(20).max(100),
    nouveau: z.string().min(12, 'Douze caractères au moins ; une phrase convient bien.').max(200),
  }),
  reply: z.object({ change: z.literal(true) }),
})

const zCode = z.string().trim().min(6, 'Six chiffres, ou un code de secours.').max(30)
const zNomDeMoyen = z.string().trim().min(1, 'Donnez-lui un nom.').max(60)
const zCodesSecours = z
  .array(z.string())
  .nullable()
  .meta({ description: 'Codes de secours, donnés avec le premier moyen et montrés une seule fois.' })

export const lireSecondFacteur = route({
  verbe: 'GET',
  chemin: '/api/acces/second-facteur',
  resume: 'Liste mes moyens de vérification',
  reply: z.object({
    facteurs: z.array(
      z.object({
        id: z.string(),
        nature: z.enum(['totp', 'cle']),
        nom: z.string(),
        creeLe: z.string(),
        utiliseLe: z.string().nullable(),
      }),
    ),
    codesRestants: z.number().int(),
    aCodeVerrou: z.boolean(),
  }),
})

export const donnerSecondFacteur = route({
  verbe: 'POST',
  chemin: '/api/acces/second-facteur',
  resume: 'Donne un code de vérification',
  body: z.object({ moyen: z.enum(['totp', 'secours', 'demonstration']), code: zCode }),
  reply: zSession,
})

export const preparerTotp = route({
  verbe: 'POST',
  chemin: '/api/acces/second-facteur/applications',
  resume: 'Prépare une application d’authentification',
  body: z.object({ nom: zNomDeMoyen }),
  reply: z.object({
    id: z.string(),
    secret: z.string(),
    adresse: z.string().meta({ description: 'Adresse otpauth:// à donner à l’application.' }),
    qr: z.string().meta({ description: 'La même, en image SVG.' }),
  }),
})

export const confirmerTotp = route({
  verbe: 'POST',
  chemin: '/api/acces/second-facteur/applications/:id/confirmation',
  resume: 'Confirme une application par son premier code',
  params: z.object({ id: zId<'Facteur'>() }),
  body: z.object({ code: zCode }),
  reply: z.object({ codesSecours: zCodesSecours }),
})

export const defierInscriptionCle = route({
  verbe: 'POST',
  chemin: '/api/acces/second-facteur/cles/defi',
  resume: 'Prépare l’inscription d’une clé d’accès (WebAuthn)',
  reply: zObjetWebAuthn,
})

export const inscrireCle = route({
  verbe: 'POST',
  chemin: '/api/acces/second-facteur/cles',
  resume: 'Inscrit une clé d’accès',
  body: z.object({ nom: zNomDeMoyen, reponse: zObjetWebAuthn }),
  reply: z.object({ codesSecours: zCodesSecours }),
})

export const defierCle = route({
  verbe: 'POST',
  chemin: '/api/acces/second-facteur/cles/verification/defi',
  resume: 'Demande une preuve à une clé d’accès',
  reply: zObjetWebAuthn,
})

export const donnerCle = route({
  verbe: 'POST',
  chemin: '/api/acces/second-facteur/cles/verification',
  resume: 'Donne la preuve d’une clé d’accès',
  body: z.object({ reponse: zObjetWebAuthn }),
  reply: zSession,
})

export const retirerFacteur = route({
  verbe: 'DELETE',
  chemin: '/api/acces/second-facteur/:id',
  resume: 'Retire un de mes moyens de vérification',
  params: z.object({ id: zId<'Facteur'>() }),
  reply: z.object({ retire: z.literal(true) }),
})

export const renouvelerCodes = route({
  verbe: 'POST',
  chemin: '/api/acces/second-facteur/codes',
  resume: 'Remplace mes codes de secours',
  reply: z.object({ codesSecours: z.array(z.string()) }),
})

export const lireVerrou = route({
  verbe: 'GET',
  chemin: '/api/acces/verrou',
  resume: 'Dit si la session est verrouillée, et par quoi elle s’ouvre',
  reply: z.object({
    verrouillee: z.boolean(),
    personne: z.string(),
    moyens: z.array(z.enum(['code', 'cle', 'motDePasse'])),
  }),
})

export const verrouiller = route({
  verbe: 'POST',
  chemin: '/api/acces/verrou',
  resume: 'Verrouille la session sans la fermer',
  reply: z.object({ verrouillee: z.literal(true) }),
})

export const deverrouiller = route({
  verbe: 'POST',
  chemin: '/api/acces/verrou/ouverture',
  resume: 'Déverrouille la session par le code, la clé d’accès ou le mot de passe',
  body: z.union([
    z.object({ code: z.string().trim().min(1, 'Saisissez votre code.').max(30) }),
    z.object({ motDePasse: z.string().min(1, 'Saisissez votre mot de passe.').max(200) }),
    z.object({ reponse: zObjetWebAuthn }),
  ]),
  reply: z.object({ verrouillee: z.literal(false) }),
})

export const changerCodeVerrou = route({
  verbe: 'PUT',
  chemin: '/api/acces/verrou/code',
  resume: 'Choisit le code de déverrouillage, ou le retire',
  body: z.object({
    code: z
      .string()
      .trim()
      .regex(/^\d{6,12}$/, 'De six à douze chiffres.')
      .refine((c) => new Set(c).size > 2, 'Choisissez un code moins simple.')
      .nullable(),
  }),
  reply: z.object({ change: z.literal(true) }),
})

/** What a session may ask before its second factor is given. */
export const AVANT_SECOND_FACTEUR: readonly { verbe: string; chemin: string }[] = [
  lireSession,
  deconnecter,
  donnerSecondFacteur,
  defierCle,
  donnerCle,
  lireVerrou,
  verrouiller,
  deverrouiller,
]
/** What a locked session may ask. */
export const SOUS_VERROU: readonly { verbe: string; chemin: string }[] = [
  lireVerrou,
  deverrouiller,
  defierCle,
  deconnecter,
]

export type SecondFacteur = z.output<typeof zSecondFacteur>
export type SessionLue = z.output<typeof zSession>
