import {
  installDemonstration,
  listVitrines,
  MOT_DE_PASSE_DEMONSTRATION,
} from '#modules/demonstration/actions/installer.ts'
import { startScellement } from '#modules/journal/index.ts'
import { launchProduction } from '#modules/paie/index.ts'
import { openClamd } from '#socle/antivirus/clamd.ts'
import { mois } from '#socle/dates.ts'
import { alone } from '#socle/db/migrer.ts'
import { readReglages } from '#socle/reglages.ts'
import { buildApplication, openPlateforme, type Plateforme } from '../application.ts'
import type { Commande } from './index.ts'

/** Month that the demonstration produces by itself at its first start, so that the visited month has one to compare with. */
const MOIS_PRECEDENT = mois('2025-10')

async function installOnce(p: Plateforme): Promise<void> {
  const debut = Date.now()
  const nouvelle = await installDemonstration(p.base, p.depot, {
    onAvance(fait, total) {
      if (process.stdout.isTTY) process.stdout.write(`\rCréation du département de démonstration : ${fait} / ${total}`)
    },
  })
  if (!nouvelle) return
  if (process.stdout.isTTY) process.stdout.write('\r')
  console.log(`Département de démonstration créé en ${((Date.now() - debut) / 1000).toFixed(1)} s.`)
  await launchProduction(p.services, p.jobsPaie, {
    mois: MOIS_PRECEDENT,
    lanceePar: 'Démonstration',
    jusqua: 'diffusion',
    approuveEnDemonstration: true,
  })
}

function printAccueil(adresse: string, demonstration: boolean) {
  console.log(`\nBosquet est prêt : ${adresse}\n`)
  if (!demonstration) return
  console.log(`Comptes de démonstration (mot de passe commun : ${MOT_DE_PASSE_DEMONSTRATION})`)
  for (const v of listVitrines()) console.log(`  ${v.identifiant.padEnd(30)} ${v.vitrine}`)
  console.log('\nCtrl-C arrête Bosquet ; rien n’est perdu.')
}

export const servir: Commande = {
  nom: 'servir',
  usage: 'servir',
  aide: 'Démarre Bosquet ; crée la démonstration au premier démarrage.',
  async run(_args, env) {
    const reglages = readReglages(env)
    const p = await openPlateforme(reglages)
    if (p.avertissement) console.log(p.avertissement)
    if (reglages.demonstration && reglages.role !== 'travail') await alone(p.base, () => installOnce(p))
    if (reglages.role !== 'web') await p.jobs.work()
    const scellement =
      reglages.horodatageUrl && reglages.role !== 'web' ? startScellement(p.base, reglages.horodatageUrl) : undefined
    const app =
      reglages.role === 'travail'
        ? undefined
        : await buildApplication(p, {
            journal: { level: 'error' },
            antivirus: reglages.clamd === undefined ? undefined : openClamd(reglages.clamd),
          })
    const adresse = await app?.listen({ port: reglages.port, host: reglages.adresse })
    p.verrou?.annoncer({ pid: process.pid, ...(adresse ? { adresse } : {}) })
    if (adresse) printAccueil(adresse, reglages.demonstration)
    else console.log('Bosquet prend les travaux de la file.')
    await new Promise<void>((resolve) => {
      process.once('SIGINT', resolve)
      process.once('SIGTERM', resolve)
    })
    scellement?.stop()
    await app?.close()
    await p.close()
    return 0
  },
}
