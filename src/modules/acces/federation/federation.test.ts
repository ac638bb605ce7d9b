import { afterAll, expect, test } from 'vitest'
import { inOrganisme, inPlateforme } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { openMaison } from '../essais/maison.ts'
import { startFournisseursDemonstration } from './demonstration.ts'
import { type FournisseurLocal, openFournisseurLocal } from './fournisseur-local.ts'

const maison = await openMaison()
const SECRET = 'secret-de-l-essai-assez-long'
const SIRET = '21400002800018'
const identites = [
  {
    sub: 'pc-marie',
    libelle: 'Marie',
    given_name: 'Marie',
    usual_name: 'Dubos',
    email: 'Marie@exemple.example',
    siret: SIRET,
  },
  {
    sub: 'pc-paul',
    libelle: 'Paul',
    given_name: 'Paul',
    usual_name: 'Lafitte',
    email: 'paul@exemple.example',
    siret: '21400003600011',
  },
  { sub: 'pc-inconnu', libelle: 'X', given_name: 'X', usual_name: 'X', email: 'inconnu@ailleurs.example' },
  { sub: 'fc-agathe', libelle: 'Agathe', given_name: 'Agathe', usual_name: 'Sentex', email: 'agathe@exemple.example' },
]
const open = (nature: string) =>
  openFournisseurLocal({
    port: 0,
    identites,
    client: { id: 'bosquet', secret: SECRET },
    retours: [`http://bosquet.test/api/acces/federation/${nature}/retour`],
    apresDeconnexion: ['http://bosquet.test/connexion'],
    userinfoSigne: true,
  })
const locaux: Record<string, FournisseurLocal> = {
  proconnect: await open('proconnect'),
  franceconnect: await open('franceconnect'),
}
afterAll(async () => {
  for (const f of Object.values(locaux)) await f.close()
  await maison.fermer()
})
await maison.embaucher('marie', 'deposant')
await maison.embaucher('paul', 'deposant')
await maison.embaucher('agathe')
const technique = await maison.embaucher('technique')
await inOrganisme(maison.base, maison.agence, (tx) =>
  tx
    .insertInto('app.acces_appartenance')
    .values({
      organisme_id: maison.agence,
      id: newId(),
      personne_id: technique.personne,
      role: 'administrateurTechnique',
      jusqua: null,
    })
    .execute(),
)

type Navigateur = ReturnType<typeof maison.ouvrirNavigateur>

/** The browser at the provider: follows it, keeps its cookies, chooses who one is; gives the address that comes back to us. */
async function chezLeFournisseur(depart: string, sub: string | undefined, double: boolean): Promise<string> {
  const cookies = new Map<string, string>()
  let url = depart
  let init: RequestInit = {}
  for (let i = 0; i < 12; i++) {
    const r = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie: [...cookies].map(([k, v]) => `${k}=${v}`).join('; ') },
    })
    for (const c of r.headers.getSetCookie()) {
      const [, k, v] = /^([^=]+)=([^;]*)/.exec(c)!
      cookies.set(k!, v!)
    }
    const vers = r.headers.get('location')
    if (vers?.startsWith('http://bosquet.test/')) return vers
    init = {}
    if (vers) url = new URL(vers, url).href
    else {
      if (r.status !== 200) throw new Error(`the provider says ${r.status}: ${await r.text()}`)
      const forme = new URLSearchParams(sub ? { sub, ...(double ? { double: 'on' } : {}) } : { abandon: '1' })
      init = {
        method: 'POST',
        body: forme.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }
    }
  }
  throw new Error('the provider never sent the browser back')
}

const chemin = (adresse: string) => adresse.replace('http://bosquet.test', '')

async function passer(n: Navigateur, nature: string, sub: string | undefined, { double = true, suite = '' } = {}) {
  const depart = await n.ask('GET', `/api/acces/federation/${nature}/depart${suite}`)
  const retour = await chezLeFournisseur(depart.headers.location as string, sub, double)
  return { retour, arrivee: await n.ask('GET', chemin(retour)) }
}

