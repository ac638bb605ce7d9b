import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Reception, recevoirTitres } from '#modules/finances/index.ts'
import { jour } from '#socle/dates.ts'
import type { Base } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { envoyerBordereau, renvoyerBordereau, signerBordereau } from './actions/bordereaux.ts'
import { engager, solderEngagement } from './actions/engager.ts'
import { enregistrerFacture, traiterFacture } from './actions/factures.ts'
import { abandonner, liquider } from './actions/liquider.ts'
import { passerOrdre } from './actions/ordre.ts'
import { noterRetour } from './actions/retours.ts'
import { deciderCompte, enregistrerTiers, proposerCompte } from './actions/tiers.ts'
import { zTiersSaisi } from './contract.ts'
import { type Commune, installCommune, LE } from './essai.ts'

let base: Base
let c: Commune
beforeAll(async () => {
  base = await baseDEssai()
  c = await installCommune(base)
})
afterAll(() => base.close())

const code = (p: Promise<unknown>) =>
  p.then(
    () => 'ok',
    (e: { code?: string }) => e.code ?? String(e),
  )
const rows = <T>(commune: Commune, query: ReturnType<typeof sql<T>>) =>
  commune.run(async (tx) => (await query.execute(tx)).rows)

describe('tiers', () => {
  test('a SIRET belongs to one tiers of the body', async () => {
    const t = zTiersSaisi.parse({ categorie: '60', natureJuridique: '03', nom: 'Autre', siret: '21400001000014' })
    expect(await code(c.run((tx) => enregistrerTiers(tx, c.auteur, newId(), t)))).toBe('tiers.existe')
  })
  test('who proposed a bank account does not accept it, and a piece does not pay an account that nobody accepted', async () => {
    const id = newId<'CompteBancaire'>()
    await c.run((tx) =>
      proposerCompte(tx, c.auteur, c.tiersId, {
        id,
        iban: 'DE89370400440532013000',
        bic: '',
        titulaire: 'X',
        origine: '',
      }),
    )
    expect(await code(c.run((tx) => deciderCompte(tx, c.auteur, id, { acte: 'accepter', motif: '' })))).toBe(
      'compte.memePersonne',
    )
    expect(await code(c.poser([c.piece('10.00', { contenu: { compteBancaireId: id } })]))).toBe('bordereau.anomalies')
    await c.run((tx) => deciderCompte(tx, c.second, id, { acte: 'accepter', motif: '' }))
    expect(await code(c.poser([c.piece('10.00', { contenu: { compteBancaireId: id } })]))).toBe('ok')
  })
})

