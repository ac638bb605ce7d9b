import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { euros, ZERO } from '#socle/argent.ts'
import { addJours, jour } from '#socle/dates.ts'
import type { Base } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { abandonner } from '../../execution/actions/liquider.ts'
import { type Commune, installCommune } from '../../execution/essai.ts'
import {
  annulerOperation,
  controlerCaisse,
  enregistrerAgent,
  enregistrerOperation,
  enregistrerProduit,
  enregistrerRegie,
  regulariser,
} from './actions.ts'
import { zRegieSaisie } from './contract.ts'
import { getRegie, listOperations, readEtat } from './db.ts'
import { alertesRegie, type EtatRegie } from './domain.ts'

const LE = jour('2025-03-20')
let base: Base
let c: Commune
const regie = newId<'Regie'>()
const produit = newId<'ProduitRegie'>()
const achat = newId<'ProduitRegie'>()
beforeAll(async () => {
  base = await baseDEssai()
  c = await installCommune(base)
  await c.run(async (tx) => {
    await enregistrerRegie(tx, c.auteur, c.budgetId, regie, zRegieSaisie.parse(saisie))
    await enregistrerAgent(tx, c.auteur, regie, {
      id: newId<'AgentRegie'>(),
      nom: 'Claire Dupouy',
      qualite: 'regisseur',
      acte: '2025-04',
      depuis: jour('2025-01-01'),
      jusqua: null,
    })
    const p = { fonction: '', tarif: null, estActif: true }
    await enregistrerProduit(tx, c.auteur, regie, {
      ...p,
      id: produit,
      caisse: 'recettes',
      libelle: 'Photocopies',
      nature: '75888',
    })
    await enregistrerProduit(tx, c.auteur, regie, {
      ...p,
      id: achat,
      caisse: 'avances',
      libelle: 'Timbres',
      nature: '60612',
    })
  })
})
afterAll(() => base.close())
const saisie = {
  code: 'PHOTO',
  libelle: 'Photocopies et timbres',
  genre: 'mixte',
  acte: '2024-12',
  encaisseMax: '100.00',
  fondsCaisse: '30.00',
  avanceMax: '150.00',
}
const code = (p: Promise<unknown>) =>
  p.then(
    () => 'ok',
    (e: { code?: string }) => e.code ?? String(e),
  )
type Genre = 'encaissement' | 'depense' | 'versement' | 'avance'
const noter = (genre: Genre, montant: string, change: object = {}) =>
  c.run((tx) =>
    enregistrerOperation(
      tx,
      c.auteur,
      regie,
      {
        id: newId<'OperationRegie'>(),
        le: LE,
        genre,
        moyen: 'especes',
        montant,
        produitId: genre === 'encaissement' ? produit : genre === 'depense' ? achat : null,
        qui: '',
        objet: '',
        ...change,
      },
      LE,
    ),
  )
const etat = () => c.run(async (tx) => readEtat(tx, await getRegie(tx, regie), LE))

test('the journal, its quittances and its versements have no gap, whatever is refused between two', async () => {
  expect(await noter('encaissement', '40.00')).toEqual({ numero: 1, piece: 1 })
  expect(await code(noter('versement', '41.00'))).toBe('regie.solde')
  expect(await code(noter('versement', '40.00', { moyen: 'cheque' }))).toBe('regie.solde')
  expect(await code(noter('encaissement', '1.00', { le: addJours(LE, 1) }))).toBe('regie.date')
  expect(await code(noter('encaissement', '1.00', { le: jour('2024-12-31') }))).toBe('regie.sansRegisseur')
  expect(await code(noter('avance', '151.00'))).toBe('regie.avance')
  const id = newId<'OperationRegie'>()
  for (const _ of [1, 2]) expect(await noter('encaissement', '25.00', { id })).toEqual({ numero: 2, piece: 2 })
  expect(await noter('versement', '40.00')).toEqual({ numero: 3, piece: 1 })
  expect((await etat()).encaisse).toBe(euros('25.00'))
})

test('a mistake is cancelled by another entry, once, and never after its money or its titre has gone', async () => {
  const id = newId<'OperationRegie'>()
  await noter('encaissement', '12.00', { id, moyen: 'cheque' })
  const annuler = (cible: string) =>
    c.run((tx) => annulerOperation(tx, c.auteur, regie, cible, { id: newId(), motif: 'chèque repris' }, LE))
  await annuler(id)
  expect(await code(annuler(id))).toBe('regie.annulee')
  const verse = (await c.run((tx) => listOperations(tx, regie))).find((o) => o.numero === 1)!
  expect(await code(annuler(verse.id))).toBe('regie.versee')
})

