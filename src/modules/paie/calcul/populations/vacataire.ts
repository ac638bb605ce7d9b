import { euros, formatEuros, fraction, times, timesOne, ZERO } from '#socle/argent.ts'
import { chomageAdhesion, csgSur, formationEtGestion, regimeGeneral } from '../moteur/communes.ts'
import { A, ASSIETTES, type Contexte, gagner } from '../moteur/contexte.ts'
import { base } from '../moteur/cotiser.ts'
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

/** Census: all the contributions on a share of the ceiling, whatever is paid; a lump base has no CSG abatement. */
function recenser(c: Contexte): void {
  const forfait = timesOne(c.p.centimes('pss.mensuel'), c.p.fraction('recenseur.assiette'))
  c.general = forfait
  c.ircantec = forfait
  if (c.tracer)
    c.gains.splice(0, c.gains.length, {
      masque: A.GENERAL | A.IRCANTEC | A.CSG,
      libelle: 'Assiette forfaitaire du recensement (15 % du plafond)',
      code: 'FORFAIT',
      montant: forfait,
    })
  regimeGeneral(c, undefined)
  formationEtGestion(c, base(A.GENERAL, forfait))
  csgSur(c, { montant: forfait, masque: A.CSG, precision: 'assiette forfaitaire du recensement, sans abattement' })
}

export const vacataire: Population = {
  code: 'vacataire',
  libelle: 'Vacataire',
  caisse: 'IRCANTEC',
  gains,
  cotisations(c) {
    if (c.s.recenseurAuForfait && c.general > ZERO) {
      recenser(c)
      return
    }
    cotisationsIrcantec(c)
    chomageAdhesion(c)
  },
}
