import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'

/** Days between the demand and the closing: time to change her mind, and to take everything away. */
export const DELAI_JOURS = 30

const zFermeture = z.object({
  etat: z.enum(['ouvert', 'demandee', 'ferme']),
  demandeeLe: z.string().nullable(),
  prevueLe: z.string().nullable(),
  faiteLe: z.string().nullable(),
  documents: z.number().int().meta({ description: 'Documents que la fermeture supprime ou a laissés.' }),
  exporteLe: z.string().nullable().meta({ description: 'Dernier téléchargement de tout le coffre.' }),
})

export const lireFermeture = route({
  verbe: 'GET',
  chemin: '/api/coffre/fermeture',
  resume: 'Dit si mon coffre est ouvert, sur le point d’être fermé, ou fermé',
  reply: zFermeture,
})

export const demanderFermeture = route({
  verbe: 'POST',
  chemin: '/api/coffre/fermeture',
  resume: 'Demande la fermeture de mon coffre, trente jours plus tard',
  body: z.object({
    id: zId<'Fermeture'>(),
    compris: z.literal(true).meta({ description: 'La personne a lu que ses documents seront supprimés.' }),
  }),
  reply: zFermeture,
})

export const annulerFermeture = route({
  verbe: 'DELETE',
  chemin: '/api/coffre/fermeture',
  resume: 'Garde mon coffre : annule la fermeture demandée',
  reply: zFermeture,
})
