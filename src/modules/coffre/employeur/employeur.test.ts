import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { openCleMaitre, openDepot } from '#modules/documents/index.ts'
import { jour, mois } from '#socle/dates.ts'
import { inOrganisme, inPersonne, inPlateforme } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { createServeur } from '#socle/http/serveur.ts'
import { newId } from '#socle/ids.ts'
import { deposerAuCoffre, registerEmployeur } from '../index.ts'
import { lettresToPdf } from './documents/lettre.ts'

const donnees = mkdtempSync(join(tmpdir(), 'bosquet-employeur-'))
const base = await baseDEssai()
const depot = openDepot({
  dossier: join(donnees, 'documents'),
  cleMaitre: openCleMaitre(donnees).secret,
  seul: true,
})
const [amou, angoume] = [newId<'Organisme'>(), newId<'Organisme'>()]
let chez: string = amou
const app = await createServeur()
registerEmployeur(
  {
    app,
    base,
    portier: {
      identify: async () => ({
        compteId: 'c',
        personneId: 'p',
        nom: 'Maïté Dulucq',
        sessionId: 's',
        secondFacteurLe: null,
      }),
      enter: async () => ({
        compteId: newId(),
        personneId: newId(),
        nom: 'Maïté Dulucq',
        organismeId: chez,
        droits: new Set(['coffre.administrer']),
        via: 'appartenance',
      }),
    },
  },
  { lien: (chemin) => `https://bosquet.test${chemin}` },
)
const autres = {
  code_insee: '40002',
  adresse: '',
  code_postal: '',
  ville: '',
  courriel: '',
  telephone: '',
  epci: null,
  rattachement: null,
  est_fictif: true,
}
await base.kysely
  .insertInto('app.organisme')
  .values([
    { id: amou, type: 'commune', nom: 'Commune d’Amou', siren: '214000028', siret: '21400002800018', ...autres },
    { id: angoume, type: 'commune', nom: 'Angoumé', siren: '214000036', siret: '21400003600011', ...autres },
  ])
  .execute()
afterAll(async () => {
  await app.close()
  await base.close()
  rmSync(donnees, { recursive: true })
})

const aujourdhui = new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris' }).format(new Date())
const dans = (jours: number) => {
  const d = new Date(`${aujourdhui}T12:00:00Z`)
  d.setUTCDate(d.getUTCDate() + jours)
  return d.toISOString().slice(0, 10)
}

async function newPersonne(nom: string) {
  const id = newId<'Personne'>()
  await inPlateforme(base, (tx) => sql`insert into app.acces_personne (id, nom) values (${id}, ${nom})`.execute(tx))
  return id
}
const deposer = (organismeId: string, personneId: string, m: string) =>
  inOrganisme(base, organismeId, (tx) =>
    deposerAuCoffre(tx, depot, { organismeId, nom: 'Commune', siren: '214000028' }, [
      {
        personneId,
        nature: 'bulletin',
        reference: `${personneId}/${m}`,
        mois: mois(m),
        titre: `Bulletin ${m}`,
        nom: 'b.pdf',
        type: 'application/pdf',
        contenu: { octets: Buffer.from(`%PDF-1.7 ${personneId} ${m}`) },
      },
    ]),
  )
const objets = (personneId: string) =>
  inPersonne(base, personneId, async (tx) =>
    (await tx.selectFrom('app.coffre_objet').select('mois').execute()).map((o) => o.mois),
  )
const titulaires = async () =>
  (await app.inject({ url: '/api/coffre/titulaires' })).json().titulaires as {
    personneId: string
    nom: string
    etat: string
  }[]
const noter = (personneId: string, recueLe: string, effetLe: string, id = newId()) =>
  app.inject({ method: 'POST', url: '/api/coffre/oppositions', payload: { id, personneId, recueLe, effetLe } })
const lever = (id: string, leveeLe = aujourdhui) =>
  app.inject({ method: 'POST', url: `/api/coffre/oppositions/${id}/levee`, payload: { leveeLe } })

