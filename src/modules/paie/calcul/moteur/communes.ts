import {
  add,
  type Centimes,
  formatEuros,
  inEuros,
  max,
  min,
  multiply,
  plus,
  ratio,
  subtract,
  times,
  timesOne,
  ZERO,
} from '#socle/argent.ts'
import { A, type Contexte, caisse, composants, cumul, plafonner } from './contexte.ts'
import {
  type Base,
  base,
  type Cotisation,
  cotiser,
  cotiserLocal,
  enPourcent,
  plafondDuMois,
  plusPetit,
  prelever,
  reduire,
  tranches,
} from './cotiser.ts'

const CSA: Cotisation = {
  code: 'CSA',
  libelle: 'Contribution solidarité autonomie',
  groupe: 'sante',
  employeur: 'csa.employeur',
  regle: 'assiette.urssaf',
}
const AF: Cotisation = {
  code: 'AF',
  libelle: 'Allocations familiales',
  groupe: 'famille',
  employeur: 'allocations_familiales.employeur',
  regle: 'assiette.urssaf',
}
const FNAL_PETIT: Cotisation = {
  code: 'FNAL',
  libelle: 'FNAL',
  groupe: 'autres',
  employeur: 'fnal.moins_50',
  regle: 'fnal',
}
const FNAL_GRAND: Cotisation = { ...FNAL_PETIT, employeur: 'fnal.50_et_plus' }
const VM: Cotisation = { code: 'VM', libelle: 'Versement mobilité', groupe: 'autres', regle: 'versement_mobilite' }
const VMR: Cotisation = {
  code: 'VMR',
  libelle: 'Versement mobilité régional',
  groupe: 'autres',
  regle: 'versement_mobilite',
}
const CNFPT: Cotisation = {
  code: 'CNFPT',
  libelle: 'CNFPT',
  groupe: 'autres',
  employeur: 'cnfpt',
  regle: 'cnfpt.conditions',
}
const CNFPT_APP: Cotisation = {
  code: 'CNFPT_APPRENTISSAGE',
  libelle: 'CNFPT, majoration apprentissage',
  groupe: 'autres',
  employeur: 'cnfpt.apprentissage',
  regle: 'cnfpt.conditions',
}
const CNFPT_SPP: Cotisation = {
  code: 'CNFPT_SPP',
  libelle: 'CNFPT, sapeurs-pompiers professionnels',
  groupe: 'autres',
  employeur: 'cnfpt.spp',
  regle: 'cnfpt.conditions',
}
const CDG: Cotisation = {
  code: 'CDG',
  libelle: 'Centre de gestion, cotisation obligatoire',
  groupe: 'autres',
  regle: 'cdg',
}
const CDG_ADD: Cotisation = {
  code: 'CDG_ADDITIONNELLE',
  libelle: 'Centre de gestion, cotisation additionnelle',
  groupe: 'autres',
  regle: 'cdg',
}

/** Contributions of the employer due on the base of the sickness cover, whatever the scheme. */
export function cotisationsCommunes(c: Contexte, assiette: Base, plafonnee: Base): void {
  cotiser(c, AF, assiette)
  cotiser(c, CSA, assiette)
  fnalEtMobilite(c, assiette, plafonnee)
}
export function fnalEtMobilite(c: Contexte, assiette: Base, plafonnee: Base): void {
  const { effectif, versementMobilite, versementMobiliteRegional } = c.s.employeur
  if (effectif < 50) cotiser(c, FNAL_PETIT, plafonnee)
  else cotiser(c, FNAL_GRAND, assiette)
  if (versementMobilite !== undefined || versementMobiliteRegional !== undefined) {
    if (effectif >= c.p.entier('versement_mobilite.seuil')) {
      cotiserLocal(c, VM, assiette, versementMobilite)
      cotiserLocal(c, VMR, assiette, versementMobiliteRegional)
    }
  }
}
export const csa = (c: Contexte, assiette: Base): void => cotiser(c, CSA, assiette)

/** CNFPT and centre de gestion: FPT only. */
export function formationEtGestion(c: Contexte, assiette: Base): void {
  const e = c.s.employeur
  if (c.s.versant === 'FPH') return
  if (e.cnfpt !== false) {
    cotiser(c, CNFPT, assiette)
    if (e.cnfptApprentissage) cotiser(c, CNFPT_APP, assiette)
    if (c.s.sapeurPompier) cotiser(c, CNFPT_SPP, assiette)
  }
  cotiserLocal(c, CDG, assiette, e.cdgObligatoire)
  cotiserLocal(c, CDG_ADD, assiette, e.cdgAdditionnelle)
}

