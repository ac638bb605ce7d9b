import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'

export const DOCUMENTS_FIN = {
  certificatPrive: 'Certificat de travail',
  soldeToutCompte: 'Reçu pour solde de tout compte',
  certificatPublic: 'Certificat de fin de contrat',
  etatServices: 'État des services',
} as const
export type DocumentFin = keyof typeof DOCUMENTS_FIN

export const lireDocumentFin = route({
  verbe: 'GET',
  chemin: '/api/paie/carrieres/:carriere/fin/:papier',
  resume: 'Donne en PDF/A un document de fin d’emploi, selon que l’employeur agit en droit public ou privé',
  params: z.object({
    carriere: zId<'Carriere'>(),
    papier: z.enum(Object.keys(DOCUMENTS_FIN) as [DocumentFin, ...DocumentFin[]]),
  }),
  query: z.object({ organisme: zId<'Organisme'>() }),
  reply: z.any(),
})
