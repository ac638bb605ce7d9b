import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { unzip } from '#modules/documents/essai/fichiers.ts'
import {
  empreinteOf,
  getDocument,
  openCleMaitre,
  openDepot,
  organisme,
  personne,
  scellerDouble,
  storePapiers,
} from '#modules/documents/index.ts'
import { mois } from '#socle/dates.ts'
import { inOrganisme, inPersonne, inPlateforme } from '#socle/db/base.ts'
import { baseDEssai, organismeDEssai } from '#socle/db/essai.ts'
import { createServeur } from '#socle/http/serveur.ts'
import { newId } from '#socle/ids.ts'
import { deposerAuCoffre, listRecus, type PapierADeposer, registerRoutes } from './index.ts'

const donnees = mkdtempSync(join(tmpdir(), 'bosquet-coffre-'))
const base = await baseDEssai()
const { secret } = openCleMaitre(donnees)
const depot = openDepot({ dossier: join(donnees, 'documents'), cleMaitre: secret, seul: true })
const app = await createServeur()

let connecte = ''
registerRoutes(
  {
    app,
    base,
    portier: {
      identify: async () => ({
        compteId: connecte,
        personneId: connecte,
        nom: 'Jeanne Lalanne',
        sessionId: 's',
        secondFacteurLe: null,
      }),
      enter: async () => {
        throw new Error('no body is needed to reach a safe')
      },
    },
  },
  { depot },
)

const amou = { organismeId: newId<'Organisme'>() as string, nom: 'Commune d’Amou', siren: '214000028' }
const arue = { organismeId: newId<'Organisme'>() as string, nom: 'Commune d’Arue', siren: '214000143' }
const pdf = (texte: string) => Buffer.from(`%PDF-1.7\n${texte}\n%%EOF\n`)

beforeAll(async () => {
  for (const e of [amou, arue]) await organismeDEssai(base, { id: e.organismeId, nom: e.nom, siren: e.siren })
})
afterAll(async () => {
  await app.close()
  await base.close()
  rmSync(donnees, { recursive: true })
})

async function newPersonne(): Promise<string> {
  const id = newId<'Personne'>()
  await inPlateforme(base, (tx) => sql`insert into app.acces_personne (id, nom) values (${id}, 'Lalanne')`.execute(tx))
  return id
}
let jeanne = ''
let paul = ''
beforeEach(async () => {
  jeanne = await newPersonne()
  paul = await newPersonne()
  connecte = jeanne
})

const papier = (personneId: string, m: string, plus: Partial<PapierADeposer> = {}): PapierADeposer => ({
  personneId,
  nature: 'bulletin',
  reference: `${personneId}/${m}`,
  mois: mois(m),
  titre: `Bulletin de paie ${m}`,
  nom: `bulletin-${m}.pdf`,
  type: 'application/pdf',
  netAPayer: '1806.66',
  contenu: { octets: pdf(`${personneId} ${m}`) },
  ...plus,
})
const deposer = (employeur: typeof amou, ...papiers: PapierADeposer[]) =>
  inOrganisme(base, employeur.organismeId, (tx) => deposerAuCoffre(tx, depot, employeur, papiers))
const get = (url: string) => app.inject({ url })
const objets = async (filtre = '') => (await get(`/api/coffre/objets${filtre}`)).json().objets
const actes = async () => (await get('/api/coffre/journal?tout=oui')).json().lignes.map((l: { acte: string }) => l.acte)
const copyOf = (personneId: string) => {
  const dossier = join(donnees, 'documents', 'personne', personneId)
  return readdirSync(dossier).map((f) => join(dossier, f))
}

test('a deposited payslip is in the safe of its holder, with the same receipt on both sides', async () => {
  const [recu] = await deposer(amou, papier(jeanne, '2025-11'))
  const [objet] = await objets()
  expect(objet).toMatchObject({
    titre: 'Bulletin de paie 2025-11',
    employeur: { nom: 'Commune d’Amou', siren: '214000028' },
    netAPayer: '1806.66',
    recu: recu!.numero,
    empreinte: recu!.empreinte,
  })
  const lu = await get(`/api/coffre/objets/${objet.id}/recu`)
  expect(lu.json()).toMatchObject({ numero: recu!.numero, algorithme: 'SHA-256', deposant: { siren: '214000028' } })
  const chezLui = await inOrganisme(base, amou.organismeId, (tx) => listRecus(tx, 'bulletin', [recu!.reference]))
  expect(chezLui).toEqual([expect.objectContaining({ numero: recu!.numero, deposeLe: recu!.deposeLe })])
})