test('one titre books what was collected, by account; given up, it leaves the operations free again', async () => {
  const titre = newId<'Liquidation'>()
  const fait = await c.run((tx) => regulariser(tx, c.auteur, regie, { id: titre, caisse: 'recettes', jusqua: LE }))
  expect(fait.montant).toBe('65.00')
  const [l] = await c.run(
    async (tx) =>
      (
        await sql<{ sens: string; contenu: { regie: string; naturePiece: string } }>`
      select sens, contenu from app.finances_liquidation where id = ${titre}`.execute(tx)
      ).rows,
  )
  expect(l).toMatchObject({ sens: 'R', contenu: { regie: 'PHOTO', naturePiece: '05' } })
  const encore = () => c.run((tx) => regulariser(tx, c.auteur, regie, { id: newId(), caisse: 'recettes', jusqua: LE }))
  expect(await code(encore())).toBe('regie.rien')
  const prise = (await c.run((tx) => listOperations(tx, regie))).find((o) => o.numero === 2)!
  const annuler = c.run((tx) => annulerOperation(tx, c.auteur, regie, prise.id, { id: newId(), motif: 'non' }, LE))
  expect(await code(annuler)).toBe('regie.regularisee')
  await c.run((tx) => abandonner(tx, c.auteur, titre, 'à refaire'))
  expect((await encore()).montant).toBe('65.00')
})

test('what an advance paid becomes a mandat that makes it up again', async () => {
  await noter('avance', '100.00')
  await noter('depense', '18.60')
  expect(await code(noter('depense', '90.00'))).toBe('regie.solde')
  const id = newId<'Liquidation'>()
  expect((await c.run((tx) => regulariser(tx, c.auteur, regie, { id, caisse: 'avances', jusqua: LE }))).montant).toBe(
    '18.60',
  )
  const r = await c.run(
    async (tx) =>
      (await sql<{ sens: string }>`select sens from app.finances_liquidation where id = ${id}`.execute(tx)).rows,
  )
  expect(r).toEqual([{ sens: 'D' }])
})

test('whatever is asked of it, the journal has no gap and neither box is below zero', async () => {
  const genres = fc.constantFrom<Genre>('encaissement', 'versement', 'depense', 'avance')
  const demandes = fc.array(fc.tuple(genres, fc.integer({ min: 1, max: 9000 })), { maxLength: 12 })
  const avant = (await etat()).encaisse
  let somme: bigint = avant
  await fc.assert(
    fc.asyncProperty(demandes, async (liste) => {
      for (const [genre, n] of liste) {
        const fait = await code(noter(genre, (n / 100).toFixed(2), { moyen: 'carte' }))
        if (fait === 'ok' && genre === 'encaissement') somme += BigInt(n)
        if (fait === 'ok' && genre === 'versement') somme -= BigInt(n)
      }
      const e = await etat()
      expect(e.encaisse).toBe(somme)
      expect([e.encaisse >= 0n, e.avance >= 0n]).toEqual([true, true])
      const numeros = (await c.run((tx) => listOperations(tx, regie))).map((o) => o.numero)
      expect(numeros).toEqual(numeros.map((_, i) => numeros.length - i))
    }),
    { numRuns: 8 },
  )
})

test('a cash count that differs asks for its reason', async () => {
  // 25.00 of incomes, 81.40 of the advance, 30.00 of float
  const compter = (observation: string, pieces: number) =>
    c.run((tx) =>
      controlerCaisse(tx, c.auteur, regie, {
        id: newId<'ControleRegie'>(),
        le: LE,
        coupures: { '50.00': 2, '20.00': 1, '10.00': 1, '5.00': 1, '1.00': 1, '0.20': pieces },
        observation,
      }),
    )
  expect(await compter('', 2)).toEqual({ theorique: '136.40', constate: '136.40' })
  expect(await code(compter('', 1))).toBe('regie.ecart')
  expect(await compter('vingt centimes manquent', 1)).toMatchObject({ constate: '136.20' })
})

test.each`
  difference                                                | codes
  ${{}}                                                     | ${[]}
  ${{ encaisse: euros('100.01') }}                          | ${['regie.encaisse']}
  ${{ plusAncienLe: jour('2025-02-16') }}                   | ${['regie.versement']}
  ${{ plusAncienLe: jour('2025-02-17') }}                   | ${[]}
  ${{ genre: 'avances', plusAncienLe: jour('2025-01-01') }} | ${[]}
  ${{ genre: 'avances', avance: euros('150.01') }}          | ${['regie.avance']}
  ${{ regisseur: false }}                                   | ${['regie.sansRegisseur']}
  ${{ acte: '' }}                                           | ${['regie.sansActe']}
`('alerts of a régie: $difference', ({ difference, codes }: { difference: Partial<EtatRegie>; codes: string[] }) => {
  const r: EtatRegie = {
    genre: 'recettes',
    acte: '2024-12',
    encaisseMax: euros('100.00'),
    fondsCaisse: ZERO,
    avanceMax: euros('150.00'),
    joursVersement: 31,
    encaisse: euros('100.00'),
    avance: ZERO,
    plusAncienLe: null,
    dernierVersementLe: null,
    regisseur: true,
    ...difference,
  }
  expect(alertesRegie(r, LE).map((a) => a.code)).toEqual(codes)
})
