import { type Centimes, euros, formatEuros, inEuros, subtract, ZERO } from '#socle/argent.ts'
import { formatMois } from '#socle/dates.ts'
import type { Bulletin, Ligne, Totaux } from './bulletin.ts'

export type DifferenceLigne = {
  code: string
  libelle: string
  origine?: string
  genre: 'apparue' | 'disparue' | 'modifiee'
  avant?: Ligne
  apres?: Ligne
  /** Difference of the agent's amount, then of the employer's. */
  ecart: string
  ecartPatronal: string
}
export type DifferenceTotal = { total: keyof Totaux; avant: string; apres: string; ecart: string }
export type Comparaison = { lignes: DifferenceLigne[]; totaux: DifferenceTotal[] }

/** Lines by code and month of origin; two of a same code are told apart by their order. */
function indexer(lignes: readonly Ligne[]): Map<string, Ligne> {
  const index = new Map<string, Ligne>()
  for (const l of lignes) {
    const code = `${l.groupe}/${l.code}@${l.origine ?? ''}`
    let key = code
    for (let n = 2; index.has(key); n++) key = `${code}#${n}`
    index.set(key, l)
  }
  return index
}
const ecartDe = (a: string | undefined, b: string | undefined): Centimes => subtract(euros(b ?? '0'), euros(a ?? '0'))

/** Differences from a payslip to another, line by line: last month and this one, or before and after a correction. */
export function comparer(avant: Bulletin, apres: Bulletin): Comparaison {
  const a = indexer(avant.lignes)
  const b = indexer(apres.lignes)
  const lignes: DifferenceLigne[] = []
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const x = a.get(key)
    const y = b.get(key)
    const ref = (y ?? x)!
    if (
      x &&
      y &&
      x.montant === y.montant &&
      x.montantPatronal === y.montantPatronal &&
      x.base === y.base &&
      x.taux === y.taux &&
      x.tauxPatronal === y.tauxPatronal
    )
      continue
    lignes.push({
      code: ref.code,
      libelle: ref.libelle,
      ...(ref.origine !== undefined && { origine: ref.origine }),
      genre: x === undefined ? 'apparue' : y === undefined ? 'disparue' : 'modifiee',
      ...(x && { avant: x }),
      ...(y && { apres: y }),
      ecart: inEuros(ecartDe(x?.montant, y?.montant)),
      ecartPatronal: inEuros(ecartDe(x?.montantPatronal, y?.montantPatronal)),
    })
  }
  const totaux = (Object.keys(apres.totaux) as (keyof Totaux)[])
    .filter((t) => t !== 'tauxPas' && avant.totaux[t] !== apres.totaux[t])
    .map((t) => ({
      total: t,
      avant: avant.totaux[t] ?? '0.00',
      apres: apres.totaux[t] ?? '0.00',
      ecart: inEuros(ecartDe(avant.totaux[t], apres.totaux[t])),
    }))
  return { lignes, totaux }
}

const signe = (c: Centimes): string => (c > ZERO ? `+${formatEuros(c)}` : formatEuros(c))

function phrase(d: DifferenceLigne): string {
  const { avant, apres } = d
  if (d.genre === 'apparue')
    return `${d.libelle} : nouvelle ligne, ${formatEuros(apres?.montant ?? apres?.montantPatronal ?? '0')}.`
  if (d.genre === 'disparue')
    return `${d.libelle} : la ligne n’est plus là (${formatEuros(avant?.montant ?? avant?.montantPatronal ?? '0')} avant).`
  const causes: string[] = []
  if (avant?.base !== apres?.base && avant?.base !== undefined && apres?.base !== undefined)
    causes.push(`la base passe de ${formatEuros(avant.base)} à ${formatEuros(apres.base)}`)
  if (avant?.taux !== apres?.taux && avant?.taux && apres?.taux)
    causes.push(`le taux passe de ${avant.taux.replace('.', ',')} à ${apres.taux.replace('.', ',')}`)
  if (avant?.tauxPatronal !== apres?.tauxPatronal && avant?.tauxPatronal && apres?.tauxPatronal)
    causes.push(
      `le taux de l’employeur passe de ${avant.tauxPatronal.replace('.', ',')} à ${apres.tauxPatronal.replace('.', ',')}`,
    )
  if (avant?.nombre !== apres?.nombre)
    causes.push(`le nombre passe de ${avant?.nombre ?? '0'} à ${apres?.nombre ?? '0'}`)
  const montants: string[] = []
  if (avant?.montant !== apres?.montant)
    montants.push(
      `${formatEuros(avant?.montant ?? '0')} puis ${formatEuros(apres?.montant ?? '0')} (${signe(euros(d.ecart))})`,
    )
  if (avant?.montantPatronal !== apres?.montantPatronal)
    montants.push(
      `part de l’employeur ${formatEuros(avant?.montantPatronal ?? '0')} puis ${formatEuros(apres?.montantPatronal ?? '0')} (${signe(euros(d.ecartPatronal))})`,
    )
  return `${d.libelle} : ${montants.length > 0 ? montants.join(' ; ') : 'montant inchangé'}${causes.length > 0 ? `, car ${causes.join(' et ')}` : ''}.`
}

/** The difference between two payslips, in sentences: the net first, then what explains it, the greatest first. */
export function expliquerDifference(avant: Bulletin, apres: Bulletin): string[] {
  const { lignes, totaux } = comparer(avant, apres)
  const net = totaux.find((t) => t.total === 'netAPayer')
  const tete = net
    ? `Le net à payer passe de ${formatEuros(net.avant)} (${formatMois(avant.mois)}) à ${formatEuros(net.apres)} (${formatMois(apres.mois)}), soit ${signe(euros(net.ecart))}.`
    : `Le net à payer est le même en ${formatMois(avant.mois)} et en ${formatMois(apres.mois)} : ${formatEuros(apres.totaux.netAPayer)}.`
  const poids = (d: DifferenceLigne): bigint => {
    const e = euros(d.ecart)
    const p = euros(d.ecartPatronal)
    return (e < 0n ? -e : e) * 1_000_000n + (p < 0n ? -p : p)
  }
  const triees = [...lignes].sort((x, y) => (poids(x) > poids(y) ? -1 : poids(x) < poids(y) ? 1 : 0))
  return [tete, ...triees.map(phrase)]
}