test('the employer keeps his double, sealed by his own key', async () => {
  const [recu] = await deposer(amou, papier(jeanne, '2025-11'))
  const double = await inOrganisme(base, amou.organismeId, async (tx) => {
    const d = await getDocument(tx, recu!.documentId)
    return depot.read(tx, organisme(amou.organismeId), d.empreinte)
  })
  expect(Buffer.from(double)).toEqual(pdf(`${jeanne} 2025-11`))
  for (const f of copyOf(jeanne)) rmSync(f)
  const encore = await inOrganisme(base, amou.organismeId, (tx) =>
    depot.verify(tx, organisme(amou.organismeId), recu!.empreinte),
  )
  expect(encore).toBe('intact')
})

test('a second run deposits nothing more and answers with the first receipts', async () => {
  const lot = [papier(jeanne, '2025-10'), papier(jeanne, '2025-11'), papier(paul, '2025-11')]
  const premier = await deposer(amou, ...lot)
  const fichiers = [...copyOf(jeanne), ...copyOf(paul)]
  const avant = fichiers.map((f) => readFileSync(f))
  const second = await deposer(amou, ...lot, papier(paul, '2025-10'))
  expect(second.slice(0, 3)).toEqual(premier.map((r) => ({ ...r, dejaDepose: true })))
  expect(second[3]!.dejaDepose).toBe(false)
  expect(fichiers.map((f) => readFileSync(f))).toEqual(avant)
  expect(await objets()).toHaveLength(2)
  expect((await actes()).filter((a: string) => a === 'deposer')).toHaveLength(2)
})

test('the same paper twice in one batch is one paper', async () => {
  const recus = await deposer(amou, papier(jeanne, '2025-11'), papier(jeanne, '2025-11'))
  expect(recus[0]!.numero).toBe(recus[1]!.numero)
  expect(await objets()).toHaveLength(1)
})

test('two runs at once deposit once; two employers at once share the key of the person', async () => {
  const lot = ['2025-08', '2025-09'].map((m) => papier(jeanne, m))
  const [a, b, c] = await Promise.all([deposer(amou, ...lot), deposer(amou, ...lot), deposer(arue, ...lot)])
  expect(a!.map((r) => r.numero)).toEqual(b!.map((r) => r.numero))
  expect([...a!, ...b!].filter((r) => r.dejaDepose)).toHaveLength(2)
  expect(c!.every((r) => !r.dejaDepose)).toBe(true)
  const siens = await objets()
  expect(siens).toHaveLength(4)
  for (const o of siens) expect((await get(`/api/coffre/objets/${o.id}/fichier`)).statusCode).toBe(200)
})

test('what fails in the transaction leaves no paper, no receipt, no journal; the next run completes', async () => {
  const lot = [papier(jeanne, '2025-11')]
  await expect(
    inOrganisme(base, amou.organismeId, async (tx) => {
      await deposerAuCoffre(tx, depot, amou, lot)
      throw new Error('stopped in the middle')
    }),
  ).rejects.toThrow('stopped in the middle')
  expect(await objets()).toEqual([])
  expect(await actes()).not.toContain('deposer')
  await deposer(amou, ...lot)
  const [objet] = await objets()
  expect((await get(`/api/coffre/objets/${objet.id}/fichier`)).rawPayload).toEqual(pdf(`${jeanne} 2025-11`))
})

