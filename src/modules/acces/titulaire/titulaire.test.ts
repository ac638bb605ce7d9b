import { afterAll, beforeEach, expect, test } from 'vitest'
import { inPlateforme } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { openMaison } from '../essais/maison.ts'
import { createInvitations, listAccesDeTitulaires } from '../index.ts'
import { sendRappels } from './rappels.ts'

const maison = await openMaison()
afterAll(() => maison.fermer())
beforeEach(async () => {
  await inPlateforme(maison.base, (tx) => tx.deleteFrom('app.acces_frein').execute())
  maison.courriels.length = 0
})

const PHRASE = 'une barque sous les pins'
const par = { organismeId: maison.commune, nom: 'Amou' }
const lettre = async (ids: string[]) => inPlateforme(maison.base, (tx) => createInvitations(tx, ids, par))
const n = maison.ouvrirNavigateur()
const lire = (code: string) => n.ask('POST', '/api/acces/invitation/lecture', { code })
const ouvrir = (code: string, courriel: string, motDePasse = PHRASE) =>
  n.ask('POST', '/api/acces/invitation/ouverture', { code, courriel, motDePasse })
const jetonOf = (texte: string) => /#([\w-]+)/.exec(texte)![1]!
const confirmer = (jeton: string) => n.ask('POST', '/api/acces/adresse-personnelle/confirmation', { jeton })

async function naitre(nom: string): Promise<string> {
  const id = newId<'Personne'>()
  await inPlateforme(maison.base, (tx) =>
    tx.insertInto('app.acces_personne').values({ id, nom, courriel: null }).execute(),
  )
  return id
}

test('the code of a letter opens the account of its person, once, with her own address', async () => {
  const lucie = await naitre('Lucie')
  const [l] = await lettre([lucie])
  expect((await lire(l!.code)).json()).toEqual({ prenom: '', nom: 'Lucie', emisePar: 'Amou' })
  const faible = await ouvrir(l!.code, 'lucie@maison.example', 'Qwerty123456')
  expect(faible.json().champs.motDePasse).toContain('listes')
  const reply = await ouvrir(l!.code.toLowerCase().replaceAll('-', ' '), 'Lucie@maison.example')
  expect([reply.statusCode, reply.json().identifiant]).toEqual([200, 'lucie@maison.example'])
  expect((await ouvrir(l!.code, 'voleur@maison.example')).statusCode).toBe(400)
  // a letter never opens an account again
  expect(await lettre([lucie])).toEqual([])
})

test('an address recovers the account only once its owner has answered', async () => {
  const id = await naitre('Marius')
  const [l] = await lettre([id])
  await ouvrir(l!.code, 'marius@maison.example')
  const jeton = jetonOf(maison.courriels[0]!.texte)
  maison.courriels.length = 0
  const oublier = async () => {
    await n.ask('POST', '/api/acces/mot-de-passe/oubli', { identifiant: 'marius@maison.example' })
    await maison.travailler()
    return maison.courriels.length
  }
  expect(await oublier()).toBe(0)
  expect((await confirmer(jeton)).statusCode).toBe(200)
  expect((await confirmer(jeton)).statusCode).toBe(400)
  expect(await oublier()).toBe(1)
})

test('a new letter replaces the one before, an old one opens nothing', async () => {
  const id = await naitre('Odette')
  const [premiere] = await lettre([id])
  const [seconde] = await lettre([id])
  expect((await lire(premiere!.code)).statusCode).toBe(400)
  expect((await lire(seconde!.code)).statusCode).toBe(200)
  await inPlateforme(maison.base, (tx) =>
    tx
      .updateTable('app.acces_invitation')
      .set({ expire_le: new Date(Date.now() - 1) })
      .where('personne_id', '=', id)
      .execute(),
  )
  expect((await lire(seconde!.code)).statusCode).toBe(400)
})

test('two openings at once make one account', async () => {
  const id = await naitre('Paulin')
  const [l] = await lettre([id])
  const deux = await Promise.all(['a@maison.example', 'b@maison.example'].map((c) => ouvrir(l!.code, c)))
  expect(deux.map((r) => r.statusCode === 200).sort()).toEqual([false, true])
})

test('whoever tries codes is slowed', async () => {
  const codes = []
  for (let i = 0; i < 4; i++) codes.push((await lire(`ABCD-EFGH-JKMN-PQR${i}`)).statusCode)
  expect(codes).toEqual([400, 400, 400, 429])
})

test('the code is not in the database, and the employer learns no address', async () => {
  const id = await naitre('Quitterie')
  const [l] = await lettre([id])
  const lignes = await inPlateforme(maison.base, (tx) => tx.selectFrom('app.acces_invitation').selectAll().execute())
  expect(JSON.stringify(lignes)).not.toContain(l!.code)
  const vus = await inPlateforme(maison.base, (tx) => listAccesDeTitulaires(tx, [id]))
  expect(Object.keys(vus[0]!).sort()).toEqual(['aUnCompte', 'inviteeLe', 'nom', 'personneId', 'prenom'])
})

test('a personal address opens the account of work and recovers it, once confirmed', async () => {
  await maison.embaucher('bernard')
  const b = maison.ouvrirNavigateur()
  await b.connecter('bernard')
  await b.ask('PUT', '/api/acces/adresse-personnelle', { courriel: 'Bernard@chezlui.example' })
  const entrer = () =>
    maison.ouvrirNavigateur().ask('POST', '/api/acces/connexion', {
      identifiant: 'bernard@chezlui.example',
      motDePasse: 'les pins chantent au vent',
    })
  expect((await entrer()).statusCode).toBe(401)
  expect((await b.ask('GET', '/api/acces/adresse-personnelle')).json().attente).toBe('bernard@chezlui.example')
  expect((await confirmer(jetonOf(maison.courriels[0]!.texte))).statusCode).toBe(200)
  expect((await entrer()).statusCode).toBe(200)
})

test('the address of somebody else is not taken from her', async () => {
  await maison.embaucher('claire')
  await maison.embaucher('voleur')
  const v = maison.ouvrirNavigateur()
  await v.connecter('voleur')
  // the same reply as for a free address
  expect(
    (await v.ask('PUT', '/api/acces/adresse-personnelle', { courriel: 'claire@exemple.example' })).statusCode,
  ).toBe(200)
  expect(maison.courriels[0]!.a).toBe('claire@exemple.example')
  expect((await confirmer(jetonOf(maison.courriels[0]!.texte))).statusCode).toBe(409)
})

test('whoever has not come for a year is reminded once, at a confirmed address', async () => {
  await maison.embaucher('zoe')
  await maison.embaucher('yves')
  const y = maison.ouvrirNavigateur()
  await y.connecter('yves')
  const ilYA = (jours: number) => new Date(Date.now() - jours * 24 * 3600_000)
  await inPlateforme(maison.base, async (tx) => {
    await tx
      .updateTable('app.acces_compte')
      .set({ cree_le: ilYA(400), rappele_le: null })
      .execute()
    await tx
      .updateTable('app.acces_compte')
      .set({ rappele_le: ilYA(10) })
      .where('identifiant', 'not in', ['zoe@exemple.example', 'yves@exemple.example'])
      .execute()
  })
  expect(await sendRappels(maison.services)).toBe(1)
  expect(maison.courriels.map((c) => c.a)).toEqual(['zoe@exemple.example'])
  expect(await sendRappels(maison.services)).toBe(0)
})
