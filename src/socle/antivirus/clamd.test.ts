import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openClamd, readAdresseClamd } from './clamd.ts'

/** The test file of the EICAR, made here so that no antivirus takes this source for it. */
const EICAR = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''))
const CLAMD = ['/usr/sbin/clamd', '/usr/local/sbin/clamd'].find((f) => existsSync(f))
const dossier = mkdtempSync(join(tmpdir(), 'clamd-'))
afterAll(() => rmSync(dossier, { recursive: true, force: true }))

test('addresses of clamd', () => {
  expect(readAdresseClamd('tcp://antivirus.agence.example:3311')).toEqual({
    host: 'antivirus.agence.example',
    port: 3311,
  })
  expect(readAdresseClamd('unix:/run/clamav/clamd.ctl')).toEqual({ path: '/run/clamav/clamd.ctl' })
})

describe('the protocol', () => {
  let serveur: Server
  let adresse: string
  let reponse = 'stream: OK\0'
  const recus: Buffer[] = []
  beforeAll(async () => {
    serveur = createServer((s) => {
      const morceaux: Buffer[] = []
      s.on('data', (d) => {
        morceaux.push(d)
        const tout = Buffer.concat(morceaux)
        if (!tout.subarray(-4).equals(Buffer.alloc(4))) return
        recus.push(tout)
        if (reponse === '') s.end()
        else s.end(reponse, 'latin1')
      })
      s.on('error', () => {})
    })
    await new Promise<void>((r) => serveur.listen(join(dossier, 'faux.ctl'), r))
    adresse = `unix:${join(dossier, 'faux.ctl')}`
  })
  afterAll(() => new Promise<void>((r) => serveur.close(() => r())))

  test('sends every byte once, in chunks that say their length', async () => {
    const octets = Buffer.alloc(150_000, 7)
    await openClamd(adresse).analyser(octets)
    const recu = recus.at(-1)!
    expect(recu.subarray(0, 10).toString()).toBe('zINSTREAM\0')
    let place = 10
    let lus = 0
    for (;;) {
      const taille = recu.readUInt32BE(place)
      if (taille === 0) break
      expect(recu.subarray(place + 4, place + 4 + taille).every((b) => b === 7)).toBe(true)
      lus += taille
      place += 4 + taille
    }
    expect(lus).toBe(150_000)
  })

  test.each([
    ['stream: Eicar FOUND\0', 'fichier.infecte'],
    ['INSTREAM size limit exceeded. ERROR\0', 'fichier.antivirusAbsent'],
    ['', 'fichier.antivirusAbsent'],
  ])('answer %j gives %s', async (texte, code) => {
    reponse = texte
    await expect(openClamd(adresse).analyser(Buffer.from('x'))).rejects.toMatchObject({ code })
  })

  test('nobody at the address: the file is refused, never let through', async () => {
    await expect(openClamd(`unix:${join(dossier, 'absent.ctl')}`).analyser(EICAR)).rejects.toMatchObject({
      code: 'fichier.antivirusAbsent',
    })
  })
})

describe('a real clamd', () => {
  let clamd: ChildProcess | undefined
  const socket = join(dossier, 'clamd.ctl')
  beforeAll(async () => {
    if (!CLAMD) return
    const md5 = createHash('md5').update(EICAR).digest('hex')
    writeFileSync(join(dossier, 'eicar.hdb'), `${md5}:${EICAR.length}:Eicar-Essai\n`)
    writeFileSync(
      join(dossier, 'clamd.conf'),
      [
        `LocalSocket ${socket}`,
        `DatabaseDirectory ${dossier}`,
        `PidFile ${join(dossier, 'clamd.pid')}`,
        'Foreground yes',
        'MaxThreads 2',
        `User ${userInfo().username}`,
      ].join('\n'),
    )
    clamd = spawn(CLAMD, ['-c', join(dossier, 'clamd.conf')], { stdio: 'ignore' })
    for (let i = 0; i < 200 && !existsSync(socket); i++) await new Promise((r) => setTimeout(r, 50))
  }, 20_000)
  afterAll(() => {
    clamd?.kill()
  })

  test.runIf(CLAMD)('knows the EICAR file by a local signature, and lets the others through', async () => {
    const antivirus = openClamd(`unix:${socket}`)
    await antivirus.analyser(Buffer.from('%PDF-1.4 un arrêté'))
    await expect(antivirus.analyser(EICAR)).rejects.toMatchObject({
      code: 'fichier.infecte',
      message: expect.stringContaining('Eicar-Essai'),
    })
  })
  test.runIf(!CLAMD)('is not installed here: its test is skipped', () => {
    console.warn('1 case skipped: no clamd on this machine (apt-get install clamav-daemon)')
    expect(CLAMD).toBeUndefined()
  })
})
