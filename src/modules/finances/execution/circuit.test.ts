import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Base } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import type { Acteur } from '#socle/droits.ts'
import { newId } from '#socle/ids.ts'
import { choisirEdition } from '../budget/actions/budgets.ts'
import { deciderDemande, engagerOuDemander, reglerCircuit } from './actions/demandes.ts'
import { type Commune, installCommune, LE } from './essai.ts'

let base: Base
let k: Commune
const acteur = (nom: string, ...droits: string[]) =>
  ({ organismeId: k.organismeId, personneId: newId(), nom, droits: new Set(droits) }) as unknown as Acteur
let service: Acteur
let finances: Acteur
let maire: Acteur
beforeAll(async () => {
  base = await baseDEssai()
  k = await installCommune(base, { '60612': '10000.00' })
  service = acteur('Service', 'finances.lire', 'finances.engager')
  finances = acteur('Finances', 'finances.lire', 'finances.engager', 'finances.liquider')
  maire = acteur('Maire', 'finances.lire', 'finances.viser')
  await k.run((tx) => reglerCircuit(tx, k.organismeId, { seuilFinances: '100.00', seuilOrdonnateur: '1000.00' }))
})
afterAll(() => base.close())

const code = (p: Promise<unknown>) =>
  p.then(
    (v) => v,
    (e: { code?: string; message: string }) => e.code ?? e.message,
  )
const demander = (qui: Acteur, montant: string, id = newId<'Engagement'>()) =>
  k.run((tx) =>
    engagerOuDemander(
      tx,
      qui,
      k.cadre,
      { id, objet: 'Fournitures', nature: '60612', fonction: '', operation: '', service: '', marche: '', montant },
      LE,
    ),
  )
const decider = (qui: Acteur, id: string, acte: 'accorder' | 'refuser', motif = '') =>
  code(k.run((tx) => deciderDemande(tx, qui, id, { acte, motif }, LE)))

test('a small expense is engaged by the service, a larger one waits for the finances, which reserves nothing yet', async () => {
  expect(await demander(service, '100.00')).toBe(1)
  const id = newId<'Engagement'>()
  expect(await demander(service, '100.01', id)).toBeNull()
  expect(await demander(service, '100.01', id)).toBeNull()
  expect((await k.credit())!.engage).toBe('100.00')
  expect(await decider(service, id, 'accorder')).toMatch(/droit|interdit/i)
  expect(await decider(finances, id, 'accorder')).toBe(2)
  expect((await k.credit())!.engage).toBe('200.01')
  expect(await decider(finances, id, 'accorder')).toBe('demande.decidee')
})

test('the finances engage alone up to the threshold of the ordonnateur, who alone grants above it', async () => {
  expect(await demander(finances, '900.00')).toBe(3)
  const id = newId<'Engagement'>()
  expect(await demander(finances, '1000.01', id)).toBeNull()
  expect(await decider(finances, id, 'accorder')).toMatch(/droit|interdit/i)
  expect(await decider(maire, id, 'refuser')).toBe('demande.motif')
  expect(await decider(maire, id, 'refuser', 'Trop cher')).toBeNull()
  expect((await k.credit())!.engage).toBe('1100.01')
})

test('what the credit does not hold is refused when it is granted, and the demand stays', async () => {
  const id = newId<'Engagement'>()
  await demander(service, '50000.00', id)
  expect(await decider(maire, id, 'accorder')).toBe('credit.depasse')
  const { rows } = await k.run((tx) => sql`select etat from app.finances_demande where id = ${id}`.execute(tx))
  expect(rows).toEqual([{ etat: 'demande' }])
})

test('passing from one edition to the other keeps every entry, and the thresholds', async () => {
  const lire = () =>
    k.run(async (tx) => {
      const tables = [
        'finances_engagement',
        'finances_demande',
        'finances_acte',
        'finances_controle',
        'finances_article',
      ]
      const comptes = []
      for (const t of tables) {
        const { rows } = await sql<{ h: string }>`
          select md5(string_agg(x::text, '' order by x::text)) as h from ${sql.raw(`app.${t}`)} x`.execute(tx)
        comptes.push(rows[0]!.h)
      }
      return comptes
    })
  const qui = { organismeId: k.organismeId, personneId: null, nom: 'Essai' }
  const avant = await lire()
  await k.run((tx) => choisirEdition(tx, qui, 'essentielle'))
  expect(await lire()).toEqual(avant)
  // the essential edition asks nobody
  expect(await demander(service, '500.00')).toBe(4)
  const apres = await lire()
  await k.run((tx) => choisirEdition(tx, qui, 'complete'))
  expect(await lire()).toEqual(apres)
  expect(await demander(service, '500.00')).toBeNull()
})
