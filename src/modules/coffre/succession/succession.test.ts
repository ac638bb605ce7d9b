import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { openMaison } from '#modules/acces/essais/maison.ts'
import { createPortier } from '#modules/acces/index.ts'
import { pdfDEssai, unzip } from '#modules/documents/essai/fichiers.ts'
import { openCleMaitre, openDepot } from '#modules/documents/index.ts'
import { mois } from '#socle/dates.ts'
import { inOrganisme, inPlateforme } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { runFermetures } from '../fermeture/fermer.ts'
import { deposerAuCoffre, listSurPapier, registerFermeture, registerRoutes, registerSuccessions } from '../index.ts'

const maison = await openMaison()
const { base, app, agence, commune } = maison
const donnees = mkdtempSync(join(tmpdir(), 'bosquet-succession-'))
const depot = openDepot({ dossier: join(donnees, 'documents'), cleMaitre: openCleMaitre(donnees).secret, seul: true })
const courrier = maison.services.courrier
const application = { app, base, portier: createPortier(base) }
registerRoutes(application, { depot })
registerFermeture(application, { courrier })
registerSuccessions(application, { depot, courrier })
afterAll(async () => {
  await maison.fermer()
  rmSync(donnees, { recursive: true })
})

const BASE = '/api/coffre/successions'
const PDF = pdfDEssai('Acte de décès')
const MOTIF = 'La fille du titulaire a apporté l’acte à l’accueil.'

async function officier(nom: string, role: string) {
  const o = await maison.officier(nom, role)
  async function deposer() {
    const r = await app.inject({
      method: 'POST',
      url: `${BASE}/preuves`,
      cookies: o.cookies(),
      headers: {
        'x-csrf': o.cookies().bosquet_csrf!,
        'x-organisme': agence,
        'content-type': 'multipart/form-data; boundary=XX',
      },
      payload: Buffer.concat([
        Buffer.from(
          '--XX\r\ncontent-disposition: form-data; name="fichier"; filename="acte.pdf"\r\ncontent-type: application/pdf\r\n\r\n',
        ),
        PDF,
        Buffer.from('\r\n--XX--\r\n'),
      ]),
    })
    if (r.statusCode !== 200) throw new Error(r.body)
    return r.json().documentId as string
  }
  return { ask: o.ask, deposer }
}
const sylvie = await officier('sylvie', 'superviseur')
const remi = await officier('remi', 'referentReglementaire')
const theo = await officier('theo', 'administrateurTechnique')

let jeanne = ''
let nom = ''
let rang = 0
const employeur = { organismeId: commune, nom: 'Amou', siren: '214000028' }
const deposer = (m: string) =>
  inOrganisme(base, commune, (tx) =>
    deposerAuCoffre(tx, depot, employeur, [
      {
        personneId: jeanne,
        nature: 'bulletin',
        reference: `${jeanne}/${m}`,
        mois: mois(m),
        titre: `Bulletin ${m}`,
        nom: `b-${m}.pdf`,
        type: 'application/pdf',
        contenu: { octets: Buffer.from(`%PDF-1.7 ${jeanne} ${m}`) },
      },
    ]),
  )
beforeEach(async () => {
  await inPlateforme(base, (tx) => tx.deleteFrom('app.acces_frein').execute())
  nom = `jeanne${++rang}`
  jeanne = (await maison.embaucher(nom)).personne
  await inPlateforme(base, (tx) =>
    tx.updateTable('app.acces_compte').set({ identifiant_verifie: true }).where('personne_id', '=', jeanne).execute(),
  )
  await deposer('2025-10')
  maison.courriels.length = 0
})

async function geler() {
  const corps = {
    id: newId(),
    personneId: jeanne,
    decedeeLe: '2025-11-02',
    motif: MOTIF,
    documentId: await sylvie.deposer(),
  }
  const r = await sylvie.ask('POST', BASE, corps)
  if (r.statusCode !== 200) throw new Error(r.body)
  return { corps, r }
}
const objets = async () =>
  Number(
    (
      await sql<{ n: number }>`select count(*) as n from app.coffre_objet where personne_id = ${jeanne}`.execute(
        base.kysely,
      )
    ).rows[0]!.n,
  )
const actesDu = async (table: 'coffre' | 'agence') =>
  table === 'coffre'
    ? (
        await sql<{ acte: string; auteur: string }>`select acte, auteur from app.coffre_journal
          where personne_id = ${jeanne} order by id`.execute(base.kysely)
      ).rows.map((r) => r.acte)
    : (
        await sql<{ acte: string }>`select acte from app.journal_ecriture
          where organisme_id = ${agence} and acte like 'coffre.%' and evenement like ${`%${jeanne}%`} order by numero`.execute(
          base.kysely,
        )
      ).rows.map((r) => r.acte)

