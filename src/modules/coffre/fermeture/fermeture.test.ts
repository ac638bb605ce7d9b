import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { openCleMaitre, openDepot, personne } from '#modules/documents/index.ts'
import { mois } from '#socle/dates.ts'
import { inOrganisme, inPersonne, inPlateforme } from '#socle/db/base.ts'
import { baseDEssai, organismeDEssai } from '#socle/db/essai.ts'
import { createServeur } from '#socle/http/serveur.ts'
import { newId } from '#socle/ids.ts'
import { deposerAuCoffre, listSurPapier, registerFermeture, registerRoutes } from '../index.ts'
import { runFermetures } from './fermer.ts'

const donnees = mkdtempSync(join(tmpdir(), 'bosquet-fermeture-'))
const base = await baseDEssai()
const depot = openDepot({ dossier: join(donnees, 'documents'), cleMaitre: openCleMaitre(donnees).secret, seul: true })
const amou = { organismeId: newId<'Organisme'>() as string, nom: 'Commune d’Amou', siren: '214000028' }
await organismeDEssai(base, { id: amou.organismeId, nom: amou.nom, siren: amou.siren })
const courriels: { a: string; objet: string }[] = []
const courrier = {
  lien: (chemin: string) => `https://bosquet.test${chemin}`,
  sendPersonnel: async (_: unknown, c: { a: string; objet: string }) => {
    courriels.push(c)
    return { id: newId() }
  },
} as never
const services = { base, depot, courrier }
let jeanne = ''
const app = await createServeur()
const application = {
  app,
  base,
  portier: {
    identify: async () => ({
      compteId: jeanne,
      personneId: jeanne,
      nom: 'Jeanne Lalanne',
      sessionId: 's',
      secondFacteurLe: null,
    }),
    enter: async () => {
      throw new Error('no body is needed to close a safe')
    },
  },
}
registerRoutes(application, { depot })
registerFermeture(application, { courrier })
afterAll(async () => {
  await app.close()
  await base.close()
  rmSync(donnees, { recursive: true })
})

