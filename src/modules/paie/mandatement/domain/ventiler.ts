import { add, type Centimes, euros, inEuros, negate, share, subtract, sum, ZERO } from '#socle/argent.ts'
import { effetSurLeNet } from '../../bulletin/domain/groupes.ts'
import type { Bulletin, Ligne } from '../../calcul/index.ts'
import { compteDeCharge, compteDeCotisation } from '../../production/editions/domain/donnees.ts'

export type Comptes = {
  /** Body that receives the employer's share of a line, by its code. */
  patronal: Record<string, string>
  defaut: string
  caisses: Record<string, { nom: string; categorie: string; natureJuridique: string }>
}
/** Where a share of an agent's pay goes; the shares of an agent make one hundred percent. */
export type Part = { budgetId: string; fonction: string; quotite: string }
export type BulletinAPayer = {
  bulletin: Bulletin
  nom: string
  iban: string
  bic: string
  parts: readonly [Part, ...Part[]]
}
export type LigneDePaie = { nature: string; fonction: string; ht: string }
export type MandatDePaie = {
  budgetId: string
  caisse: string
  lignes: LigneDePaie[]
  total: string
  virements: { nom: string; iban: string; bic: string; montant: string }[]
}
export type Ventilation = {
  mandats: MandatDePaie[]
  /** What the employer owes, and where it goes: the three add up to the cent. */
  totaux: { net: string; retenues: string; patronal: string; total: string }
  /** Nothing to mandate for them: their amounts are taken back later. */
  negatifs: { nom: string; montant: string }[]
  /** A fund that gives back more than it takes: no mandat can say so, the comptable is asked. */
  reprises: { budgetId: string; caisse: string; montant: string }[]
}

const GAINS = new Set<Ligne['groupe']>(['remuneration', 'indemnitesJournalieres', 'frais'])
export const isGain = (l: Pick<Ligne, 'groupe'>): boolean => GAINS.has(l.groupe)

const poidsOf = (parts: readonly Part[]) => parts.map((p) => euros(p.quotite) as bigint)

/**
 * The mandats of a month, budget by budget: what is earned, by account and function, in favour of the agents (net paid
 * by transfer, deductions kept by the comptable for the bodies), then the contributions of the employer, one mandat for
 * each body that receives them. Each line of a payslip is shared to the cent: nothing is rounded twice.
 */
export function ventiler(bulletins: readonly BulletinAPayer[], comptes: Comptes): Ventilation {
  const sommes = new Map<string, Map<string, Centimes>>()
  const put = (part: Part, caisse: string, nature: string, montant: Centimes) => {
    const cle = JSON.stringify([part.budgetId, caisse])
    const m = sommes.get(cle) ?? new Map<string, Centimes>()
    const ligne = JSON.stringify([nature, part.fonction])
    m.set(ligne, add(m.get(ligne) ?? ZERO, montant))
    sommes.set(cle, m)
  }
  const virements = new Map<string, MandatDePaie['virements']>()
  const negatifs: Ventilation['negatifs'] = []
  let net = ZERO
  let retenues = ZERO
  for (const { bulletin: b, nom, iban, bic, parts } of bulletins) {
    const poids = poidsOf(parts)
    const caisseNet = b.population === 'elu' ? 'elus' : 'agents'
    const nets = parts.map(() => ZERO)
    for (const l of b.lignes) {
      // the accounts are those of the journal of the month
      const imputable = { population: b.population, groupe: l.groupe, code: l.code }
      for (const [i, effet] of share(effetSurLeNet(l), poids).entries()) {
        nets[i] = add(nets[i]!, effet)
        if (isGain(l)) put(parts[i]!, caisseNet, compteDeCharge(imputable).compte, effet)
        else retenues = subtract(retenues, effet)
      }
      if (l.montantPatronal !== undefined)
        for (const [i, montant] of share(euros(l.montantPatronal), poids).entries())
          put(parts[i]!, comptes.patronal[l.code] ?? comptes.defaut, compteDeCotisation(imputable).compte, montant)
    }
    const verse = euros(b.totaux.netAPayer)
    const calcule = sum(nets)
    // a negative net is not paid and is taken back: what is missing stays with the deductions
    if (calcule !== verse) {
      negatifs.push({ nom, montant: inEuros(subtract(calcule, verse)) })
      retenues = add(retenues, subtract(calcule, verse))
    }
    net = add(net, verse)
    const verses = calcule === verse ? nets : share(verse, poids)
    for (const [i, montant] of verses.entries())
      if (montant > 0n) {
        const cle = JSON.stringify([parts[i]!.budgetId, caisseNet])
        virements.set(cle, [...(virements.get(cle) ?? []), { nom, iban, bic, montant: inEuros(montant) }])
      }
  }
  const mandats: MandatDePaie[] = []
  const reprises: Ventilation['reprises'] = []
  for (const [cle, parLigne] of sommes) {
    const [budgetId, caisse] = JSON.parse(cle) as [string, string]
    const total = sum(parLigne.values())
    if (total < 0n) reprises.push({ budgetId, caisse, montant: inEuros(negate(total)) })
    if (total <= 0n) continue
    mandats.push({
      budgetId,
      caisse,
      lignes: spread(parLigne),
      total: inEuros(total),
      virements: regrouper(virements.get(cle) ?? []),
    })
  }
  const total = sum(mandats.map((m) => euros(m.total)))
  const repris = sum(reprises.map((r) => euros(r.montant)))
  const patronal = subtract(subtract(total, repris), add(net, retenues))
  return {
    mandats,
    totaux: {
      net: inEuros(net),
      retenues: inEuros(retenues),
      patronal: inEuros(patronal),
      total: inEuros(subtract(total, repris)),
    },
    negatifs,
    reprises,
  }
}

/** An agent of two functions of one budget is paid once from it. */
function regrouper(liste: MandatDePaie['virements']): MandatDePaie['virements'] {
  const parCompte = new Map<string, MandatDePaie['virements'][number]>()
  for (const v of liste) {
    const cle = `${v.nom}/${v.iban}`
    const deja = parCompte.get(cle)
    parCompte.set(cle, deja ? { ...deja, montant: inEuros(add(euros(deja.montant), euros(v.montant))) } : v)
  }
  return [...parCompte.values()]
}

/** A line of a mandat is positive: what is negative (an absence, a correction) takes from the largest one. */
function spread(parLigne: ReadonlyMap<string, Centimes>): LigneDePaie[] {
  const lignes = [...parLigne].filter(([, m]) => m !== 0n).sort(([, a], [, b]) => (a > b ? -1 : 1))
  let reste: Centimes = negate(sum(lignes.filter(([, m]) => m < 0n).map(([, m]) => m)))
  const gardees = lignes
    .filter(([, m]) => m > 0n)
    .map(([cle, m]) => {
      const pris = (reste < m ? reste : m) as Centimes
      reste = subtract(reste, pris)
      return { cle, montant: subtract(m, pris) }
    })
    .filter((l) => l.montant > 0n)
  return gardees
    .sort((a, b) => (a.cle < b.cle ? -1 : 1))
    .map((l) => {
      const [nature, fonction] = JSON.parse(l.cle) as [string, string]
      return { nature, fonction, ht: inEuros(l.montant) }
    })
}
