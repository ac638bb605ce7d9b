import { add, type Centimes, compare, euros, formatEuros, negate, subtract, ZERO } from '#socle/argent.ts'
import { deMois, formatMois, type Mois } from '#socle/dates.ts'
import type { Bulletin, Ligne } from '../../calcul/bulletin.ts'
import { effetSurLeNet } from './groupes.ts'

/** « octobre », « décembre 2024 » when the year is not the same. */
const nomDuMois = (m: string, annee: string) => formatMois(m).replace(` ${annee}`, '')

const absolu = (c: Centimes) => (c < ZERO ? negate(c) : c)
const signe = (c: Centimes) => `${c < ZERO ? '−' : '+'}${formatEuros(absolu(c))}`

type Cause = { libelle: string; ecart: Centimes }

/** Effects on the net by what people call them: gains, refunds and retenues by line, contributions together, the tax. */
function effets(lignes: readonly Ligne[]): Map<string, { libelle: string; effet: Centimes }> {
  const totals = new Map<string, { libelle: string; effet: Centimes }>()
  for (const l of lignes) {
    const rappel = l.origine !== undefined
    const propre = l.groupe === 'remuneration' || l.groupe === 'frais' || l.groupe === 'retenues'
    const cle = rappel ? 'rappel' : propre ? `${l.groupe}/${l.code}` : l.groupe === 'impot' ? 'impot' : 'cotisations'
    const libelle = rappel ? 'rappel' : propre ? l.libelle : l.groupe === 'impot' ? 'impôt' : 'cotisations et CSG'
    const known = totals.get(cle)
    totals.set(cle, { libelle, effet: add(known?.effet ?? ZERO, effetSurLeNet(l)) })
  }
  return totals
}

function causes(avant: Bulletin, apres: Bulletin): Cause[] {
  const a = effets(avant.lignes)
  const b = effets(apres.lignes)
  const found: Cause[] = []
  for (const cle of new Set([...b.keys(), ...a.keys()])) {
    const ecart = subtract(b.get(cle)?.effet ?? ZERO, a.get(cle)?.effet ?? ZERO)
    if (ecart !== ZERO) found.push({ libelle: (b.get(cle) ?? a.get(cle))!.libelle, ecart })
  }
  return found.sort((x, y) => compare(absolu(y.ecart), absolu(x.ecart)))
}

/** « heures supplémentaires », but « IFSE » as it is. */
const courant = (libelle: string) =>
  /^\p{Lu}\p{Ll}/u.test(libelle) ? libelle.charAt(0).toLowerCase() + libelle.slice(1) : libelle

const CAUSES_CITEES = 3

/** What changed since the payslip before, in one sentence: the difference and its main causes. */
export function phraseDeChangement(avant: Bulletin, apres: Bulletin): string {
  const mois = nomDuMois(avant.mois, apres.mois.slice(0, 4))
  const ecart = subtract(euros(apres.totaux.netAPayer), euros(avant.totaux.netAPayer))
  const toutes = causes(avant, apres)
  if (toutes.length === 0) return `Rien n’a changé depuis ${mois}.`
  const citees = toutes.slice(0, CAUSES_CITEES).map((c) => `${courant(c.libelle)}\u00a0${signe(c.ecart)}`)
  const reste = toutes.length - citees.length
  const suite = reste === 0 ? '' : reste === 1 ? ' et un autre écart' : ` et ${reste} autres écarts`
  const liste = `${citees.join(', ')}${suite}.`
  if (ecart === ZERO) return `Le net payé est le même qu’en ${mois}, avec des écarts\u00a0: ${liste}`
  return `${formatEuros(absolu(ecart))} de ${ecart > ZERO ? 'plus' : 'moins'} qu’en ${mois}\u00a0: ${liste}`
}

/** A payslip that comes beside another one says so: its amounts alone would not be understood. */
export const phraseDeComplement = (numeros: readonly string[], mois: Mois): string =>
  `Ce bulletin complète ${numeros.length > 1 ? `les bulletins n° ${numeros.join(' et ')}` : `le bulletin n° ${numeros[0]}`} ${deMois(mois)} : le mois entier a été recalculé, et seule la différence est payée. Les cumuls sont ceux du mois entier.`
