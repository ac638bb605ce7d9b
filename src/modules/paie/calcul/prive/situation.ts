import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'
import { zJour } from '#socle/dates.ts'

/** What a private-law contract adds to the situation. */
export const zPrive = z.strictObject({
  /** Date of conclusion: selects the regime of the apprentices. */
  conclusion: zJour.optional(),
  /** Gross for the month at the contract's working time. */
  salaireMensuel: zMontant.optional(),
  /** Hourly rate and paid minutes of the month. */
  tauxHoraire: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,4})?$/)
    .optional(),
  minutesMois: z.number().int().min(0).max(44_640).optional(),
  /** Complementary pension: a property of the contract, never deduced. */
  retraite: z.enum(['ircantec', 'agircArrco']).optional(),
})
