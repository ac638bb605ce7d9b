// Random situations without end: `npm run fuzz:paie -- 1000000 [seed]`.
import fc from 'fast-check'
import { addMois, type Mois } from '#socle/dates.ts'
import type { Cumuls } from '../bulletin.ts'
import { computeBulletin } from '../calculer.ts'
import { controlerBulletin } from '../controler.ts'
import type { Rappel } from '../rappels.ts'
import type { Situation } from '../situation.ts'
import { mois, situation } from './arbitraires.ts'
import { jeuEssai } from './jeu-essai.ts'

const total = Number(process.argv[2] ?? 100_000)
const seed = Number(process.argv[3] ?? 1)
const parametres = jeuEssai()
const LOT = 4_000
/** Drawing a situation costs ten times its payslip: each one drawn gives four neighbours. */
const VOISINS = 5
const motifs = new Map<string, number>()
let fait = 0
let bulletins = 0
let plusLong = 0

/** A small generator of its own, so that a seed always gives the same neighbours. */
let etat = seed
const hasard = (n: number): number => {
  etat = (Math.imul(etat, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((etat / 2 ** 32) * n)
}
const voisin = (s: Situation): Situation => ({
  ...s,
  ...(s.im !== undefined && { im: 300 + hasard(900) }),
  ...(s.minutesHebdo !== undefined && { minutesHebdo: hasard(2101) }),
  ...(s.enfants !== undefined && { enfants: hasard(7) }),
  ...(s.primes && { primes: s.primes.map((p) => ({ ...p, montant: (hasard(400_000) / 100).toFixed(2) })) }),
  ...(s.retenues && { retenues: s.retenues.map((r) => ({ ...r, montant: (hasard(300_000) / 100).toFixed(2) })) }),
  ...(s.elu && { elu: { ...s.elu, population: hasard(120_000) } }),
})

/** Computes and controls; gives the accumulators to carry. */
function eprouver(
  s: Situation,
  at: Mois,
  cumuls: Cumuls | undefined,
  rappels: Rappel[] | undefined,
): Cumuls | undefined {
  fait++
  const t = performance.now()
  const r = computeBulletin({
    mois: at,
    situation: s,
    cumuls: cumuls && cumuls.mois < at ? cumuls : undefined,
    parametres,
    rappels,
  })
  plusLong = Math.max(plusLong, performance.now() - t)
  if (!r.bulletin) {
    const code = r.anomalies.find((a) => a.bloquante)?.code
    if (!code) throw new Error(`neither payslip nor reason: ${JSON.stringify({ s, at })}`)
    motifs.set(code, (motifs.get(code) ?? 0) + 1)
    return cumuls
  }
  bulletins++
  const faux = controlerBulletin(r.bulletin)
  if (faux.length > 0 || r.bulletin.totaux.netAPayer.startsWith('-')) {
    console.error(JSON.stringify({ s, at, rappels, faux }, null, 1))
    process.exit(1)
  }
  return r.cumuls
}

const debut = performance.now()
for (let lot = 0; fait < total; lot++) {
  let cumuls: Cumuls | undefined
  for (const [s, at, avant] of fc.sample(fc.tuple(situation, mois, fc.option(situation)), {
    numRuns: LOT,
    seed: seed + lot,
  })) {
    let precedente = avant ?? undefined
    for (let i = 0; i < VOISINS && fait < total; i++) {
      const celle = i === 0 ? s : voisin(s)
      const month = i === 0 ? at : addMois(at, hasard(7) - 3)
      // A past month is corrected, or paid late, or taken back.
      const rappels =
        precedente && month > '2024-01'
          ? [{ mois: '2024-01' as Mois, avant: precedente, ...(hasard(5) > 0 && { apres: celle }) }]
          : undefined
      cumuls = eprouver(celle, month, cumuls, rappels)
      precedente = hasard(2) === 0 ? celle : undefined
    }
  }
  if (lot % 10 === 9)
    console.error(`${fait} situations, ${bulletins} bulletins, ${((performance.now() - debut) / 1000).toFixed(0)} s`)
}
console.log(
  `${fait} situations : ${bulletins} bulletins, ${fait - bulletins} refus motivés, le plus long ${plusLong.toFixed(1)} ms, ${((performance.now() - debut) / 1000).toFixed(0)} s`,
)
for (const [code, n] of [...motifs].sort((a, b) => b[1] - a[1])) console.log(`  ${code} : ${n}`)
