import { afterAll, expect, test } from 'vitest'
import { inOrganisme } from '#socle/db/base.ts'
import { createAuthentificateur } from './essais/authentificateur.ts'
import { openMaison } from './essais/maison.ts'

const maison = await openMaison()
afterAll(() => maison.fermer())
await maison.embaucher('jeanne')

/** Acts of the agency's journal since the last call, the oldest first. */
let lues = 0
async function nouveaux(): Promise<string[]> {
  const rows = await inOrganisme(maison.base, maison.agence, (tx) =>
    tx
      .selectFrom('app.journal_ecriture')
      .select(['numero', 'evenement'])
      .where('numero', '>', lues)
      .orderBy('numero')
      .execute(),
  )
  lues = Number(rows.at(-1)?.numero ?? lues)
  return rows.map((r) => (JSON.parse(r.evenement) as { acte: string }).acte)
}
async function entrer() {
  const n = maison.ouvrirNavigateur()
  await n.connecter('jeanne')
  await nouveaux()
  return n
}

test('a session that is locked, opened again, then closed by wrong tries is in the journal', async () => {
  const n = await entrer()
  await n.ask('POST', '/api/acces/verrou')
  await n.ask('POST', '/api/acces/verrou/ouverture', { motDePasse: 'les pins chantent au vent' })
  expect(await nouveaux()).toEqual(['session.verrouiller', 'session.deverrouiller'])
  await n.ask('POST', '/api/acces/verrou')
  await nouveaux()
  for (let i = 0; i < 5; i++) await n.ask('POST', '/api/acces/verrou/ouverture', { code: `00000${i}` })
  expect(await nouveaux()).toEqual([...Array<string>(5).fill('verrou.refuser'), 'session.fermer'])
})

test('a write that does not come from the page is told once', async () => {
  const n = await entrer()
  for (let i = 0; i < 3; i++) await n.ask('POST', '/api/acces/verrou', undefined, { 'x-csrf': 'forge' })
  expect(await nouveaux()).toEqual(['origine.refuser'])
})

test('a new password is told when it is asked for, by an account that exists, and when it is done', async () => {
  await nouveaux()
  for (const nom of ['jeanne', 'personne'])
    await maison
      .ouvrirNavigateur()
      .ask('POST', '/api/acces/mot-de-passe/oubli', { identifiant: `${nom}@exemple.example` })
  await maison.travailler()
  expect(await nouveaux()).toEqual(['motDePasse.demander'])
  const jeton = /#(\S+)/.exec(maison.courriels.at(-1)!.texte)![1]
  const corps = { jeton, nouveau: 'la mer monte sur la dune' }
  expect((await maison.ouvrirNavigateur().ask('POST', '/api/acces/mot-de-passe/nouveau', corps)).statusCode).toBe(200)
  expect(await nouveaux()).toEqual(['motDePasse.changer'])
})

test('a second factor that is refused is in the journal, a passkey too', async () => {
  await maison.embaucher('marie')
  const cle = createAuthentificateur('http://bosquet.test')
  const marie = maison.ouvrirNavigateur()
  await marie.connecter('marie')
  const options = (await marie.ask('POST', '/api/acces/second-facteur/cles/defi')).json()
  await marie.ask('POST', '/api/acces/second-facteur/cles', { nom: 'Clé', reponse: cle.inscrire(options) })
  const n = maison.ouvrirNavigateur()
  await n.connecter('marie')
  const defi = (await n.ask('POST', '/api/acces/second-facteur/cles/verification/defi')).json()
  await nouveaux()
  const reponse = createAuthentificateur('http://autre.test').prouver(defi)
  expect((await n.ask('POST', '/api/acces/second-facteur/cles/verification', { reponse })).statusCode).toBe(400)
  await n.ask('POST', '/api/acces/second-facteur', { moyen: 'secours', code: 'ABCDEFGHJKMNPQRS' })
  expect(await nouveaux()).toEqual(['secondFacteur.refuser', 'secondFacteur.refuser'])
})
