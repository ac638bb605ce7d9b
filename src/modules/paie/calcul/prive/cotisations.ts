import {
  add,
  type Centimes,
  euros,
  type Fraction,
  formatEuros,
  max,
  min,
  plus,
  subtract,
  times,
  timesOne,
  ZERO,
} from '#socle/argent.ts'
import { accidents, csa, fnalEtMobilite, plafondPartage } from '../moteur/communes.ts'
import { A, type Contexte, caisse, cumul, plafonner } from '../moteur/contexte.ts'
import { type Base, base, type Cotisation, cotiser, plafondDuMois, tranches } from '../moteur/cotiser.ts'
import { assureChomage, estAssureAgs, prive } from './contrat.ts'
import type { TempsPrive } from './gains.ts'
import { complement } from './reduction.ts'

const ligne = (
  code: string,
  libelle: string,
  groupe: Cotisation['groupe'],
  regle: string,
  taux: { agent?: string; employeur?: string },
): Cotisation => ({ code, libelle, groupe, regle, ...taux })

const LIBELLE_MALADIE = 'Maladie, maternité, invalidité, décès'
const MALADIE = ligne('MALADIE', LIBELLE_MALADIE, 'sante', 'regime_general', { employeur: 'rg.maladie.employeur' })
const MALADIE_REDUITE = ligne('MALADIE', LIBELLE_MALADIE, 'sante', 'taux_reduits', {
  employeur: 'rg.maladie.reduite.employeur',
})
const MALADIE_COMPLEMENT = ligne('MALADIE_COMPLEMENT', 'Maladie, complément', 'sante', 'taux_reduits', {
  employeur: 'rg.maladie.complement.employeur',
})
const AF = ligne('AF', 'Allocations familiales', 'famille', 'assiette.urssaf', {
  employeur: 'allocations_familiales.employeur',
})
const AF_REDUITE = ligne('AF', 'Allocations familiales', 'famille', 'taux_reduits', {
  employeur: 'allocations_familiales.reduite.employeur',
})
const AF_COMPLEMENT = ligne('AF_COMPLEMENT', 'Allocations familiales, complément', 'famille', 'taux_reduits', {
  employeur: 'allocations_familiales.complement.employeur',
})
const VIEIL_PLAF = ligne('VIEIL_PLAF', 'Vieillesse plafonnée', 'retraite', 'plafond.regularisation', {
  agent: 'rg.vieillesse_plafonnee.agent',
  employeur: 'rg.vieillesse_plafonnee.employeur',
})
const VIEIL_DEPLAF = ligne('VIEIL_DEPLAF', 'Vieillesse déplafonnée', 'retraite', 'regime_general', {
  agent: 'rg.vieillesse_deplafonnee.agent',
  employeur: 'rg.vieillesse_deplafonnee.employeur',
})
const sansEmployeur = ({ employeur: _, ...c }: Cotisation): Cotisation => c
const VIEIL_PLAF_AGENT = sansEmployeur(VIEIL_PLAF)
const VIEIL_DEPLAF_AGENT = sansEmployeur(VIEIL_DEPLAF)

const complementaire = (code: string, libelle: string, regle: string, racine: string): Cotisation =>
  ligne(code, libelle, 'retraite', regle, { agent: `${racine}.agent`, employeur: `${racine}.employeur` })
const IRCANTEC_A = complementaire('IRCANTEC_A', 'IRCANTEC tranche A', 'ircantec.assiette', 'ircantec.a')
const IRCANTEC_B = complementaire('IRCANTEC_B', 'IRCANTEC tranche B', 'ircantec.assiette', 'ircantec.b')
const AGIRC_T1 = complementaire('AGIRC_ARRCO_T1', 'Agirc-Arrco tranche 1', 'agirc_arrco', 'agirc_arrco.t1')
const AGIRC_T2 = complementaire('AGIRC_ARRCO_T2', 'Agirc-Arrco tranche 2', 'agirc_arrco', 'agirc_arrco.t2')
const CEG_T1 = complementaire('CEG_T1', 'Contribution d’équilibre général, tranche 1', 'agirc_arrco', 'ceg.t1')
const CEG_T2 = complementaire('CEG_T2', 'Contribution d’équilibre général, tranche 2', 'agirc_arrco', 'ceg.t2')
const CET = complementaire('CET', 'Contribution d’équilibre technique', 'cet', 'cet')
const APEC = complementaire('APEC', 'APEC', 'apec', 'apec')
const CHOMAGE = ligne('CHOMAGE', 'Assurance chômage', 'chomage', 'chomage.prive', { employeur: 'chomage.employeur' })
const AGS = ligne('AGS', 'Garantie des salaires (AGS)', 'chomage', 'ags', { employeur: 'ags' })
const DIALOGUE = ligne('DIALOGUE_SOCIAL', 'Contribution au dialogue social', 'autres', 'dialogue_social', {
  employeur: 'dialogue_social',
})
const formation = (parametre: string) =>
  ligne('FORMATION', 'Formation professionnelle', 'autres', 'formation.prive', { employeur: parametre })