const admin = maison.ouvrirNavigateur()
const chezLAgence = { 'x-organisme': maison.agence }

test('settings are for the technical administrator; the connection is tried, a wrong secret is found out', async () => {
  await admin.connecter('technique')
  expect((await admin.ask('GET', '/api/acces/fournisseurs', undefined, chezLAgence)).json().code).toBe(
    'secondFacteur.requis',
  )
  await inPlateforme(maison.base, (tx) =>
    tx.updateTable('app.acces_session').set({ second_facteur_le: new Date() }).execute(),
  )
  const regler = (nature: string, secret: string) =>
    admin.ask(
      'PUT',
      `/api/acces/fournisseurs/${nature}`,
      {
        emetteur: locaux[nature]!.emetteur,
        clientId: 'bosquet',
        secret,
        userinfoSigne: true,
        estActif: true,
        niveaux: nature === 'proconnect' ? 'eidas2' : '',
      },
      chezLAgence,
    )
  const essayer = async (nature: string) =>
    (await admin.ask('POST', `/api/acces/fournisseurs/${nature}/essai`, undefined, chezLAgence)).json().constats
  await regler('proconnect', 'pas le bon secret')
  expect(await essayer('proconnect')).toContainEqual({
    etat: 'bloquant',
    texte: 'L’identifiant ou le secret n’est pas reconnu par le fournisseur.',
  })
  for (const nature of ['proconnect', 'franceconnect']) {
    expect((await regler(nature, SECRET)).statusCode).toBe(200)
    expect((await essayer(nature)).map((c: { etat: string }) => c.etat)).not.toContain('bloquant')
  }
  const lignes = await inPlateforme(maison.base, (tx) => tx.selectFrom('app.acces_fournisseur').selectAll().execute())
  expect(JSON.stringify(lignes)).not.toContain(SECRET)
  expect((await admin.ask('GET', '/api/acces/fournisseurs', undefined, chezLAgence)).body).not.toContain(SECRET)
})

test('ProConnect opens the account of that professional address, at the level that the provider proves', async () => {
  const n = maison.ouvrirNavigateur()
  const { arrivee } = await passer(n, 'proconnect', 'pc-marie')
  // the SIRET leads to the page of that body
  expect([arrivee.statusCode, arrivee.headers.location]).toEqual([302, '/o/214000028/'])
  expect((await n.lirePaie()).statusCode).toBe(200)
  const faible = maison.ouvrirNavigateur()
  await passer(faible, 'proconnect', 'pc-marie', { double: false })
  expect((await faible.ask('GET', '/api/acces/session')).json().secondFacteur.etat).toBe('aInscrire')
  expect((await faible.lirePaie()).statusCode).toBe(403)
})

test('a SIRET gives no role: the memberships are ours', async () => {
  const n = maison.ouvrirNavigateur()
  // Paul comes from a neighbour according to ProConnect; here he is of Amou only
  expect((await passer(n, 'proconnect', 'pc-paul')).arrivee.headers.location).toBe('/')
  const { organismes } = (await n.ask('GET', '/api/acces/session')).json()
  expect(organismes.map((o: { nom: string }) => o.nom)).toEqual(['Amou'])
})

test('an unknown address gets no account, and is told so', async () => {
  const n = maison.ouvrirNavigateur()
  const { arrivee } = await passer(n, 'proconnect', 'pc-inconnu')
  expect(decodeURIComponent(arrivee.headers.location as string)).toContain('refus=sansCompte')
  expect(n.cookies().bosquet_session).toBeUndefined()
})

test('a return is for the browser that left, once, with its own state', async () => {
  const n = maison.ouvrirNavigateur()
  const { retour } = await passer(n, 'proconnect', 'pc-marie')
  expect((await n.ask('GET', chemin(retour))).headers.location).toContain('/connexion?par=proconnect&refus=')
  // the address of a return given to somebody else: her browser never left
  const depart = await n.ask('GET', '/api/acces/federation/proconnect/depart')
  const sien = await chezLeFournisseur(depart.headers.location as string, 'pc-marie', true)
  const victime = maison.ouvrirNavigateur()
  expect((await victime.ask('GET', chemin(sien))).headers.location).toContain('/connexion?par=proconnect&refus=')
  await victime.ask('GET', '/api/acces/federation/proconnect/depart')
  expect((await victime.ask('GET', chemin(sien))).headers.location).toContain('/connexion?par=proconnect&refus=')
  expect(victime.cookies().bosquet_session).toBeUndefined()
})

