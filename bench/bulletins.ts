import { cpus } from 'node:os'
import { imprimable } from '../src/modules/paie/bulletin/essai.ts'
import { renderBulletin } from '../src/modules/paie/bulletin/index.ts'

// 1,000 payslips in one thread, each with its own person and figures: seconds, ms a page, size, growth of the memory.
const NOMBRE = Number(process.argv[2] ?? 1000)
const modeles = [imprimable('titulaire'), imprimable('contractuel'), imprimable('maire')]
const decaler = (montant: string | undefined, i: number) =>
  montant === undefined ? undefined : (Number(montant) + i / 100).toFixed(2)

function bulletin(i: number) {
  const m = modeles[i % modeles.length]!
  const rubriques = m.rubriques.map((r) => ({
    ...r,
    lignes: r.lignes.map((l) => {
      const base = decaler(l.base, i)
      const effet = decaler(l.effet, i)
      return { ...l, ...(base && { base }), ...(effet && { effet }) }
    }),
  }))
  return { ...m, numero: `2025-11-${i}`, agent: { ...m.agent, nom: `Dupouy ${i}` }, rubriques }
}

const megas = () => Math.round(process.memoryUsage.rss() / 1e6)
for (let i = 0; i < 30; i++) renderBulletin(bulletin(NOMBRE + i))
let octets = 0
let pic = 0
const paliers: number[] = []
const cpu = process.cpuUsage()
const debut = performance.now()
for (let i = 0; i < NOMBRE; i++) {
  octets += renderBulletin(bulletin(i)).length
  // the native buffers are given back between two turns of the event loop, as between two tasks of a worker
  if (i % 10 === 9) await new Promise((next) => setImmediate(next))
  pic = Math.max(pic, process.memoryUsage.rss())
  if ((i + 1) % Math.ceil(NOMBRE / 5) === 0) paliers.push(megas())
}
const secondes = (performance.now() - debut) / 1000
const { user, system } = process.cpuUsage(cpu)
console.log(`memory after each fifth: ${paliers.join(', ')} MB`)
console.log(
  JSON.stringify({
    bulletins: NOMBRE,
    secondes: Number(secondes.toFixed(1)),
    ms_par_page: Number(((secondes * 1000) / NOMBRE).toFixed(2)),
    cpu_ms_par_page: Number(((user + system) / 1000 / NOMBRE).toFixed(2)),
    ko_par_bulletin: Math.round(octets / NOMBRE / 1000),
    memoire_mo: Math.round(pic / 1e6),
    coeurs: cpus().length,
  }),
)
