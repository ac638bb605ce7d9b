import { afterAll, expect, test } from 'vitest'
import { inPlateforme } from '#socle/db/base.ts'
import { createAuthentificateur } from './essais/authentificateur.ts'
import { openMaison, PHRASE } from './essais/maison.ts'

const maison = await openMaison()
afterAll(() => maison.fermer())
await maison.embaucher('jeanne')

const VERROU = '/api/acces/verrou'

/** Lets time pass for every session. */
const passer = (minutes: number) =>
  inPlateforme(maison.base, async (tx) => {
    for (const s of await tx.selectFrom('app.acces_session').select(['id', 'active_le']).execute())
      await tx
        .updateTable('app.acces_session')
        .set({ active_le: new Date(s.active_le.getTime() - minutes * 60_000) })
        .where('id', '=', s.id)
        .execute()
  })

async function ouvrir(plus: object = {}) {
  const n = maison.ouvrirNavigateur()
  await n.connecter('jeanne', PHRASE, plus)
  return n
}

test('a session left alone locks by itself, sooner on a shared PC; it is not closed', async () => {
  const [partage, personnel] = [await ouvrir({ postePartage: true }), await ouvrir()]
  await passer(6)
  expect((await partage.ask('GET', '/api/acces/sessions')).statusCode).toBe(423)
  expect((await personnel.ask('GET', '/api/acces/sessions')).statusCode).toBe(200)
  expect((await partage.ask('GET', VERROU)).json()).toEqual({
    verrouillee: true,
    personne: 'jeanne',
    moyens: ['motDePasse'],
  })
})

test('the polls of a page that nobody looks at keep nothing awake', async () => {
  const n = await ouvrir({ postePartage: true })
  for (let i = 0; i < 3; i++) {
    await passer(2)
    await n.ask('GET', '/api/acces/sessions', undefined, { 'x-activite': 'non' })
  }
  expect((await n.ask('GET', '/api/acces/sessions')).statusCode).toBe(423)
  const actif = await ouvrir({ postePartage: true })
  for (let i = 0; i < 3; i++) {
    await passer(2)
    await actif.ask('GET', '/api/acces/sessions')
  }
  expect((await actif.ask('GET', '/api/acces/sessions')).statusCode).toBe(200)
})

test('the password or the code unlocks; the code is six digits that are not all alike', async () => {
  const n = await ouvrir()
  expect((await n.ask('PUT', `${VERROU}/code`, { code: '111111' })).statusCode).toBe(400)
  expect((await n.ask('PUT', `${VERROU}/code`, { code: '402468' })).statusCode).toBe(200)
  for (const cle of [{ code: '402468' }, { motDePasse: PHRASE }]) {
    await n.ask('POST', VERROU)
    expect((await n.ask('GET', '/api/acces/sessions')).statusCode).toBe(423)
    expect((await n.ask('POST', `${VERROU}/ouverture`, cle)).statusCode).toBe(200)
    expect((await n.ask('GET', '/api/acces/sessions')).statusCode).toBe(200)
  }
})

test('five wrong tries close the session, and the right code then opens nothing', async () => {
  const n = await ouvrir()
  await n.ask('POST', VERROU)
  const essais = []
  for (let i = 0; i < 5; i++)
    essais.push((await n.ask('POST', `${VERROU}/ouverture`, { code: `00000${i}` })).statusCode)
  expect(essais).toEqual([400, 400, 400, 400, 401])
  expect((await n.ask('POST', `${VERROU}/ouverture`, { code: '402468' })).statusCode).toBe(401)
})

test('tries sent together are all counted', async () => {
  const n = await ouvrir()
  await n.ask('POST', VERROU)
  await Promise.all(
    Array.from({ length: 12 }, (_, i) => n.ask('POST', `${VERROU}/ouverture`, { code: `1000${10 + i}` })),
  )
  expect((await n.ask('POST', `${VERROU}/ouverture`, { code: '402468' })).statusCode).toBe(401)
})

test('the code of a person unlocks her sessions only: it is no password', async () => {
  const n = maison.ouvrirNavigateur()
  expect((await n.connecter('jeanne', '402468')).statusCode).toBe(401)
})

test('a key unlocks when it has recognised its person; touched by anybody, it does not', async () => {
  await maison.embaucher('margot')
  const cle = createAuthentificateur('http://bosquet.test')
  const n = maison.ouvrirNavigateur()
  await n.connecter('margot')
  const CLES = '/api/acces/second-facteur/cles'
  await n.ask('POST', CLES, { nom: 'Clé', reponse: cle.inscrire((await n.ask('POST', `${CLES}/defi`)).json()) })
  await n.ask('POST', VERROU)
  expect((await n.ask('GET', VERROU)).json().moyens).toEqual(['cle', 'motDePasse'])
  const ouvrirPar = async (verifiee: boolean) => {
    const defi = (await n.ask('POST', `${CLES}/verification/defi`)).json()
    return (await n.ask('POST', `${VERROU}/ouverture`, { reponse: cle.prouver(defi, verifiee) })).statusCode
  }
  expect(await ouvrirPar(false)).toBe(400)
  expect(await ouvrirPar(true)).toBe(200)
  expect((await n.ask('GET', '/api/acces/sessions')).statusCode).toBe(200)
})