test('papers sealed in a worker thread are deposited as they are, and never for another holder', async () => {
  const [cleOrganisme, clePersonne] = await inOrganisme(base, amou.organismeId, async (tx) => {
    const cles = await depot.cles(tx, [organisme(amou.organismeId), personne(jeanne)])
    return [cles.get(organisme(amou.organismeId))!, cles.get(personne(jeanne))!]
  })
  const contenu = scellerDouble(pdf('scellé ailleurs'), {
    organismeId: amou.organismeId,
    cleOrganisme,
    personneId: jeanne,
    clePersonne,
  })
  await expect(deposer(amou, papier(paul, '2025-11', { contenu }))).rejects.toThrow('another holder')
  await deposer(amou, papier(jeanne, '2025-11', { contenu }))
  const [objet] = await objets()
  expect((await get(`/api/coffre/objets/${objet.id}/fichier`)).rawPayload).toEqual(pdf('scellé ailleurs'))
})

test('papers written before the transaction need only their rows, and never go to another holder', async () => {
  const [recu] = await deposer(amou, papier(jeanne, '2025-10'))
  const cles = await inOrganisme(base, amou.organismeId, (tx) =>
    depot.cles(tx, [organisme(amou.organismeId), personne(jeanne)]),
  )
  const [contenu] = await storePapiers(depot, [
    scellerDouble(pdf('écrit avant'), {
      organismeId: amou.organismeId,
      cleOrganisme: cles.get(organisme(amou.organismeId))!,
      personneId: jeanne,
      clePersonne: cles.get(personne(jeanne))!,
    }),
  ])
  await expect(deposer(amou, papier(paul, '2025-11', { contenu: contenu! }))).rejects.toThrow('another holder')
  const [suivant] = await deposer(amou, papier(jeanne, '2025-11', { contenu: contenu! }))
  expect(suivant!.empreinte).not.toBe(recu!.empreinte)
  const objet = (await objets()).find((o: { mois: string }) => o.mois === '2025-11')
  expect((await get(`/api/coffre/objets/${objet.id}/fichier`)).rawPayload).toEqual(pdf('écrit avant'))
})

test('the safe of a neighbour is a 404 on every route, and invisible in every list', async () => {
  await deposer(amou, papier(jeanne, '2025-11'))
  const [objet] = await objets()
  connecte = paul
  for (const suite of ['fichier', 'fichier?telecharger=oui', 'recu'])
    expect((await get(`/api/coffre/objets/${objet.id}/${suite}`)).statusCode).toBe(404)
  expect(await objets()).toEqual([])
  expect(await actes()).not.toContain('deposer')
})

test('the employer deposits and sees nothing of the safe, and only under his own name', async () => {
  await deposer(amou, papier(jeanne, '2025-11'))
  const [objet] = await objets()
  const seen = await inOrganisme(base, amou.organismeId, async (tx) => [
    await tx.selectFrom('app.coffre_objet').select('id').execute(),
    await tx.selectFrom('app.coffre_journal').select('id').execute(),
  ])
  expect(seen).toEqual([[], []])
  await expect(
    inOrganisme(base, amou.organismeId, (tx) => deposerAuCoffre(tx, depot, arue, [papier(paul, '2025-11')])),
  ).rejects.toThrow(/row-level security/)
  await expect(
    inPersonne(base, paul, (tx) =>
      sql`insert into app.coffre_objet select ${paul}, gen_random_uuid(), ${arue.organismeId}, 'x', '214000143', 'bulletin', 'r',
        '2025-11', 't', null, 'application/pdf', ${objet.empreinte}, 1, 'n', now()`.execute(tx),
    ),
  ).rejects.toThrow(/row-level security/)
  await expect(
    inPersonne(base, paul, (tx) =>
      sql`insert into app.coffre_journal (personne_id, id, acte, auteur, fait_le)
        values (${jeanne}, gen_random_uuid(), 'lire', 'Paul', now())`.execute(tx),
    ),
  ).rejects.toThrow(/row-level security/)
})

test('nothing in a safe is changed or erased by the application', async () => {
  await deposer(amou, papier(jeanne, '2025-11'))
  // a paper leaves by the closing of the safe, see fermeture/: until then the policy shows no row to erase
  const { numAffectedRows } = await inPersonne(base, jeanne, (tx) => sql`delete from app.coffre_objet`.execute(tx))
  expect([numAffectedRows, (await objets()).length]).toEqual([0n, 1])
  for (const table of ['coffre_objet', 'coffre_journal', 'coffre_recu'])
    for (const verbe of table === 'coffre_objet' ? ['update'] : ['delete from', 'update'])
      await expect(
        inPersonne(base, jeanne, (tx) =>
          sql`${sql.raw(verbe)} ${sql.table(`app.${table}`)} ${sql.raw(verbe === 'update' ? 'set id = id' : '')}`.execute(
            tx,
          ),
        ),
      ).rejects.toThrow(/permission denied/)
})