describe('from the invoice to the bordereau', () => {
  test('an invoice is liquidated, signed, numbered, and its entries balance', async () => {
    const k = await installCommune(base)
    const factureId = newId<'Facture'>()
    const facture = {
      id: factureId,
      budgetId: k.budgetId,
      tiersId: k.tiersId,
      numero: 'F-1',
      objet: '',
      dateFacture: LE,
      recueLe: jour('2025-03-01'),
      serviceFaitLe: LE,
      ht: '100.00',
      tva: '20.00',
    }
    await k.run((tx) => enregistrerFacture(tx, k.auteur, facture, null))
    await k.run((tx) => enregistrerFacture(tx, k.auteur, facture, null))
    expect(await code(k.run((tx) => enregistrerFacture(tx, k.auteur, { ...facture, id: newId() }, null)))).toBe(
      'facture.double',
    )
    const { id, ...done } = await k.poser([k.piece('120.00', { factureId })])
    expect(done).toEqual({ numero: 1, premiere: 1, nombre: 1 })
    expect(await k.credit()).toMatchObject({ engage: '0.00', mandate: '120.00' })
    const [balance] = await rows<{ d: string; c: string; n: number }>(
      k,
      sql`select sum(debit) as d, sum(credit) as c, count(*)::int as n from app.finances_grand_livre`,
    )
    expect(balance).toEqual({ d: '120.00', c: '120.00', n: 2 })
    const [p] = await rows<{ contenu: { dgp: unknown }; nature_piece: string }>(
      k,
      sql`select contenu, nature_piece from app.finances_piece where bordereau_id = ${id}`,
    )
    expect(p!.contenu.dgp).toEqual({ debut: '2025-03-10', fin: '2025-04-09', jours: 30 })
    expect(await code(k.poser([k.piece('1.00', { factureId })]))).toBe('bordereau.anomalies')
    expect(
      await code(k.run((tx) => traiterFacture(tx, k.auteur, factureId, { acte: 'suspendre', le: LE, motif: 'x' }))),
    ).toBe('facture.etat')
  })

  test('a piece entered twice is entered once; its credit is held from the liquidation on', async () => {
    const k = await installCommune(base)
    const p = k.piece('60.00')
    for (const _ of [1, 2]) await k.run((tx) => liquider(tx, k.auteur, k.cadre, 'D', [p]))
    expect(await k.credit()).toMatchObject({ engage: '60.00', mandate: '0.00' })
    await k.run((tx) => abandonner(tx, k.auteur, p.id, 'erreur'))
    expect(await k.credit()).toMatchObject({ engage: '0.00' })
  })

  test('credits are not passed, at the engagement or at the liquidation', async () => {
    const k = await installCommune(base, { '60612': '100.00' })
    const e = { objet: 'Contrat', nature: '60612', fonction: '', operation: '', service: '', marche: '' }
    const id = newId<'Engagement'>()
    await k.run((tx) => engager(tx, k.auteur, k.cadre, { ...e, id, montant: '80.00' }, LE))
    expect(await code(k.run((tx) => engager(tx, k.auteur, k.cadre, { ...e, id: newId(), montant: '20.01' }, LE)))).toBe(
      'credit.depasse',
    )
    expect(await code(k.run((tx) => liquider(tx, k.auteur, k.cadre, 'D', [k.piece('20.01')])))).toBe('credit.depasse')
    expect(
      await code(k.run((tx) => liquider(tx, k.auteur, k.cadre, 'D', [k.piece('80.01', { engagementId: id })]))),
    ).toBe('engagement.depasse')
    await k.poser([k.piece('50.00', { engagementId: id })])
    expect(await k.credit()).toMatchObject({ engage: '30.00', mandate: '50.00' })
    await k.run((tx) => solderEngagement(tx, k.auteur, id))
    expect(await k.credit()).toMatchObject({ engage: '0.00', mandate: '50.00' })
  })

  test('sent back, the pieces have no number; what changed since it was read is not signed', async () => {
    const k = await installCommune(base)
    const p = k.piece('10.00')
    const id = newId<'Bordereau'>()
    await k.run(async (tx) => {
      await liquider(tx, k.auteur, k.cadre, 'D', [p])
      await envoyerBordereau(tx, k.auteur, id, [p.id], LE)
    })
    expect(await code(k.run((tx) => signerBordereau(tx, k.auteur, id, { empreinte: 'autre', le: LE })))).toBe(
      'bordereau.vuAutreChose',
    )
    await k.run((tx) => renvoyerBordereau(tx, k.auteur, id, 'Mauvais article'))
    expect(await code(k.signer(id))).toBe('bordereau.acteImpossible')
    expect((await k.poser([k.piece('5.00')])).numero).toBe(1)
  })
})

