import { parseArgs } from 'node:util'
import { installDemonstration } from '#modules/demonstration/actions/installer.ts'
import { type BilanProduction, followProduction, launchProduction } from '#modules/paie/index.ts'
import { deMois, zMois } from '#socle/dates.ts'
import { inPlateforme } from '#socle/db/base.ts'
import { alone } from '#socle/db/migrer.ts'
import { readInstallation } from '#socle/installation.ts'
import { Refus } from '#socle/refus.ts'
import { readReglages } from '#socle/reglages.ts'
import { openPlateforme } from '../application.ts'
import type { Commande } from './index.ts'

const seconds = (s: number) => `${s.toLocaleString('fr-FR', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} s`

function printBilan(b: BilanProduction, total: number) {
  console.log('')
  console.log(`Calculés et contrôlés : ${b.bulletins} bulletins sur ${b.attendus}`)
  console.log(`Édités et remis       : ${b.edites} bulletins dans les coffres`)
  console.log(
    `Durées                : calcul ${seconds(b.durees.calcul)}, enregistrement ${seconds(b.durees.stockage)}, ` +
      `PDF ${seconds(b.durees.pdf)} (somme des fils), coffres ${seconds(b.durees.coffre)} ; en tout ${seconds(total)}`,
  )
  if (b.anomalies.length === 0) console.log('Anomalies             : aucune')
  else console.log('Anomalies             :')
  for (const a of b.anomalies)
    console.log(`  ${String(a.nombre).padStart(5)} ${a.bloquante ? 'bloquante' : 'signalée '} ${a.code} (${a.exemple})`)
  for (const a of b.arrets) console.log(`  Arrêt : ${a.nom} : ${a.message}`)
  if (b.enAttenteDApprobation > 0)
    console.log(`En attente d’approbation : ${b.enAttenteDApprobation} collectivités (leur ordonnateur doit viser).`)
}

export const produire: Commande = {
  nom: 'paie produire',
  usage: 'paie produire --mois AAAA-MM',
  aide: 'Calcule, contrôle, édite et remet tous les bulletins du mois.',
  async run(args, env) {
    const { values } = parseArgs({ args, options: { mois: { type: 'string' } }, strict: true })
    const mois = zMois.safeParse(values.mois)
    if (!mois.success) throw new Refus('usage', 'Donnez le mois : npm run bosquet -- paie produire --mois 2025-11')
    const p = await openPlateforme(readReglages(env))
    try {
      if (p.avertissement) console.log(p.avertissement)
      if (await alone(p.base, () => installDemonstration(p.base, p.depot)))
        console.log('Département de démonstration créé.')
      const demonstration = (await inPlateforme(p.base, (tx) => readInstallation(tx, 'demonstration'))) !== undefined
      if (demonstration)
        console.log(
          'Démonstration : les visas des ordonnateurs sont donnés par cette commande, et l’histoire des dossiers le dit.',
        )
      const debut = performance.now()
      await p.jobs.work()
      const id = await launchProduction(p.services, p.jobsPaie, {
        mois: mois.data,
        lanceePar: 'Commande « paie produire »',
        jusqua: 'diffusion',
        approuveEnDemonstration: demonstration,
      })
      let shown = ''
      const bilan = await followProduction(p.base, id, (a) => {
        const text = `Paie ${deMois(mois.data)} : ${a.calcules} calculés, ${a.edites} remis, sur ${a.agents}`
        if (text !== shown && process.stdout.isTTY) process.stdout.write(`\r${text}`)
        shown = text
      })
      if (process.stdout.isTTY) process.stdout.write('\n')
      else console.log(shown)
      printBilan(bilan, (performance.now() - debut) / 1000)
      const complet =
        bilan.attendus > 0 &&
        bilan.bulletins === bilan.attendus &&
        bilan.edites === bilan.attendus &&
        bilan.arrets.length === 0 &&
        bilan.enAttenteDApprobation === 0
      if (!complet) console.log('\nIl manque quelque chose : voir ci-dessus.')
      return complet ? 0 : 1
    } finally {
      await p.close()
    }
  },
}