const deposer = (m: string) =>
  inOrganisme(base, amou.organismeId, (tx) =>
    deposerAuCoffre(tx, depot, amou, [
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
  jeanne = newId<'Personne'>()
  courriels.length = 0
  await inPlateforme(base, async (tx) => {
    await sql`insert into app.acces_personne (id, nom) values (${jeanne}, 'Lalanne')`.execute(tx)
    await sql`insert into app.acces_compte (id, personne_id, identifiant, identifiant_verifie, empreinte)
      values (${jeanne}, ${jeanne}, ${`${jeanne}@maison.example`}, true, 'aucun')`.execute(tx)
  })
  await deposer('2025-10')
})
const ask = async (method: 'GET' | 'POST' | 'DELETE', corps?: object) => {
  const r = await app.inject({ method, url: '/api/coffre/fermeture', ...(corps ? { payload: corps } : {}) })
  return { statut: r.statusCode, ...r.json() }
}
const demander = () => ask('POST', { id: newId(), compris: true })
/** Moves the demand back in time, as the owner of the database: the application cannot. */
const vieillir = (jours: number) =>
  sql`update app.coffre_fermeture set demandee_le = demandee_le - make_interval(days => ${jours}),
    prevue_le = prevue_le - make_interval(days => ${jours}) where personne_id = ${jeanne}`.execute(base.kysely)
const fichiers = () => {
  const dossier = join(donnees, 'documents', 'personne', jeanne)
  return existsSync(dossier) ? readdirSync(dossier) : []
}
const objets = async () => (await app.inject({ url: '/api/coffre/objets' })).json().objets
const actes = async () =>
  (await app.inject({ url: '/api/coffre/journal' })).json().lignes.map((l: { acte: string }) => l.acte)

test('the demand is dated thirty days later, written to the holder, and kept when sent again', async () => {
  expect(await ask('GET')).toMatchObject({ etat: 'ouvert', documents: 1, exporteLe: null })
  const f = await demander()
  expect(f).toMatchObject({ statut: 200, etat: 'demandee', documents: 1 })
  const jours = (Date.parse(f.prevueLe) - Date.parse(f.demandeeLe)) / 24 / 3600_000
  expect(Math.abs(jours - 30)).toBeLessThan(0.1)
  expect((await demander()).prevueLe).toBe(f.prevueLe)
  expect(courriels.map((c) => c.a)).toEqual([`${jeanne}@maison.example`])
  expect((await ask('POST', { id: newId() })).statut).toBe(400)
})

test('until its day nothing is lost: papers arrive and are read, a reminder leaves once, and she may change her mind', async () => {
  await demander()
  expect(await runFermetures(services)).toBe(0)
  await deposer('2025-11')
  expect(await objets()).toHaveLength(2)
  await vieillir(24)
  await runFermetures(services)
  await runFermetures(services)
  expect(courriels.map((c) => c.objet)).toEqual([
    'La fermeture de votre coffre Bosquet est demandée',
    'Votre coffre Bosquet ferme bientôt',
  ])
  expect(await ask('DELETE')).toMatchObject({ statut: 200, etat: 'ouvert' })
  await vieillir(10)
  expect(await runFermetures(services)).toBe(0)
  expect(await objets()).toHaveLength(2)
  expect((await ask('DELETE')).statut).toBe(409)
  expect(await actes()).toEqual(['annulerFermeture', 'rappeler', 'deposer', 'demanderFermeture', 'deposer'])
})

test('on its day papers, key and bytes are gone; the employer keeps his receipt and falls back to paper', async () => {
  const [cle] = (await inPersonne(base, jeanne, (tx) => depot.cles(tx, [personne(jeanne)]))).values()
  await demander()
  await vieillir(31)
  expect(fichiers()).toHaveLength(1)
  expect(await runFermetures(services)).toBe(1)
  expect(await runFermetures(services)).toBe(0)
  expect([await objets(), fichiers()]).toEqual([[], []])
  expect(await ask('GET')).toMatchObject({ etat: 'ferme', documents: 0 })
  const { rows } = await sql`select from app.document_cle where proprietaire = ${personne(jeanne)}`.execute(base.kysely)
  expect(rows).toEqual([])
  // a later payslip: the employer has his double and his receipt, the safe nothing, not even sealed bytes
  const [recu] = await deposer('2025-12')
  expect(recu!.numero).toMatch(/^C/)
  expect([await objets(), fichiers()]).toEqual([[], []])
  const [neuve] = (await inPersonne(base, jeanne, (tx) => depot.cles(tx, [personne(jeanne)]))).values()
  expect(neuve!.id).not.toBe(cle!.id)
  const lu = await inOrganisme(base, amou.organismeId, async (tx) => ({
    recus: await tx
      .selectFrom('app.coffre_recu')
      .select('mois')
      .where('personne_id', '=', jeanne)
      .orderBy('mois')
      .execute(),
    papier: (await listSurPapier(tx, '2027-01-01')).map((p) => p.personne_id),
  }))
  expect(lu.recus.map((r) => r.mois)).toEqual(['2025-10', '2025-12'])
  expect(lu.papier).toContain(jeanne)
  expect((await ask('DELETE')).statut).toBe(409)
  expect((await actes())[0]).toBe('fermer')
  expect(courriels.at(-1)!.objet).toBe('Votre coffre Bosquet est fermé')
})

test('the database itself refuses to lose a paper or a key before the day, or those of somebody else', async () => {
  await demander()
  const supprimes = await inPersonne(base, jeanne, (tx) => tx.deleteFrom('app.coffre_objet').executeTakeFirst())
  expect(supprimes.numDeletedRows).toBe(0n)
  await expect(inPersonne(base, jeanne, (tx) => depot.destroyCle(tx, personne(jeanne)))).rejects.toThrow(/is kept/)
  await vieillir(31)
  const autre = newId<'Personne'>()
  const loin = await inPersonne(base, autre, (tx) => tx.deleteFrom('app.coffre_objet').executeTakeFirst())
  expect(loin.numDeletedRows).toBe(0n)
  await expect(
    inOrganisme(base, amou.organismeId, (tx) =>
      tx
        .insertInto('app.coffre_fermeture')
        .values({ personne_id: autre, id: newId(), origine: 'titulaire', prevue_le: null })
        .execute(),
    ),
  ).rejects.toThrow(/row-level security/)
})
