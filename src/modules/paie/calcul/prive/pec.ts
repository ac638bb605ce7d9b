import { type Centimes, formatEuros, formatFraction, fraction, inEuros, times, ZERO } from '#socle/argent.ts'
import { csg } from '../moteur/communes.ts'
import type { Contexte } from '../moteur/contexte.ts'
import type { Population } from '../populations/population.ts'
import { retraiteDe } from './contrat.ts'
import { controlerPec } from './controles.ts'
import {
  chomage,
  exonerer,
  lireBases,
  maladieEtFamille,
  retraiteComplementaire,
  solidarites,
  vieillesse,
} from './cotisations.ts'
import { gainsSalaries, salaireContrat } from './gains.ts'
import { reductionSalariale } from './heures-exonerees.ts'
import { reduirePatronal } from './patronal.ts'
import { protections } from './protection.ts'
import { heuresSmic } from './reduction.ts'
import { contributions, garderTemps, signalerSousSmic, tempsDe } from './salarie.ts'

/** Sickness, old age and family of the employer are not due up to the SMIC of the hours paid (C. trav. L. 5134-31). */
function exoneration(c: Contexte, b: Parameters<typeof exonerer>[1]): void {
  // Hours are paid as printed, with two decimals.
  const heures = fraction(formatFraction(heuresSmic(c, tempsDe(c)), 2))
  const limite: Centimes = times(c.p.centimes('smic.horaire'), [heures, c.p.fraction('pec.exoneration')])
  const { montant, parametres } = exonerer(c, b, limite)
  reduirePatronal(
    c,
    {
      code: 'EXO_PEC',
      libelle: 'Exonération parcours emploi compétences',
      base: inEuros(limite < b.assiette ? limite : b.assiette),
    },
    montant,
    () => ({
      regle: 'pec.exoneration',
      parametres: ['pec.exoneration', 'smic.horaire', ...parametres],
      composants: [],
      calcul: `maladie, vieillesse et allocations familiales de l’employeur, dans la limite de ${formatEuros(limite)} (SMIC des heures payées) : ${formatEuros(montant)}`,
    }),
  )
}

function cotisations(c: Contexte): void {
  const t = tempsDe(c)
  const b = lireBases(c, c.general, ZERO)
  maladieEtFamille(c, b, t, false)
  vieillesse(c, b)
  retraiteComplementaire(c, b, retraiteDe(c))
  solidarites(c, b)
  chomage(c)
  contributions(c, b, 'aide')
  protections(c, b.plafonnee)
  reductionSalariale(c, b)
  exoneration(c, b)
  csg(c)
}

const population = (caisse: Population['caisse']): Population => ({
  code: caisse === 'IRCANTEC' ? 'pec-ircantec' : 'pec-agirc-arrco',
  libelle: 'Parcours emploi compétences (CUI-CAE)',
  caisse,
  controler: controlerPec,
  gains(c) {
    const t = gainsSalaries(c, salaireContrat)
    garderTemps(c, t)
    signalerSousSmic(c, c.general, t)
  },
  cotisations,
})
const IRCANTEC = population('IRCANTEC')
const AGIRC_ARRCO = population('AGIRC_ARRCO')
export const pec = (c: Contexte): Population => (retraiteDe(c) === 'ircantec' ? IRCANTEC : AGIRC_ARRCO)
