import { startFournisseursDemonstration, startRappels } from '#modules/acces/index.ts'
import { startFermetures } from '#modules/coffre/index.ts'
import {
  completeDemonstration,
  installDemonstration,
  listVitrines,
  MOT_DE_PASSE_DEMONSTRATION,
} from '#modules/demonstration/actions/installer.ts'
import { startCopie, startScellement } from '#modules/journal/index.ts'
import { followProduction, launchProduction } from '#modules/paie/index.ts'
import { openClamd } from '#socle/antivirus/clamd.ts'
import { mois } from '#socle/dates.ts'
import { inPlateforme } from '#socle/db/base.ts'
import { alone } from '#socle/db/migrer.ts'
import { readInstallation } from '#socle/installation.ts'
import { Refus } from '#socle/refus.ts'
import { type Reglages, readReglages } from '#socle/reglages.ts'
import { buildApplication, openPlateforme, type Plateforme } from '../application.ts'
import type { Commande } from './index.ts'

/** Month that the demonstration produces by itself at its first start, so that the visited month has one to compare with. */
const MOIS_PRECEDENT = mois('2025-10')

/** Gives the production that it launched, when it has just made the demonstration. */
async function installOnce(p: Plateforme): Promise<string | undefined> {
  const debut = Date.now()
  const nouvelle = await installDemonstration(p.base, p.depot, {
    onAvance(fait, total) {
      if (process.stdout.isTTY) process.stdout.write(`\rCréation du département de démonstration : ${fait} / ${total}`)
    },
  })
  if (!nouvelle) return undefined
  if (process.stdout.isTTY) process.stdout.write('\r')
  console.log(`Département de démonstration créé en ${((Date.now() - debut) / 1000).toFixed(1)} s.`)
  return launchProduction(p.services, p.jobsPaie, {
    mois: MOIS_PRECEDENT,
    lanceePar: 'Démonstration',
    jusqua: 'diffusion',
    approuveEnDemonstration: true,
  })
}

/** The safes come last: the first production puts papers in them. */
async function completeOnce(p: Plateforme, production: string | undefined, arret: Promise<'arret'>): Promise<void> {
  await alone(p.base, () => completeDemonstration(p, 'demonstration.calendrier'))
  await alone(p.base, () => completeDemonstration(p, 'demonstration.finances'))
  const produite = production && followProduction(p.base, production, () => undefined).catch(() => undefined)
  if ((await Promise.race([arret, produite])) === 'arret') return
  await alone(p.base, () => completeDemonstration(p, 'demonstration.coffres'))
}

/** Beside the demonstration only: they let anybody be anyone. */
async function startFournisseurs(p: Plateforme, reglages: Reglages, adresse: string | undefined) {
  if (!reglages.fournisseurIdentite || adresse === undefined) return []
  if ((await inPlateforme(p.base, (tx) => readInstallation(tx, 'demonstration'))) === undefined)
    throw new Refus('reglages', 'FOURNISSEUR_IDENTITE=demonstration ne sert qu’avec les données de démonstration.')
  const { port } = new URL(adresse)
  return startFournisseursDemonstration(p.acces, {
    port: Number(port) + 1,
    adresses: [...new Set([adresse, `http://localhost:${port}`, reglages.adressePublique])],
    identites: listVitrines().map((v) => ({
      sub: v.identifiant,
      libelle: v.vitrine,
      given_name: v.identifiant.split('@')[0]!,
      usual_name: 'Démonstration',
      email: v.identifiant,
    })),
  })
}

function printAccueil(adresse: string, demonstration: boolean) {
  console.log(`\nBosquet est prêt : ${adresse}\n`)
  if (!demonstration) return
  console.log(`Comptes de démonstration (mot de passe commun : ${MOT_DE_PASSE_DEMONSTRATION})`)
  console.log('Second facteur de la démonstration : 246810, déjà saisi à la deuxième étape')
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
    const enDemonstration = reglages.demonstration && reglages.role !== 'travail'
    const production = enDemonstration ? await alone(p.base, () => installOnce(p)) : undefined
    if (reglages.role !== 'web') {
      await inPlateforme(p.base, (tx) => p.jobs.enqueue(tx, p.jobsPaie.quotidien, {}))
      await p.jobs.work()
    }
    const rappels = reglages.role === 'web' ? undefined : startRappels(p.acces)
    const fermetures = reglages.role === 'web' ? undefined : startFermetures(p)
    const copie = reglages.journalVers && reglages.role !== 'web' ? startCopie(p.base, reglages.journalVers) : undefined
    const scellement =
      reglages.horodatageUrl && reglages.role !== 'web' ? startScellement(p.base, reglages.horodatageUrl) : undefined
    const app =
      reglages.role === 'travail'
        ? undefined
        : await buildApplication(p, {
            journal: { level: 'error' },
            limite: reglages.demandesParMinute,
            antivirus: reglages.clamd === undefined ? undefined : openClamd(reglages.clamd),
          })
    const adresse = await app?.listen({ port: reglages.port, host: reglages.adresse })
    p.verrou?.annoncer({ pid: process.pid, ...(adresse ? { adresse } : {}) })
    const fournisseurs = await startFournisseurs(p, reglages, adresse)
    if (adresse) printAccueil(adresse, reglages.demonstration)
    else console.log('Bosquet prend les travaux de la file.')
    const arret = new Promise<'arret'>((resolve) => {
      process.once('SIGINT', () => resolve('arret'))
      process.once('SIGTERM', () => resolve('arret'))
    })
    const suite = enDemonstration
      ? completeOnce(p, production, arret).catch((e) => console.error('[démonstration]', e))
      : undefined
    await arret
    await suite
    scellement?.stop()
    copie?.stop()
    rappels?.stop()
    fermetures?.stop()
    for (const f of fournisseurs) await f.close()
    await app?.close()
    await p.close()
    return 0
  },
}
