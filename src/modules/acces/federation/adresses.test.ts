import { expect, test } from 'vitest'
import { isPrivee, requireAdresse } from './adresses.ts'

const PUBLIC = { liste: [], local: false }
const why = (hotes: Parameters<typeof requireAdresse>[0], adresse: string) =>
  requireAdresse(hotes, adresse).then(
    () => 'ouverte',
    (e: { code: string; message: string }) => `${e.code} ${e.message}`,
  )

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '::1',
  '::',
  'fd00::1',
  'fe80::1',
  '::ffff:10.0.0.1',
  '::ffff:127.0.0.1',
])('%s is private', (adresse) => {
  expect(isPrivee(adresse)).toBe(true)
})

test.each(['93.184.215.14', '2606:2800:21f:cb07::1', '172.32.0.1'])('%s is public', (adresse) => {
  expect(isPrivee(adresse)).toBe(false)
})

test.each([
  'https://127.0.0.1/',
  'https://[::1]/',
  'https://[::ffff:169.254.169.254]/latest',
  'https://0x7f.1/',
  'https://2130706433/',
  'https://localhost:8443/',
])('%s is not called, however it is written', async (adresse) => {
  expect(await why(PUBLIC, adresse)).toContain('ni ProConnect ni FranceConnect')
  expect(await why({ liste: ['sso.example'], local: false }, adresse)).toContain('HOTES_IDENTITE')
})

test('only https, and the hosts of the list when there is one', async () => {
  expect(await why(PUBLIC, 'http://93.184.215.14/')).toContain('https')
  expect(await why(PUBLIC, 'file:///etc/passwd')).toContain('https')
  for (const hote of ['93.184.215.14', 'proconnect.gouv.fr.voleur.example', 'fauxproconnect.gouv.fr'])
    expect(await why(PUBLIC, `https://${hote}/`)).toContain('ni ProConnect ni FranceConnect')
  // a name of the State is let through to the network, which this test may not have
  expect(await why(PUBLIC, 'https://absent.invalide.proconnect.gouv.fr/')).not.toContain('ni ProConnect')
  const liste = { liste: ['sso.interne.example'], local: false }
  expect(await why(liste, 'https://sso.interne.example/oidc')).toBe('ouverte')
  expect(await why(liste, 'https://93.184.215.14/')).toContain('HOTES_IDENTITE')
  expect(await why({ liste: [], local: true }, 'http://127.0.0.1:4100/')).toBe('ouverte')
  expect(await why({ liste: [], local: true }, 'https://10.0.0.1/')).toContain('ni ProConnect')
})
