import {
  add,
  type Centimes,
  euros,
  type Fraction,
  formatEuros,
  fractionToCentimes,
  inEuros,
  max,
  min,
  multiply,
  plus,
  ratio,
  subtract,
  timesOne,
  ZERO,
} from '#socle/argent.ts'
import { type Jour, type Mois, premierJour } from '#socle/dates.ts'
import { joursDuMois, rang } from '../moteur/calendrier.ts'
import { csg, csgSur, ircantec, plafondPartage, regimeGeneral } from '../moteur/communes.ts'
import { A, ASSIETTES, type Contexte, gagner, tauxLocal } from '../moteur/contexte.ts'
import { base, type Cotisation, cotiser, enPourcent, plafondDuMois } from '../moteur/cotiser.ts'
import { lireTemps } from '../moteur/traitement.ts'
import type { ParametresAu } from '../parametres/jeu.ts'
import type { Population } from './population.ts'

const BAREMES: Record<string, string> = {
  maire: 'elu.maire',
  adjoint: 'elu.adjoint',
  presidentCc: 'elu.cc.president',
  vicePresidentCc: 'elu.cc.vp',
  presidentCa: 'elu.ca.president',
  presidentSyndicat: 'elu.syndicat.president',
  vicePresidentSyndicat: 'elu.syndicat.vp',
}

/** Maximum rate of the barème for a population, at a day. `undefined` when no barème applies. */
export function tauxMaximum(
  p: ParametresAu,
  fonction: string,
  population: number,
): { taux: Fraction; code: string } | undefined {
  if (fonction === 'conseiller') return { taux: p.fraction('elu.conseiller'), code: 'elu.conseiller' }
  const code = BAREMES[fonction]
  if (code === undefined) return undefined
  const t = p.tranches(code).find((x) => x.jusqua === null || x.jusqua === undefined || population <= x.jusqua)
  return t ? { taux: t.fraction, code } : undefined
}

/** Days of the month on which a barème or the terminal index changes, to share the month in thirtieths. */
function periodes(c: Contexte): { jour: Jour; trentiemes: number }[] {
  const first = premierJour(c.mois)
  const changes = new Set<Jour>([first])
  for (const code of ['indice_terminal.im', BAREMES[c.s.elu!.fonction] ?? 'elu.conseiller'])
    for (const v of c.jeu.parametres.get(code)?.valeurs ?? [])
      if (v.depuis > first && v.depuis.slice(0, 7) === c.mois) changes.add(v.depuis)
  const starts = [...changes].sort()
  return starts.map((jour, i) => {
    const debut = Number(jour.slice(8)) - 1
    const next = starts[i + 1]
    return { jour, trentiemes: (next ? Number(next.slice(8)) - 1 : 30) - debut }
  })
}

const terminal = (p: ParametresAu): Fraction => {
  const point = p.fraction('point_indice.annuel')
  return { num: BigInt(p.entier('indice_terminal.im')) * point.num, den: point.den * 12n }
}

/** Rate of the indemnity at a day: what was voted, or the barème, which a maire has without any vote. */
function tauxIndemnite(c: Contexte, p: ParametresAu): { taux: Fraction; texte: string; code: string | undefined } {
  const e = c.s.elu!
  const maximum = tauxMaximum(p, e.fonction, e.population)
  if (e.taux !== undefined) return { taux: tauxLocal(e.taux), texte: e.taux, code: maximum?.code }
  if (e.fonction === 'maire' && maximum)
    return { taux: maximum.taux, texte: enPourcent(maximum.taux), code: maximum.code }
  throw new Error('an élu other than a maire has a voted rate: the control lets nothing else pass')
}

