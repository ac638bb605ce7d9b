import { afterAll, beforeEach, expect, test } from 'vitest'
import { inPlateforme } from '#socle/db/base.ts'
import { openMaison, PHRASE } from './essais/maison.ts'

const maison = await openMaison()
afterAll(() => maison.fermer())
await maison.embaucher('jeanne')
await maison.embaucher('luc')
beforeEach(async () => {
  await inPlateforme(maison.base, (tx) => tx.deleteFrom('app.acces_frein').execute())
  maison.courriels.length = 0
})

const n = maison.ouvrirNavigateur()
const oublier = (identifiant: string) => n.ask('POST', '/api/acces/mot-de-passe/oubli', { identifiant })
const choisir = (jeton: string, nouveau: string) => n.ask('POST', '/api/acces/mot-de-passe/nouveau', { jeton, nouveau })
const jetonOf = (texte: string) => /#([\w-]+)/.exec(texte)![1]!

async function lienPour(nom: string): Promise<string> {
  await oublier(`${nom}@exemple.example`)
  await maison.travailler()
  return jetonOf(maison.courriels.at(-1)!.texte)
}

test('the reply says nothing of whether the account exists, and only a real one gets a letter', async () => {
  const [connu, inconnu] = [await oublier('jeanne@exemple.example'), await oublier('personne@exemple.example')]
  expect([connu.statusCode, connu.body]).toEqual([inconnu.statusCode, inconnu.body])
  // the account is not even looked for before the reply: its time says nothing either
  expect(maison.courriels).toEqual([])
  await maison.travailler()
  expect(maison.courriels.map((c) => c.a)).toEqual(['jeanne@exemple.example'])
})

test('the link serves once, closes every session and warns the person', async () => {
  const ancienne = maison.ouvrirNavigateur()
  await ancienne.connecter('jeanne')
  const jeton = await lienPour('jeanne')
  maison.courriels.length = 0
  expect((await choisir(jeton, 'la mer monte sur la dune')).statusCode).toBe(200)
  expect((await choisir(jeton, 'une phrase de voleur')).statusCode).toBe(400)
  expect((await ancienne.ask('GET', '/api/acces/session')).statusCode).toBe(401)
  expect(maison.courriels[0]!.objet).toContain('a changé')
  const apres = maison.ouvrirNavigateur()
  expect((await apres.connecter('jeanne', PHRASE)).statusCode).toBe(401)
  expect((await apres.connecter('jeanne', 'la mer monte sur la dune')).statusCode).toBe(200)
})

test('two clicks at once change the password once', async () => {
  const jeton = await lienPour('luc')
  const deux = await Promise.all([choisir(jeton, 'premiere phrase de luc'), choisir(jeton, 'seconde phrase de luc')])
  expect(deux.map((r) => r.statusCode).sort()).toEqual([200, 400])
})

test('an older link dies with the change, an expired one opens nothing', async () => {
  const premier = await lienPour('luc')
  const second = await lienPour('luc')
  expect((await choisir(second, 'le chat dort sur le clavier')).statusCode).toBe(200)
  expect((await choisir(premier, 'le chien dort sur le clavier')).statusCode).toBe(400)
  const tardif = await lienPour('luc')
  await inPlateforme(maison.base, (tx) =>
    tx
      .updateTable('app.acces_reinitialisation')
      .set({ expire_le: new Date(Date.now() - 1000) })
      .execute(),
  )
  expect((await choisir(tardif, 'le chien dort sur le clavier')).statusCode).toBe(400)
})

test('a known password is refused at its field, and the link stays good', async () => {
  const jeton = await lienPour('jeanne')
  const refus = await choisir(jeton, 'Qwerty123456')
  expect(refus.statusCode).toBe(400)
  expect(refus.json().champs.nouveau).toContain('listes')
  expect((await choisir(jeton, 'Jeanne@exemple')).json().champs.nouveau).toContain('nom')
  expect((await choisir(jeton, 'une barque sous les pins')).statusCode).toBe(200)
})

test('demands are slowed the same way for an account that exists and for one that does not', async () => {
  for (const qui of ['jeanne', 'nulle-part'])
    expect(
      await Promise.all([1, 2, 3, 4].map(() => oublier(`${qui}@exemple.example`).then((r) => r.statusCode))).then(
        (codes) => codes.length,
      ),
    ).toBe(4)
  const apres = await Promise.all(['jeanne', 'nulle-part'].map((q) => oublier(`${q}@exemple.example`)))
  expect(apres.map((r) => r.statusCode)).toEqual([429, 429])
})
