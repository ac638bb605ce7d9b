import { euros } from '#socle/argent.ts'

export type Circuit = { seuilFinances: string | null; seuilOrdonnateur: string | null }
export type Niveau = 'finances' | 'ordonnateur'

/** Who must agree to an engagement of this amount. A threshold that is not set asks nothing. */
export function niveauDe({ seuilFinances, seuilOrdonnateur }: Circuit, montant: string): Niveau | undefined {
  const audela = (seuil: string | null) => seuil !== null && euros(montant) > euros(seuil)
  return audela(seuilOrdonnateur) ? 'ordonnateur' : audela(seuilFinances) ? 'finances' : undefined
}
