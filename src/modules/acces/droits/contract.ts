import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'

const zDroit = z.object({ code: z.string(), libelle: z.string() })

export const zMesDroits = z.object({
  organismes: z.array(
    z.object({
      id: z.string(),
      nom: z.string(),
      via: z.enum(['appartenance', 'portefeuille', 'supervision', 'soutien']),
      roles: z.array(z.string()),
      droits: z.array(zDroit),
      fin: z.string().nullable(),
    }),
  ),
})

export const mesDroits = route({
  verbe: 'GET',
  chemin: '/api/acces/mes-droits',
  resume: 'Dit tout ce que la personne connectée peut faire, organisme par organisme',
  reply: zMesDroits,
})

export const zMembre = z.object({
  personneId: z.string(),
  nom: z.string(),
  identifiant: z.string().nullable(),
  etat: z.enum(['sansCompte', 'aActiver', 'actif', 'ferme']),
  estSoi: z.boolean(),
  appartenances: z.array(
    z.object({
      id: z.string(),
      role: z.string(),
      libelle: z.string(),
      depuis: z.string(),
      jusqua: z.string().nullable(),
      enCours: z.boolean(),
      donnePar: z.string(),
    }),
  ),
  droits: z.array(z.string()).meta({ description: 'Droits de ce jour, par leur code.' }),
})
export type Membre = z.infer<typeof zMembre>

export const listerMembres = route({
  verbe: 'GET',
  chemin: '/api/acces/membres',
  resume: 'Liste les personnes qui ont un rôle dans l’organisme, et ce que chacune peut faire',
  reply: z.object({
    membres: z.array(zMembre),
    droits: z
      .array(zDroit)
      .meta({ description: 'Les droits qui existent dans cet organisme : les colonnes de la matrice.' }),
    roles: z.array(z.object({ code: z.string(), libelle: z.string(), droits: z.array(z.string()) })),
    exterieurs: z
      .array(z.object({ nom: z.string(), via: z.string(), droits: z.array(z.string()), fin: z.string().nullable() }))
      .meta({ description: 'Qui d’autre, de l’agence, peut entrer aujourd’hui.' }),
  }),
})

export const donnerRole = route({
  verbe: 'POST',
  chemin: '/api/acces/membres',
  resume: 'Donne un rôle à une personne ; crée son compte si elle n’en a pas',
  body: z.object({
    identifiant: z.email('Une adresse de courriel est attendue.').max(200),
    nom: z.string().trim().min(1).max(100),
    prenom: z.string().trim().max(100).default(''),
    role: z.string().min(1, 'Choisissez un rôle.').max(50),
    depuis: zJour,
    jusqua: zJour.optional(),
  }),
  reply: z.object({ personneId: z.string(), compteCree: z.boolean(), lien: z.string().nullable() }),
})

export const retirerRole = route({
  verbe: 'POST',
  chemin: '/api/acces/appartenances/:appartenance/retrait',
  resume: 'Retire un rôle, tout de suite',
  params: z.object({ appartenance: zId<'Appartenance'>() }),
  reply: z.object({ retire: z.literal(true) }),
})

export const zSoutien = z.object({
  id: z.string(),
  organismeId: z.string(),
  organisme: z.string(),
  technicien: z.string(),
  motif: z.string(),
  etendue: z.enum(['lecture', 'saisie']),
  heures: z.number(),
  etat: z.enum(['demande', 'accorde', 'termine']),
  demandeLe: z.string(),
  accordePar: z.string().nullable(),
  jusqua: z.string().nullable(),
  terminePar: z.string().nullable(),
  termineLe: z.string().nullable(),
})
export type Soutien = z.infer<typeof zSoutien>
const zSoutiens = z.object({ soutiens: z.array(zSoutien) })
const paramsSoutien = z.object({ soutien: zId<'Soutien'>() })