test('the safe has no foreign key to the table of any body: it outlives the employer', async () => {
  const { rows } = await sql<{ cible: string }>`
    select distinct confrelid::regclass::text as cible from pg_constraint
    where contype = 'f' and conrelid in ('app.coffre_objet'::regclass, 'app.coffre_journal'::regclass)`.execute(
    base.kysely,
  )
  expect(rows.map((r) => r.cible)).toEqual(['app.acces_personne'])
})

test('a payslip opens in the page with safe headers, or downloads under a clear name', async () => {
  await deposer(amou, papier(jeanne, '2025-11', { titre: 'Bulletin de paie de novembre 2025' }))
  const [objet] = await objets()
  const ouvert = await get(`/api/coffre/objets/${objet.id}/fichier`)
  expect(ouvert.headers).toMatchObject({
    'content-type': 'application/pdf',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  })
  expect(ouvert.headers['content-disposition']).toMatch(/^inline; /)
  const charge = await get(`/api/coffre/objets/${objet.id}/fichier?telecharger=oui`)
  expect(charge.headers['content-disposition']).toBe(
    `attachment; filename="2025-11 Bulletin de paie de novembre 2025 - Commune dAmou.pdf"; filename*=UTF-8''2025-11%20Bulletin%20de%20paie%20de%20novembre%202025%20-%20Commune%20d%E2%80%99Amou.pdf`,
  )
  expect(await actes()).toEqual(['telecharger', 'lire', 'lister', 'deposer'])
})

test('the list is filtered by year and by employer, the latest month first', async () => {
  await deposer(amou, papier(jeanne, '2024-12'), papier(jeanne, '2025-02'))
  await deposer(arue, papier(jeanne, '2025-01'))
  const moisOf = async (f: string) => (await objets(f)).map((o: { mois: string }) => o.mois)
  expect(await moisOf('')).toEqual(['2025-02', '2025-01', '2024-12'])
  expect(await moisOf('?annee=2025')).toEqual(['2025-02', '2025-01'])
  expect(await moisOf(`?employeur=${arue.organismeId}`)).toEqual(['2025-01'])
  expect((await get('/api/coffre/objets?annee=abc')).statusCode).toBe(400)
})

test('an altered paper is never served: refused, written in the journal, found by the control', async () => {
  await deposer(amou, papier(jeanne, '2025-11'), papier(jeanne, '2025-10'))
  const cible = (await objets()).find((o: { mois: string }) => o.mois === '2025-11')
  const fichier = copyOf(jeanne).find((f) => f.endsWith(cible.empreinte))!
  const altere = readFileSync(fichier)
  altere[altere.length - 40]! ^= 4
  writeFileSync(fichier, altere)
  const reply = await get(`/api/coffre/objets/${cible.id}/fichier`)
  expect([reply.statusCode, reply.json().code]).toEqual([500, 'coffre.illisible'])
  expect((await get('/api/coffre/journal')).json().lignes[0]).toMatchObject({ constat: 'corrompu', titre: cible.titre })
  const controle = await app.inject({ method: 'POST', url: '/api/coffre/controles' })
  expect(controle.json()).toEqual({
    controles: 2,
    anomalies: [{ id: cible.id, titre: cible.titre, constat: 'corrompu' }],
  })
})

