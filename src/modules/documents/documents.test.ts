import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { baseDEssai, organismeDEssai } from '#socle/db/essai.ts'
import type { Acteur } from '#socle/droits.ts'
import { createServeur } from '#socle/http/serveur.ts'
import { servirLibre } from '#socle/http/servir.ts'
import { newId } from '#socle/ids.ts'
import { pdfDEssai, pngDEssai } from './essai/fichiers.ts'
import {
  controlDocuments,
  deposerDocument,
  deposerDocuments,
  empreinteOf,
  getDocument,
  listAnomalies,
  listLectures,
  openCleMaitre,
  openDepot,
  organisme,
  readDocument,
  receiveFichier,
} from './index.ts'

const donnees = mkdtempSync(join(tmpdir(), 'bosquet-documents-'))
const dossier = join(donnees, 'documents')
const base = await baseDEssai()
const { secret } = openCleMaitre(donnees)
const depot = openDepot({ dossier, cleMaitre: secret, seul: true })
const [commune, voisine] = [newId<'Organisme'>(), newId<'Organisme'>()]
const secretaire = newId<'Personne'>()
const acteur = (organismeId: string): Acteur => ({
  compteId: secretaire,
  personneId: secretaire,
  nom: 'Maïté Dulucq',
  organismeId,
  droits: new Set(['essai.deposer']),
  via: 'appartenance',
})
const deposant = (organismeId: string) => ({ organismeId, personneId: secretaire, nom: 'Maïté Dulucq' })
const deposer = (organismeId: string, bytes: Uint8Array, nom = 'arrete.pdf') =>
  inOrganisme(base, organismeId, (tx) =>
    deposerDocument(tx, depot, deposant(organismeId), { nom, type: 'application/pdf', bytes }),
  )
const fileOf = (organismeId: string, empreinte: string) =>
  join(dossier, 'organisme', organismeId, empreinte.slice(0, 2), empreinte)
const countDocuments = async () =>
  (await sql<{ n: number }>`select count(*)::int n from app.document`.execute(base.kysely)).rows[0]!.n
const storedFiles = () =>
  (readdirSync(dossier, { recursive: true, withFileTypes: true }) as import('node:fs').Dirent[])
    .filter((e) => e.isFile() && e.name !== 'cle-attendue')
    .map((e) => e.name)
    .sort()

const deposerRoute = route({
  verbe: 'POST',
  chemin: '/api/essai/documents',
  resume: 'Dépose un document',
  reply: z.object({ id: z.string(), recu: z.string(), empreinte: z.string(), type: z.string(), libelle: z.string() }),
})
const app = await createServeur()
const echecs: string[] = []
servirLibre(
  {
    app,
    base,
    portier: {
      identify: async () => ({
        compteId: secretaire,
        personneId: secretaire,
        nom: 'Maïté Dulucq',
        sessionId: 's',
        secondFacteurLe: null,
      }),
      enter: async () => acteur(commune),
    },
  },
  deposerRoute,
  'essai.deposer',
  async ({ request, qui }) => {
    const f = await receiveFichier(request).catch((error) => {
      echecs.push(error.code)
      throw error
    })
    const d = await inOrganisme(base, qui.organismeId, (tx) => deposerDocument(tx, depot, deposant(commune), f))
    return { id: d.id, recu: d.recu, empreinte: d.empreinte, type: d.typeMime, libelle: f.champs.libelle ?? '' }
  },
)

beforeAll(async () => {
  await app.listen({ port: 0, host: '127.0.0.1' })
  await organismeDEssai(base, { id: commune, nom: 'Amou' })
  await organismeDEssai(base, { id: voisine, nom: 'Angoumé' })
})
afterAll(async () => {
  await app.close()
  await base.close()
  rmSync(donnees, { recursive: true })
})

test('a deposited document is encrypted on disk, comes back to the byte, and its reading is journalled', async () => {
  const pdf = pdfDEssai('Arrêté de nomination')
  const d = await deposer(commune, pdf)
  expect(d).toMatchObject({ empreinte: empreinteOf(pdf), taille: pdf.length, deposeParNom: 'Maïté Dulucq' })
  expect(d.recu).toMatch(/^D-\d{8}-[0-9A-Z]{5}-[0-9A-Z]{5}$/)
  const surDisque = readFileSync(fileOf(commune, d.empreinte))
  expect(surDisque.includes('%PDF')).toBe(false)
  const lu = await readDocument(base, depot, acteur(commune), d.id)
  expect(Buffer.from(lu.octets)).toEqual(pdf)
  const lectures = await inOrganisme(base, commune, (tx) => listLectures(tx, d.id))
  expect(lectures).toMatchObject([{ luPar: secretaire, luParNom: 'Maïté Dulucq', acte: 'consulter' }])
})