function controler(c: Contexte): void {
  const e = c.s.elu
  if (!e) {
    c.anomalies.push({
      code: 'paie.eluSansFonction',
      lieu: 'elu',
      message: 'L’élu n’a pas de fonction.',
      conseil: 'Saisir la fonction, la population et le taux voté.',
      bloquante: true,
    })
    return
  }
  if (e.taux === undefined && e.fonction !== 'maire') {
    c.anomalies.push({
      code: 'paie.eluSansTaux',
      lieu: 'elu.taux',
      message: 'Le taux de l’indemnité n’est pas saisi.',
      conseil: 'Saisir le taux de la délibération : seul le maire a le barème sans délibération.',
      bloquante: true,
    })
    return
  }
  const dernier = periodes(c).at(-1)!
  const p = c.jeu.au(dernier.jour)
  const maximum = tauxMaximum(p, e.fonction, e.population)
  const voted = e.taux === undefined ? undefined : tauxLocal(e.taux)
  // Without majoration the vote cannot go over the barème of the stratum; a communal envelope is checked elsewhere.
  if (voted && maximum && voted.num * maximum.taux.den > maximum.taux.num * voted.den)
    c.anomalies.push({
      code: 'paie.eluTauxExcessif',
      lieu: 'elu.taux',
      message: `Le taux voté (${e.taux}) dépasse le maximum de la strate (${enPourcent(maximum.taux)}).`,
      conseil: 'Vérifier la délibération et la population retenue.',
      bloquante: true,
    })
}

function gains(c: Contexte): void {
  lireTemps(c)
  const e = c.s.elu!
  let exact: Fraction = { num: 0n, den: 1n }
  const parts: string[] = []
  const codes = new Set<string>(['point_indice.annuel', 'indice_terminal.im'])
  const presence = c.trentiemes
  const liste = periodes(c)
  for (const { jour, trentiemes } of liste) {
    const p = c.jeu.au(jour)
    const t = tauxIndemnite(c, p)
    if (t.code) codes.add(t.code)
    const part =
      liste.length === 1
        ? presence
        : Math.max(0, Math.min(trentiemes, trentiemesDans(c.mois, jour, trentiemes, c.s.entree, c.s.sortie)))
    exact = plus(exact, multiply(multiply(terminal(p), t.taux), ratio(part, 30)))
    if (c.tracer)
      parts.push(`${formatEuros(fractionToCentimes(terminal(p)))} × ${t.texte}${part === 30 ? '' : ` × ${part}/30`}`)
  }
  const montant = fractionToCentimes(exact)
  gagner(
    c,
    { code: 'INDEMNITE', libelle: 'Indemnité de fonction', ...(e.taux !== undefined && { taux: e.taux }) },
    ASSIETTES.salaire,
    montant,
    () => ({
      regle: 'elu.automaticite',
      parametres: [...codes],
      composants: [],
      calcul: `${parts.join(' + ')} = ${formatEuros(montant)}`,
    }),
  )
  for (const [i, m] of (e.majorations ?? []).entries()) {
    const majoration = fractionToCentimes(multiply(exact, tauxLocal(m.taux)))
    gagner(
      c,
      { code: `MAJORATION_${i + 1}`, libelle: m.libelle, base: inEuros(montant), taux: m.taux },
      ASSIETTES.salaire,
      majoration,
      () => ({
        regle: 'elu.autres',
        parametres: [],
        composants: [{ libelle: 'Indemnité de fonction', montant: inEuros(montant), ligne: 'INDEMNITE' }],
        calcul: `${formatEuros(montant)} × ${m.taux} = ${formatEuros(majoration)}`,
      }),
    )
  }
  if (e.ecretement !== undefined) {
    const part = min(c.brut, euros(e.ecretement))
    gagner(
      c,
      { code: 'ECRETEMENT', libelle: 'Écrêtement (cumul de mandats)' },
      ASSIETTES.salaire,
      -part as Centimes,
      () => ({
        regle: 'elu.autres',
        parametres: [],
        composants: [],
        calcul: `part qui dépasse une fois et demie l’indemnité parlementaire : ${formatEuros(part)}`,
      }),
    )
  }
}

/** Paid thirtieths of one of the periods of the month. */
function trentiemesDans(
  mois: Mois,
  debut: Jour,
  trentiemes: number,
  entree: Jour | undefined,
  sortie: Jour | undefined,
): number {
  const premier = rang(`${mois}-01`)
  const jours = joursDuMois(mois)
  const a = rang(debut) - premier
  const fin = a + trentiemes >= 30 ? jours : a + trentiemes
  const e = entree === undefined ? 0 : rang(entree) - premier
  const s = sortie === undefined ? jours : rang(sortie) - premier
  const from = Math.max(a, e)
  const to = Math.min(fin, s)
  if (from >= to) return 0
  return to === jours ? Math.max(1, 30 - from) : to - from
}

