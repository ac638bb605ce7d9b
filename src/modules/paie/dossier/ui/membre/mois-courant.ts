import type { z } from 'zod'
import type { listerDossiers } from '../../contract.ts'

type Resume = Pick<z.output<typeof listerDossiers.reply>['dossiers'][number], 'mois' | 'etat'>

/** The month on which a secretary works: the oldest whose payslips are not with their agents yet, else the last one. */
export const moisEnCours = (dossiers: readonly Resume[]): string | undefined =>
  (dossiers.findLast((d) => d.etat !== 'diffuse' && d.etat !== 'clos' && d.etat !== 'approuve') ?? dossiers[0])?.mois

/** The month that an ordonnateur opens: the oldest that waits for him, else the last one. */
export const moisAApprouver = (dossiers: readonly Resume[]): string | undefined =>
  (dossiers.findLast((d) => d.etat === 'aApprouver') ?? dossiers[0])?.mois
