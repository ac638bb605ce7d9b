import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zMois } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'

/** The cells that are typed, in the order of the columns. Absences take three of them. */
export const CELLULES = [
  'hsJour',
  'hsNuit',
  'hsDimanche',
  'complementaires',
  'quantite',
  'CIA',
  'ASTREINTE',
  'REGIE',
  'FIN_ANNEE',
  'absenceMotif',
  'absenceDepuis',
  'absenceJusqua',
] as const
export type Cellule = (typeof CELLULES)[number]

const zCellules = z.partialRecord(z.enum(CELLULES), z.string().max(30))
export type Cellules = z.output<typeof zCellules>

const zLigne = z.object({
  carriereId: z.string(),
  nom: z.string(),
  emploi: z.string(),
  statut: z.string(),
  /** What was read: a line that moved since is refused. */
  version: z.string(),
  cellules: zCellules,
  /** Cells that the grid cannot hold: two absences, two rows of a prime from two papers. */
  bloquees: z.array(z.enum(CELLULES)),
})
export type LigneVariables = z.output<typeof zLigne>

const zParams = z.object({ mois: zMois })
export const lireGrille = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/grille',
  resume: 'Donne les éléments variables du mois, un agent par ligne',
  params: zParams,
  reply: z.object({ lignes: z.array(zLigne), estModifiable: z.boolean() }),
})

export const enregistrerGrille = route({
  verbe: 'POST',
  chemin: '/api/paie/dossiers/:mois/grille',
  resume: 'Enregistre les lignes modifiées de la grille, toutes ou aucune',
  params: zParams,
  body: z.object({
    lignes: z
      .array(z.object({ carriereId: zId<'Carriere'>(), version: z.string(), cellules: zCellules }))
      .min(1)
      .max(6000),
  }),
  reply: z.object({
    /** Zero when a line is refused: then nothing is written. */
    enregistrees: z.number(),
    fautes: z.array(z.object({ carriereId: z.string(), cellule: z.enum(CELLULES).nullable(), message: z.string() })),
    lignes: z.array(zLigne),
  }),
})
