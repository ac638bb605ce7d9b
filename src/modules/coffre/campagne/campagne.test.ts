import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { openCleMaitre, openDepot } from '#modules/documents/index.ts'
import { mois } from '#socle/dates.ts'
import { inOrganisme, inPersonne, inPlateforme } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { deposerAuCoffre } from '../index.ts'
import { createCampagnes, launchCampagne, listCampagnes, readCampagne, runCampagne } from './controler.ts'

const donnees = mkdtempSync(join(tmpdir(), 'bosquet-campagne-'))
const base = await baseDEssai()
const depot = openDepot({ dossier: join(donnees, 'documents'), cleMaitre: openCleMaitre(donnees).secret, seul: true })
const [agence, amou] = [newId<'Organisme'>(), newId<'Organisme'>()]
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
    { id: agence, type: 'agence', nom: 'Agence', siren: '299900007', siret: '29990000700019', ...autres },
    { id: amou, type: 'commune', nom: 'Amou', siren: '214000028', siret: '21400002800018', ...autres },
  ])
  .execute()
afterAll(async () => {
  await base.close()
  rmSync(donnees, { recursive: true })
})

const personnes: string[] = []
for (let i = 0; i < 30; i++) {
  const id = newId<'Personne'>()
  personnes.push(id)
  await inPlateforme(base, (tx) => sql`insert into app.acces_personne (id, nom) values (${id}, 'Lalanne')`.execute(tx))
  await inOrganisme(base, amou, (tx) =>
    deposerAuCoffre(tx, depot, { organismeId: amou, nom: 'Amou', siren: '214000028' }, [
      {
        personneId: id,
        nature: 'bulletin',
        reference: id,
        mois: mois('2025-11'),
        titre: 'Bulletin',
        nom: 'b.pdf',
        type: 'application/pdf',
        contenu: { octets: Buffer.from(`%PDF-1.7 ${id}`) },
      },
    ]),
  )
}

const signal = new AbortController().signal
const campagnes = createCampagnes({ base, depot, jobs: () => ({ enqueue: async () => undefined }) as never })
const lancer = async () => {
  const id = newId<'Campagne'>()
  await inOrganisme(base, agence, (tx) => launchCampagne(tx, campagnes, { organismeId: agence, nom: 'Technique' }, id))
  return id
}
const rapport = (id: string) => inOrganisme(base, agence, (tx) => readCampagne(tx, id))

test('everything of every owner is read again: the doubles and the safes', async () => {
  const id = await lancer()
  await runCampagne(base, depot, { organisme: agence, campagne: id }, signal)
  const { campagne, constats } = await rapport(id)
  expect(constats).toEqual([])
  expect(campagne).toMatchObject({ proprietaires: 31, faits: 31, controles: 60, anomalies: 0 })
  expect(campagne.finieLe).not.toBeNull()
})

test('what was changed and what is missing are found, named by their receipt, and written in the journal of the holder', async () => {
  const [changee, absente] = personnes as [string, string]
  const fileOf = (p: string) => {
    const dossier = join(donnees, 'documents', 'personne', p)
    return join(dossier, readdirSync(dossier)[0]!)
  }
  const octets = readFileSync(fileOf(changee))
  octets[60]! ^= 1
  writeFileSync(fileOf(changee), octets)
  rmSync(fileOf(absente))
  const id = await lancer()
  await runCampagne(base, depot, { organisme: agence, campagne: id }, signal)
  const { campagne, constats } = await rapport(id)
  expect(campagne.anomalies).toBe(2)
  const recuOf = (p: string) =>
    inPersonne(
      base,
      p,
      async (tx) => (await tx.selectFrom('app.coffre_objet').select('recu').executeTakeFirstOrThrow()).recu,
    )
  expect(constats).toEqual(
    expect.arrayContaining([
      { proprietaire: `personne:${changee}`, reference: await recuOf(changee), constat: 'corrompu' },
      { proprietaire: `personne:${absente}`, reference: await recuOf(absente), constat: 'absent' },
    ]),
  )
  const journal = await inPersonne(base, changee, (tx) =>
    tx.selectFrom('app.coffre_journal').select(['acte', 'auteur', 'constat']).where('acte', '=', 'controler').execute(),
  )
  expect(journal).toEqual([{ acte: 'controler', auteur: 'Contrôle de tous les coffres', constat: 'corrompu' }])
})

test('cut in the middle, it goes on where it was, and counts nothing twice', async () => {
  const id = await lancer()
  const coupure = new AbortController()
  const coupe: typeof depot = {
    ...depot,
    open(...demande) {
      coupure.abort()
      return depot.open(...demande)
    },
  }
  await runCampagne(base, coupe, { organisme: agence, campagne: id }, coupure.signal)
  const milieu = (await rapport(id)).campagne
  expect([milieu.finieLe, milieu.faits < 31]).toEqual([null, true])
  await runCampagne(base, depot, { organisme: agence, campagne: id }, signal)
  const { campagne } = await rapport(id)
  expect([campagne.faits, campagne.controles, campagne.anomalies]).toEqual([31, 60, 2])
})

test('one at a time; sent twice it is launched once; another body sees nothing of it', async () => {
  const id = await lancer()
  await inOrganisme(base, agence, (tx) => launchCampagne(tx, campagnes, { organismeId: agence, nom: 'T' }, id))
  await expect(lancer()).rejects.toThrow('déjà en cours')
  expect(await inOrganisme(base, amou, (tx) => listCampagnes(tx))).toEqual([])
})
