import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inOrganisme, inPlateforme } from '#socle/db/base.ts'
import { baseDEssai, organismeDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { canonique } from './domain/canonique.ts'
import { SECRETAIRE } from './essai/personnes.ts'
import { inscrire, inscrireAgence } from './index.ts'

const base = await baseDEssai()
const agence = newId<'Organisme'>()
const commune = newId<'Organisme'>()
const voisine = newId<'Organisme'>()
beforeAll(async () => {
  await organismeDEssai(base, { id: agence, type: 'agence' })
  await organismeDEssai(base, { id: commune })
  await organismeDEssai(base, { id: voisine })
})
afterAll(() => base.close())

const lire = (organisme: string) =>
  inOrganisme(base, organisme, (tx) =>
    tx
      .selectFrom('app.journal_ecriture')
      .select(['numero', 'evenement', 'empreinte', 'acte', 'nom', 'le', 'sensible', 'personne_id'])
      .orderBy('numero')
      .execute(),
  )

test('canonical JSON: keys in order, nothing undefined, what PostgreSQL refuses replaced', () => {
  expect(canonique({ b: 1, a: ['x', null, true], é: 'œ', z: undefined, A: { d: 0.1, c: '"\n' } })).toBe(
    '{"A":{"c":"\\"\\n","d":0.1},"a":["x",null,true],"b":1,"é":"œ"}',
  )
  expect(canonique('a\0b\ud800c')).toBe('"a\ufffdb\ufffdc"')
  expect(() => canonique(Number.NaN)).toThrow()
})

test('a fact is written with the transaction, and goes with it', async () => {
  await inOrganisme(base, commune, (tx) =>
    inscrire(tx, commune, SECRETAIRE, {
      acte: 'piece.deposer',
      objet: { type: 'piece', id: 'P1', libelle: 'Arrêté' },
      detail: { taille: 12 },
      sensible: 'paie',
    }),
  )
  await expect(
    inOrganisme(base, commune, async (tx) => {
      await inscrire(tx, commune, SECRETAIRE, { acte: 'piece.retirer' })
      throw new Error('the trade refuses')
    }),
  ).rejects.toThrow('the trade refuses')
  const lues = await lire(commune)
  expect(lues).toHaveLength(1)
  expect(lues[0]).toMatchObject({ numero: 1, acte: 'piece.deposer', nom: SECRETAIRE.nom, sensible: 'paie' })
  expect(lues[0]!.empreinte).toBe(
    createHash('sha256')
      .update(`${'0'.repeat(64)}\n${lues[0]!.evenement}`)
      .digest('hex'),
  )
})

test('parallel writers never fork the chain', async () => {
  await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      inOrganisme(base, voisine, async (tx) => {
        await sql`select pg_sleep(${(i % 4) / 1000})`.execute(tx)
        await inscrire(tx, voisine, SECRETAIRE, { acte: 'essai.ecrire', detail: { i } })
      }),
    ),
  )
  const lues = await lire(voisine)
  expect(lues.map((e) => e.numero)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
  let precedente = '0'.repeat(64)
  for (const e of lues) {
    expect(e.empreinte).toBe(createHash('sha256').update(`${precedente}\n${e.evenement}`).digest('hex'))
    precedente = e.empreinte
  }
})

test('what belongs to no body goes to the journal of the agency', async () => {
  await inPlateforme(base, (tx) => inscrireAgence(tx, { personneId: null, nom: 'Commande' }, { acte: 'compte.creer' }))
  await inOrganisme(base, commune, async (tx) => {
    await inscrireAgence(tx, SECRETAIRE, { acte: 'session.ouvrir' }, commune)
    await inscrire(tx, commune, SECRETAIRE, { acte: 'essai.retour' })
  })
  expect((await lire(agence)).map((e) => e.acte)).toEqual(['compte.creer', 'session.ouvrir'])
  expect((await lire(commune)).at(-1)!.acte).toBe('essai.retour')
})

test('the application can neither change, remove nor see the journal of another body', async () => {
  for (const ordre of [
    `update app.journal_ecriture set evenement = '{}'`,
    'delete from app.journal_ecriture',
    'delete from app.journal_tete',
    'delete from app.journal_bordereau',
    'truncate app.journal_ecriture',
  ])
    await expect(inOrganisme(base, commune, (tx) => sql.raw(ordre).execute(tx))).rejects.toThrow(/permission denied/)
  await expect(
    inOrganisme(base, commune, (tx) => inscrire(tx, voisine, SECRETAIRE, { acte: 'essai.intrusion' })),
  ).rejects.toThrow(/row-level security/)
  expect((await lire(commune)).every((e) => JSON.parse(e.evenement).organisme === commune)).toBe(true)
})

test('a hostile text is written as it is, and the columns say the same', async () => {
  const nom = `Robert'); drop table app.journal_ecriture;--\0\ud800`
  await inOrganisme(base, commune, (tx) =>
    inscrire(tx, commune, { personneId: newId(), nom }, { acte: 'essai.hostile' }),
  )
  const derniere = (await lire(commune)).at(-1)!
  expect(derniere.nom).toBe(`Robert'); drop table app.journal_ecriture;--\ufffd\ufffd`)
})