let jeanne = ''
beforeEach(async () => {
  chez = amou
  jeanne = await newPersonne('Lalanne')
  await deposer(amou, jeanne, '2025-10')
})

test('the letters open the safes of those who have none, and of this body only', async () => {
  const ailleurs = await newPersonne('Voisine')
  await deposer(angoume, ailleurs, '2025-10')
  const reply = await app.inject({
    method: 'POST',
    url: '/api/coffre/lettres',
    payload: { personnes: [jeanne, ailleurs] },
  })
  expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/pdf'])
  expect(reply.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  const invitees = await inPlateforme(base, (tx) =>
    tx.selectFrom('app.acces_invitation').select('personne_id').execute(),
  )
  expect(invitees.map((i) => i.personne_id)).toContain(jeanne)
  expect(invitees.map((i) => i.personne_id)).not.toContain(ailleurs)
  expect((await titulaires()).find((t) => t.personneId === jeanne)?.etat).toBe('invite')
  expect((await titulaires()).map((t) => t.nom)).not.toContain('Voisine')
})

test('a demand of paper takes effect on its day: nothing more is put in the safe, the employer keeps his double', async () => {
  const id = newId()
  expect((await noter(jeanne, aujourdhui, aujourdhui, id)).statusCode).toBe(200)
  const [recu] = await deposer(amou, jeanne, '2025-11')
  expect(recu?.documentId).toBeDefined()
  expect(await objets(jeanne)).toEqual(['2025-10'])
  // another employer goes on
  await deposer(angoume, jeanne, '2025-11')
  expect(await objets(jeanne)).toHaveLength(2)
  expect((await lever(id)).statusCode).toBe(200)
  await deposer(amou, jeanne, '2025-12')
  expect(await objets(jeanne)).toContain('2025-12')
})

test('before its effect, payslips still come; three months at the latest', async () => {
  expect((await noter(jeanne, aujourdhui, dans(120))).json().champs.effetLe).toContain('trois mois')
  expect((await noter(jeanne, aujourdhui, dans(-1))).statusCode).toBe(400)
  expect((await noter(jeanne, aujourdhui, dans(60))).statusCode).toBe(200)
  await deposer(amou, jeanne, '2025-11')
  expect(await objets(jeanne)).toContain('2025-11')
  expect((await noter(jeanne, aujourdhui, aujourdhui)).json().code).toBe('opposition.deja')
})

test('sent twice it is noted once; a person of elsewhere is not known', async () => {
  const id = newId()
  expect((await noter(jeanne, aujourdhui, aujourdhui, id)).statusCode).toBe(200)
  expect((await noter(jeanne, aujourdhui, aujourdhui, id)).statusCode).toBe(200)
  chez = angoume
  expect((await noter(jeanne, aujourdhui, aujourdhui)).statusCode).toBe(404)
  expect((await lever(id)).statusCode).toBe(404)
})

test('the list keeps the dates of the demands that ended', async () => {
  const id = newId()
  await noter(jeanne, aujourdhui, aujourdhui, id)
  await lever(id)
  const csv = (await app.inject({ url: '/api/coffre/oppositions/liste' })).body
  expect(csv).toContain(`Lalanne;;${aujourdhui};${aujourdhui};Maïté Dulucq;${aujourdhui};Maïté Dulucq`)
})

test.each(['a-2b', 'ua-1'] as const)('a letter is an archive that a screen reader follows (%s)', (norme) => {
  const m = {
    date: jour('2026-11-24'),
    employeur: 'Commune d’Amou',
    adresse: 'https://bosquet.test/connexion/premier-acces',
    jusquAu: jour('2027-02-22'),
    lettres: [
      { prenom: 'Jeanne', nom: 'Lalanne', code: '7K3M-0QXZ-AB12-9RTV' },
      { prenom: 'Paul', nom: 'Dubos', code: '0000-1111-2222-3333' },
    ],
  }
  const octets = lettresToPdf(m, norme)
  expect(Buffer.from(octets).subarray(0, 5).toString()).toBe('%PDF-')
  expect(lettresToPdf(m, norme)).toEqual(octets)
})
