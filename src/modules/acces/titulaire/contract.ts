import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zSession } from '../contract.ts'

const zCodeDeLettre = z.string().trim().min(16, 'Le code de la lettre a seize lettres ou chiffres.').max(40)
const zCourriel = z.email('Une adresse de courriel est attendue.').max(200)

export const lireInvitation = route({
  verbe: 'POST',
  chemin: '/api/acces/invitation/lecture',
  resume: 'Dit pour qui est le code d’une lettre d’accès',
  body: z.object({ code: zCodeDeLettre }),
  reply: z.object({ prenom: z.string(), nom: z.string(), emisePar: z.string() }),
})

export const ouvrirParInvitation = route({
  verbe: 'POST',
  chemin: '/api/acces/invitation/ouverture',
  resume: 'Ouvre le compte d’une personne par le code de sa lettre, et la connecte',
  body: z.object({
    code: zCodeDeLettre,
    courriel: zCourriel,
    motDePasse: z.string().min(12, 'Douze caractères au moins ; une phrase convient bien.').max(200),
  }),
  reply: zSession,
})

export const lireAdresse = route({
  verbe: 'GET',
  chemin: '/api/acces/adresse-personnelle',
  resume: 'Donne mon adresse personnelle et ce qui attend une confirmation',
  reply: z.object({
    identifiant: z.string(),
    identifiantVerifie: z.boolean(),
    adresse: z.string().nullable(),
    attente: z.string().nullable(),
  }),
})

export const changerAdresse = route({
  verbe: 'PUT',
  chemin: '/api/acces/adresse-personnelle',
  resume: 'Envoie un lien à une adresse personnelle, qui vaudra une fois confirmée ; ou retire celle qui vaut',
  body: z.object({ courriel: zCourriel.nullable() }),
  reply: z.object({ envoye: z.boolean() }),
})

export const confirmerAdresse = route({
  verbe: 'POST',
  chemin: '/api/acces/adresse-personnelle/confirmation',
  resume: 'Confirme une adresse par le lien reçu',
  body: z.object({ jeton: z.string().min(20).max(100) }),
  reply: z.object({ courriel: z.string() }),
})
