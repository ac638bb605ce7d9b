import { followProduction, launchProduction } from '#modules/paie/index.ts'
import { agenceOf, listProductions } from '#modules/paie/production/db/productions.ts'
import { mois } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { readReglages } from '#socle/reglages.ts'
import { openPlateforme } from '../../src/application.ts'

/* A process that produces the month until it is done or killed. Run again, it goes on with the same production. */

const p = await openPlateforme(readReglages(process.env))
const agence = await agenceOf(p.base)
const [enCours] = await inOrganisme(p.base, agence, (tx) => listProductions(tx))
const id =
  enCours?.id ??
  (await launchProduction(p.services, p.jobsPaie, {
    mois: mois('2025-11'),
    lanceePar: 'essai',
    jusqua: 'diffusion',
    approuveEnDemonstration: true,
  }))
await p.jobs.work()
console.log('au travail')
const bilan = await followProduction(p.base, id, () => undefined)
console.log(JSON.stringify({ bulletins: bilan.bulletins, attendus: bilan.attendus, arrets: bilan.arrets }))
await p.close()
