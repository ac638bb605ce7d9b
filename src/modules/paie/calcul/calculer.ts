import { add, type Centimes, euros, inEuros, ZERO } from '#socle/argent.ts'
import { formatMois, type Mois } from '#socle/dates.ts'
import type { Anomalie } from '#socle/refus.ts'
import type { Bulletin, Cumuls, Ligne } from './bulletin.ts'
import { acompte, completer } from './complement.ts'
import { controler } from './controles.ts'
import { indemniteConges, indemnitesJournalieres, partsPatronales } from './moteur/complements.ts'
import { type Contexte, type LigneTravail, newContexte } from './moteur/contexte.ts'
import { type AvantImpot, avantImpot, finir } from './moteur/nets.ts'
import { type JeuParametres, ParametreManquant } from './parametres/jeu.ts'
import { populationDe } from './populations/index.ts'
import type { Population } from './populations/population.ts'
import { type Calcul, type Rappel, type Rappeles, rappeler } from './rappels.ts'
import type { Situation } from './situation.ts'

export type Entree = {
  mois: Mois
  situation: Situation
  /** Accumulators left by the month before; none in January or at the first pay. */
  cumuls?: Cumuls | undefined
  parametres: JeuParametres
  /** Past months that this payslip corrects. */
  rappels?: readonly Rappel[] | undefined
  /** Payslips of the same month already approved: this one pays the difference. */
  deja?: readonly Bulletin[] | undefined
  /** Only this much is paid now, before the payslip of the month. */
  acompte?: string | undefined
}
export type Resultat = { bulletin?: Bulletin; cumuls: Cumuls | undefined; anomalies: Anomalie[] }

