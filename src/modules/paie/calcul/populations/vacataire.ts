import { euros, formatEuros, fraction, times, ZERO } from '#socle/argent.ts'
import { chomageAdhesion } from '../moteur/communes.ts'
import { ASSIETTES, type Contexte, gagner } from '../moteur/contexte.ts'
import { lireTemps, primes } from '../moteur/traitement.ts'
import { cotisationsIrcantec } from './fonctionnaire.ts'
import type { Population } from './population.ts'

/** Paid for each vacation: no SFT, no IR, no RIFSEEP. */
function gains(c: Contexte): void {
  const t = lireTemps(c)
  for (const [i, v] of (c.s.vacations ?? []).entries()) {
    const taux = euros(v.taux)
    const montant = times(taux, [fraction(v.nombre)])
    if (montant === ZERO) continue
    gagner(
      c,
      { code: `VACATION_${i + 1}`, libelle: v.libelle, nombre: v.nombre, taux: v.taux },
      ASSIETTES.salaire,
      montant,
      () => ({
        regle: 'vacataire',
        parametres: [],
        composants: [],
        calcul: `${v.nombre.replace('.', ',')} × ${formatEuros(taux)} = ${formatEuros(montant)}`,
      }),
    )
  }
  primes(c, t)
}

export const vacataire: Population = {
  code: 'vacataire',
  libelle: 'Vacataire',
  caisse: 'IRCANTEC',
  gains,
  cotisations(c) {
    cotisationsIrcantec(c)
    chomageAdhesion(c)
  },
}
