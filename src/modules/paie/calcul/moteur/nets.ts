import {
  add,
  type Centimes,
  euros,
  type Fraction,
  formatEuros,
  inEuros,
  max,
  min,
  negate,
  subtract,
  timesOne,
  ZERO,
} from '#socle/argent.ts'
import type { Totaux } from '../bulletin.ts'
import type { Retenue } from '../situation.ts'
import { exonererHeures } from './communes.ts'
import { type Contexte, cumul, type Trace, tauxLocal } from './contexte.ts'

/** What the month gives before tax: computed alike for a payslip and for each month of a rappel. */
export type AvantImpot = {
  brut: Centimes
  cotisationsAgent: Centimes
  csgDeductible: Centimes
  csgNonDeductible: Centimes
  crds: Centimes
  netAvantImpot: Centimes
  montantNetSocial: Centimes
  netImposable: Centimes
  basePas: Centimes
  cotisationsEmployeur: Centimes
  heuresExonerees: Centimes
  frais: Centimes
  nature: Centimes
}

export function avantImpot(c: Contexte, basePas: ((c: Contexte, net: bigint) => bigint) | undefined): AvantImpot {
  const heuresExonerees = exonererHeures(c)
  const net = add(
    [c.cotisationsAgent, c.csgDeductible, c.csgNonDeductible, c.crds].reduce(subtract, c.brut),
    c.ijNettes,
  )
  const netImposable = add(
    [c.cotisationsAgent, c.csgDeductibleFiscale, heuresExonerees].reduce(subtract, c.imposable),
    add(c.imposableEnPlus, c.ijImposables),
  )
  return {
    brut: c.brut,
    cotisationsAgent: c.cotisationsAgent,
    csgDeductible: c.csgDeductible,
    csgNonDeductible: c.csgNonDeductible,
    crds: c.crds,
    netAvantImpot: net,
    montantNetSocial: net,
    netImposable,
    basePas: basePas ? (basePas(c, netImposable) as Centimes) : netImposable,
    cotisationsEmployeur: c.cotisationsEmployeur,
    heuresExonerees,
    frais: c.frais,
    nature: c.nature,
  }
}

/** Neutral rate: the first bracket strictly above the base, applied to the whole base. */
export function tauxNeutre(c: Contexte, assiette: Centimes): { taux: Fraction; texte: string } {
  const tranches = c.p.tranches(`pas.taux_neutre.${c.s.pas?.grille ?? 'metropole'}`)
  const t = tranches.find((x) => x.seuil === undefined || assiette < x.seuil) ?? tranches.at(-1)!
  return { taux: t.fraction, texte: t.valeur }
}

/** Withholding tax: the rate received while it is valid, otherwise the neutral one. Never negative. */
function impot(c: Contexte, assiette: Centimes): { base: Centimes; texte: string; montant: Centimes } {
  const base = max(ZERO, assiette)
  const p = c.s.pas
  const recu =
    p?.taux !== undefined && (p.valableJusqua === undefined || c.mois <= p.valableJusqua) ? p.taux : undefined
  if (recu !== undefined) return ligneImpot(c, base, tauxLocal(recu), recu, 'pas.personnel', [])
  const reduite = p?.contratCourt ? max(ZERO, subtract(base, c.p.centimes('pas.abattement_contrat_court'))) : base
  const { taux, texte } = tauxNeutre(c, reduite)
  return ligneImpot(c, reduite, taux, texte, 'pas.neutre', [`pas.taux_neutre.${p?.grille ?? 'metropole'}`])
}

function ligneImpot(c: Contexte, base: Centimes, taux: Fraction, texte: string, regle: string, parametres: string[]) {
  const montant = timesOne(base, taux)
  c.lignes.push({
    code: 'PAS',
    libelle: regle === 'pas.neutre' ? 'Impôt sur le revenu, taux neutre' : 'Impôt sur le revenu, taux personnalisé',
    groupe: 'impot',
    base: inEuros(base),
    taux: texte,
    montant: inEuros(montant),
    ...(c.tracer && {
      trace: {
        regle,
        parametres,
        composants: [{ libelle: 'Base du prélèvement', montant: inEuros(base) }],
        calcul: `${formatEuros(base)} × ${texte} = ${formatEuros(montant)}`,
      } satisfies Trace,
    }),
  })
  return { base, texte, montant }
}