test('giving up, and a page of somebody else as the next one, lead nowhere', async () => {
  const n = maison.ouvrirNavigateur()
  const { arrivee } = await passer(n, 'proconnect', undefined)
  expect(decodeURIComponent(arrivee.headers.location as string)).toContain('refus=abandon')
  const ailleurs = await passer(n, 'proconnect', 'pc-marie', { suite: '?suite=//voleur.example' })
  expect(ailleurs.arrivee.headers.location).toBe('/o/214000028/')
  const ici = await passer(n, 'proconnect', 'pc-marie', { suite: '?suite=/compte' })
  expect(ici.arrivee.headers.location).toBe('/compte')
})

test('FranceConnect opens a safe only once its holder has linked it, and a link is for one account', async () => {
  const n = maison.ouvrirNavigateur()
  expect(
    decodeURIComponent((await passer(n, 'franceconnect', 'fc-agathe')).arrivee.headers.location as string),
  ).toContain('refus=nonLiee')
  const agathe = maison.ouvrirNavigateur()
  await agathe.connecter('agathe')
  const { adresse } = (await agathe.ask('POST', '/api/acces/federation/franceconnect/liaison')).json()
  const retour = await chezLeFournisseur(adresse, 'fc-agathe', false)
  expect((await agathe.ask('GET', chemin(retour))).headers.location).toBe('/compte')
  expect((await passer(n, 'franceconnect', 'fc-agathe')).arrivee.headers.location).toBe('/')
  expect((await n.ask('GET', '/api/acces/session')).json()).toMatchObject({
    personne: { nom: 'agathe' },
    secondFacteur: { etat: 'facultatif' },
  })
  const technicien = (await admin.ask('POST', '/api/acces/federation/franceconnect/liaison')).json()
  const volee = await chezLeFournisseur(technicien.adresse, 'fc-agathe', false)
  expect(decodeURIComponent((await admin.ask('GET', chemin(volee))).headers.location as string)).toContain(
    'refus=dejaLiee',
  )
})

test('signing out closes the session of the provider too', async () => {
  const n = maison.ouvrirNavigateur()
  await passer(n, 'proconnect', 'pc-marie')
  const { suite } = (await n.ask('DELETE', '/api/acces/session')).json()
  expect(suite).toContain(`${locaux.proconnect!.emetteur}/session/end?`)
  expect(suite).toContain('id_token_hint=')
  expect((await n.ask('GET', '/api/acces/session')).statusCode).toBe(401)
})

test('a provider that is closed is neither offered nor followed', async () => {
  await inPlateforme(maison.base, (tx) => tx.updateTable('app.acces_fournisseur').set({ est_actif: false }).execute())
  const n = maison.ouvrirNavigateur()
  expect((await n.ask('GET', '/api/acces/federation')).json().fournisseurs).toEqual([])
  expect((await n.ask('GET', '/api/acces/federation/proconnect/depart')).statusCode).toBe(404)
})

test('the demonstration opens both providers, set and ready', async () => {
  const ouverts = await startFournisseursDemonstration(maison.services, {
    port: 0,
    adresses: ['http://bosquet.test'],
    identites,
  })
  try {
    const n = maison.ouvrirNavigateur()
    const { fournisseurs } = (await n.ask('GET', '/api/acces/federation')).json()
    expect(fournisseurs.map((f: { nature: string }) => f.nature)).toEqual(['proconnect', 'franceconnect'])
    expect((await passer(n, 'proconnect', 'pc-marie')).arrivee.headers.location).toContain('/o/214000028')
  } finally {
    for (const f of ouverts) await f.close()
  }
})
