import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'

export const zOrganismeDeSession = z.object({
  id: z.string(),
  nom: z.string(),
  type: z.string(),
  siren: z.string(),
  roles: z.array(z.string()).meta({ description: 'Libellés des rôles tenus dans cet organisme.' }),
  droits: z.array(z.string()),
  via: z.enum(['appartenance', 'portefeuille', 'supervision']),
})

export const zSession = z.object({
  compteId: z.string(),
  personne: z.object({ id: z.string(), nom: z.string(), prenom: z.string() }),
  identifiant: z.string(),
  organismes: z.array(zOrganismeDeSession),
})

export const connecter = route({
  verbe: 'POST',
  chemin: '/api/acces/connexion',
  resume: 'Ouvre une session',
  body: z.object({
    identifiant: z.string().trim().min(1, 'Saisissez votre identifiant.').max(200),
    motDePasse: z.string().min(1, 'Saisissez votre mot de passe.').max(200),
  }),
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
  reply: z.object({ ferme: z.literal(true) }),
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
