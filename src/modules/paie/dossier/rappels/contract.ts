import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zJour, zMois } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'

export const ACTES_RAPPEL = ['saisir', 'recalculer', 'prendreDansLeMois', 'classer', 'reprendre'] as const
export const ORIGINES_RAPPEL = ['depotTardif', 'carriere', 'gestionnaire'] as const
export const ETATS_RAPPEL = ['aTraiter', 'saisi', 'recalcul', 'dansLeMois', 'sansSuite'] as const

export const LIBELLES_ETAT_RAPPEL: Record<(typeof ETATS_RAPPEL)[number], string> = {
  aTraiter: 'À traiter',
  saisi: 'Saisi',
  recalcul: 'Mois passés recalculés',
  dansLeMois: 'Pris dans le mois',
  sansSuite: 'Sans suite',
}
export const LIBELLES_ORIGINE_RAPPEL: Record<(typeof ORIGINES_RAPPEL)[number], string> = {
  depotTardif: 'Pièce déposée après la date limite',
  carriere: 'Carrière corrigée',
  gestionnaire: 'Ouvert par le gestionnaire',
}

export const zRappel = z.object({
  id: z.string(),
  mois: z.string(),
  effet: z.string(),
  origine: z.enum(ORIGINES_RAPPEL),
  libelle: z.string(),
  pieceId: z.string().nullable(),
  pieceNumero: z.number().nullable(),
  etat: z.enum(ETATS_RAPPEL),
  actes: z.array(z.enum(ACTES_RAPPEL)),
  note: z.string(),
  ouvertLe: z.string(),
  ouvertPar: z.string(),
  traiteLe: z.string().nullable(),
  traitePar: z.string().nullable(),
  /** `estParti`: gone before the month, whose payslip will carry the rappel alone. */
  concerne: z.array(z.object({ carriereId: z.string(), nom: z.string(), estParti: z.boolean() })),
})
export type RappelVu = z.output<typeof zRappel>

const zParams = z.object({ mois: zMois })
const zListe = z.object({ rappels: z.array(zRappel) })

export const listerRappels = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/rappels',
  resume: 'Liste les rappels que ce mois doit régler : pièces tardives, carrières corrigées',
  params: zParams,
  reply: zListe,
})

export const ouvrirRappel = route({
  verbe: 'POST',
  chemin: '/api/paie/dossiers/:mois/rappels',
  resume: 'Ouvre un rappel à régler dans ce mois, pour un agent et une date d’effet passée',
  params: zParams,
  body: z.object({
    effet: zJour,
    libelle: z.string().trim().min(5, 'Dites en une phrase ce qui est à régler.').max(300),
    carriereId: zId<'Carriere'>(),
  }),
  reply: zListe,
})

export const deciderRappel = route({
  verbe: 'PATCH',
  chemin: '/api/paie/rappels/:rappel',
  resume: 'Décide d’un rappel : saisi, mois passés à recalculer, pris dans le mois, sans suite ; ou le remet à traiter',
  params: z.object({ rappel: zId<'Rappel'>() }),
  body: z
    .object({ acte: z.enum(ACTES_RAPPEL), note: z.string().trim().max(500).default('') })
    .refine((b) => b.acte !== 'classer' || b.note.length >= 5, {
      path: ['note'],
      message: 'Dites pourquoi ce rappel reste sans suite.',
    }),
  reply: zListe,
})
