import { type Centimes, formatEuros, fraction, sum, timesOne, ZERO } from '#socle/argent.ts'
import type { Anomalie } from '#socle/refus.ts'
import { estPersonnel } from '../../nomenclature/domain/imputer.ts'
import type { Plan, Section } from '../../nomenclature/domain/plan.ts'
import type { Ligne } from './equilibre.ts'

export type Compteur = { section: Section; taux: string; base: Centimes; plafond: Centimes; utilise: Centimes }

/** What one virement moves from chapter to chapter: inside a chapter it moves nothing that the vote limits. */
export function mouvementOf(lignes: readonly Ligne[], section: Section): Centimes {
  const parChapitre = Map.groupBy(
    lignes.filter((l) => l.section === section),
    (l) => (l.operation ? `op/${l.operation}` : l.chapitre),
  )
  return sum([...parChapitre.values()].map((g) => sum(g.map((l) => l.montant))).filter((net) => net > 0n))
}

/**
 * The room for virements decided without a vote: a rate of the real expenses voted in the section, less what earlier
 * virements moved. @see CGCT L5217-10-6
 */
export function compteurOf(
  section: Section,
  taux: string,
  votees: readonly Ligne[],
  virements: readonly (readonly Ligne[])[],
): Compteur {
  const base = sum(
    votees.filter((l) => l.section === section && l.sens === 'D' && l.mouvement === 'reel').map((l) => l.montant),
  )
  // never above the rate: the cents are cut
  const plafond = base > 0n ? floor(timesOne(base, fraction(`${taux} %`)), base, taux) : ZERO
  return { section, taux, base, plafond, utilise: sum(virements.map((v) => mouvementOf(v, section))) }
}
const floor = (arrondi: Centimes, base: Centimes, taux: string): Centimes => {
  const f = fraction(`${taux} %`)
  return (arrondi * f.den > base * f.num ? arrondi - 1n : arrondi) as Centimes
}

/**
 * What forbids a virement: its shape, staff expenses (which never move by a decision of the executive, CGCT L5217-10-6),
 * the room that is left.
 */
export function controlerVirement(plan: Plan, lignes: readonly Ligne[], compteurs: readonly Compteur[]): Anomalie[] {
  const anomalies: Anomalie[] = []
  const refuse = (code: string, message: string, conseil?: string) =>
    anomalies.push({ code, message, bloquante: true, ...(conseil ? { conseil } : {}) })
  if (lignes.length === 0) refuse('virement.vide', 'Le virement n’a pas de ligne.')
  if (lignes.some((l) => l.sens !== 'D' || l.mouvement !== 'reel'))
    refuse('virement.nature', 'Un virement de crédits ne touche que des dépenses réelles.')
  if (lignes.some((l) => estPersonnel(plan, l.nature)))
    refuse(
      'virement.personnel',
      'Les dépenses de personnel (012) ne se virent pas.',
      'Une décision modificative votée par l’assemblée peut les changer.',
    )
  for (const c of compteurs) {
    const net = sum(lignes.filter((l) => l.section === c.section).map((l) => l.montant))
    const nom = c.section === 'F' ? 'fonctionnement' : 'investissement'
    if (net !== 0n) refuse('virement.solde', `Le virement ne s’équilibre pas en ${nom} : ${formatEuros(net)} d’écart.`)
    const apres = (c.utilise + mouvementOf(lignes, c.section)) as Centimes
    if (apres > c.plafond)
      refuse(
        'virement.plafond',
        `Le plafond de fongibilité en ${nom} serait dépassé de ${formatEuros((apres - c.plafond) as Centimes)} : ${c.taux.replace('.', ',')} % de ${formatEuros(c.base)}, soit ${formatEuros(c.plafond)}, dont ${formatEuros(c.utilise)} déjà virés.`,
        'Une décision modificative votée par l’assemblée peut faire ce virement.',
      )
  }
  return anomalies
}
