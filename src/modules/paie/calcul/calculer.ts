import { euros, inEuros, ZERO } from '#socle/argent.ts'
import { formatMois, type Mois } from '#socle/dates.ts'
import type { Anomalie } from '#socle/refus.ts'
import type { Bulletin, Cumuls, Ligne } from './bulletin.ts'
import { controler } from './controles.ts'
import { type Contexte, type LigneTravail, newContexte } from './moteur/contexte.ts'
import { avantImpot, finir } from './moteur/nets.ts'
import { type JeuParametres, ParametreManquant } from './parametres/jeu.ts'
import { populationDe } from './populations/index.ts'
import type { Situation } from './situation.ts'

export type Entree = {
  mois: Mois
  situation: Situation
  /** Accumulators left by the month before; none in January or at the first pay. */
  cumuls?: Cumuls | undefined
  parametres: JeuParametres
}
export type Resultat = { bulletin?: Bulletin; cumuls: Cumuls | undefined; anomalies: Anomalie[] }

/** The anomaly of a hole in the parameters: it names what is missing. */
export const anomalieParametre = (e: ParametreManquant): Anomalie => ({
  code: 'paie.parametreManquant',
  lieu: e.code,
  message: `Paramètre manquant : « ${e.libelle} » n’a pas de valeur connue en ${formatMois(e.jour)}.${e.note ? ` ${e.note}` : ''}`,
  conseil: 'Le référent réglementaire doit publier la valeur avec sa source ; le bulletin sera calculé ensuite.',
  bloquante: true,
})

const bloque = (c: Contexte) => c.anomalies.some((a) => a.bloquante)

/** Serialised accumulators of the month: those of the funds it touched, over those it did not. */
function fermer(c: Contexte, negatif: bigint): Cumuls {
  const caisses: Cumuls['caisses'] = { ...c.cumulsEntree?.caisses }
  for (const nom of Object.keys(c.caisses)) {
    const k = c.caisses[nom]!
    const closed: Record<string, string> = {}
    for (const g of Object.keys(k)) closed[g] = inEuros(k[g]!)
    caisses[nom] = closed
  }
  const cumuls: Cumuls = { annee: Number(c.mois.slice(0, 4)), mois: c.mois, caisses }
  if (negatif > 0n) cumuls.reportNegatif = inEuros(negatif as never)
  return cumuls
}

/** The work of one payslip, its trace kept when asked. Throws `ParametreManquant`. */
export function travailler(
  entree: Entree,
  tracer: boolean,
): { c: Contexte; bulletin?: Bulletin; cumuls: Cumuls | undefined } {
  const { mois, situation, cumuls, parametres } = entree
  const c = newContexte(mois, situation, parametres, cumuls, tracer)
  const refuse = { c, cumuls }
  if (cumuls && cumuls.mois >= mois) {
    c.anomalies.push({
      code: 'paie.moisDejaCompte',
      lieu: 'cumuls',
      message: `Les cumuls comprennent déjà ${formatMois(cumuls.mois)}.`,
      conseil: 'Repartir des cumuls du mois précédent ; corriger un mois passé par un rappel.',
      bloquante: true,
    })
    return refuse
  }
  const population = populationDe(c)
  if (!population) {
    c.anomalies.push({
      code: 'paie.statutSansRegle',
      lieu: 'statut',
      message: `Aucune règle de paie pour le statut « ${situation.statut} ».`,
      conseil: 'Corriger le statut.',
      bloquante: true,
    })
    return refuse
  }
  controler(c, population, mois)
  if (!bloque(c)) population.controler?.(c)
  if (bloque(c)) return refuse
  population.gains(c)
  population.cotisations(c)
  const avant = avantImpot(c, population.basePas)
  const { totaux, negatif } = finir(c, avant, euros(cumuls?.reportNegatif ?? '0'))
  if (negatif > ZERO)
    c.anomalies.push({
      code: 'paie.netNegatif',
      lieu: 'netAPayer',
      message: 'Le net est négatif : rien n’est payé, la somme est reprise sur les bulletins suivants.',
      conseil: 'Prévenir l’agent ; un titre de recette est possible s’il part.',
      bloquante: false,
    })
  const lignes = tracer ? c.lignes.map(sansTrace) : (c.lignes as Ligne[])
  return { c, bulletin: { mois, population: population.code, lignes, totaux }, cumuls: fermer(c, negatif) }
}

function sansTrace({ trace: _, ...ligne }: LigneTravail): Ligne {
  return ligne
}

/** Situation + accumulators + parameters of a month → payslip, accumulators, anomalies. Pure: same input, same bytes. */
export function computeBulletin(entree: Entree): Resultat {
  try {
    const { c, bulletin, cumuls } = travailler(entree, false)
    return bulletin ? { bulletin, cumuls, anomalies: c.anomalies } : { cumuls, anomalies: c.anomalies }
  } catch (e) {
    if (e instanceof ParametreManquant) return { cumuls: entree.cumuls, anomalies: [anomalieParametre(e)] }
    throw e
  }
}
