import { add, type Centimes, euros, inEuros, negate, subtract, sum, ZERO } from '#socle/argent.ts'
import { effetSurLeNet } from '../../bulletin/domain/groupes.ts'
import type { Bulletin, Ligne } from '../../calcul/index.ts'
import { compteDeCharge, compteDeCotisation } from '../../production/editions/domain/donnees.ts'

export type Comptes = {
  /** Body that receives the employer's share of a line, by its code. */
  patronal: Record<string, string>
  defaut: string
  caisses: Record<string, { nom: string; categorie: string; natureJuridique: string }>
}
export type BulletinAPayer = { bulletin: Bulletin; nom: string; iban: string; bic: string }
export type MandatDePaie = {
  caisse: string
  lignes: { nature: string; ht: string }[]
  total: string
  virements: { nom: string; iban: string; bic: string; montant: string }[]
}
export type Ventilation = {
  mandats: MandatDePaie[]
  /** What the employer owes, and where it goes: the three add up to the cent. */
  totaux: { net: string; retenues: string; patronal: string; total: string }
  /** Nothing to mandate for them: their amounts are taken back later. */
  negatifs: { nom: string; montant: string }[]
}

const GAINS = new Set<Ligne['groupe']>(['remuneration', 'indemnitesJournalieres', 'frais'])

/**
 * The mandats of a month: what is earned, by account, in favour of the agents (net paid by transfer, deductions kept by
 * the comptable for the bodies), then the contributions of the employer, one mandat for each body that receives them.
 */
export function ventiler(bulletins: readonly BulletinAPayer[], comptes: Comptes): Ventilation {
  const parCaisse = new Map<string, Map<string, Centimes>>()
  const put = (caisse: string, compte: string, montant: Centimes) => {
    const m = parCaisse.get(caisse) ?? new Map<string, Centimes>()
    m.set(compte, add(m.get(compte) ?? ZERO, montant))
    parCaisse.set(caisse, m)
  }
  const virements = new Map<string, MandatDePaie['virements']>()
  const negatifs: Ventilation['negatifs'] = []
  let net = ZERO
  let retenues = ZERO
  for (const { bulletin: b, nom, iban, bic } of bulletins) {
    const caisseNet = b.population === 'elu' ? 'elus' : 'agents'
    for (const l of b.lignes) {
      const effet = effetSurLeNet(l)
      // the accounts are those of the journal of the month
      const imputable = { population: b.population, groupe: l.groupe, code: l.code }
      if (GAINS.has(l.groupe)) put(caisseNet, compteDeCharge(imputable).compte, effet)
      else retenues = subtract(retenues, effet)
      if (l.montantPatronal !== undefined)
        put(comptes.patronal[l.code] ?? comptes.defaut, compteDeCotisation(imputable).compte, euros(l.montantPatronal))
    }
    const verse = euros(b.totaux.netAPayer)
    const calcule = sum(b.lignes.map(effetSurLeNet))
    // a negative net is not paid and is taken back: what is missing stays with the deductions
    if (calcule !== verse) {
      negatifs.push({ nom, montant: inEuros(subtract(calcule, verse)) })
      retenues = add(retenues, subtract(calcule, verse))
    }
    net = add(net, verse)
    if (verse > 0n)
      virements.set(caisseNet, [...(virements.get(caisseNet) ?? []), { nom, iban, bic, montant: inEuros(verse) }])
  }
  const mandats = [...parCaisse].flatMap(([caisse, parCompte]) => {
    const lignes = spread(parCompte)
    return lignes.length === 0
      ? []
      : [
          {
            caisse,
            lignes,
            total: inEuros(sum(lignes.map((l) => euros(l.ht)))),
            virements: virements.get(caisse) ?? [],
          },
        ]
  })
  const total = sum(mandats.map((m) => euros(m.total)))
  const patronal = subtract(total, add(net, retenues))
  return {
    mandats,
    totaux: { net: inEuros(net), retenues: inEuros(retenues), patronal: inEuros(patronal), total: inEuros(total) },
    negatifs,
  }
}

/** A line of a mandat is positive: what is negative (an absence, a correction) takes from the largest one. */
function spread(parCompte: ReadonlyMap<string, Centimes>): { nature: string; ht: string }[] {
  const lignes = [...parCompte].filter(([, m]) => m !== 0n).sort(([, a], [, b]) => (a > b ? -1 : 1))
  const negatif = sum(lignes.filter(([, m]) => m < 0n).map(([, m]) => m))
  let reste: Centimes = negate(negatif)
  const gardees = lignes
    .filter(([, m]) => m > 0n)
    .map(([nature, m]) => {
      const pris = (reste < m ? reste : m) as Centimes
      reste = subtract(reste, pris)
      return { nature, montant: subtract(m, pris) }
    })
    .filter((l) => l.montant > 0n)
  return gardees
    .sort((a, b) => (a.nature < b.nature ? -1 : 1))
    .map((l) => ({ nature: l.nature, ht: inEuros(l.montant) }))
}
