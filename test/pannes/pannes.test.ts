import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { installDemonstration } from '#modules/demonstration/actions/installer.ts'
import { followProduction, launchProduction } from '#modules/paie/index.ts'
import { calculerMois } from '#modules/paie/production/calculer-mois.ts'
import { mois } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { readReglages } from '#socle/reglages.ts'
import { openPlateforme } from '../../src/application.ts'
import { deuxClients, openEssai } from '../plateforme.ts'
import { listEcarts, quelquesClients } from './mois-complet.ts'

/* A process dies in the middle of the month; two people act at once; two processes want the same folder. */

const donnees = mkdtempSync(join(tmpdir(), 'bosquet-panne-'))
afterAll(() => rmSync(donnees, { recursive: true, force: true }))

const reglages = () => readReglages({ DONNEES: donnees, FILS: '1' })
const ENFANT = join(import.meta.dirname, 'enfant.ts')

/** Starts the child and kills it after some milliseconds of work; gives what it printed when it ended by itself. */
async function produire(tuerApres?: number): Promise<string> {
  const enfant = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ENFANT], {
    env: { ...process.env, DATABASE_URL: '', DONNEES: donnees, FILS: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let sortie = ''
  let minuterie: NodeJS.Timeout | undefined
  enfant.stdout.on('data', (d) => {
    sortie += d
    if (tuerApres !== undefined && minuterie === undefined)
      minuterie = setTimeout(() => enfant.kill('SIGKILL'), tuerApres)
  })
  await once(enfant, 'exit')
  clearTimeout(minuterie)
  return sortie
}

test('killed again and again during the month, Bosquet ends it by itself: no payslip missing, none double', async () => {
  const d = quelquesClients(6)
  const premier = await openPlateforme(reglages())
  await installDemonstration(premier.base, premier.depot, { build: () => d })
  await premier.close()

  // seeded moments, from the first computation to the middle of the PDFs
  for (const ms of [30, 250, 700, 1500, 400, 2500]) await produire(ms)
  const sortie = await produire()
  const bilan = JSON.parse(sortie.trim().split('\n').at(-1)!)
  expect(bilan.arrets).toEqual([])

  const p = await openPlateforme(reglages())
  expect(await listEcarts(p.base, d)).toEqual([])

  // launched again, the month changes nothing and says the same
  await p.jobs.work()
  const fichiers = async () => (await p.base.pglite!.query('select count(*)::int as n from app.document')).rows
  const avant = await fichiers()
  const id = await launchProduction(p.services, p.jobsPaie, {
    mois: mois('2025-11'),
    lanceePar: 'essai',
    jusqua: 'diffusion',
    approuveEnDemonstration: true,
  })
  const encore = await followProduction(p.base, id, () => undefined)
  expect([encore.bulletins, encore.edites, encore.attendus, encore.arrets]).toEqual([
    bilan.bulletins,
    bilan.bulletins,
    bilan.bulletins,
    [],
  ])
  expect(await fichiers()).toEqual(avant)
  await p.close()
}, 240_000)

test('two processes never open the same data folder, and the second is told plainly', async () => {
  const p = await openPlateforme(reglages())
  await expect(openPlateforme(reglages())).rejects.toMatchObject({ code: 'donnees.occupees' })
  await p.close()
  const again = await openPlateforme(reglages())
  await again.close()
}, 60_000)

test('two officers compute the same body at once: one result, the other is told', async () => {
  const essai = await openEssai()
  const [sien] = deuxClients(essai.demonstration)
  const run = (nom: string) =>
    calculerMois(essai.services, { organismeId: sien, personneId: null, nom }, mois('2025-11'))
  const [a, b] = await Promise.allSettled([run('Maïté'), run('Xan')])
  const refus = [a, b].filter((r) => r.status === 'rejected')
  expect(refus).toHaveLength(1)
  expect(refus[0]!.reason).toMatchObject({ code: expect.stringMatching(/^paie\.(calculEnCours|dejaCalcule)$/) })
  expect(refus[0]!.reason.message).toMatch(/Maïté|Xan/)
  const calculs = await inOrganisme(essai.base, sien, (tx) =>
    tx
      .selectFrom('app.paie_dossier_journal')
      .select('acte')
      .where('acte', '=', 'Calcul')
      .where('mois', '=', '2025-11')
      .execute(),
  )
  expect(calculs).toHaveLength(1)
  await essai.fermer()
}, 60_000)
