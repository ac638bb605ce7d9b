import { hasDroit, type Vue } from '#ui'

/** An agency person who prepares the pay of the body on screen. */
export const estGestionnaire = (v: Vue): boolean =>
  v.organisme !== undefined && v.organisme.via !== 'appartenance' && hasDroit(v, 'paie.calculer')

/** The body of the agency, where the portfolio is. */
const agenceDe = (v: Vue) => v.session.organismes.find((o) => o.droits.includes('portefeuille.lire'))

/** Page of the portfolio, from inside a member's data. */
export function versPortefeuille(v: Vue, mois: string): string | undefined {
  const agence = agenceDe(v)
  return agence && `/o/${agence.siren || agence.id}/pex/portefeuille?mois=${mois}`
}
