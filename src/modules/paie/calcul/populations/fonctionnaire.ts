import {
  add,
  type Centimes,
  euros,
  formatEuros,
  fractionToCentimes,
  inEuros,
  min,
  minus,
  multiply,
  plus,
  ratio,
  subtract,
  times,
  timesOne,
  UN,
  ZERO,
} from '#socle/argent.ts'
import {
  chomageAdhesion,
  cotisationsCommunes,
  csg,
  formationEtGestion,
  reductionHeures,
  regimeGeneral,
} from '../moteur/communes.ts'
import { A, type Contexte, caisse, composants, cumul, plafonner } from '../moteur/contexte.ts'
import { type Base, base, type Cotisation, cotiser, cotiserCalcule, plafondDuMois, reduire } from '../moteur/cotiser.ts'
import { heures } from '../moteur/heures.ts'
import { parPeriode } from '../moteur/periodes.ts'
import {
  compensatriceCsg,
  primes,
  residence,
  supplementFamilial,
  traitement,
  traitementIndiciaire,
  transfertPrimesPoints,
} from '../moteur/traitement.ts'
import type { Population } from './population.ts'

/** Gains of all those who have a traitement. */
function gainsIndiciaires(c: Contexte): void {
  const t = parPeriode(c, (temps) => {
    traitement(c, temps)
    residence(c, temps)
    supplementFamilial(c, temps)
    primes(c, temps)
  })
  if (estFonctionnaire(c)) transfertPrimesPoints(c, t)
  heures(c, t)
  compensatriceCsg(c, t)
}
const estFonctionnaire = (c: Contexte) =>
  c.s.statut === 'titulaire' || c.s.statut === 'stagiaire' || c.s.statut === 'emploiFonctionnel'

const CNRACL: Cotisation = {
  code: 'CNRACL',
  libelle: 'Retraite CNRACL',
  groupe: 'retraite',
  agent: 'cnracl.agent',
  employeur: 'cnracl.employeur',
  regle: 'cnracl.assiette',
}
const ATIACL: Cotisation = {
  code: 'ATIACL',
  libelle: 'Allocation temporaire d’invalidité (ATIACL)',
  groupe: 'sante',
  employeur: 'atiacl.employeur',
  regle: 'cnracl.assiette',
}
const FEH: Cotisation = {
  code: 'FEH',
  libelle: 'Fonds pour l’emploi hospitalier',
  groupe: 'autres',
  employeur: 'feh.employeur',
  regle: 'cnracl.assiette',
}
const RAFP: Cotisation = {
  code: 'RAFP',
  libelle: 'Retraite additionnelle (RAFP)',
  groupe: 'retraite',
  agent: 'rafp.agent',
  employeur: 'rafp.employeur',
  regle: 'rafp.assiette',
}
const MALADIE_RS: Cotisation = {
  code: 'MALADIE',
  libelle: 'Maladie, maternité, invalidité, décès',
  groupe: 'sante',
  employeur: 'rs.maladie.employeur',
  regle: 'rs.assiette',
}
const SOLIDARITE: Cotisation = {
  code: 'SOLIDARITE',
  libelle: 'Contribution exceptionnelle de solidarité',
  groupe: 'chomage',
  agent: 'contribution_solidarite',
  regle: 'solidarite',
}

/** A detached agent keeps contributing on the index of his own grade when his post gives no right to the fund. */
function assiettePension(c: Contexte, pension: Base): Base {
  const im = c.s.imPension
  if (im === undefined) return pension
  const f = traitementIndiciaire(c, im + (c.s.nbi ?? 0))
  const montant = fractionToCentimes({
    num: f.num * c.prorata.num * BigInt(c.trentiemes),
    den: f.den * c.prorata.den * 30n,
  })
  return { montant, masque: 0, precision: `traitement du grade d’origine, indice majoré ${im}` }
}

const CENTIEME_DE_POINT = 10_000n
/**
 * Surcotisation: the agent contributes on the full-time traitement, at the normal rate for the time worked and, for the rest,
 * at four fifths of both shares; the rate has two decimals. The employer pays on what is paid.
 */
function surcotiser(c: Contexte, pension: Base): void {
  const q = c.prorataPlafond
  if (q.num >= q.den || c.prorata.num === 0n) {
    cotiser(c, CNRACL, pension)
    return
  }
  const agent = c.p.fraction('cnracl.agent')
  const deux = plus(agent, c.p.fraction('cnracl.employeur'))
  const exact = plus(multiply(agent, q), multiply(multiply(deux, ratio(4, 5)), minus(UN, q)))
  const taux = ratio((exact.num * CENTIEME_DE_POINT * 2n + exact.den) / (exact.den * 2n), CENTIEME_DE_POINT)
  const plein = times(pension.montant, [{ num: c.prorata.den, den: c.prorata.num }])
  cotiserCalcule(
    c,
    { ...CNRACL, libelle: 'Retraite CNRACL, surcotisation', regle: 'cnracl.surcotisation' },
    { montant: plein, masque: A.PENSION, precision: 'traitement à temps plein' },
    taux,
    ['cnracl.agent', 'cnracl.employeur'],
    pension,
  )
}

