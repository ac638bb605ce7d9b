import { afterAll, expect, test } from 'vitest'
import { inOrganisme } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { openMaison } from '../essais/maison.ts'

const maison = await openMaison()
afterAll(() => maison.fermer())
const { base, agence, commune } = maison

const sylvie = await maison.officier('sylvie', 'superviseur')
const gaston = await maison.officier('gaston', 'gestionnaire')
const gilles = await maison.officier('gilles', 'gestionnaire')
const URL = '/api/acces/portefeuilles'
const [nord, sud] = [newId<'Portefeuille'>(), newId<'Portefeuille'>()]
const lirePaie = (qui: typeof gaston) => qui.ask('GET', '/api/essai/paie', undefined, commune).then((r) => r.statusCode)

test('a body is followed by the officer of its portfolio, at once, and by nobody else', async () => {
  const vide = (await sylvie.ask('GET', URL)).json()
  expect([vide.portefeuilles, vide.sansPortefeuille]).toEqual([[], [{ id: commune, nom: 'Amou' }]])
  expect(vide.gestionnaires.map((g: { id: string }) => g.id).sort()).toEqual([gaston.personne, gilles.personne].sort())
  await sylvie.ask('PUT', `${URL}/${nord}`, { nom: 'Nord', gestionnaireId: gaston.personne })
  await sylvie.ask('PUT', `${URL}/${sud}`, { nom: 'Sud', gestionnaireId: gilles.personne })
  expect(await lirePaie(gaston)).toBe(404)
  await sylvie.ask('POST', `${URL}/affectations`, { organismes: [commune], portefeuilleId: nord })
  expect([await lirePaie(gaston), await lirePaie(gilles)]).toEqual([200, 404])
  await sylvie.ask('POST', `${URL}/affectations`, { organismes: [commune], portefeuilleId: sud })
  expect([await lirePaie(gaston), await lirePaie(gilles)]).toEqual([404, 200])
})

test('given for good to another officer, and taken out: the history says who, which and until when', async () => {
  await sylvie.ask('PUT', `${URL}/${sud}`, { nom: 'Sud et littoral', gestionnaireId: gaston.personne })
  expect([await lirePaie(gaston), await lirePaie(gilles)]).toEqual([200, 404])
  const r = (await sylvie.ask('POST', `${URL}/affectations`, { organismes: [commune], portefeuilleId: null })).json()
  expect(await lirePaie(gaston)).toBe(404)
  const vu = r.portefeuilles.find((p: { id: string }) => p.id === sud)
  expect([vu.nom, vu.gestionnaire, vu.organismes]).toEqual(['Sud et littoral', expect.stringMatching(/gaston/), []])
  const jour = new Date().toISOString().slice(0, 10)
  expect(
    vu.histoire.map((h: { quoi: string; nom: string; depuis: string; jusqua: string | null; parNom: string }) => [
      h.quoi,
      h.nom.trim(),
      h.depuis === null ? null : h.depuis.slice(0, 4),
      h.jusqua !== null,
      h.parNom,
    ]),
  ).toEqual(
    expect.arrayContaining([
      ['gestionnaire', 'gilles', jour.slice(0, 4), true, 'sylvie'],
      ['gestionnaire', 'gaston', jour.slice(0, 4), false, 'sylvie'],
      ['organisme', 'Amou', jour.slice(0, 4), true, 'sylvie'],
    ]),
  )
})

test('what was there before the history is kept with its end; the member reads who follows it', async () => {
  const est = newId<'Portefeuille'>()
  await inOrganisme(base, agence, async (tx) => {
    await tx
      .insertInto('app.acces_portefeuille')
      .values({ organisme_id: agence, id: est, nom: 'Est', gestionnaire_id: gilles.personne })
      .execute()
    await tx
      .insertInto('app.acces_portefeuille_client')
      .values({ organisme_id: agence, client: commune, portefeuille_id: est })
      .execute()
  })
  const r = (await sylvie.ask('POST', `${URL}/affectations`, { organismes: [commune], portefeuilleId: nord })).json()
  const vu = r.portefeuilles.find((p: { id: string }) => p.id === est)
  expect(vu.histoire).toMatchObject([{ quoi: 'organisme', nom: 'Amou', depuis: null, jusqua: expect.any(String) }])
  const chez = (id: string) =>
    inOrganisme(base, id, (tx) =>
      tx.selectFrom('app.journal_ecriture').select('evenement').where('acte', '=', 'portefeuille.affecter').execute(),
    )
  expect((await chez(commune)).map((e) => JSON.parse(e.evenement).detail.portefeuille)).toEqual([
    'Nord',
    'Sud',
    'aucun',
    'Nord',
  ])
  expect(await chez(agence)).toHaveLength(4)
})

test('an officer, a body or a portfolio that is not there is not found; an officer settles nothing himself', async () => {
  const faux = newId()
  expect((await gaston.ask('GET', URL)).statusCode).toBe(403)
  expect((await sylvie.ask('PUT', `${URL}/${faux}`, { nom: 'X', gestionnaireId: sylvie.personne })).statusCode).toBe(
    404,
  )
  expect(
    (await sylvie.ask('POST', `${URL}/affectations`, { organismes: [faux], portefeuilleId: nord })).statusCode,
  ).toBe(404)
  expect(
    (await sylvie.ask('POST', `${URL}/affectations`, { organismes: [agence], portefeuilleId: nord })).statusCode,
  ).toBe(404)
  expect(
    (await sylvie.ask('POST', `${URL}/affectations`, { organismes: [commune], portefeuilleId: faux })).statusCode,
  ).toBe(404)
})