test('a death with its paper freezes the safe: no sign-in, no deposit, the employer prints', async () => {
  const elle = maison.ouvrirNavigateur()
  await elle.connecter(nom)
  expect((await elle.ask('GET', '/api/coffre/objets')).statusCode).toBe(200)
  const trouves = (await sylvie.ask('GET', `${BASE}/titulaires?recherche=${nom}`)).json().titulaires
  expect(trouves).toEqual([{ personneId: jeanne, nom, identifiant: `${nom}@exemple.example`, employeurs: ['Amou'] }])
  const { corps, r } = await geler()
  expect([r.statusCode, r.json().etat, r.json().declareePar]).toEqual([200, 'gele', 'sylvie'])
  // sent twice, done once; declared by somebody else, refused
  expect((await sylvie.ask('POST', BASE, corps)).statusCode).toBe(200)
  expect((await remi.ask('POST', BASE, { ...corps, id: newId() })).json().code).toBe('succession.deja')
  expect((await elle.ask('GET', '/api/coffre/objets')).statusCode).toBe(401)
  const refus = await maison.ouvrirNavigateur().connecter(nom)
  expect([refus.statusCode, refus.json().code]).toEqual([401, 'connexion.refusee'])
  await deposer('2025-11')
  expect(await objets()).toBe(1)
  const papier = await inOrganisme(base, commune, (tx) => listSurPapier(tx, '2027-01-01'))
  expect(papier.map((p) => p.personne_id)).toContain(jeanne)
  expect(maison.courriels.map((c) => c.objet)).toEqual(['Votre coffre Bosquet est gelé'])
  // no day is dated for its closing
  expect(await runFermetures({ base, depot, courrier })).toBe(0)
  expect([await actesDu('coffre'), await actesDu('agence')]).toEqual([['deposer', 'lister', 'geler'], ['coffre.geler']])
  const preuve = await remi.ask('GET', `${BASE}/preuves/${corps.documentId}`)
  expect(preuve.rawPayload).toEqual(PDF)
  expect((await remi.ask('GET', `${BASE}/preuves/${newId()}`)).statusCode).toBe(404)
})

test('an error is lifted with its reason: the holder signs in again, and nothing was lost', async () => {
  const id = (await geler()).corps.id
  expect((await remi.ask('POST', `${BASE}/${id}/levee`, { motif: 'court' })).statusCode).toBe(400)
  const r = await remi.ask('POST', `${BASE}/${id}/levee`, { motif: 'Homonyme : la personne est vivante.' })
  expect(r.json()).toMatchObject({ etat: 'levee', levee: { par: 'remi' } })
  expect((await remi.ask('POST', `${BASE}/${id}/levee`, { motif: 'Encore une fois, pour voir.' })).statusCode).toBe(409)
  const elle = maison.ouvrirNavigateur()
  expect((await elle.connecter(nom)).statusCode).toBe(200)
  await deposer('2025-11')
  expect((await elle.ask('GET', '/api/coffre/objets')).json().objets).toHaveLength(2)
  const lignes = (await elle.ask('GET', '/api/coffre/journal')).json().lignes
  expect(lignes.map((l: { acte: string; auteur: string }) => [l.acte, l.auteur])).toContainEqual([
    'degeler',
    'remi, pour l’agence',
  ])
  // and a second death may be declared, true this time
  expect((await geler()).r.statusCode).toBe(200)
})

