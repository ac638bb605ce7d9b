import {
  compareFractions,
  type Fraction,
  formatEuros,
  formatFraction,
  fraction,
  fractionToCentimes,
  multiply,
  ratio,
  UN,
} from '#socle/argent.ts'
import { ASSIETTES, type Contexte } from '../moteur/contexte.ts'
import { element, lireTemps, primes, supplementFamilial } from '../moteur/traitement.ts'
import { cotisationsIrcantec } from './fonctionnaire.ts'
import type { Population } from './population.ts'

/** Hourly minimum by child: a part of the SMIC. */
const minimum = (c: Contexte): Fraction =>
  multiply(c.p.fraction('assistant_maternel.minimum'), c.p.fraction('smic.horaire'))

function controler(c: Contexte): void {
  const accueils = c.s.accueils ?? []
  if (accueils.length === 0)
    c.anomalies.push({
      code: 'paie.sansAccueil',
      lieu: 'accueils',
      message: 'Aucun enfant accueilli n’est saisi.',
      conseil: 'Saisir, pour chaque enfant, les heures par semaine et le taux horaire.',
      bloquante: true,
    })
  const plancher = minimum(c)
  for (const [i, a] of accueils.entries())
    if (compareFractions(fraction(a.tauxHoraire), plancher) < 0)
      c.anomalies.push({
        code: 'paie.accueilSousMinimum',
        lieu: `accueils.${i}.tauxHoraire`,
        message: `Le taux horaire (${a.tauxHoraire.replace('.', ',')} €) est sous le minimum légal (${formatFraction(plancher, 4).replace('.', ',')} €).`,
        conseil: 'Relever le taux horaire au moins au minimum.',
        bloquante: true,
      })
}

/** Each welcome is paid by the month: hours a week × 52 ÷ 12 × hourly rate. */
function gains(c: Contexte): void {
  const t = lireTemps(c)
  // Several children make one full activity: the ceiling is not reduced by the hours of each.
  c.prorata = UN
  c.prorataPlafond = UN
  for (const [i, a] of (c.s.accueils ?? []).entries()) {
    const mensuel = multiply(multiply(fraction(a.tauxHoraire), ratio(a.minutesHebdo, 60)), ratio(52, 12))
    const plein = fractionToCentimes(mensuel)
    const verse = fractionToCentimes(multiply(mensuel, t.present))
    const heures = formatFraction(multiply(ratio(a.minutesHebdo, 60), ratio(52, 12)), 2)
    const gain = {
      code: `ACCUEIL_${i + 1}`,
      libelle: a.enfant ? `Accueil de ${a.enfant}` : `Accueil, enfant ${i + 1}`,
      nombre: heures,
      taux: a.tauxHoraire,
    }
    element(c, t, gain, ASSIETTES.salaire, plein, verse, 'traitement', () => ({
      regle: 'assistant_maternel',
      parametres: ['assistant_maternel.minimum', 'smic.horaire'],
      composants: [],
      calcul: `${formatFraction(ratio(a.minutesHebdo, 60), 2).replace('.', ',')} h × 52 ÷ 12 × ${a.tauxHoraire.replace('.', ',')} €${c.trentiemes === 30 ? '' : ` × ${c.trentiemes}/30`} = ${formatEuros(verse)}`,
    }))
  }
  supplementFamilial(c, t)
  primes(c, t)
}

export const assistantMaternel: Population = {
  code: 'assistant-maternel',
  libelle: 'Assistant maternel d’une personne publique',
  caisse: 'IRCANTEC',
  controler,
  gains,
  cotisations: cotisationsIrcantec,
}
