import type { Jour } from '#socle/dates.ts'
import type { JeuParametres } from '../parametres/jeu.ts'
import { jeuLivre } from '../parametres/livre.ts'

const essai = (code: string, depuis: string, jusqua: string | undefined, valeur: string) => ({
  code,
  depuis: depuis as Jour,
  ...(jusqua !== undefined && { jusqua: jusqua as Jour }),
  valeur,
  source: 'valeur d’essai, sans portée',
  verifie: false,
})

/** The shipped parameters with trial values in the known holes, for tests and measures alone. */
export const jeuEssai = (): JeuParametres =>
  jeuLivre().avec([
    essai('ircantec.a.agent', '2026-01-01', undefined, '2.9 %'),
    essai('ircantec.a.employeur', '2026-01-01', undefined, '4.3 %'),
    essai('ircantec.b.agent', '2026-01-01', undefined, '7 %'),
    essai('ircantec.b.employeur', '2026-01-01', undefined, '12.6 %'),
    essai('atmp.collectivites', '2024-01-01', '2025-01-01', '1.7 %'),
  ])
