import {
  type Fraction,
  formatEuros,
  formatFraction,
  fractionToCentimes,
  inEuros,
  multiply,
  plus,
  ratio,
  times,
  timesOne,
  UN,
} from '#socle/argent.ts'
import { ASSIETTES, type Contexte, gagner, tauxLocal } from './contexte.ts'
import type { Temps } from './traitement.ts'
import { traitementIndiciaire, traitementPlein } from './traitement.ts'

const QUATORZE_HEURES = 14 * 60

/** Hourly traitement, IR included: yearly amount at full time over 1820 hours. */
function horaire(c: Contexte): Fraction {
  const f = traitementPlein(c)
  const zone = c.s.employeur.zoneIr ?? 3
  const taux = c.p.fraction(`ir.taux.zone${zone}`)
  let mensuel = f
  if (taux.num > 0n) {
    const plancher = traitementIndiciaire(c, c.p.entier('ir.plancher_im'))
    const assiette = f.num * plancher.den >= plancher.num * f.den ? f : plancher
    mensuel = plus(f, multiply(assiette, taux))
  }
  return { num: mensuel.num * 12n, den: mensuel.den * BigInt(c.p.entier('ihts.diviseur')) }
}

const MOMENTS = {
  jour: { suffixe: '', libelle: '' },
  nuit: { suffixe: '_NUIT', libelle: ' de nuit' },
  dimanche: { suffixe: '_DIMANCHE', libelle: ' de dimanche ou jour férié' },
} as const

/**
 * IHTS: the fourteen first hours of the month, then the next ones; night doubles, Sunday adds two thirds.
 * Temps partiel has the plain hourly rate. Only the final hourly rate is rounded.
 */
export function heures(c: Contexte, t: Temps): void {
  const liste = c.s.heures
  if (liste === undefined || liste.length === 0) return
  const taux = horaire(c)
  const groupes = new Map<string, { libelle: string; minutes: number; coef: Fraction; parametres: string[] }>()
  const noter = (code: string, libelle: string, minutes: number, coef: Fraction, parametres: string[]) => {
    const g = groupes.get(code)
    if (g) g.minutes += minutes
    else groupes.set(code, { libelle, minutes, coef, parametres })
  }
  let faites = 0
  let supplementaires = 0
  for (const h of liste) {
    if (h.type === 'complementaires') {
      const majoration = h.majoration === undefined ? UN : plus(UN, tauxLocal(h.majoration))
      const code =
        h.majoration === undefined
          ? 'HEURES_COMP'
          : `HEURES_COMP_${formatFraction(multiply(majoration, { num: 100n, den: 1n }), 0)}`
      noter(
        code,
        h.majoration === undefined ? 'Heures complémentaires' : `Heures complémentaires majorées de ${h.majoration}`,
        h.minutes,
        majoration,
        [],
      )
      continue
    }
    supplementaires += h.minutes
    const moment = h.moment ?? 'jour'
    const m = MOMENTS[moment]
    if (t.partiel !== UN) {
      noter('IHTS_TP', 'Heures supplémentaires à temps partiel', h.minutes, UN, [])
      continue
    }
    const avant = Math.max(0, Math.min(h.minutes, QUATORZE_HEURES - faites))
    faites += h.minutes
    const majorer = (coef: Fraction) =>
      moment === 'jour'
        ? coef
        : multiply(coef, plus(UN, c.p.fraction(moment === 'nuit' ? 'ihts.nuit' : 'ihts.dimanche_ferie')))
    const autres = moment === 'jour' ? [] : [moment === 'nuit' ? 'ihts.nuit' : 'ihts.dimanche_ferie']
    if (avant > 0)
      noter(
        `IHTS_14${m.suffixe}`,
        `Heures supplémentaires${m.libelle}, 14 premières`,
        avant,
        majorer(c.p.fraction('ihts.coef_14_premieres')),
        ['ihts.coef_14_premieres', ...autres],
      )
    if (h.minutes > avant)
      noter(
        `IHTS_SUITE${m.suffixe}`,
        `Heures supplémentaires${m.libelle}, au-delà de 14`,
        h.minutes - avant,
        majorer(c.p.fraction('ihts.coef_suivantes')),
        ['ihts.coef_suivantes', ...autres],
      )
  }
  if (supplementaires > c.p.entier('ihts.contingent') * 60)
    c.anomalies.push({
      code: 'paie.contingentHeures',
      lieu: 'heures',
      message: `Plus de ${c.p.entier('ihts.contingent')} heures supplémentaires dans le mois.`,
      conseil: 'Joindre la décision de l’autorité territoriale qui autorise le dépassement.',
      bloquante: false,
    })
  for (const [code, g] of groupes) {
    const unitaire = fractionToCentimes(multiply(taux, g.coef))
    const nombre = ratio(g.minutes, 60)
    const montant = times(unitaire, [nombre])
    gagner(
      c,
      { code, libelle: g.libelle, nombre: formatFraction(nombre, 2), taux: inEuros(unitaire) },
      ASSIETTES.heures,
      montant,
      () => ({
        regle: code.startsWith('HEURES_COMP') ? 'heures_complementaires' : 'ihts.base',
        parametres: ['ihts.diviseur', ...g.parametres],
        composants: [],
        calcul: `taux horaire ${formatEuros(timesOne(unitaire, UN))} (traitement et indemnité de résidence annuels ÷ ${c.p.entier('ihts.diviseur')} × ${formatFraction(g.coef, 4).replace('.', ',')}) × ${formatFraction(nombre, 2).replace('.', ',')} h = ${formatEuros(montant)}`,
      }),
    )
  }
}
