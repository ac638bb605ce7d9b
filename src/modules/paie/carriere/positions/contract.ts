import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'
import { zEffet, zFait } from '../http/contract.ts'
import { CODES_POSITION } from './domain/positions.ts'

export { CODES_POSITION, POSITIONS, type Position } from './domain/positions.ts'

const params = z.object({ carriere: zId<'Carriere'>() })
const zTexte = z.string().trim().max(200)
const zPosition = z
  .object({
    /** `activite`: back in post. */
    position: z.enum(['activite', ...CODES_POSITION], 'Choisissez une position.'),
    depuis: zJour,
    /** First day back; null: no end is known. */
    jusqua: zJour.nullable().default(null),
    motif: zTexte.min(3, 'Citez l’arrêté, avec son numéro et sa date.'),
    accueil: zTexte.default(''),
  })
  .refine((p) => p.jusqua === null || p.jusqua > p.depuis, {
    path: ['jusqua'],
    message: 'Le retour vient après le début.',
  })

export const simulerPosition = route({
  verbe: 'POST',
  chemin: '/api/paie/carrieres/:carriere/position/effet',
  resume: 'Montre l’effet d’un changement de position sur la paie, sans l’enregistrer',
  params,
  body: zPosition,
  reply: zEffet,
})
export const changerPosition = route({
  verbe: 'POST',
  chemin: '/api/paie/carrieres/:carriere/position',
  resume: 'Place un agent en détachement, disponibilité, congé parental, mise à disposition, ou le remet en activité',
  params,
  body: zPosition.safeExtend({ id: zId<'Acte'>() }),
  reply: zFait,
})