const CSG_DED: Cotisation = {
  code: 'CSG_DED',
  libelle: 'CSG déductible',
  groupe: 'csg',
  agent: 'csg.deductible',
  regle: 'csg.assiette',
}
const CSG_NON_DED: Cotisation = {
  code: 'CSG_NON_DED',
  libelle: 'CSG non déductible',
  groupe: 'csg',
  agent: 'csg.non_deductible',
  regle: 'csg.assiette',
}
const CRDS: Cotisation = { code: 'CRDS', libelle: 'CRDS', groupe: 'csg', agent: 'crds', regle: 'csg.assiette' }

/** CSG and CRDS on a base already abated. */
export function csgSur(c: Contexte, b: Base): void {
  if (b.montant === ZERO) return
  if (c.seulement && !c.seulement.has('CSG_DED')) return
  const deductible = prelever(c, CSG_DED, b)
  c.csgDeductible = add(c.csgDeductible, deductible)
  c.csgDeductibleFiscale = add(c.csgDeductibleFiscale, deductible)
  c.csgNonDeductible = add(c.csgNonDeductible, prelever(c, CSG_NON_DED, b))
  c.crds = add(c.crds, prelever(c, CRDS, b))
}

const UN_MOINS = (a: { num: bigint; den: bigint }) => ratio(a.den - a.num, a.den)

/** Base of the CSG: 98.25 % of the gross up to four ceilings, the whole above and for the employer's cover. */
export function csg(c: Contexte): void {
  if (c.seulement && !c.seulement.has('CSG_DED')) return
  const plafond = timesOne(plafondDuMois(c), c.p.fraction('csg.abattement.plafond'))
  const abattable = plafonner(c, 'csg', c.csg, plafond)
  const reste = UN_MOINS(c.p.fraction('csg.abattement'))
  const montant = add(add(timesOne(abattable, reste), subtract(c.csg, abattable)), c.partPatronale)
  const b = base(A.CSG, montant)
  if (c.tracer) {
    b.precision = `base : ${formatEuros(abattable)} × ${enPourcent(reste)}`
    if (abattable !== c.csg)
      b.precision += ` + ${formatEuros(subtract(c.csg, abattable))} sans abattement au-delà de quatre plafonds`
    if (c.partPatronale !== ZERO)
      b.precision += ` + part de l’employeur à la protection sociale ${formatEuros(c.partPatronale)}`
  }
  csgSur(c, b)
}

/**
 * Overtime: exempt from income tax within the yearly cap; the CSG that bears on it is not deductible. The cap of CGI
 * 81 quater is of net imposable: what the hours would have added to it, their deductible CSG taken off (7 500 € are
 * about 8 037 € gross).
 */
export function exonererHeures(c: Contexte): Centimes {
  if (c.heures === ZERO) return ZERO
  const before = caisse(c, 'heures').exonereesNettes ?? ZERO
  const reste = max(ZERO, subtract(c.p.centimes('hs.exo_ir.plafond'), before))
  // An apprentice may owe no CSG at all.
  const csg = c.csgDeductibleFiscale > ZERO ? c.p.fraction('csg.deductible') : ratio(0, 1)
  const net = UN_MOINS(multiply(csg, UN_MOINS(c.p.fraction('csg.abattement'))))
  const nettes = timesOne(c.heures, net)
  const exonerees = nettes <= reste ? c.heures : min(c.heures, timesOne(reste, ratio(net.den, net.num)))
  cumul(c, 'heures', 'exonerees', exonerees)
  cumul(c, 'heures', 'exonereesNettes', min(nettes, reste))
  const abattue = timesOne(exonerees, UN_MOINS(c.p.fraction('csg.abattement')))
  // Never more than what was withheld.
  const retiree = min(timesOne(abattue, c.p.fraction('csg.deductible')), max(ZERO, c.csgDeductibleFiscale))
  c.csgDeductibleFiscale = subtract(c.csgDeductibleFiscale, retiree)
  return exonerees
}