test('the neighbour’s document is a 404, by the register and by the reading', async () => {
  const d = await deposer(commune, pdfDEssai('chez nous'))
  await expect(inOrganisme(base, voisine, (tx) => getDocument(tx, d.id))).rejects.toMatchObject({ status: 404 })
  await expect(readDocument(base, depot, acteur(voisine), d.id)).rejects.toMatchObject({ status: 404 })
  expect(await inOrganisme(base, voisine, (tx) => listLectures(tx, d.id))).toEqual([])
})

test('the same content at two bodies is stored twice, under two keys', async () => {
  const pdf = pdfDEssai('Circulaire commune')
  const [a, b] = [await deposer(commune, pdf), await deposer(voisine, pdf)]
  expect(a.empreinte).toBe(b.empreinte)
  const [fa, fb] = [fileOf(commune, a.empreinte), fileOf(voisine, b.empreinte)]
  expect(readFileSync(fa)).not.toEqual(readFileSync(fb))
  // a file carried from one body to another opens nothing
  const sauve = readFileSync(fb)
  writeFileSync(fb, readFileSync(fa))
  await expect(readDocument(base, depot, acteur(voisine), b.id)).rejects.toMatchObject({ code: 'document.corrompu' })
  writeFileSync(fb, sauve)
})

test('a corrupted or missing file is reported and recorded, never served', async () => {
  const d = await deposer(commune, pdfDEssai('à corrompre'), 'contrat.pdf')
  const fichier = fileOf(commune, d.empreinte)
  const intact = readFileSync(fichier)
  const altere = Buffer.from(intact)
  altere[altere.length - 30]! ^= 1
  writeFileSync(fichier, altere)
  await expect(readDocument(base, depot, acteur(commune), d.id)).rejects.toMatchObject({ code: 'document.corrompu' })
  await expect(
    inOrganisme(base, commune, (tx) => depot.read(tx, organisme(commune), d.empreinte)),
  ).rejects.toMatchObject({ code: 'document.corrompu' })
  renameSync(fichier, `${fichier}.perdu`)
  await expect(readDocument(base, depot, acteur(commune), d.id)).rejects.toMatchObject({ code: 'document.absent' })
  renameSync(`${fichier}.perdu`, fichier)
  const anomalies = await inOrganisme(base, commune, (tx) => listAnomalies(tx))
  expect(anomalies.filter((a) => a.documentId === d.id).map((a) => [a.nom, a.constat])).toEqual([
    ['contrat.pdf', 'absent'],
    ['contrat.pdf', 'corrompu'],
  ])
  const bilan = await controlDocuments(base, depot, commune)
  expect(bilan.anomalies.map((a) => [a.document.id, a.constat])).toEqual([[d.id, 'corrompu']])
  expect(bilan.controles).toBeGreaterThan(1)
  writeFileSync(fichier, intact)
  expect((await controlDocuments(base, depot, commune)).anomalies).toEqual([])
})

test('the register and the journals are insert-only for the application', async () => {
  await deposer(commune, pdfDEssai('immuable'))
  for (const table of ['document', 'document_lecture', 'document_anomalie']) {
    await expect(
      inOrganisme(base, commune, (tx) => sql`delete from ${sql.table(`app.${table}`)}`.execute(tx)),
    ).rejects.toThrow(/permission denied/)
  }
  // a key goes with the closing of a safe whose day has come, see coffre/fermeture: that of a body never does
  await expect(inOrganisme(base, commune, (tx) => sql`delete from app.document_cle`.execute(tx))).rejects.toThrow(
    /is kept/,
  )
  await expect(
    inOrganisme(base, commune, (tx) => sql`update app.document_cle set enveloppe = ''`.execute(tx)),
  ).rejects.toThrow(/permission denied/)
  await expect(
    inOrganisme(base, commune, (tx) => sql`update app.document set nom = 'autre.pdf'`.execute(tx)),
  ).rejects.toThrow(/permission denied/)
})

test('a deposit sent twice under the same id is one document; another content under that id is refused', async () => {
  const [id, pdf] = [newId<'Document'>(), pdfDEssai('une seule fois')]
  const again = (bytes: Uint8Array) =>
    inOrganisme(base, commune, (tx) =>
      deposerDocument(tx, depot, deposant(commune), { id, nom: 'a.pdf', type: 'application/pdf', bytes }),
    )
  const premier = await again(pdf)
  expect(await again(pdf)).toEqual(premier)
  await expect(again(pdfDEssai('autre'))).rejects.toMatchObject({ code: 'document.existe' })
})