/** What a creditor may take: the monthly share of the pay by the barème, the bare minimum always left. */
export function quotiteSaisissable(c: Contexte, net: Centimes, personnesACharge: number): Centimes {
  const majoration = personnesACharge > 0 ? c.p.centimes('saisie.personne_a_charge') : ZERO
  const tranches = c.p.tranches('saisie.bareme')
  let dessous = ZERO
  let total = 0n
  let commun = 1n
  const DOUZE = 12n
  for (const t of tranches) {
    const annuel = t.seuil === undefined ? undefined : ((t.seuil + majoration * BigInt(personnesACharge)) as Centimes)
    // Monthly pay is compared with the twelfth of the yearly bracket, exactly.
    const haut = annuel === undefined ? net * DOUZE : annuel < net * DOUZE ? annuel : net * DOUZE
    if (haut <= dessous) break
    const part = (haut - dessous) * t.fraction.num
    total = total * t.fraction.den + part * commun
    commun *= t.fraction.den
    dessous = haut as Centimes
  }
  return timesOne(total as Centimes, { num: 1n, den: commun * DOUZE })
}

const ORDRE: Retenue['type'][] = ['pensionAlimentaire', 'saisieAdministrative', 'cession', 'saisie']
const estSaisie = (r: Retenue) => ORDRE.includes(r.type)

/** Deductions from the net: seizures first, within what the law lets take; then what the agent agreed to. */
function retenir(c: Contexte, disponible: Centimes, netSaisissable: Centimes): Centimes {
  const toutes = c.s.retenues ?? []
  let reste = max(ZERO, disponible)
  let pris = ZERO
  const ajouter = (r: Retenue, montant: Centimes, calcul: string, regle: string, parametres: string[]) => {
    if (montant <= ZERO) return
    pris = add(pris, montant)
    reste = max(ZERO, subtract(reste, montant))
    c.lignes.push({
      code: r.code,
      libelle: r.libelle ?? LIBELLES[r.type],
      groupe: 'retenues',
      montant: inEuros(montant),
      ...(c.tracer && { trace: { regle, parametres, composants: [], calcul } satisfies Trace }),
    })
  }
  const saisies = toutes.filter(estSaisie).sort((a, b) => ORDRE.indexOf(a.type) - ORDRE.indexOf(b.type))
  if (saisies.length > 0) {
    const charges = Math.max(...saisies.map((r) => r.personnesACharge ?? 0))
    const socle = c.p.centimes('saisie.fraction_insaisissable')
    let quotite = quotiteSaisissable(c, max(ZERO, netSaisissable), charges)
    for (const r of saisies) {
      const du = euros(r.montant)
      const absolu = max(ZERO, subtract(reste, socle))
      // An alimony takes on the whole pay but the bare minimum, before the share that seizures divide.
      const limite = r.type === 'pensionAlimentaire' ? absolu : min(quotite, absolu)
      const montant = min(du, limite)
      // An alimony takes first what no other creditor may touch, then only the share that they divide.
      const reserve = r.type === 'pensionAlimentaire' ? max(ZERO, subtract(absolu, quotite)) : ZERO
      quotite = max(ZERO, subtract(quotite, max(ZERO, subtract(montant, reserve))))
      ajouter(
        r,
        montant,
        r.type === 'pensionAlimentaire'
          ? `${formatEuros(du)} dus, le minimum insaisissable de ${formatEuros(socle)} restant acquis : ${formatEuros(montant)}`
          : `${formatEuros(du)} dus, dans la limite de la quotité saisissable : ${formatEuros(montant)}`,
        r.type === 'pensionAlimentaire' ? 'saisie.pension' : 'saisie.quotite',
        ['saisie.bareme', 'saisie.personne_a_charge', 'saisie.fraction_insaisissable'],
      )
      if (montant < du && r.type === 'pensionAlimentaire')
        c.anomalies.push({
          code: 'paie.pensionIncomplete',
          lieu: r.code,
          message: 'La pension alimentaire ne peut pas être prélevée en entier ce mois-ci.',
          conseil: 'Prévenir le créancier et le comptable.',
          bloquante: false,
        })
    }
  }
  for (const r of toutes)
    if (!estSaisie(r)) ajouter(r, euros(r.montant), `${formatEuros(euros(r.montant))}, retenue convenue`, 'retenue', [])
  return pris
}

