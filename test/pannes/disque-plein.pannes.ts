import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { installDemonstration } from '#modules/demonstration/actions/installer.ts'
import { controlDocuments } from '#modules/documents/index.ts'
import { followProduction, launchProduction } from '#modules/paie/index.ts'
import { mois } from '#socle/dates.ts'
import { readReglages } from '#socle/reglages.ts'
import { openPlateforme } from '../../src/application.ts'
import { listEcarts, quelquesClients } from './mois-complet.ts'

/* The disk of the documents is full in the middle of a month: a real one, of a few megabytes, which then grows. */

const mount = (...options: string[]) => execFileSync('mount', options, { stdio: 'pipe' })
const umount = (dossier: string) => execFileSync('umount', ['-l', dossier], { stdio: 'pipe' })

/** Root on Linux, and not in a container that forbids it. */
function canMount(): boolean {
  const dossier = mkdtempSync(join(tmpdir(), 'bosquet-montage-'))
  try {
    mount('-t', 'tmpfs', '-o', 'size=1m', 'bosquet', dossier)
    umount(dossier)
    return true
  } catch {
    return false
  } finally {
    rmSync(dossier, { recursive: true, force: true })
  }
}

test('a disk full while the payslips are written: the production says it, nothing is half there, and it goes on', {
  timeout: 300_000,
  skip: !canMount() && '1 case skipped: no small disk can be mounted here',
}, async () => {
  const donnees = mkdtempSync(join(tmpdir(), 'bosquet-plein-'))
  const documents = join(donnees, 'documents')
  mkdirSync(documents, { mode: 0o700 })
  mount('-t', 'tmpfs', '-o', 'size=4m', 'bosquet', documents)
  try {
    const d = quelquesClients(3)
    const p = await openPlateforme(readReglages({ DONNEES: donnees, FILS: '2' }))
    await installDemonstration(p.base, p.depot, { build: () => d })
    await p.jobs.work()
    const produire = async () => {
      const id = await launchProduction(p.services, p.jobsPaie, {
        mois: mois('2025-11'),
        lanceePar: 'essai',
        jusqua: 'diffusion',
        approuveEnDemonstration: true,
      })
      return followProduction(p.base, id, () => undefined)
    }
    const plein = await produire()
    assert.ok(plein.arrets.length > 0, 'the disk was large enough: the test proves nothing')
    for (const a of plein.arrets) assert.match(a.message, /disque des documents est plein.*Libérez de la place/)
    assert.ok(plein.edites < plein.attendus)

    mount('-o', 'remount,size=64m', documents)
    const suite = await produire()
    assert.deepEqual(suite.arrets, [])
    assert.deepEqual(await listEcarts(p.base, d), [])
    for (const o of d.organismes.filter((x) => x.pex))
      assert.deepEqual((await controlDocuments(p.base, p.depot, o.id)).anomalies, [])
    await p.close()
  } finally {
    umount(documents)
    rmSync(donnees, { recursive: true, force: true })
  }
})