test('two people of the agency hand the papers over, with the reason; then the safe closes thirty days later', async () => {
  const id = (await geler()).corps.id
  const remise = {
    id: newId(),
    beneficiaire: 'Maître Darrigade, notaire à Dax',
    qualite: 'notaire',
    motif: 'Liquidation de la succession, dossier 2025-118.',
    documentId: await remi.deposer(),
  }
  expect((await remi.ask('POST', `${BASE}/${id}/remises`, remise)).json().etat).toBe('aDecider')
  const url = `/api/coffre/remises/${remise.id}`
  expect((await remi.ask('GET', `${url}/archive`)).json().code).toBe('remise.nonAccordee')
  expect((await remi.ask('POST', `${url}/decision`, { accord: true })).json().code).toBe('remise.quatreYeux')
  const accord = await sylvie.ask('POST', `${url}/decision`, { accord: true })
  expect(accord.json()).toMatchObject({ etat: 'aRemettre', remises: [{ etat: 'accordee', decideePar: 'sylvie' }] })
  const jours = (Date.parse(accord.json().fermeturePrevueLe) - Date.now()) / 24 / 3600_000
  expect(Math.abs(jours - 30)).toBeLessThan(0.1)
  expect((await sylvie.ask('POST', `${url}/decision`, { accord: true })).json().code).toBe('remise.decidee')

  const archive = await remi.ask('GET', `${url}/archive`)
  expect(archive.headers['content-type']).toBe('application/zip')
  const zip = unzip(archive.rawPayload)
  const [empreinte, chemin] = zip.get('SHA256SUMS')!.toString().trim().split('  ')
  expect(createHash('sha256').update(zip.get(chemin!)!).digest('hex')).toBe(empreinte)
  const dit = zip.get('REMISE.txt')!.toString()
  for (const mot of [nom, '02/11/2025', remise.beneficiaire, remise.motif, 'Préparée par remi', 'Accordée par sylvie'])
    expect(dit).toContain(mot)
  expect((await actesDu('coffre')).at(-1)).toBe('remettre')
  expect(await actesDu('agence')).toEqual([
    'coffre.geler',
    'coffre.preparerRemise',
    'coffre.accorderRemise',
    'coffre.remettre',
  ])

  maison.courriels.length = 0
  await sql`update app.coffre_fermeture set demandee_le = demandee_le - interval '31 days',
    prevue_le = prevue_le - interval '31 days' where personne_id = ${jeanne}`.execute(base.kysely)
  expect(await runFermetures({ base, depot, courrier })).toBe(1)
  const fichiers = join(donnees, 'documents', 'personne', jeanne)
  expect([await objets(), existsSync(fichiers) ? readdirSync(fichiers) : []]).toEqual([0, []])
  // nobody is left to be written to, and nothing more leaves or is given back
  expect(maison.courriels).toEqual([])
  const [fin] = (await sylvie.ask('GET', BASE)).json().successions
  expect([fin.id, fin.etat]).toEqual([id, 'ferme'])
  expect((await remi.ask('GET', `${url}/archive`)).json().code).toBe('succession.finie')
  expect(
    (await remi.ask('POST', `${BASE}/${id}/levee`, { motif: 'Trop tard pour rendre le coffre.' })).json().code,
  ).toBe('succession.finie')
})

test('a handing over that is refused says why, and nothing leaves', async () => {
  const id = (await geler()).corps.id
  const remise = {
    id: newId(),
    beneficiaire: 'Un cousin',
    qualite: 'heritier',
    motif: 'Il dit être le seul héritier.',
    documentId: await sylvie.deposer(),
  }
  await sylvie.ask('POST', `${BASE}/${id}/remises`, remise)
  const url = `/api/coffre/remises/${remise.id}`
  const motif = 'L’attestation n’est pas d’un notaire.'
  const r = await remi.ask('POST', `${url}/decision`, { accord: false, motif })
  expect(r.json()).toMatchObject({
    etat: 'gele',
    fermeturePrevueLe: null,
    remises: [{ etat: 'refusee', refusMotif: motif }],
  })
  expect((await sylvie.ask('GET', `${url}/archive`)).json().code).toBe('remise.nonAccordee')
})

test('neither a technician nor the employer freezes a safe; the database itself wants two different persons', async () => {
  expect((await theo.ask('GET', BASE)).statusCode).toBe(403)
  const id = (await geler()).corps.id
  const remise = {
    id: newId(),
    beneficiaire: 'Elle-même',
    qualite: 'heritier',
    motif: 'Pour prendre les papiers seule.',
    documentId: await sylvie.deposer(),
  }
  await sylvie.ask('POST', `${BASE}/${id}/remises`, remise)
  await expect(
    inOrganisme(base, agence, (tx) =>
      sql`update app.coffre_remise set accord = true, decidee_par = preparee_par, decidee_par_nom = 'x',
        decidee_le = now() where id = ${remise.id}`.execute(tx),
    ),
  ).rejects.toThrow(/check constraint/)
  expect(
    (await inOrganisme(base, commune, (tx) => tx.selectFrom('app.coffre_succession').selectAll().execute())).length,
  ).toBe(0)
})

test('a closing that the holder had asked for stops: her heirs decide', async () => {
  const elle = maison.ouvrirNavigateur()
  await elle.connecter(nom)
  await elle.ask('POST', '/api/coffre/fermeture', { id: newId(), compris: true })
  await geler()
  await sql`update app.coffre_fermeture set demandee_le = demandee_le - interval '31 days',
    prevue_le = prevue_le - interval '31 days' where personne_id = ${jeanne}`.execute(base.kysely)
  expect(await runFermetures({ base, depot, courrier })).toBe(0)
  expect(await objets()).toBe(1)
})
