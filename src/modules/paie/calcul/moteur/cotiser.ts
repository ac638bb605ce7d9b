import {
  add,
  type Centimes,
  compareFractions,
  type Fraction,
  formatEuros,
  formatFraction,
  inEuros,
  min,
  multiply,
  negate,
  ratio,
  subtract,
  times,
  timesOne,
  UN,
  ZERO,
} from '#socle/argent.ts'
import type { Groupe, Ligne } from '../bulletin.ts'
import {
  type Contexte,
  caisse,
  composants,
  cumul,
  type LigneTravail,
  plafonner,
  type Trace,
  tauxLocal,
} from './contexte.ts'

/** A contribution as a table row: what it is called, which dated rates it takes, which rule founds its base. */
export type Cotisation = {
  code: string
  libelle: string
  groupe: Groupe
  agent?: string
  employeur?: string
  regle: string
}

export type Base = {
  montant: Centimes
  /** Which gains make it. */
  masque: number
  /** Words that follow the base in the explanation (« plafonnée à… »). */
  precision?: string
  composants?: Trace['composants']
}
type Part = { texte: string; fraction: Fraction; parametre?: string }

const cent = { num: 100n, den: 1n }
/** « 11,1 % » as printed on the line. */
export const enPourcent = (f: Fraction): string => `${formatFraction(multiply(f, cent), 4)} %`

function ajouter(c: Contexte, def: Cotisation, base: Base, agent?: Part, employeur?: Part, patronale?: Base): void {
  const basePatronale = patronale ?? base
  const ligne: LigneTravail = { code: def.code, libelle: def.libelle, groupe: def.groupe, base: inEuros(base.montant) }
  const pieces: string[] = []
  if (agent) {
    const montant = timesOne(base.montant, agent.fraction)
    c.cotisationsAgent = add(c.cotisationsAgent, montant)
    ligne.taux = agent.texte
    ligne.montant = inEuros(montant)
    if (c.tracer)
      pieces.push(`part de l’agent : ${formatEuros(base.montant)} × ${agent.texte} = ${formatEuros(montant)}`)
  }
  if (employeur) {
    const montant = timesOne(basePatronale.montant, employeur.fraction)
    c.cotisationsEmployeur = add(c.cotisationsEmployeur, montant)
    if (patronale && patronale.montant !== base.montant) ligne.basePatronale = inEuros(patronale.montant)
    ligne.tauxPatronal = employeur.texte
    ligne.montantPatronal = inEuros(montant)
    if (c.tracer)
      pieces.push(
        `part de l’employeur : ${formatEuros(basePatronale.montant)} × ${employeur.texte} = ${formatEuros(montant)}`,
      )
  }
  if (c.tracer)
    ligne.trace = {
      regle: def.regle,
      parametres: [agent?.parametre, employeur?.parametre].filter((x) => x !== undefined),
      composants: base.composants ?? composants(c, base.masque),
      calcul: [base.precision, ...pieces].filter(Boolean).join(' ; '),
    }
  c.lignes.push(ligne)
}

const part = (c: Contexte, code: string | undefined): Part | undefined => {
  if (code === undefined) return undefined
  const r = c.p.get(code)
  return { texte: r.texte, fraction: r.fraction, parametre: code }
}

/** A contribution at the rates of the law. `patronale` when the employer's base is not the agent's. */
export function cotiser(c: Contexte, def: Cotisation, base: Base, patronale?: Base): void {
  if (c.seulement && !c.seulement.has(def.code)) return
  if (base.montant === ZERO && (patronale === undefined || patronale.montant === ZERO)) return
  ajouter(c, def, base, part(c, def.agent), part(c, def.employeur), patronale)
}

/** A contribution whose agent's rate is computed for this agent, the employer's staying that of the law. */
export function cotiserCalcule(
  c: Contexte,
  def: Cotisation,
  base: Base,
  taux: Fraction,
  parametres: string[],
  patronale: Base,
): void {
  if (c.seulement && !c.seulement.has(def.code)) return
  if (base.montant === ZERO && patronale.montant === ZERO) return
  ajouter(c, def, base, { texte: enPourcent(taux), fraction: taux }, part(c, def.employeur), patronale)
  const ligne = c.lignes.at(-1)!
  if (ligne.trace) ligne.trace.parametres = parametres
}

/** A contribution of the employer at a rate notified or voted for this body. */
export function cotiserLocal(c: Contexte, def: Cotisation, base: Base, taux: string | undefined): void {
  if (taux === undefined || base.montant === ZERO) return
  if (c.seulement && !c.seulement.has(def.code)) return
  const f = tauxLocal(taux)
  ajouter(c, def, base, undefined, { texte: taux, fraction: f })
}

/** A line of CSG or CRDS: outside the total of the contributions. */
export function prelever(c: Contexte, def: Cotisation, base: Base): Centimes {
  const p = part(c, def.agent)!
  const montant = timesOne(base.montant, p.fraction)
  const ligne: LigneTravail = {
    code: def.code,
    libelle: def.libelle,
    groupe: def.groupe,
    base: inEuros(base.montant),
    taux: p.texte,
    montant: inEuros(montant),
  }
  if (c.tracer)
    ligne.trace = {
      regle: def.regle,
      parametres: [def.agent!],
      composants: base.composants ?? composants(c, base.masque),
      calcul: [base.precision, `${formatEuros(base.montant)} × ${p.texte} = ${formatEuros(montant)}`]
        .filter(Boolean)
        .join(' ; '),
    }
  c.lignes.push(ligne)
  return montant
}

/** A reduction of the agent's contributions: a negative contribution. */
export function reduire(
  c: Contexte,
  ligne: Omit<Ligne, 'montant' | 'groupe'>,
  montant: Centimes,
  trace: () => Trace,
): void {
  if (montant === ZERO) return
  if (c.seulement && !c.seulement.has(ligne.code)) return
  c.cotisationsAgent = subtract(c.cotisationsAgent, montant)
  const l: LigneTravail = { ...ligne, groupe: 'exoneration', montant: inEuros(negate(montant)) }
  if (c.tracer) l.trace = trace()
  c.lignes.push(l)
}

/** The ceiling of the social security for this agent and this month. */
export function plafondDuMois(c: Contexte): Centimes {
  const pss = c.p.centimes('pss.mensuel')
  if (c.prorataPlafond === UN && c.trentiemes === 30) return pss
  return times(pss, [c.prorataPlafond, ratio(c.trentiemes, 30)])
}

const huit = { num: 8n, den: 1n }
/** Tranches A and B of a complementary scheme, with régularisation progressive. */
export function tranches(
  c: Contexte,
  nom: string,
  assiette: Centimes,
  plafond: Centimes,
): { a: Centimes; b: Centimes } {
  const a = plafonner(c, nom, assiette, plafond)
  const k = caisse(c, nom)
  const total = k.assiette!
  const sousPlafond = min(total, k.plafond!)
  const dueB = subtract(subtract(min(total, timesOne(k.plafond!, huit)), sousPlafond), k.trancheB ?? ZERO)
  cumul(c, nom, 'trancheB', dueB)
  return { a, b: dueB }
}

export const base = (masque: number, montant: Centimes, precision?: string): Base =>
  precision === undefined ? { montant, masque } : { montant, masque, precision }

/** The lower of two rates. */
export const plusPetit = (a: Fraction, b: Fraction): Fraction => (compareFractions(a, b) <= 0 ? a : b)