describe('corrections', () => {
  test('a reduction takes from its origin and gives its credit back, never more than the rest', async () => {
    const k = await installCommune(base)
    const p = k.piece('100.00')
    await k.poser([p])
    const annulation = (m: string) =>
      k.piece(m, {
        origineId: p.id,
        contenu: { typeBordereau: '02', typePiece: '02', lignes: [{ nature: '60612', ht: m }] },
      })
    await k.poser([annulation('30.00')])
    expect(await k.credit()).toMatchObject({ mandate: '70.00', engage: '0.00' })
    expect(await code(k.poser([annulation('70.01')]))).toBe('bordereau.anomalies')
    await k.poser([annulation('70.00')])
    const [s] = await rows<{ etat: string; annule: string }>(
      k,
      sql`select etat, annule from app.finances_piece_suivi where piece_id = ${p.id}`,
    )
    expect(s).toEqual({ etat: 'annulee', annule: '100.00' })
    const [t] = await rows<{ contenu: { rattachement: object }; numero: number; t: string }>(
      k,
      sql`select contenu, numero, type_bordereau || '-' || type_piece || '-' || nature_piece as t from app.finances_piece where origine_id = ${p.id} order by numero limit 1`,
    )
    expect([t!.t, t!.numero, t!.contenu.rattachement]).toEqual([
      '02-02-06',
      2,
      { nature: '01', exercice: 2025, piece: '1', ligne: '1' },
    ])
  })

  test('a refused bordereau gives back credits and invoices; an answer read twice counts once', async () => {
    const k = await installCommune(base)
    const a = k.piece('40.00')
    const { numero } = await k.poser([a, k.piece('2.00')])
    const r = {
      budgetId: k.budgetId,
      annee: 2025,
      sens: 'D' as const,
      typeBordereau: '01',
      numeroBordereau: numero,
      le: LE,
    }
    const note = (x: object) =>
      k.run((tx) => noterRetour(tx, k.auteur, { ...r, nature: 'refuse', cle: 'f/0', ...x } as never))
    expect(await note({ numeroBordereau: 99 })).toBe('inconnu')
    expect(await note({ numeroPiece: 1, nature: 'reglement', montant: '15.00', cle: 'a' })).toBe('applique')
    expect(await note({ numeroPiece: 1, nature: 'reglement', montant: '15.00', cle: 'a' })).toBe('deja')
    expect(await note({ numeroPiece: 2, nature: 'rejetee', motif: 'RIB faux', cle: 'b' })).toBe('applique')
    expect(await k.credit()).toMatchObject({ mandate: '40.00' })
    const suivi = await rows<{ etat: string; regle: string }>(
      k,
      sql`select etat, regle from app.finances_piece_suivi order by ttc desc`,
    )
    expect(suivi).toEqual([
      { etat: 'partielle', regle: '15.00' },
      { etat: 'rejetee', regle: '0.00' },
    ])
    const [soldes] = await rows<{ d: string; c: string }>(
      k,
      sql`select sum(debit) as d, sum(credit) as c from app.finances_grand_livre`,
    )
    expect(soldes!.d).toBe(soldes!.c)
  })

  test('what is posted cannot be changed, even by the application', async () => {
    for (const table of ['finances_piece', 'finances_ecriture', 'finances_bordereau_signe'])
      expect(await code(c.run((tx) => sql`delete from ${sql.raw(`app.${table}`)}`.execute(tx)))).toBe('42501')
    expect(await code(c.run((tx) => sql`update app.finances_piece set ht = 1`.execute(tx)))).toBe('42501')
  })
})

describe('ordre and the door of other modules', () => {
  test('an operation of ordre is a mandat and a titre of one amount, both or none, and takes no limited credit', async () => {
    const k = await installCommune(base)
    const o = {
      id: newId(),
      libelle: 'Amortissements',
      mouvement: 'entreSections' as const,
      montant: '50.00',
      depense: { nature: '681' },
      recette: { nature: '28131' },
    }
    for (const _ of [1, 2]) await k.run((tx) => passerOrdre(tx, k.auteur, k.cadre, o, LE))
    const pieces = await rows<{ sens: string; t: string; ht: string }>(
      k,
      sql`select sens, type_bordereau || '-' || type_piece || '-' || nature_piece as t, ht from app.finances_piece order by sens`,
    )
    expect(pieces).toEqual([
      { sens: 'D', t: '01-03-01', ht: '50.00' },
      { sens: 'R', t: '01-03-02', ht: '50.00' },
    ])
    // the database refuses one side alone, or two amounts
    const seule = k.run((tx) =>
      sql`insert into app.finances_operation_ordre (organisme_id, id, libelle, montant, mandat_id, titre_id)
        values (${k.organismeId}, ${newId()}, 'seule', 10, ${newId()}, ${newId()})`.execute(tx),
    )
    expect(await code(seule)).toBe('23503')
  })

  test('titres that another module brings are entered once, on the closest article of the plan', async () => {
    const k = await installCommune(base)
    const reception: Reception = {
      source: 'facturation',
      annee: 2025,
      pieces: [
        {
          cle: '2025-03/famille-1',
          objet: 'Cantine de mars',
          tiers: {
            categorie: '01' as const,
            natureJuridique: '01' as const,
            nom: 'Darrigade',
            prenom: 'Camille',
            ville: 'Sabres',
            codePostal: '40630',
          },
          contenu: { lignes: [{ nature: '7067', ht: '42.50', produit: '0001' }] },
        },
      ],
    }
    expect(await k.run((tx) => recevoirTitres(tx, k.auteur, reception))).toEqual({ nouvelles: 1, connues: 0 })
    expect(await k.run((tx) => recevoirTitres(tx, k.auteur, reception))).toEqual({ nouvelles: 0, connues: 1 })
    const [l] = await rows<{ sens: string; ht: string; nature: string }>(
      k,
      sql`select sens, ht, contenu -> 'lignes' -> 0 ->> 'nature' as nature from app.finances_liquidation`,
    )
    expect(l).toMatchObject({ sens: 'R', ht: '42.50' })
    expect(l!.nature).toMatch(/^706/)
  })
})
