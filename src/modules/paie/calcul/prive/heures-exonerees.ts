import { formatEuros, formatFraction, inEuros, max, min, times, timesOne, ZERO } from '#socle/argent.ts'
import { A, type Contexte, composants } from '../moteur/contexte.ts'
import { enPourcent, plusPetit, reduire } from '../moteur/cotiser.ts'
import { type Bases, tauxPensions } from './cotisations.ts'
import type { TempsPrive } from './gains.ts'
import { reduirePatronal } from './patronal.ts'

/** The employee gets back, on the hours, the effective rate of his pensions (CSS D. 241-21), within the legal maximum. */
export function reductionSalariale(c: Contexte, b: Bases): void {
  if (c.heures <= ZERO) return
  const taux = plusPetit(tauxPensions(b, c.general), c.p.fraction('hs.reduction.taux_max_prive'))
  const montant = timesOne(c.heures, taux)
  reduire(
    c,
    {
      code: 'REDUCTION_HS',
      libelle: 'Réduction sur heures supplémentaires',
      base: inEuros(c.heures),
      taux: enPourcent(taux),
    },
    montant,
    () => ({
      regle: 'hs.reduction.prive',
      parametres: ['hs.reduction.taux_max_prive'],
      composants: composants(c, A.HEURES),
      calcul: `${formatEuros(c.heures)} × ${enPourcent(taux)} = ${formatEuros(montant)}`,
    }),
  )
}

/** Flat deduction of the employers of the general reduction, by overtime hour; complementary hours have none. */
export function deductionForfaitaire(c: Contexte, t: TempsPrive): void {
  if (t.heuresSupplementaires.num === 0n) return
  const { effectif } = c.s.employeur
  const parametre = `hs.deduction.${effectif < 20 ? 'moins_20' : effectif < 250 ? '20_a_249' : '250_et_plus'}`
  const parHeure = c.p.centimes(parametre)
  // CSS L. 241-18: within what the employer still owes.
  const montant = min(times(parHeure, [t.heuresSupplementaires]), max(ZERO, c.cotisationsEmployeur))
  const nombre = formatFraction(t.heuresSupplementaires, 2)
  reduirePatronal(
    c,
    { code: 'DEDUCTION_HS', libelle: 'Déduction forfaitaire sur heures supplémentaires', nombre },
    montant,
    () => ({
      regle: 'hs.deduction',
      parametres: [parametre],
      composants: [],
      calcul: `${nombre.replace('.', ',')} h × ${formatEuros(parHeure)} = ${formatEuros(montant)}`,
    }),
  )
}
