import { afterAll, beforeAll, expect, test } from 'vitest'
import { erreurSansDonnees } from './securite.ts'
import { createServeur } from './serveur.ts'

const app = await createServeur({ limite: 20 })
beforeAll(() => {
  app.route({ method: ['GET', 'POST'], url: '/api/essai', handler: async () => ({ ok: true }) })
  app.get('/page', async () => 'page')
  app.post('/api/panne', async () => {
    throw Object.assign(new Error('duplicate key value'), { code: '23505', detail: 'Key (nir)=(185...) exists' })
  })
})
afterAll(() => app.close())

const ask = (method: 'GET' | 'POST', headers: Record<string, string>, url = '/api/essai') =>
  app.inject({
    method,
    url,
    headers: { host: 'bosquet.example', ...headers },
    remoteAddress: `10.0.0.${serie++ % 250}`,
  })
let serie = 0

test.each([
  ['POST', { origin: 'https://pirate.example' }],
  ['POST', { origin: 'null' }],
  ['POST', { origin: 'https://bosquet.example.pirate.example' }],
  ['POST', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
  ['POST', { 'sec-fetch-site': 'same-site' }],
  ['GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
  ['GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }],
] as const)('%s from another site is refused: %j', async (method, headers) => {
  const reply = await ask(method, headers)
  expect([reply.statusCode, reply.json().code]).toEqual([403, 'origine'])
})

test.each([
  ['POST', { origin: 'https://bosquet.example', 'sec-fetch-site': 'same-origin' }],
  ['POST', {}],
  ['GET', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }],
  ['GET', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
  ['GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
] as const)('%s from our pages, a program or a link is served: %j', async (method, headers) => {
  expect((await ask(method, headers)).statusCode).toBe(200)
})

test('the headers of every reply', async () => {
  const { headers } = await ask('GET', {})
  expect(headers['content-security-policy']).toMatch(/script-src 'self'(;|$)/)
  expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/)
  expect(headers['content-security-policy']).toContain("base-uri 'none'")
  expect(headers['content-security-policy']).toContain("frame-ancestors 'self'")
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  })
  expect(headers['permissions-policy']).toContain('camera=()')
  expect(headers['x-powered-by']).toBeUndefined()
  expect(headers.server).toBeUndefined()
})

test('one address that asks too much waits, in French; another is served', async () => {
  const from = (remoteAddress: string) => app.inject({ url: '/page', remoteAddress })
  for (let i = 0; i < 20; i++) expect((await from('192.0.2.1')).statusCode).toBe(200)
  const trop = await from('192.0.2.1')
  expect([trop.statusCode, trop.json().code]).toEqual([429, 'demandes.tropNombreuses'])
  expect((await from('192.0.2.2')).statusCode).toBe(200)
})

test('an error is kept without the values of the row, and the visitor sees none of it', async () => {
  const reply = await ask('POST', {}, '/api/panne')
  expect(reply.statusCode).toBe(500)
  expect(reply.body).not.toMatch(/duplicate|nir|185/)
  const garde = erreurSansDonnees(Object.assign(new Error('x'), { code: '23505', detail: 'Key (nir)=(185)' }))
  expect(garde).toMatchObject({ message: 'x', code: '23505' })
  expect(JSON.stringify(garde)).not.toContain('185')
})

test('what is not JSON, too deep in ways, or too long, stops at the door', async () => {
  const send = (payload: string, type = 'application/json') =>
    app.inject({ method: 'POST', url: '/api/essai', payload, headers: { 'content-type': type } })
  expect((await send('{"a":')).statusCode).toBe(400)
  expect((await send('{"__proto__":{"admin":true}}')).statusCode).toBe(400)
  expect((await send('{"constructor":{"prototype":{"admin":true}}}')).statusCode).toBe(400)
  for (const sale of ['{"a":"\\u0000"}', '{"a":["\\ud800"]}', '{"\\udc00":1}'])
    expect((await send(sale)).statusCode).toBe(400)
  expect((await send('{"a":"\\ud83d\\ude00 \\\\ud800"}')).statusCode).toBe(200)
  expect((await send(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).statusCode).toBe(400)
  expect((await app.inject({ url: '/api/essai?a=%00' })).statusCode).toBe(400)
  expect((await send(`{"a":"${'x'.repeat(6 * 1024 * 1024)}"}`)).statusCode).toBe(413)
  expect((await send('<a/>', 'application/xml')).statusCode).toBe(415)
})

test('behind a proxy in HTTPS, what came to it in clear gets a redirection for a page, a refusal for a program', async () => {
  process.env.HTTPS = 'oui'
  process.env.DERRIERE_MANDATAIRE = 'oui'
  try {
    const clair = { 'x-forwarded-proto': 'http' }
    const page = await ask('GET', clair, '/page?a=1')
    expect([page.statusCode, page.headers.location]).toEqual([308, 'https://bosquet.example/page?a=1'])
    for (const methode of ['GET', 'POST'] as const) {
      const reply = await ask(methode, clair)
      expect([reply.statusCode, reply.json().code]).toEqual([403, 'liaison.claire'])
    }
    expect((await ask('GET', { 'x-forwarded-proto': 'https' }, '/page')).statusCode).toBe(200)
  } finally {
    delete process.env.HTTPS
    delete process.env.DERRIERE_MANDATAIRE
  }
})