export const listerSoutiens = route({
  verbe: 'GET',
  chemin: '/api/acces/soutiens',
  resume: 'Liste les dépannages demandés, accordés et terminés dans l’organisme',
  reply: zSoutiens,
})
export const accorderSoutien = route({
  verbe: 'POST',
  chemin: '/api/acces/soutiens/:soutien/accord',
  resume: 'Autorise un dépannage, pour la durée demandée',
  params: paramsSoutien,
  reply: zSoutien,
})
export const terminerSoutien = route({
  verbe: 'POST',
  chemin: '/api/acces/soutiens/:soutien/fin',
  resume: 'Met fin à un dépannage, ou le refuse',
  params: paramsSoutien,
  reply: zSoutien,
})
export const listerDemandes = route({
  verbe: 'GET',
  chemin: '/api/acces/demandes-de-soutien',
  resume: 'Liste les dépannages du technicien, et les membres chez qui en demander',
  reply: zSoutiens.extend({ membres: z.array(z.object({ id: z.string(), nom: z.string() })) }),
})
export const demanderSoutien = route({
  verbe: 'POST',
  chemin: '/api/acces/demandes-de-soutien',
  resume: 'Demande à un membre le droit d’entrer dans ses données pour un dépannage',
  body: z.object({
    id: zId<'Soutien'>(),
    organismeId: zId<'Organisme'>(),
    motif: z.string().trim().min(10, 'Dites pourquoi en une phrase (10 caractères au moins).').max(500),
    etendue: z.enum(['lecture', 'saisie']),
    heures: z.coerce.number().int().min(1).max(168),
  }),
  reply: zSoutien,
})
export const rendreSoutien = route({
  verbe: 'POST',
  chemin: '/api/acces/demandes-de-soutien/:soutien/fin',
  resume: 'Rend une autorisation de dépannage avant son terme',
  params: paramsSoutien,
  reply: zSoutien,
})

export const zJeton = z.object({
  id: z.string(),
  nom: z.string(),
  droits: z.array(z.string()),
  ecriture: z.boolean(),
  creeLe: z.string(),
  creePar: z.string(),
  expireLe: z.string(),
  utiliseLe: z.string().nullable(),
  etat: z.enum(['actif', 'expire', 'revoque']),
})
export type Jeton = z.infer<typeof zJeton>

export const listerJetons = route({
  verbe: 'GET',
  chemin: '/api/acces/jetons',
  resume: 'Liste les jetons d’accès des logiciels de l’organisme',
  reply: z.object({ jetons: z.array(zJeton), droits: z.array(zDroit) }),
})
export const creerJeton = route({
  verbe: 'POST',
  chemin: '/api/acces/jetons',
  resume: 'Crée un jeton d’accès ; il n’est montré qu’une fois',
  body: z.object({
    id: zId<'Jeton'>(),
    nom: z.string().trim().min(1, 'Dites à quel logiciel il sert.').max(100),
    droits: z.array(z.string().max(50)).min(1, 'Choisissez au moins un droit.').max(40),
    ecriture: z.boolean().default(false),
    jours: z.coerce.number().int().min(1).max(365),
  }),
  reply: z.object({ jeton: zJeton, secret: z.string() }),
})
export const revoquerJeton = route({
  verbe: 'POST',
  chemin: '/api/acces/jetons/:jeton/revocation',
  resume: 'Révoque un jeton d’accès, tout de suite',
  params: z.object({ jeton: zId<'Jeton'>() }),
  reply: zJeton,
})

export const suspendreCompte = route({
  verbe: 'POST',
  chemin: '/api/acces/suspensions',
  resume: 'Suspend un compte et ferme ses sessions, ou le rouvre',
  body: z.object({
    identifiant: z.email('Une adresse de courriel est attendue.').max(200),
    suspendu: z.boolean().default(true),
    motif: z.string().trim().min(10, 'Dites pourquoi en une phrase (10 caractères au moins).').max(500),
  }),
  reply: z.object({ sessionsFermees: z.number() }),
})

/** The OpenAPI document itself: drawn by the server from every contract, this one excepted. */
export const lireInterface = route({
  verbe: 'GET',
  chemin: '/api/openapi.json',
  resume: 'Décrit chaque adresse, ce qu’elle prend et ce qu’elle donne, avec un exemple',
  reply: z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) }),
})
