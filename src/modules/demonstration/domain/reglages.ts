import { alea } from './alea.ts'
import type { Carriere, Organisme, ReglagesPex } from './types.ts'

/** From 350 fonctionnaires on, a body is no longer affiliated by right to the centre de gestion (CGFP art. L. 452-14). */
const SEUIL_CDG = 350

/**
 * Settings of a client: its real headcount here, and local rates that are fictitious, since those of the bodies
 * and of the centre de gestion of the Landes are not in our sources.
 */
export function reglagesOf(graine: number, organisme: Organisme, carrieres: readonly Carriere[]): ReglagesPex {
  const a = alea(graine, `reglages/${organisme.siren}`)
  const agents = carrieres.filter((c) => c.situations[0]?.statut !== 'elu' && c.sortie === null)
  const fonctionnaires = agents.filter((c) => c.situations[0]?.statut !== 'contractuel').length
  const estAffilieCdg = fonctionnaires < SEUIL_CDG
  return {
    effectif: agents.length,
    tauxAt: organisme.type === 'ehpad' || organisme.type === 'sad' || organisme.type === 'cias' ? '2.14' : '1.72',
    tauxVersementMobilite: organisme.type === 'ca' ? '0.55' : '0.00',
    estAffilieCdg,
    ...(estAffilieCdg ? { cdgObligatoire: '0.80', cdgAdditionnelle: '0.60' } : {}),
    ifseSuitTraitement: a.chance(0.75),
    jourLimiteDepot: a.pese([
      [5, 7],
      [4, 2],
      [3, 1],
    ]),
  }
}