test('the archive holds every paper, an index, the receipts and hashes that agree', async () => {
  await deposer(amou, papier(jeanne, '2024-12'), papier(jeanne, '2025-01', { titre: '=1+1 / solde' }))
  await deposer(arue, papier(jeanne, '2025-01'))
  await deposer(arue, papier(jeanne, '2025-01', { reference: 'rappel', contenu: { octets: pdf('rappel') } }))
  const reply = await get('/api/coffre/archive')
  expect(reply.headers['content-disposition']).toContain('attachment; filename="mon-coffre.zip"')
  const zip = unzip(reply.rawPayload)
  expect([...zip.keys()].sort()).toEqual([
    '2024/2024-12 Bulletin de paie 2024-12 - Commune d’Amou.pdf',
    '2025/2025-01 =1+1 solde - Commune d’Amou.pdf',
    '2025/2025-01 Bulletin de paie 2025-01 - Commune d’Arue (2).pdf',
    '2025/2025-01 Bulletin de paie 2025-01 - Commune d’Arue.pdf',
    'LISEZMOI.txt',
    'SHA256SUMS',
    'index.csv',
    'index.html',
    'journal.csv',
    'recus.json',
  ])
  const sommes = zip.get('SHA256SUMS')!.toString().trim().split('\n')
  expect(sommes).toHaveLength(4)
  for (const ligne of sommes) {
    const [empreinte, chemin] = [ligne.slice(0, 64), ligne.slice(66)]
    expect(createHash('sha256').update(zip.get(chemin)!).digest('hex')).toBe(empreinte)
  }
  const index = zip.get('index.csv')!.toString().split('\r\n')
  expect(index[0]).toBe(
    '\ufeffMois;Nature;Titre;Employeur;SIREN;Net à payer;Fichier;État;Octets;SHA-256;Reçu;Déposé le',
  )
  expect(index.find((l) => l.includes('solde'))).toContain(`'=1+1`) // a spreadsheet shows it, and does not compute it
  expect(index[1]).toContain('1806,66')
  expect(JSON.parse(zip.get('recus.json')!.toString())).toHaveLength(4)
  const liens = [
    ...zip
      .get('index.html')!
      .toString()
      .matchAll(/href="([^"]+)"/g),
  ].map(([, l]) => decodeURIComponent(l!.replace(/&#(\d+);/g, (_, n) => String.fromCharCode(Number(n)))))
  expect(liens.sort()).toEqual([...zip.keys()].filter((k) => k.endsWith('.pdf')).sort())
  const lignes = zip.get('journal.csv')!.toString().trim().split('\r\n')
  expect(lignes.filter((l) => l.includes(';Dépôt;'))).toHaveLength(4)
  expect((await actes())[0]).toBe('exporter')
})

test('an altered paper is left out of the archive, which says so', async () => {
  await deposer(amou, papier(jeanne, '2025-10'), papier(jeanne, '2025-11'))
  const [fichier] = copyOf(jeanne)
  writeFileSync(fichier!, 'not what was deposited')
  const zip = unzip((await get('/api/coffre/archive')).rawPayload)
  expect([...zip.keys()].filter((k) => k.endsWith('.pdf'))).toHaveLength(1)
  expect(zip.get('LISEZMOI.txt')!.toString()).toContain('ne sont pas joints')
  expect(zip.get('index.csv')!.toString()).toContain('illisible, non joint')
  expect(zip.get('SHA256SUMS')!.toString().trim().split('\n')).toHaveLength(1)
  expect((await get('/api/coffre/journal')).json().lignes[0]).toMatchObject({ acte: 'controler', constat: 'corrompu' })
})

test('an empty safe still gives an archive that opens', async () => {
  expect([...unzip((await get('/api/coffre/archive')).rawPayload).keys()]).toContain('LISEZMOI.txt')
})

test('the journal is paged, and leaves simple visits of the list out unless asked', async () => {
  for (let i = 0; i < 55; i++) await objets()
  expect((await get('/api/coffre/journal')).json()).toEqual({ lignes: [], suite: false })
  const page = (await get('/api/coffre/journal?tout=oui')).json()
  expect([page.lignes.length, page.suite]).toEqual([50, true])
  const suite = (await get(`/api/coffre/journal?tout=oui&avant=${page.lignes.at(-1).id}`)).json()
  expect([suite.lignes.length, suite.suite]).toEqual([5, false])
})

test('the address of a paper is the hash of its content', async () => {
  await deposer(amou, papier(jeanne, '2025-11'))
  expect(copyOf(jeanne).map((f) => f.slice(-64))).toEqual([empreinteOf(pdf(`${jeanne} 2025-11`))])
})