const LIBELLES: Record<Retenue['type'], string> = {
  pensionAlimentaire: 'Pension alimentaire',
  saisieAdministrative: 'Saisie administrative à tiers détenteur',
  saisie: 'Saisie sur rémunération',
  cession: 'Cession de rémunération',
  acompte: 'Acompte',
  mutuelle: 'Complémentaire santé',
  prevoyance: 'Prévoyance',
  titresRestaurant: 'Titres-restaurant',
  autre: 'Retenue',
}

/** Tax, retenues, net: the end of a payslip. `a` already holds the rappels. */
export function finir(c: Contexte, a: AvantImpot, report: Centimes): { totaux: Totaux; negatif: Centimes } {
  const pas = impot(c, a.basePas)
  const apresImpot = subtract(a.netAvantImpot, pas.montant)
  if (a.nature !== ZERO)
    c.lignes.push({
      code: 'REPRISE_NATURE',
      libelle: 'Avantages en nature',
      groupe: 'retenues',
      montant: inEuros(a.nature),
      ...(c.tracer && {
        trace: {
          regle: 'avantage_nature',
          parametres: [],
          composants: [],
          calcul: `${formatEuros(a.nature)} déjà reçus en nature`,
        } satisfies Trace,
      }),
    })
  if (report > ZERO)
    c.lignes.push({
      code: 'REPORT_NEGATIF',
      libelle: 'Reprise du net négatif antérieur',
      groupe: 'retenues',
      montant: inEuros(report),
      ...(c.tracer && {
        trace: {
          regle: 'report_negatif',
          parametres: [],
          composants: [],
          calcul: `${formatEuros(report)} dus par l’agent depuis un mois antérieur`,
        } satisfies Trace,
      }),
    })
  const avantRetenues = [a.nature, report, c.retenuesFixes].reduce(subtract, add(apresImpot, a.frais))
  const retenu = retenir(c, avantRetenues, subtract(apresImpot, a.nature))
  const solde = subtract(avantRetenues, retenu)
  const net = max(ZERO, solde)
  const totaux: Totaux = {
    brut: inEuros(a.brut),
    cotisationsAgent: inEuros(a.cotisationsAgent),
    csgDeductible: inEuros(a.csgDeductible),
    csgNonDeductible: inEuros(a.csgNonDeductible),
    crds: inEuros(a.crds),
    netAvantImpot: inEuros(a.netAvantImpot),
    montantNetSocial: inEuros(a.montantNetSocial),
    netImposable: inEuros(a.netImposable),
    basePas: inEuros(pas.base),
    tauxPas: pas.texte,
    pas: inEuros(pas.montant),
    netAPayer: inEuros(net),
    cotisationsEmployeur: inEuros(a.cotisationsEmployeur),
    coutEmployeur: inEuros(add(a.brut, a.cotisationsEmployeur)),
  }
  if (a.heuresExonerees !== ZERO) totaux.heuresExonerees = inEuros(a.heuresExonerees)
  cumul(c, 'annee', 'brut', a.brut)
  cumul(c, 'annee', 'netImposable', a.netImposable)
  cumul(c, 'annee', 'montantNetSocial', a.montantNetSocial)
  cumul(c, 'annee', 'pas', pas.montant)
  cumul(c, 'annee', 'cotisationsEmployeur', a.cotisationsEmployeur)
  return { totaux, negatif: solde < ZERO ? negate(solde) : ZERO }
}
