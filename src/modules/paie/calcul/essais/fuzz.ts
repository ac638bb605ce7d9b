// Random situations without end: `npm run fuzz:paie -- 1000000 [seed]`.
import fc from 'fast-check'
import type { Cumuls } from '../bulletin.ts'
import { computeBulletin } from '../calculer.ts'
import { controlerBulletin } from '../controler.ts'
import { mois, situation } from './arbitraires.ts'
import { jeuEssai } from './jeu-essai.ts'

const total = Number(process.argv[2] ?? 100_000)
const seed = Number(process.argv[3] ?? 1)
const parametres = jeuEssai()
const LOT = 20_000
let bulletins = 0
let refus = 0
let plusLong = 0
const motifs = new Map<string, number>()
const debut = performance.now()

for (let fait = 0; fait < total; fait += LOT) {
  let cumuls: Cumuls | undefined
  for (const [s, at, avant] of fc.sample(fc.tuple(situation, mois, fc.option(situation)), {
    numRuns: Math.min(LOT, total - fait),
    seed: seed + fait,
  })) {
    const t = performance.now()
    // One payslip in two carries the accumulators of another situation, one in two corrects a past month.
    const rappels = avant ? [{ mois: '2024-01' as typeof at, avant, apres: s }] : undefined
    const r = computeBulletin({
      mois: at,
      situation: s,
      cumuls: cumuls && cumuls.mois < at ? cumuls : undefined,
      parametres,
      rappels,
    })
    plusLong = Math.max(plusLong, performance.now() - t)
    if (r.bulletin) {
      bulletins++
      cumuls = r.cumuls
      const faux = controlerBulletin(r.bulletin)
      if (faux.length > 0 || r.bulletin.totaux.netAPayer.startsWith('-')) {
        console.error(JSON.stringify({ s, at, rappels, faux }, null, 1))
        process.exit(1)
      }
    } else {
      refus++
      const code = r.anomalies.find((a) => a.bloquante)?.code
      if (!code) throw new Error(`neither payslip nor reason: ${JSON.stringify({ s, at })}`)
      motifs.set(code, (motifs.get(code) ?? 0) + 1)
    }
  }
}
console.log(
  `${bulletins} bulletins, ${refus} refus motivés, le plus long ${plusLong.toFixed(1)} ms, ${((performance.now() - debut) / 1000).toFixed(0)} s`,
)
for (const [code, n] of [...motifs].sort((a, b) => b[1] - a[1])) console.log(`  ${code} : ${n}`)
