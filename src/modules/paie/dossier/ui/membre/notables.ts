import { type Centimes, euros, negate, ZERO } from '#socle/argent.ts'
import { compter, formatMontant } from '#ui'

export type AgentPaye = {
  carriereId: string
  nom: string
  prenom: string
  netAPayer: string | null
  netPrecedent: string | null
  ecart: string | null
}

const grandeur = (a: AgentPaye): Centimes => {
  const e = a.ecart === null ? ZERO : euros(a.ecart)
  return e < 0n ? negate(e) : e
}

/** The agents whose net moved, the greatest move first; those who were not paid last month stand apart. */
export function classerEcarts<A extends AgentPaye>(
  agents: readonly A[],
): { changes: A[]; nouveaux: A[]; partis: A[]; inchanges: number } {
  const payes = agents.filter((a) => a.netAPayer !== null)
  const nouveaux = payes.filter((a) => a.netPrecedent === null)
  const changes = payes
    .filter((a) => a.netPrecedent !== null && grandeur(a) !== 0n)
    .sort((a, b) => (grandeur(a) < grandeur(b) ? 1 : grandeur(a) > grandeur(b) ? -1 : 0))
  return {
    changes,
    nouveaux,
    partis: agents.filter((a) => a.netAPayer === null && a.netPrecedent !== null),
    inchanges: payes.length - nouveaux.length - changes.length,
  }
}

/** « Le net de Maïté Dupouy augmente de 120,00 €, de 1 500,00 € à 1 620,00 €. » */
export function phraseEcart(a: AgentPaye): string {
  const e = euros(a.ecart ?? '0.00')
  const montant = formatMontant(e < 0n ? negate(e) : e)
  return `Le net de ${a.prenom} ${a.nom} ${e < 0n ? 'baisse' : 'augmente'} de ${montant}, de ${formatMontant(
    a.netPrecedent ?? '0.00',
  )} à ${formatMontant(a.netAPayer ?? '0.00')}.`
}

/** « 12 bulletins sont au même net que le mois dernier. » */
export const phraseInchanges = (n: number): string =>
  n === 0
    ? 'Aucun bulletin n’est au même net que le mois dernier.'
    : n === 1
      ? 'Un bulletin est au même net que le mois dernier.'
      : `${compter(n, 'bulletin')} sont au même net que le mois dernier.`
