import {
  type Centimes,
  euros,
  type Fraction,
  formatEuros,
  fractionToCentimes,
  multiply,
  plus,
  ratio,
  times,
  ZERO,
} from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import { csg, csgSur } from '../moteur/communes.ts'
import { A, ASSIETTES, type Contexte, gagner } from '../moteur/contexte.ts'
import { base } from '../moteur/cotiser.ts'
import type { Population } from '../populations/population.ts'
import { prive, retraiteDe } from './contrat.ts'
import { controlerCee, minimumJour } from './controles.ts'
import { chomage, lireBases, maladieEtFamille, retraiteComplementaire, solidarites, vieillesse } from './cotisations.ts'
import { findeContrat, lireTempsPrive, NEANT, primesPrivees } from './gains.ts'
import { protections } from './protection.ts'
import { contributions } from './salarie.ts'

/** Days of engagement at their price, never under the legal minimum of the day (checked before). */
function gains(c: Contexte): void {
  const t = lireTempsPrive(c)
  const p = prive(c)
  const jours = p.jours ?? 0
  const tarif = euros(p.tarifJour ?? '0')
  const montant = times(tarif, [ratio(jours, 1)])
  gagner(
    c,
    { code: 'ENGAGEMENT', libelle: 'Indemnité d’engagement éducatif', nombre: String(jours), taux: p.tarifJour ?? '0' },
    ASSIETTES.salaire,
    montant,
    () => ({
      regle: 'cee.salaire',
      parametres: ['cee.minimum', 'smic.horaire'],
      composants: [],
      calcul: `${jours} jour${jours > 1 ? 's' : ''} × ${formatEuros(tarif)} = ${formatEuros(montant)} ; minimum par jour ${formatEuros(minimumJour(c))}`,
    }),
  )
  primesPrivees(c, t)
  findeContrat(c)
}

const CODES = {
  animateurAuPair: 'animateur_au_pair',
  animateur: 'animateur',
  directeurAdjoint: 'directeur_adjoint',
  directeur: 'directeur',
} as const

/** Lump base of the accueils de mineurs: SMIC hours of January, rounded to the euro by unit (arrêté du 11/10/1976). */
function baseForfaitaire(c: Contexte): Centimes | undefined {
  const f = prive(c).forfait
  if (f === undefined) return undefined
  const smic = c.jeu.au(`${c.mois.slice(0, 4)}-01-01` as Jour).fraction('smic.horaire')
  let euro: Fraction = NEANT
  for (const [unite, nombre] of [
    ['mois', f.mois],
    ['semaine', f.semaines],
    ['jour', f.jours],
  ] as const) {
    if (!nombre) continue
    const unitaire = multiply(smic, c.p.fraction(`cee.forfait.${CODES[f.fonction]}.${unite}`))
    const arrondi = (2n * unitaire.num + unitaire.den) / (2n * unitaire.den)
    euro = plus(euro, ratio(arrondi * BigInt(nombre), 1))
  }
  return fractionToCentimes(euro)
}

function cotisations(c: Contexte): void {
  const forfait = baseForfaitaire(c)
  const b = lireBases(c, forfait ?? c.general, ZERO)
  maladieEtFamille(
    c,
    b,
    {
      present: NEANT,
      heures: NEANT,
      heuresSupplementaires: NEANT,
      heuresComplementaires: NEANT,
      horaire: NEANT,
      absences: [],
    },
    false,
  )
  vieillesse(c, b)
  // The lump base is for the social security alone: the pension and the unemployment insurance bear on the real pay.
  retraiteComplementaire(c, b, retraiteDe(c))
  solidarites(c, b)
  chomage(c)
  contributions(c, b, 'ordinaire')
  protections(c, b.plafonnee)
  if (forfait === undefined) csg(c)
  else if (prive(c).forfait!.fonction !== 'animateurAuPair')
    csgSur(c, {
      ...base(A.CSG, (forfait + c.partPatronale) as Centimes),
      composants: [],
      precision: `base forfaitaire de ${formatEuros(forfait)}, sans abattement`,
    })
}

const population = (caisse: Population['caisse']): Population => ({
  code: caisse === 'IRCANTEC' ? 'cee-ircantec' : 'cee-agirc-arrco',
  libelle: 'Contrat d’engagement éducatif',
  caisse,
  controler: controlerCee,
  gains,
  cotisations,
})
const IRCANTEC = population('IRCANTEC')
const AGIRC_ARRCO = population('AGIRC_ARRCO')
export const cee = (c: Contexte): Population => (retraiteDe(c) === 'ircantec' ? IRCANTEC : AGIRC_ARRCO)
