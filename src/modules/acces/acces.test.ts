import { afterAll, beforeAll, expect, test } from 'vitest'
import { inOrganisme, inPlateforme } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { createServeur } from '#socle/http/serveur.ts'
import { newId } from '#socle/ids.ts'
import { attenteApres } from './domain/frein.ts'
import { openServices } from './essais/services.ts'
import { createPortier, hashMotDePasse, listHabilitations, registerAcces } from './index.ts'

const base = await baseDEssai()
const app = await createServeur()
registerAcces({ app, base, portier: createPortier(base) }, openServices(base).services)
afterAll(async () => {
  await app.close()
  await base.close()
})

const agence = newId<'Organisme'>()
const commune = newId<'Organisme'>()
const voisine = newId<'Organisme'>()
const secretaire = newId<'Personne'>()
const gestionnaire = newId<'Personne'>()
const binome = newId<'Personne'>()
const superviseur = newId<'Personne'>()
const PHRASE = 'les pins chantent au vent'

beforeAll(async () => {
  const empreinte = await hashMotDePasse(PHRASE)
  await base.kysely
    .insertInto('app.organisme')
    .values(
      (
        [
          [agence, 'agence', 'Agence', '299900007', '29990000700019'],
          [commune, 'commune', 'Amou', '214000028', '21400002800018'],
          [voisine, 'commune', 'Angoumé', '214000036', '21400003600011'],
        ] as const
      ).map(([id, type, nom, siren, siret]) => ({
        id,
        type,
        nom,
        siren,
        siret,
        code_insee: '40002',
        adresse: '',
        code_postal: '',
        ville: '',
        courriel: '',
        telephone: '',
        epci: null,
        rattachement: null,
        est_fictif: true,
      })),
    )
    .execute()
  await inPlateforme(base, async (tx) => {
    for (const [id, nom] of [
      [secretaire, 'secretaire'],
      [gestionnaire, 'gestionnaire'],
      [binome, 'binome'],
      [superviseur, 'superviseur'],
    ] as const) {
      await tx.insertInto('app.acces_personne').values({ id, nom, courriel: null }).execute()
      await tx
        .insertInto('app.acces_compte')
        .values({ id: newId(), personne_id: id, identifiant: `${nom}@exemple.example`, empreinte })
        .execute()
    }
  })
  const member = (organisme: string, personne: string, role: string) =>
    inOrganisme(base, organisme, (tx) =>
      tx
        .insertInto('app.acces_appartenance')
        .values({
          organisme_id: organisme,
          id: newId(),
          personne_id: personne,
          role,
          depuis: '2025-01-01',
          jusqua: null,
        })
        .execute(),
    )
  await member(commune, secretaire, 'deposant')
  await member(agence, gestionnaire, 'gestionnaire')
  await member(agence, binome, 'gestionnaire')
  await member(agence, superviseur, 'superviseur')
  await inOrganisme(base, agence, async (tx) => {
    const portefeuille = newId<'Portefeuille'>()
    await tx
      .insertInto('app.acces_portefeuille')
      .values({ organisme_id: agence, id: portefeuille, nom: 'Chalosse', gestionnaire_id: gestionnaire })
      .execute()
    await tx
      .insertInto('app.acces_portefeuille_client')
      .values({ organisme_id: agence, client: commune, portefeuille_id: portefeuille })
      .execute()
    await tx
      .insertInto('app.acces_remplacement')
      .values([
        {
          organisme_id: agence,
          id: newId(),
          portefeuille_id: portefeuille,
          remplacant_id: binome,
          depuis: '2020-01-01',
          jusqua: '2020-02-01',
          motif: 'congés passés',
        },
      ])
      .execute()
  })
})

async function signIn(nom: string, motDePasse = PHRASE) {
  const reply = await app.inject({
    method: 'POST',
    url: '/api/acces/connexion',
    payload: { identifiant: `${nom}@exemple.example`, motDePasse },
  })
  const cookies = Object.fromEntries(reply.cookies.map((c) => [c.name, c.value]))
  return { reply, cookies, csrf: cookies.bosquet_csrf ?? '' }
}