const FORMATION_PETIT = formation('formation.moins_11')
const FORMATION_GRAND = formation('formation.11_et_plus')
const CPF_CDD = ligne('CPF_CDD', 'Compte personnel de formation des CDD', 'autres', 'formation.prive', {
  employeur: 'formation.cpf_cdd',
})
const taxe = (parametre: string) =>
  ligne('TAXE_APPRENTISSAGE', 'Taxe d’apprentissage, part principale', 'autres', 'taxe_apprentissage', {
    employeur: parametre,
  })
const TAXE = taxe('taxe_apprentissage')
const TAXE_ASSOCIATION = taxe('taxe_apprentissage.association')
const CNFPT = ligne('CNFPT', 'CNFPT', 'autres', 'cnfpt.conditions', { employeur: 'cnfpt' })
const CNFPT_AIDES = ligne('CNFPT', 'CNFPT, contrats aidés', 'autres', 'cnfpt.conditions', {
  employeur: 'cnfpt.contrats_aides',
})

/** Bases of the month. Those of the employee are lower for the apprentices. */
export type Bases = {
  /** Of the social security: the gross, or the lump base of the accueils de mineurs. */
  assiette: Centimes
  plafonnee: Centimes
  /** Monthly exemption of the employee's contributions. */
  exonere: Centimes
  /** Exact contributions of the employee to the pensions: what the overtime reduction gives back at most. */
  pensions: { montant: Centimes; taux: Fraction }[]
}

const autres = (c: Contexte): Centimes | undefined =>
  c.s.brutAutresEmployeurs === undefined ? undefined : euros(c.s.brutAutresEmployeurs)

export function lireBases(c: Contexte, assiette: Centimes, exonere: Centimes): Bases {
  const plafond = plafondPartage(c, assiette, plafondDuMois(c), autres(c))
  return { assiette, plafonnee: plafonner(c, 'vieillesse', assiette, plafond), exonere, pensions: [] }
}

const precisionPlafond = (plafond: Centimes): string =>
  `plafond du mois ${formatEuros(plafond)}, régularisé depuis janvier`
const baseDe = (c: Contexte, montant: Centimes, plafonnee = false): Base =>
  base(A.GENERAL, montant, c.tracer && plafonnee ? precisionPlafond(plafondDuMois(c)) : undefined)

/** The employee's base of a contribution, once the exempt part of an apprentice is taken off. */
const apresExoneration = (c: Contexte, b: Bases, montant: Centimes, plafonnee = false): Base => {
  if (b.exonere === ZERO) return baseDe(c, montant, plafonnee)
  const reste = max(ZERO, subtract(montant, b.exonere))
  return base(
    A.GENERAL,
    reste,
    c.tracer ? `${formatEuros(montant)} moins ${formatEuros(b.exonere)} exonérés` : undefined,
  )
}

function pension(c: Contexte, b: Bases, def: Cotisation, montant: Centimes, plafonnee: boolean): void {
  const agent = apresExoneration(c, b, montant, plafonnee)
  cotiser(c, def, agent, def.employeur === undefined ? undefined : baseDe(c, montant, plafonnee))
  if (def.agent !== undefined && agent.montant > ZERO && c.heures > ZERO)
    b.pensions.push({ montant: agent.montant, taux: c.p.fraction(def.agent) })
}

/** Sickness and family at the rates of the employer: reduced ones until 2025 in the field of the general reduction. */
export function maladieEtFamille(c: Contexte, b: Bases, t: TempsPrive, tauxReduits: boolean): void {
  const entiere = baseDe(c, b.assiette)
  const maladie = tauxReduits ? complement(c, 'maladie', b.assiette, t) : undefined
  if (maladie === undefined) cotiser(c, MALADIE, entiere)
  else {
    cotiser(c, MALADIE_REDUITE, entiere)
    cotiser(c, MALADIE_COMPLEMENT, baseDe(c, maladie))
  }
  const famille = tauxReduits ? complement(c, 'famille', b.assiette, t) : undefined
  if (famille === undefined) cotiser(c, AF, entiere)
  else {
    cotiser(c, AF_REDUITE, entiere)
    cotiser(c, AF_COMPLEMENT, baseDe(c, famille))
  }
}

/** Old age of the régime général; `employeur` false when the law exempts him wholly. */
export function vieillesse(c: Contexte, b: Bases, employeur = true): void {
  pension(c, b, employeur ? VIEIL_PLAF : VIEIL_PLAF_AGENT, b.plafonnee, true)
  pension(c, b, employeur ? VIEIL_DEPLAF : VIEIL_DEPLAF_AGENT, b.assiette, false)
}

/** Accidents, solidarity for autonomy, housing, transport: due by every employer. */
export function solidarites(c: Contexte, b: Bases): void {
  const entiere = baseDe(c, b.assiette)
  accidents(c, entiere)
  csa(c, entiere)
  fnalEtMobilite(c, entiere, baseDe(c, b.plafonnee, true))
}

