import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, openSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Magasin, openMagasin } from './magasin.ts'

const racine = mkdtempSync(join(tmpdir(), 'bosquet-magasin-'))
afterAll(() => rmSync(racine, { recursive: true }))
const dossier = (nom: string) => join(racine, nom)
const lot = (nombre: number, octets = Buffer.alloc(1000, 7)) =>
  Array.from({ length: nombre }, (_, i) => ({ cle: `organisme/a/${i % 7}/${i}`, octets }))
async function listAll(m: Magasin) {
  const cles: string[] = []
  for await (const cle of m.list('organisme')) cles.push(cle)
  return cles.sort()
}

test('a batch is written whole, listed, read and removed', async () => {
  const m = openMagasin(dossier('lot'))
  await m.putLot(lot(40))
  expect(await listAll(m)).toHaveLength(40)
  expect(await m.get('organisme/a/0/0')).toEqual(Buffer.alloc(1000, 7))
  expect(await m.has('organisme/a/0/0')).toBe(true)
  expect(await m.get('organisme/b/0/0')).toBeUndefined()
  await m.remove('organisme/a/0/0')
  expect(await m.has('organisme/a/0/0')).toBe(false)
  expect(readdirSync(join(dossier('lot'), 'encours'))).toEqual([])
})

test('a full disk in the middle of a batch is told in French and leaves no file, even half written', async () => {
  let ouverts = 0
  // the device answers ENOSPC to every write, as a full disk does; elsewhere than on Linux the error is made by hand
  const plein = () => {
    if (existsSync('/dev/full')) return openSync('/dev/full', 'w')
    throw Object.assign(new Error('full'), { code: 'ENOSPC' })
  }
  const m = openMagasin(dossier('plein'), { ouvrir: (c) => (++ouverts === 20 ? plein() : openSync(c, 'wx')) })
  await expect(m.putLot(lot(40))).rejects.toMatchObject({ code: 'depot.plein', status: 507 })
  expect(await listAll(m)).toEqual([])
  expect(readdirSync(join(dossier('plein'), 'encours'))).toEqual([])
  await m.putLot(lot(40))
  expect(await listAll(m)).toHaveLength(40)
})

test('half-written files are swept at start: all of them when alone, the old ones when others write too', () => {
  const encours = join(dossier('balai'), 'encours')
  openMagasin(dossier('balai'))
  writeFileSync(join(encours, 'recent.part'), 'x')
  writeFileSync(join(encours, 'vieux.part'), 'x')
  const hier = new Date(Date.now() - 86_400_000)
  utimesSync(join(encours, 'vieux.part'), hier, hier)
  openMagasin(dossier('balai'))
  expect(readdirSync(encours)).toEqual(['recent.part'])
  openMagasin(dossier('balai'), { seul: true })
  expect(readdirSync(encours)).toEqual([])
})

test('kill -9 in the middle of writes: every file that has its name is whole, the rest is swept', async () => {
  const programme = `
    import { openMagasin } from ${JSON.stringify(new URL('./magasin.ts', import.meta.url).href)}
    const m = openMagasin(${JSON.stringify(dossier('tue'))})
    for (let n = 0; ; n++) {
      await m.putLot(Array.from({ length: 50 }, (_, i) => ({ cle: 'organisme/a/' + n + '/' + i, octets: Buffer.alloc(60000, 9) })))
      process.stdout.write('.')
    }`
  const enfant = spawn(process.execPath, ['--input-type=module', '-e', programme], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(enfant.stdout, 'data')
  await new Promise((r) => setTimeout(r, 60))
  enfant.kill('SIGKILL')
  await once(enfant, 'exit')
  const m = openMagasin(dossier('tue'), { seul: true })
  const cles = await listAll(m)
  expect(cles.length).toBeGreaterThanOrEqual(50)
  for (const cle of cles) expect((await m.get(cle))?.length).toBe(60_000)
  expect(readdirSync(join(dossier('tue'), 'encours'))).toEqual([])
})
