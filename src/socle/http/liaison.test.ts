import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createClair } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { controlLiaison } from './liaison.ts'

const dossier = mkdtempSync(join(tmpdir(), 'bosquet-liaison-'))
const ouverts: { close(): void }[] = []
afterAll(() => {
  for (const s of ouverts) s.close()
  rmSync(dossier, { recursive: true })
})

function certificat(jours: number) {
  const [cle, cert] = [join(dossier, `${jours}.key`), join(dossier, `${jours}.pem`)]
  execFileSync(
    'openssl',
    `req -x509 -newkey rsa:2048 -nodes -keyout ${cle} -out ${cert} -days ${jours} -subj /CN=localhost -addext subjectAltName=DNS:localhost`.split(
      ' ',
    ),
    { stdio: 'pipe' },
  )
  return { key: readFileSync(cle, 'utf8'), cert: readFileSync(cert, 'utf8') }
}

async function servir(options: ServerOptions, entetes: Record<string, string>, clair: 'mene' | 'sert') {
  const s = createServer(options, (_, r) => r.writeHead(200, entetes).end('{}'))
  const h = createClair((_, r) =>
    clair === 'sert' ? r.writeHead(200).end('page') : r.writeHead(308, { location: 'https://localhost/' }).end(),
  )
  ouverts.push(s, h)
  const port = (x: typeof s | typeof h) =>
    new Promise<number>((resolve) => x.listen(0, () => resolve((x.address() as AddressInfo).port)))
  return { adresse: `https://localhost:${await port(s)}`, portClair: await port(h) }
}
const bons = certificat(90)
const HSTS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }

test('a proxy as it should be: nothing to say', async () => {
  const { adresse, portClair } = await servir({ ...bons, ciphers: 'ECDHE+AESGCM' }, HSTS, 'mene')
  const constats = await controlLiaison(adresse, { ca: bons.cert, portClair })
  expect(constats.filter((c) => !c.bon)).toEqual([])
  expect(constats).toHaveLength(7)
})

test('each weakness is found and named', async () => {
  const presque = certificat(3)
  const faible = await servir({ ...presque, minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' }, {}, 'sert')
  const mauvais = (await controlLiaison(faible.adresse, { portClair: faible.portClair })).filter((c) => !c.bon)
  expect(mauvais.map((c) => c.message.split(/ :| \(/)[0])).toEqual([
    'Le certificat n’est pas reconnu par cette machine',
    expect.stringMatching(/^Le certificat vaut encore [23] jours\.$/),
    'TLS 1.0 ou 1.1 est accepté',
    'Une suite sans confidentialité persistante',
    'HSTS n’est pas annoncé pour un an',
    'L’adresse en http répond 200 au lieu de mener à https.',
  ])
  expect((await controlLiaison('http://localhost:1/'))[0]!.bon).toBe(false)
  expect((await controlLiaison('https://localhost:1/'))[0]!.message).toContain('ne répond pas')
})