/** The anomaly of a hole in the parameters: it names what is missing. */
const anomalieParametre = (e: ParametreManquant): Anomalie => ({
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
  if (negatif > 0n) cumuls.reportNegatif = inEuros(negatif as Centimes)
  return cumuls
}

/** A month up to the tax. Blocking anomalies leave `avant` out. */
function jusquaImpot(
  mois: Mois,
  situation: Situation,
  cumuls: Cumuls | undefined,
  parametres: JeuParametres,
  tracer: boolean,
  /** Gone before the month: nothing of it is due, only rappels come on the payslip. */
  estParti = false,
): { c: Contexte; population?: Population; avant?: AvantImpot } {
  const c = newContexte(mois, situation, parametres, cumuls, tracer)
  const population = populationDe(c)
  if (!population) {
    c.anomalies.push({
      code: 'paie.statutSansRegle',
      lieu: 'statut',
      message: `Aucune règle de paie pour le statut « ${situation.statut} ».`,
      conseil: 'Corriger le statut.',
      bloquante: true,
    })
    return { c }
  }
  if (estParti) return { c, population, avant: avantImpot(c, undefined) }
  controler(c, population, mois, populationDe)
  if (!bloque(c)) population.controler?.(c)
  if (bloque(c)) return { c }
  population.gains(c)
  indemniteConges(c)
  indemnitesJournalieres(c)
  partsPatronales(c)
  population.cotisations(c)
  return { c, population, avant: avantImpot(c, population.basePas) }
}

/** A corrected month that cannot be computed stops the whole payslip. */
class RappelBloque extends Error {
  readonly anomalies: Anomalie[]
  constructor(mois: Mois, anomalies: Anomalie[]) {
    super(`rappel of ${mois}`)
    this.anomalies = anomalies.map((a) => ({ ...a, lieu: `rappel ${mois}${a.lieu ? ` ${a.lieu}` : ''}` }))
  }
}

/** The work of one payslip, its trace kept when asked. Throws `ParametreManquant`. */
export function travailler(
  entree: Entree,
  tracer: boolean,
): { c: Contexte; bulletin?: Bulletin; cumuls: Cumuls | undefined } {
  const { mois, situation, cumuls, parametres, rappels } = entree
  if (cumuls && cumuls.mois >= mois) {
    const c = newContexte(mois, situation, parametres, cumuls, tracer)
    c.anomalies.push({
      code: 'paie.moisDejaCompte',
      lieu: 'cumuls',
      message: `Les cumuls comprennent déjà ${formatMois(cumuls.mois)}.`,
      conseil: 'Repartir des cumuls du mois précédent ; corriger un mois passé par un rappel.',
      bloquante: true,
    })
    return { c, cumuls }
  }
  const passe = rappels?.length ? rappelerMois(rappels, entree, tracer) : undefined
  const estParti = passe !== undefined && situation.sortie !== undefined && situation.sortie <= `${mois}-01`
  const { c, population, avant } = jusquaImpot(
    mois,
    situation,
    passe ? passe.cumuls : cumuls,
    parametres,
    tracer,
    estParti,
  )
  if (!avant || !population) return { c, cumuls }
  if (passe) {
    c.lignes.push(...passe.lignes)
    for (const k of Object.keys(avant) as (keyof AvantImpot)[]) avant[k] = add(avant[k], passe.ecarts[k])
  }
  if (entree.acompte !== undefined) {
    const { lignes, ...reste } = acompte(mois, population.code, entree.acompte, tracer)
    c.lignes.splice(0, c.lignes.length, ...lignes)
    return { c, bulletin: { ...reste, lignes: tracer ? lignes.map(sansTrace) : lignes }, cumuls }
  }
  let { totaux, negatif } = finir(c, avant, euros(cumuls?.reportNegatif ?? '0'))
  if (entree.deja?.length) {
    const reste = completer({ lignes: c.lignes, totaux }, entree.deja, tracer)
    c.lignes.splice(0, c.lignes.length, ...reste.lignes)
    totaux = reste.totaux
    negatif = add(negatif, reste.manque as Centimes)
  }
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

function rappelerMois(rappels: readonly Rappel[], entree: Entree, tracer: boolean): Rappeles {
  const { mois, cumuls, parametres } = entree
  const tardif = rappels.find((r) => r.mois >= mois)
  if (tardif)
    throw new RappelBloque(tardif.mois, [
      {
        code: 'paie.rappelFutur',
        message: `Un rappel porte sur un mois passé, pas sur ${formatMois(tardif.mois)}.`,
        conseil: 'Corriger la date d’effet.',
        bloquante: true,
      },
    ])
  const calculer: Calcul = (m, s, k, jeu = parametres) => {
    const { c, avant } = jusquaImpot(m, s, k, jeu, false)
    if (!avant) throw new RappelBloque(m, c.anomalies)
    return { c, avant, cumuls: fermer(c, 0n) }
  }
  return rappeler(rappels, mois, cumuls, calculer, tracer)
}

function sansTrace({ trace: _, ...ligne }: LigneTravail): Ligne {
  return ligne
}

/**
 * Some contribution lines alone, for checks of isolated rules: nothing else is computed, and no parameter that they do not
 * need has to be known. Never a payslip.
 */
export function computeLignes(entree: Entree, codes: readonly string[]): Ligne[] {
  const c = newContexte(entree.mois, entree.situation, entree.parametres, entree.cumuls, false, new Set(codes))
  const population = populationDe(c)
  if (!population) throw new Error(`no rules for ${entree.situation.statut}`)
  population.gains(c)
  population.cotisations(c)
  return c.lignes as Ligne[]
}

/** Situation + accumulators + parameters of a month → payslip, accumulators, anomalies. Pure: same input, same bytes. */
export function computeBulletin(entree: Entree): Resultat {
  try {
    const { c, bulletin, cumuls } = travailler(entree, false)
    return bulletin ? { bulletin, cumuls, anomalies: c.anomalies } : { cumuls, anomalies: c.anomalies }
  } catch (e) {
    if (e instanceof RappelBloque) return { cumuls: entree.cumuls, anomalies: e.anomalies }
    if (e instanceof ParametreManquant) return { cumuls: entree.cumuls, anomalies: [anomalieParametre(e)] }
    throw e
  }
}
