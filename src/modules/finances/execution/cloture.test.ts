import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jour } from '#socle/dates.ts'
import type { Base } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { cloreExercice, lireCloture } from './actions/clore.ts'
import { corrigerPiece } from './actions/corriger.ts'
import { engager } from './actions/engager.ts'
import { abandonner, liquider } from './actions/liquider.ts'
import { noterRetour } from './actions/retours.ts'
import { type Commune, installCommune } from './essai.ts'

const APRES = jour('2026-01-15')
let base: Base
let k: Commune
beforeAll(async () => {
  base = await baseDEssai()
  k = await installCommune(base, { '60612': '10000.00', '2151': '20000.00' })
})
afterAll(() => base.close())
const code = (p: Promise<unknown>) =>
  p.then(
    () => 'ok',
    (e: { code?: string; message: string }) => e.code ?? e.message,
  )
const clore = (le = APRES) => k.run((tx) => cloreExercice(tx, k.auteur, k.cadre, le))
const bloquantes = async () =>
  (await k.run((tx) => lireCloture(tx, k.cadre, APRES))).anomalies.filter((a) => a.bloquante).map((a) => a.code)

test('a year is closed once it is over and nothing waits on it; its result and its restes are known', async () => {
  expect(await code(clore(jour('2025-12-31')))).toBe('cloture.inachevee')
  const attente = k.piece('10.00')
  const signe = k.piece('1000.00')
  await k.run((tx) => liquider(tx, k.auteur, k.cadre, 'D', [attente]))
  await k.poser([signe])
  await k.poser(
    [
      k.piece('5000.00', {
        contenu: {
          modeReglement: '09',
          lignes: [{ nature: '70688', ht: '5000.00', produit: '0001' }],
          compteBancaireId: undefined,
        },
      }),
    ],
    { sens: 'R' },
  )
  await k.run((tx) =>
    engager(
      tx,
      k.auteur,
      k.cadre,
      {
        id: newId<'Engagement'>(),
        objet: 'Voirie',
        nature: '2151',
        fonction: '',
        operation: '',
        service: '',
        marche: '',
        montant: '3000.00',
      },
      jour('2025-11-01'),
    ),
  )
  expect(await bloquantes()).toEqual(['cloture.pretes', 'cloture.signes'])
  await k.run((tx) => abandonner(tx, k.auteur, attente.id, 'Fin d’exercice'))
  for (const sens of ['D', 'R'] as const)
    await k.run((tx) =>
      noterRetour(tx, k.auteur, {
        ...k.cadre,
        sens,
        typeBordereau: '01',
        numeroBordereau: 1,
        nature: 'accepte',
        le: jour('2025-12-20'),
        cle: `acquit-${sens}`,
      }),
    )
  expect(await bloquantes()).toEqual([])
  const c = await k.run((tx) => lireCloture(tx, k.cadre, APRES))
  expect(c.resultats).toMatchObject({
    fonctionnement: 400_000n,
    investissement: 0n,
    rarDepenses: 300_000n,
    affecte: 300_000n,
    reporte: 100_000n,
  })
  expect(c.restes.map((r) => [r.nature, r.montant])).toEqual([['2151', 300_000n]])
  await clore()
  await clore()
})

test('a closed year refuses what is engaged, liquidated or signed on it', async () => {
  expect(await code(k.run((tx) => liquider(tx, k.auteur, k.cadre, 'D', [k.piece('1.00')])))).toBe('exercice.ferme')
  const titre = k.piece('1.00', {
    contenu: { modeReglement: '09', lignes: [{ nature: '70688', ht: '1.00' }], compteBancaireId: undefined },
  })
  expect(await code(k.run((tx) => liquider(tx, k.auteur, k.cadre, 'R', [titre])))).toBe('exercice.ferme')
})

test('what the comptable pays afterwards is still noted, and a cancellation goes to the open year', async () => {
  const { rows } = await k.run((tx) =>
    sql<{ id: string }>`select id from app.finances_piece where sens = 'D'`.execute(tx),
  )
  const paye = await k.run((tx) =>
    noterRetour(tx, k.auteur, {
      ...k.cadre,
      sens: 'D',
      typeBordereau: '01',
      numeroBordereau: 1,
      numeroPiece: 1,
      nature: 'reglement',
      montant: '1000.00',
      le: APRES,
      cle: 'paiement',
    }),
  )
  expect(paye).toBe('applique')
  const rejete = await k.run((tx) =>
    noterRetour(tx, k.auteur, {
      ...k.cadre,
      sens: 'R',
      typeBordereau: '01',
      numeroBordereau: 1,
      numeroPiece: 1,
      nature: 'rejetee',
      motif: 'Débiteur inconnu',
      le: APRES,
      cle: 'rejet',
    }),
  )
  expect(rejete).toBe('applique')
  await k.run((tx) =>
    sql`insert into app.finances_exercice (organisme_id, budget_id, annee, plan, plan_annee, etat)
      values (${k.organismeId}, ${k.budgetId}, 2026, 'M57_A', 2024, 'ouvert')`.execute(tx),
  )
  const { rows: titres } = await k.run((tx) =>
    sql<{ id: string }>`select id from app.finances_piece where sens = 'R'`.execute(tx),
  )
  const reemis = newId<'Liquidation'>()
  await k.run((tx) =>
    corrigerPiece(tx, k.auteur, titres[0]!.id, { id: reemis, acte: 'reemettre', objet: 'Réémission' }),
  )
  const { rows: nouveau } = await k.run((tx) =>
    sql`select annee from app.finances_liquidation where id = ${reemis}`.execute(tx),
  )
  expect(nouveau).toEqual([{ annee: 2026 }])
  const id = newId<'Liquidation'>()
  await k.run((tx) => corrigerPiece(tx, k.auteur, rows[0]!.id, { id, acte: 'annuler', objet: 'Erreur' }))
  const { rows: titre } = await k.run((tx) =>
    sql`select sens, annee, contenu ->> 'typePiece' as type, contenu -> 'lignes' -> 0 ->> 'nature' as nature
      from app.finances_liquidation where id = ${id}`.execute(tx),
  )
  expect(titre).toEqual([{ sens: 'R', annee: 2026, type: '02', nature: '773' }])
})