test('the right phrase opens a session that names the bodies of the person', async () => {
  const { reply, cookies } = await signIn('secretaire')
  expect(reply.statusCode).toBe(200)
  expect(reply.json().organismes.map((o: { nom: string }) => o.nom)).toEqual(['Amou'])
  const again = await app.inject({ url: '/api/acces/session', cookies })
  expect(again.json().personne.nom).toBe('secretaire')
  expect(reply.cookies.find((c) => c.name === 'bosquet_session')).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
})

test('an unknown account and a wrong password get the same reply', async () => {
  const a = (await signIn('secretaire', 'faux')).reply
  const b = (await signIn('inconnu', 'faux')).reply
  expect(a.statusCode).toBe(401)
  expect(a.body).toBe(b.body)
})

test('repeated failures are slowed down, more and more', async () => {
  expect([0, 2, 3, 4, 5, 50].map(attenteApres)).toEqual([0, 0, 5, 10, 20, 900])
  for (let i = 0; i < 3; i++) await signIn('binome', 'faux')
  const { reply } = await signIn('binome')
  expect(reply.statusCode).toBe(429)
  expect(reply.json().detail).toMatch(/Réessayez dans \d+ s/)
})

test('a closed session opens nothing', async () => {
  const { cookies, csrf } = await signIn('secretaire')
  const fin = await app.inject({ method: 'DELETE', url: '/api/acces/session', cookies, headers: { 'x-csrf': csrf } })
  expect(fin.headers['clear-site-data']).toBe('"cache"')
  expect((await app.inject({ url: '/api/acces/session', cookies })).statusCode).toBe(401)
})

test('a write without the anti-forgery token is refused', async () => {
  const { cookies } = await signIn('secretaire')
  const reply = await app.inject({ method: 'DELETE', url: '/api/acces/session', cookies })
  expect(reply.statusCode).toBe(403)
  expect((await app.inject({ url: '/api/acces/session', cookies })).statusCode).toBe(200)
})

test('one closes his own sessions, never those of another', async () => {
  const [a, b] = [await signIn('secretaire'), await signIn('superviseur')]
  const { sessions } = (await app.inject({ url: '/api/acces/sessions', cookies: b.cookies })).json()
  const reply = await app.inject({
    method: 'DELETE',
    url: `/api/acces/sessions/${sessions[0].id}`,
    cookies: a.cookies,
    headers: { 'x-csrf': a.csrf },
  })
  expect(reply.statusCode).toBe(404)
})

test('changing the password closes the other sessions', async () => {
  const [old, current] = [await signIn('gestionnaire'), await signIn('gestionnaire')]
  const change = (actuel: string) =>
    app.inject({
      method: 'PUT',
      url: '/api/acces/mot-de-passe',
      cookies: current.cookies,
      headers: { 'x-csrf': current.csrf },
      payload: { actuel, nouveau: 'une autre phrase de passe' },
    })
  expect((await change('faux')).json().champs.actuel).toBeDefined()
  expect((await change(PHRASE)).statusCode).toBe(200)
  expect((await app.inject({ url: '/api/acces/session', cookies: old.cookies })).statusCode).toBe(401)
  expect((await app.inject({ url: '/api/acces/session', cookies: current.cookies })).statusCode).toBe(200)
})

test('an officer reaches his portfolio, a past replacement gives nothing, a supervisor reaches every client', async () => {
  const reach = async (p: string) => (await listHabilitations(base, p)).map((h) => h.organismeId).sort()
  expect(await reach(gestionnaire)).toEqual([agence, commune].sort())
  expect(await reach(binome)).toEqual([agence])
  expect(await reach(superviseur)).toEqual([agence, commune].sort())
})

test('an officer never approves for the authority', async () => {
  const chez = (await listHabilitations(base, gestionnaire)).find((h) => h.organismeId === commune)
  expect(chez?.droits.has('paie.calculer')).toBe(true)
  expect(chez?.droits.has('paie.approuver')).toBe(false)
})