const RG = 'regime_general'
const MALADIE_RG: Cotisation = {
  code: 'MALADIE',
  libelle: 'Maladie, maternité, invalidité, décès',
  groupe: 'sante',
  employeur: 'rg.maladie.employeur',
  regle: RG,
}
const VIEIL_PLAF: Cotisation = {
  code: 'VIEIL_PLAF',
  libelle: 'Vieillesse plafonnée',
  groupe: 'retraite',
  agent: 'rg.vieillesse_plafonnee.agent',
  employeur: 'rg.vieillesse_plafonnee.employeur',
  regle: 'plafond.regularisation',
}
const VIEIL_DEPLAF: Cotisation = {
  code: 'VIEIL_DEPLAF',
  libelle: 'Vieillesse déplafonnée',
  groupe: 'retraite',
  agent: 'rg.vieillesse_deplafonnee.agent',
  employeur: 'rg.vieillesse_deplafonnee.employeur',
  regle: RG,
}
const AT: Cotisation = {
  code: 'AT',
  libelle: 'Accidents du travail, maladies professionnelles',
  groupe: 'sante',
  employeur: 'atmp.collectivites',
  regle: 'atmp',
}
const IRCANTEC_A: Cotisation = {
  code: 'IRCANTEC_A',
  libelle: 'IRCANTEC tranche A',
  groupe: 'retraite',
  agent: 'ircantec.a.agent',
  employeur: 'ircantec.a.employeur',
  regle: 'ircantec.assiette',
}
const IRCANTEC_B: Cotisation = {
  code: 'IRCANTEC_B',
  libelle: 'IRCANTEC tranche B',
  groupe: 'retraite',
  agent: 'ircantec.b.agent',
  employeur: 'ircantec.b.employeur',
  regle: 'ircantec.assiette',
}
const CHOMAGE: Cotisation = {
  code: 'CHOMAGE',
  libelle: 'Assurance chômage',
  groupe: 'chomage',
  employeur: 'chomage.employeur',
  regle: 'chomage.adhesion',
}

/** The ceiling shared with the other employers in proportion to what each pays. */
export function plafondPartage(
  c: Contexte,
  assiette: Centimes,
  plafond: Centimes,
  autres: Centimes | undefined,
): Centimes {
  if (autres === undefined || autres <= ZERO || assiette <= ZERO) return plafond
  const entier = times(c.p.centimes('pss.mensuel'), [ratio(c.trentiemes, 30)])
  return times(entier, [ratio(assiette, add(assiette, autres))])
}

/** Accident rate: the notified one, or the collective rate of the local authorities. */
export function accidents(c: Contexte, assiette: Base): void {
  if (c.s.employeur.tauxAt !== undefined) cotiserLocal(c, AT, assiette, c.s.employeur.tauxAt)
  else cotiser(c, AT, assiette)
}

export function ircantec(c: Contexte, assiette: Centimes, plafond: Centimes, masque: number = A.IRCANTEC): void {
  const t = tranches(c, 'ircantec', assiette, plafond)
  const precision = c.tracer ? `plafond du mois ${formatEuros(plafond)}, régularisé depuis janvier` : undefined
  cotiser(c, IRCANTEC_A, base(masque, t.a, precision))
  cotiser(c, IRCANTEC_B, base(masque, t.b, precision))
}

/** Régime général and IRCANTEC of the public-law staff. */
export function regimeGeneral(c: Contexte, autres: Centimes | undefined): void {
  const plafond = plafondPartage(c, c.general, plafondDuMois(c), autres)
  const entiere = base(A.GENERAL, c.general)
  const plafonnee = base(A.GENERAL, plafonner(c, 'vieillesse', c.general, plafond))
  if (c.tracer) plafonnee.precision = `plafond du mois ${formatEuros(plafond)}, régularisé depuis janvier`
  cotiser(c, MALADIE_RG, entiere)
  cotiser(c, VIEIL_PLAF, plafonnee)
  cotiser(c, VIEIL_DEPLAF, entiere)
  cotisationsCommunes(c, entiere, plafonnee)
  accidents(c, entiere)
  ircantec(c, c.ircantec, plafondPartage(c, c.ircantec, plafondDuMois(c), autres))
}

/** Unemployment insurance, when the body has joined for its contractuels. */
export function chomageAdhesion(c: Contexte): void {
  if (!c.s.employeur.adhesionChomage) return
  const plafond = timesOne(plafondDuMois(c), { num: 4n, den: 1n })
  cotiser(c, CHOMAGE, base(A.GENERAL, plafonner(c, 'chomage', c.general, plafond)))
}

/** Reduction of the contributions on overtime of the régime général, at the real rates within the legal maximum. */
export function reductionHeures(c: Contexte): void {
  if (c.heures <= ZERO) return
  const taux = plusPetit(
    plus(
      plus(c.p.fraction('rg.vieillesse_plafonnee.agent'), c.p.fraction('rg.vieillesse_deplafonnee.agent')),
      c.p.fraction('ircantec.a.agent'),
    ),
    c.p.fraction('hs.reduction.taux_max_prive'),
  )
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
      regle: 'hs.reduction.contractuel',
      parametres: [
        'rg.vieillesse_plafonnee.agent',
        'rg.vieillesse_deplafonnee.agent',
        'ircantec.a.agent',
        'hs.reduction.taux_max_prive',
      ],
      composants: composants(c, A.HEURES),
      calcul: `${formatEuros(c.heures)} × ${enPourcent(taux)} = ${formatEuros(montant)}`,
    }),
  )
}
