import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/*
 * The month of 109 bodies, then what grows: ten times the bodies, one and two worker processes on a PostgreSQL server
 * (when DATABASE_URL gives one), the two pages of the agency after 24 months of 1,090 bodies. Each measure has its own
 * process and its own data. `npm run bench:pex -- mois` stops after the first.
 */

type Mesure = Record<string, number | string>

async function measure(nom: string, script: string, args: string[] = []): Promise<Mesure> {
  console.log(`— ${nom}`)
  const enfant = spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let sortie = ''
  enfant.stdout.on('data', (d) => {
    sortie += d
    process.stdout.write(d)
  })
  const [code] = await once(enfant, 'exit')
  if (code !== 0) throw new Error(`${nom}: the measure failed`)
  return JSON.parse(sortie.trim().split('\n').at(-1)!) as Mesure
}
const rounded = (x: number) => Math.round(x * 100) / 100

const mois = await measure('Un mois de 109 collectivités', 'pex/mois.ts')
if (process.argv[2] !== 'mois') {
  const x10 = await measure('Dix fois plus', 'pex/mois.ts', ['--fois', '10'])
  mois.x10_bulletins = x10.bulletins!
  mois.x10_total_s = x10.total_s!
  mois.x10_cout_relatif = rounded(
    Number(x10.total_s) / Number(x10.bulletins) / (Number(mois.total_s) / Number(mois.bulletins)),
  )
  mois.x10_memoire_mo = x10.memoire_mo!
  if (process.env.DATABASE_URL) {
    const un = await measure('Un processus de travail', 'pex/mois.ts', ['--travailleurs', '1'])
    const deux = await measure('Deux processus de travail', 'pex/mois.ts', ['--travailleurs', '2'])
    mois.un_worker_s = un.total_s!
    mois.deux_workers_s = deux.total_s!
  } else console.log('— Un et deux processus de travail : non mesurés sans DATABASE_URL')
  const pages = await measure('Les pages de l’agence, 1 090 collectivités, 24 mois', 'cockpit.ts')
  mois.cockpit_p95_ms = pages.cockpit_p95_ms!
  mois.liste_p95_ms = pages.liste_p95_ms!
}
console.log(JSON.stringify(mois))