/** RAFP: accessory pay within a fifth of the traitement, both cumulated since January; GIPA comes on top. */
function rafp(c: Contexte): void {
  const plafond = timesOne(cumul(c, 'rafp', 'traitement', c.tib), c.p.fraction('rafp.plafond'))
  const accessoires = cumul(c, 'rafp', 'accessoires', c.rafp)
  const du = subtract(min(accessoires, plafond), caisse(c, 'rafp').plafonnee ?? ZERO)
  cumul(c, 'rafp', 'plafonnee', du)
  const b = base(A.RAFP | A.RAFP_HORS_PLAFOND, add(du, c.rafpHorsPlafond))
  if (c.tracer)
    b.precision = `plafond : 20 % du traitement versé depuis janvier = ${formatEuros(plafond)} ; accessoires depuis janvier : ${formatEuros(accessoires)}`
  cotiser(c, RAFP, b)
}

/** Overtime: a reduction at the RAFP rate, the hours being kept within a fifth of the traitement. */
function reductionHeuresCnracl(c: Contexte): void {
  if (c.heures <= ZERO) return
  const retenues: Centimes = min(c.heures, timesOne(c.tib, c.p.fraction('rafp.plafond')))
  const taux = c.p.get('rafp.agent')
  const montant = timesOne(retenues, taux.fraction)
  reduire(
    c,
    {
      code: 'REDUCTION_HS',
      libelle: 'Réduction sur heures supplémentaires',
      base: inEuros(retenues),
      taux: taux.texte,
    },
    montant,
    () => ({
      regle: 'hs.reduction.fonctionnaire',
      parametres: ['rafp.agent', 'rafp.plafond'],
      composants: composants(c, A.HEURES),
      calcul: `${formatEuros(retenues)} × ${taux.texte} = ${formatEuros(montant)}`,
    }),
  )
}

export const fonctionnaireCnracl: Population = {
  code: 'fonctionnaire-cnracl',
  libelle: 'Fonctionnaire affilié à la CNRACL',
  caisse: 'CNRACL',
  gains: gainsIndiciaires,
  cotisations(c) {
    const pension = base(A.PENSION, c.pension)
    const retenue = assiettePension(c, pension)
    if (c.s.surcotisation) surcotiser(c, retenue)
    else cotiser(c, CNRACL, retenue)
    cotiser(c, ATIACL, retenue)
    rafp(c)
    reductionHeuresCnracl(c)
    cotiser(c, MALADIE_RS, pension)
    const plafonnee =
      c.s.employeur.effectif < 50 ? base(A.PENSION, plafonner(c, 'fnal', c.pension, plafondDuMois(c))) : pension
    cotisationsCommunes(c, pension, plafonnee)
    if (c.s.versant === 'FPH') cotiser(c, FEH, pension)
    formationEtGestion(c, pension)
    if (c.mois < '2018-01') {
      const net = subtract(c.general, c.cotisationsAgent)
      cotiser(c, SOLIDARITE, { montant: net, masque: A.GENERAL, precision: 'rémunération nette de cotisations' })
    }
    csg(c)
  },
}

/** Other employers' pay, for the shared ceiling. */
const autres = (c: Contexte): Centimes | undefined =>
  c.s.brutAutresEmployeurs === undefined ? undefined : euros(c.s.brutAutresEmployeurs)

/** Régime général and IRCANTEC of the public-law staff who have a traitement. */
export function cotisationsIrcantec(c: Contexte): void {
  regimeGeneral(c, autres(c))
  reductionHeures(c)
  formationEtGestion(c, base(A.GENERAL, c.general))
  csg(c)
}

export const fonctionnaireIrcantec: Population = {
  code: 'fonctionnaire-ircantec',
  libelle: 'Fonctionnaire sous 28 heures, régime général et IRCANTEC',
  caisse: 'IRCANTEC',
  gains: gainsIndiciaires,
  cotisations: cotisationsIrcantec,
}

export const contractuel: Population = {
  code: 'contractuel',
  libelle: 'Contractuel de droit public',
  caisse: 'IRCANTEC',
  gains: gainsIndiciaires,
  cotisations(c) {
    cotisationsIrcantec(c)
    chomageAdhesion(c)
  },
}