test('after a rollback the next deposit is readable, though the key of the first try is lost', async () => {
  const nouvelle = newId<'Organisme'>()
  await organismeDEssai(base, { id: nouvelle, nom: 'Arue' })
  const pdf = pdfDEssai('deux essais')
  const essai = (echoue: boolean) =>
    inOrganisme(base, nouvelle, async (tx) => {
      const [d] = await deposerDocuments(tx, depot, deposant(nouvelle), [
        { nom: 'a.pdf', type: 'application/pdf', bytes: pdf },
      ])
      // within the transaction that made the key, more writes and a reading use it
      await depot.write(tx, organisme(nouvelle), pngDEssai())
      await depot.read(tx, organisme(nouvelle), d!.empreinte)
      if (echoue) throw new Error('rolled back')
      return d!
    })
  await expect(essai(true)).rejects.toThrow('rolled back')
  const d = await essai(false)
  expect(Buffer.from((await readDocument(base, depot, acteur(nouvelle), d.id)).octets)).toEqual(pdf)
  // and by a process that starts now
  const autre = openDepot({ dossier, cleMaitre: secret })
  expect(Buffer.from((await readDocument(base, autre, acteur(nouvelle), d.id)).octets)).toEqual(pdf)
})

test('another master key opens nothing and says why', async () => {
  const d = await deposer(commune, pdfDEssai('scellé'))
  const etranger = openDepot({ dossier, cleMaitre: Buffer.alloc(32, 3) })
  await expect(readDocument(base, etranger, acteur(commune), d.id)).rejects.toMatchObject({ code: 'depot.cleMaitre' })
  await expect(
    inOrganisme(base, commune, (tx) => etranger.write(tx, organisme(commune), pngDEssai())),
  ).rejects.toMatchObject({ code: 'depot.cleMaitre' })
})

const FRONTIERE = 'frontiere-d-essai'
function formOf(nom: string, contenu: Uint8Array, suite = `\r\n--${FRONTIERE}--\r\n`) {
  return Buffer.concat([
    Buffer.from(
      `--${FRONTIERE}\r\ncontent-disposition: form-data; name="libelle"\r\n\r\nArrêté\r\n--${FRONTIERE}\r\ncontent-disposition: form-data; name="fichier"; filename="${nom}"\r\ncontent-type: application/pdf\r\n\r\n`,
    ),
    contenu,
    Buffer.from(suite),
  ])
}
const send = (nom: string, contenu: Uint8Array, suite?: string) =>
  app.inject({
    method: 'POST',
    url: '/api/essai/documents',
    headers: { 'content-type': `multipart/form-data; boundary=${FRONTIERE}` },
    payload: formOf(nom, contenu, suite),
  })

test('an upload gives its receipt', async () => {
  const pdf = pdfDEssai('par le réseau')
  const reply = await send('arrêté.pdf', pdf)
  expect(reply.statusCode).toBe(200)
  expect(reply.json()).toMatchObject({ empreinte: empreinteOf(pdf), type: 'application/pdf', libelle: 'Arrêté' })
})

test('a wrong, oversized, truncated or missing upload is refused with its reason and leaves nothing', async () => {
  const avant = [await countDocuments(), storedFiles()]
  const entier = pdfDEssai('entier', 5000)
  const cases: [Awaited<ReturnType<typeof send>>, number, string][] = [
    [await send('a.pdf', pngDEssai()), 415, 'fichier.nom'],
    [await send('a.pdf', entier.subarray(0, 3000)), 415, 'fichier.incomplet'],
    [await send('a.pdf', Buffer.concat([entier, Buffer.alloc(25 * 1024 * 1024)])), 413, 'fichier.tropLourd'],
    [await send('a.pdf', entier, ''), 400, 'fichier.interrompu'],
    [await send('a.pdf', Buffer.alloc(0)), 415, 'fichier.vide'],
    [await app.inject({ method: 'POST', url: '/api/essai/documents', payload: {} }), 400, 'fichier.absent'],
  ]
  for (const [reply, status, code] of cases) {
    expect([reply.statusCode, reply.json().code]).toEqual([status, code])
    expect(reply.json().champs.fichier).toBe(reply.json().detail)
  }
  expect([await countDocuments(), storedFiles()]).toEqual(avant)
})

test('a connection cut in the middle of the file leaves nothing half stored', async () => {
  const avant = [await countDocuments(), storedFiles()]
  echecs.length = 0
  const corps = formOf('a.pdf', pdfDEssai('coupé', 400_000))
  const { port } = app.server.address() as { port: number }
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {}) // the server may answer to the closed socket
  socket.write(
    `POST /api/essai/documents HTTP/1.1\r\nhost: localhost\r\ncontent-type: multipart/form-data; boundary=${FRONTIERE}\r\ncontent-length: ${corps.length}\r\n\r\n`,
  )
  await new Promise<void>((resolve) => socket.write(corps.subarray(0, corps.length / 2), () => resolve()))
  await new Promise((r) => setTimeout(r, 50))
  socket.destroy()
  for (let i = 0; i < 100 && echecs.length === 0; i++) await new Promise((r) => setTimeout(r, 20))
  expect(echecs).toEqual(['fichier.interrompu'])
  expect([await countDocuments(), storedFiles()]).toEqual(avant)
})