/** FONPEL, CAREL: both shares; the agent's is taken on the net, the body's is taxable. */
function retraiteFacultative(c: Contexte, agent: Centimes, employeur: Centimes): void {
  c.imposableEnPlus = add(c.imposableEnPlus, employeur)
  c.cotisationsEmployeur = add(c.cotisationsEmployeur, employeur)
  c.retenuesFixes = add(c.retenuesFixes, agent)
  c.lignes.push({
    code: 'RETRAITE_ELU',
    libelle: 'Retraite facultative des élus',
    groupe: 'retenues',
    montant: inEuros(agent),
    montantPatronal: inEuros(employeur),
    ...(c.tracer && {
      trace: {
        regle: 'elu.retraite',
        parametres: [],
        composants: [],
        calcul: `${formatEuros(agent)} pour l’élu, ${formatEuros(employeur)} pour la collectivité`,
      },
    }),
  })
}

const IND = A.GENERAL
const DIF: Cotisation = {
  code: 'DIF_ELU',
  libelle: 'Droit individuel à la formation des élus',
  groupe: 'autres',
  agent: 'elu.dif',
  regle: 'elu.dif',
}

/** All the mandates together over half the ceiling: contributions from the first euro. */
export function estAssujetti(c: Contexte): boolean {
  const e = c.s.elu!
  if (e.horsChamp) return false
  if (e.premierEuro) return true
  const total = add(c.general, euros(e.autresIndemnites ?? '0'))
  const seuil = multiply(c.p.fraction('elu.seuil'), ratio(1, 12))
  // Compared exactly: half of the yearly ceiling over twelve months.
  return total * seuil.den > c.p.centimes('pss.annuel') * seuil.num
}

/** FRFE of this mandate: shared equally between the paid mandates, never more than the indemnity. */
export function frfe(c: Contexte): { montant: Centimes; code: string } {
  const e = c.s.elu!
  const mandats = e.mandatsIndemnises ?? 1
  const communal = e.fonction === 'maire' || e.fonction === 'adjoint' || e.fonction === 'conseiller'
  const code =
    communal && e.population < 3500 ? 'elu.frfe.petite_commune' : mandats > 1 ? 'elu.frfe.plusieurs' : 'elu.frfe.unique'
  const montant = timesOne(c.p.centimes(code), ratio(1, mandats))
  return { montant, code }
}

export const elu: Population = {
  code: 'elu',
  libelle: 'Élu',
  caisse: 'IRCANTEC',
  controler,
  gains,
  cotisations(c) {
    const e = c.s.elu!
    const autres = euros(e.autresIndemnites ?? '0')
    const assujetti = estAssujetti(c)
    if (assujetti) regimeGeneral(c, undefined)
    else if (!e.horsChamp)
      ircantec(c, c.ircantec, plafondPartage(c, c.ircantec, plafondDuMois(c), autres > ZERO ? autres : undefined))
    if (!e.horsChamp) cotiser(c, DIF, base(IND, c.general))
    if (assujetti) csg(c)
    else
      csgSur(c, {
        montant: c.csg,
        masque: A.CSG,
        precision: 'sans abattement : total des indemnités sous la moitié du plafond',
      })
    if (e.retraiteFacultative)
      retraiteFacultative(c, euros(e.retraiteFacultative.agent), euros(e.retraiteFacultative.employeur))
  },
  /** Gross + employer's share of the optional pension − FRFE − deductible CSG − pension and social security; DIF stays in. */
  basePas(c, netImposable) {
    const dif = c.lignes.find((l) => l.code === 'DIF_ELU')?.montant
    const net = add(netImposable as Centimes, euros(dif ?? '0'))
    return max(ZERO, subtract(net, frfe(c).montant))
  },
}
