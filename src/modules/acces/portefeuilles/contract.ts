import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'

const zNomme = z.object({ id: z.string(), nom: z.string() })

const zTenue = z.object({
  id: z.string(),
  quoi: z.enum(['gestionnaire', 'organisme']),
  nom: z.string(),
  depuis: z.string().nullable().meta({ description: 'Absent : depuis avant que l’histoire soit tenue.' }),
  jusqua: z.string().nullable(),
  parNom: z.string(),
})
export type Tenue = z.output<typeof zTenue>

const zPortefeuille = z.object({
  id: z.string(),
  nom: z.string(),
  gestionnaireId: z.string(),
  gestionnaire: z.string(),
  organismes: z.array(zNomme),
  remplacements: z
    .array(
      z.object({
        id: z.string(),
        remplacant: z.string(),
        depuis: z.string(),
        jusqua: z.string(),
        motif: z.string(),
        etat: z.enum(['aVenir', 'enCours', 'fini']),
      }),
    )
    .meta({ description: 'Passés, en cours et à venir, le plus récent d’abord.' }),
  histoire: z.array(zTenue).meta({ description: 'Qui l’a tenu et quels organismes y étaient, de quand à quand.' }),
})
export type Portefeuille = z.output<typeof zPortefeuille>

const zPortefeuilles = z.object({
  portefeuilles: z.array(zPortefeuille),
  gestionnaires: z.array(zNomme),
  sansPortefeuille: z.array(zNomme).meta({ description: 'Organismes que personne ne suit.' }),
})
export type Portefeuilles = z.output<typeof zPortefeuilles>

export const listerPortefeuilles = route({
  verbe: 'GET',
  chemin: '/api/acces/portefeuilles',
  resume: 'Liste les portefeuilles : qui les tient, leurs organismes, les remplacements, l’histoire',
  reply: zPortefeuilles,
})

export const reglerPortefeuille = route({
  verbe: 'PUT',
  chemin: '/api/acces/portefeuilles/:portefeuille',
  resume: 'Crée un portefeuille, le renomme, ou le confie durablement à un autre gestionnaire',
  params: z.object({ portefeuille: zId<'Portefeuille'>() }),
  body: z.object({
    nom: z.string().trim().min(1, 'Donnez-lui un nom.').max(100),
    gestionnaireId: zId<'Personne'>(),
  }),
  reply: zPortefeuilles,
})

export const affecterOrganismes = route({
  verbe: 'POST',
  chemin: '/api/acces/portefeuilles/affectations',
  resume: 'Met des organismes dans un portefeuille, ou ne les confie plus à personne',
  body: z.object({
    organismes: z.array(zId<'Organisme'>()).min(1, 'Choisissez au moins un organisme.').max(1000),
    portefeuilleId: zId<'Portefeuille'>().nullable(),
  }),
  reply: zPortefeuilles,
})