/** Complementary pension of the contract, on the real pay. */
export function retraiteComplementaire(c: Contexte, b: Bases, regime: 'ircantec' | 'agircArrco'): void {
  const assiette = regime === 'ircantec' ? c.ircantec : c.general
  const plafond = plafondPartage(c, assiette, plafondDuMois(c), autres(c))
  if (regime === 'ircantec') {
    const { a, b: dessus } = tranches(c, 'ircantec', assiette, plafond)
    pension(c, b, IRCANTEC_A, a, true)
    if (dessus !== ZERO) pension(c, { ...b, exonere: ZERO }, IRCANTEC_B, dessus, true)
    return
  }
  const { a, b: t2 } = tranches(c, 'agirc_arrco', assiette, plafond)
  const suite: Bases = b.exonere === ZERO ? b : { ...b, exonere: ZERO }
  pension(c, b, AGIRC_T1, a, true)
  pension(c, suite, AGIRC_T2, t2, true)
  pension(c, b, CEG_T1, a, true)
  pension(c, suite, CEG_T2, t2, true)
  pension(c, b, CET, equilibreTechnique(c), true)
}

/** The CET is due on both tranches as soon as the pay since January passes the ceilings, and given back if it falls under. */
function equilibreTechnique(c: Contexte): Centimes {
  const k = caisse(c, 'agirc_arrco')
  const due = k.assiette! > k.plafond! ? add(k.plafonnee!, k.trancheB ?? ZERO) : ZERO
  const montant = subtract(due, k.cet ?? ZERO)
  cumul(c, 'agirc_arrco', 'cet', montant)
  return montant
}

/** Unemployment insurance, guarantee of wages, APEC of the cadres: within four ceilings. */
export function chomage(c: Contexte): void {
  const cadre = prive(c).cadre === true && estAssureAgs(c)
  if (!assureChomage(c) && !cadre) return
  const plafond = times(plafondDuMois(c), [c.p.fraction('chomage.plafond')])
  const b = base(
    A.GENERAL,
    plafonner(c, 'chomage', c.general, plafond),
    c.tracer ? precisionPlafond(plafond) : undefined,
  )
  if (assureChomage(c)) cotiser(c, CHOMAGE, b)
  if (estAssureAgs(c)) cotiser(c, AGS, b)
  if (cadre) cotiser(c, APEC, b)
}

/** Training: the CNFPT for a public body, the levies of the Code du travail for the others. */
export function formationProfessionnelle(c: Contexte, b: Bases, contrat: 'ordinaire' | 'aide' | 'apprenti'): void {
  const { effectif } = c.s.employeur
  const petit = effectif < c.p.entier('formation.seuil')
  const entiere = baseDe(c, b.assiette)
  // A small employer of an apprentice owes neither levy on his pay.
  if (contrat === 'apprenti' && petit) return
  cotiser(c, petit ? FORMATION_PETIT : FORMATION_GRAND, entiere)
  if (contrat === 'ordinaire' && prive(c).contrat === 'cdd') cotiser(c, CPF_CDD, entiere)
  if (contrat === 'aide') return
  const def = prive(c).employeur === 'association' ? TAXE_ASSOCIATION : TAXE
  if (c.p.fraction(def.employeur!).num > 0n) cotiser(c, def, entiere)
}

/** CNFPT of the private-law staff of a territorial body; the apprentices are out of its base. */
export function cnfpt(c: Contexte, b: Bases, aide: boolean): void {
  if (c.s.versant === 'FPH' || c.s.employeur.cnfpt === false) return
  cotiser(c, aide ? CNFPT_AIDES : CNFPT, baseDe(c, b.assiette))
}

export function dialogueSocial(c: Contexte, b: Bases, du: boolean): void {
  if (prive(c).dialogueSocial ?? du) cotiser(c, DIALOGUE, baseDe(c, b.assiette))
}

/** Effective rate of the employee's pensions on the pay of the month: their exact sum over the gross. */
export function tauxPensions(b: Bases, brut: Centimes): Fraction {
  let somme: Fraction = { num: 0n, den: 1n }
  for (const p of b.pensions) somme = plus(somme, { num: p.montant * p.taux.num, den: p.taux.den })
  return brut > ZERO ? { num: somme.num, den: somme.den * brut } : { num: 0n, den: 1n }
}

/** What an exemption limited to some pay takes off sickness, old age and family, contribution by contribution. */
export function exonerer(c: Contexte, b: Bases, limite: Centimes): { montant: Centimes; parametres: string[] } {
  const entiere = min(b.assiette, limite)
  const parts: [Cotisation, Centimes][] = [
    [MALADIE, entiere],
    [VIEIL_PLAF, min(b.plafonnee, limite)],
    [VIEIL_DEPLAF, entiere],
    [AF, entiere],
  ]
  const montant = parts.map(([d, x]) => timesOne(x, c.p.fraction(d.employeur!))).reduce(add)
  return { montant: max(ZERO, montant), parametres: parts.map(([d]) => d.employeur!) }
}
