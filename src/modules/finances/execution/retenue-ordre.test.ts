import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Base } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { preparerOrdre, trancherOrdre } from './actions/ordre.ts'
import { deciderRetenue, liquiderDepense } from './actions/retenues.ts'
import { deciderCompte, enregistrerTiers, proposerCompte } from './actions/tiers.ts'
import { zTiersSaisi } from './contract.ts'
import { renderCertificat } from './documents/certificat.ts'
import { type Commune, installCommune, LE } from './essai.ts'
import { listRetenues } from './http/retenues/routes.ts'
import { lireBordereauFige } from './pes.ts'

let base: Base
let k: Commune
beforeAll(async () => {
  base = await baseDEssai()
  k = await installCommune(base, { '2151': '50000.00', '60612': '1000.00', '681': '3000.00' })
})
afterAll(() => base.close())
const code = (p: Promise<unknown>) =>
  p.then(
    () => 'ok',
    (e: { code?: string; message: string }) => e.code ?? e.message,
  )
const travaux = (montant: string, retenueGarantie: string) =>
  k.piece(montant, {
    objet: 'Voirie, situation n° 1',
    contenu: {
      typePiece: '09',
      marche: '2025-03',
      retenueGarantie,
      lignes: [{ nature: '2151', ht: montant }],
      compteBancaireId: k.compteId,
    },
  })

describe('a guarantee kept on a contract', () => {
  const piece = () => travaux('10000.00', '500.00')
  let id: string
  let bordereau: string

  test('is a mandat of its own beside the payment; both make the invoice; sent twice, they are two', async () => {
    const p = piece()
    for (const _ of [1, 2]) await k.run((tx) => liquiderDepense(tx, k.auteur, k.cadre, p))
    const { rows } = await k.run((tx) =>
      sql<{ id: string; objet: string; ht: string; nature: string | null }>`
      select id, objet, ht, contenu ->> 'naturePiece' as nature from app.finances_liquidation order by ht`.execute(tx),
    )
    expect(rows.map((r) => [r.objet, r.ht, r.nature])).toEqual([
      ['Retenue de garantie, Voirie, situation n° 1', '500.00', '12'],
      ['Voirie, situation n° 1', '9500.00', null],
    ])
    id = rows[0]!.id
    bordereau = (await k.poser(rows.map((r) => ({ ...p, id: r.id as never })))).id
  })

  test('leaves to the comptable with its nature, in front of the account of the guarantees', async () => {
    const { depense } = await k.run((tx) => lireBordereauFige(tx, bordereau))
    expect(depense!.pieces.map((m) => [m.type, m.nature, m.lignes[0]!.montantHt, m.lignes[0]!.compteTiers])).toEqual([
      ['09', '12', 50000n, '40471'],
      ['09', '02', 950000n, '4041'],
    ])
  })

  test('is released once, a year after the reception, by a certificate', async () => {
    await k.run((tx) => deciderRetenue(tx, k.auteur, id, { acte: 'recevoir', le: LE }, LE))
    const [avant] = await k.run((tx) => listRetenues(tx, '2026-03-10' as never))
    expect(avant).toMatchObject({ montant: '500.00', liberableLe: '2026-03-10', echue: true, numero: 1 })
    const liberer = () =>
      k.run((tx) => deciderRetenue(tx, k.second, id, { acte: 'liberer', motif: 'Réserves levées.' }, LE))
    expect(await code(liberer())).toBe('ok')
    expect(await code(liberer())).toBe('retenue.decidee')
    const [apres] = await k.run((tx) => listRetenues(tx, LE))
    const pdf = renderCertificat({ retenue: apres!, organisme: 'Essai', date: LE })
    expect(Buffer.from(pdf.slice(0, 5)).toString()).toBe('%PDF-')
  })

  test('may be replaced by a bank guarantee', async () => {
    const p = travaux('2000.00', '100.00')
    await k.run((tx) => liquiderDepense(tx, k.auteur, k.cadre, p))
    const [r] = (await k.run((tx) => listRetenues(tx, LE))).filter((x) => x.etat === 'retenue')
    const substituer = () =>
      k.run((tx) =>
        deciderRetenue(tx, k.second, r!.id, { acte: 'substituer', garant: 'Banque', reference: 'G-12' }, LE),
      )
    expect(await code(substituer())).toBe('retenue.nonSignee')
    await k.poser([{ ...p, id: r!.id as never }])
    expect(await code(substituer())).toBe('ok')
  })

  test('never goes over five per cent, nor without a contract', async () => {
    const poser = (p: ReturnType<typeof travaux>) => code(k.run((tx) => liquiderDepense(tx, k.auteur, k.cadre, p)))
    expect(await poser(travaux('1000.00', '50.01'))).toBe('retenue.taux')
    const p = travaux('1000.00', '50.00')
    expect(await poser({ ...p, contenu: { ...p.contenu, marche: undefined } })).toBe('retenue.marche')
  })
})

describe('a payee who is not the creditor', () => {
  test('is paid on an account of his own, and the books keep the creditor', async () => {
    const factor = newId<'Tiers'>()
    const compte = newId<'CompteBancaire'>()
    await k.run(async (tx) => {
      await enregistrerTiers(
        tx,
        k.auteur,
        factor,
        zTiersSaisi.parse({
          categorie: '60',
          natureJuridique: '03',
          nom: 'Affacturage du Midi',
          codePostal: '64000',
          ville: 'Pau',
        }),
      )
      const rib = { id: compte, iban: 'FR7630001007941234567890185', bic: '', titulaire: 'Affacturage', origine: 'RIB' }
      await proposerCompte(tx, k.auteur, factor, rib)
      await deciderCompte(tx, k.second, compte, { acte: 'accepter', motif: '' })
    })
    const beneficiaire = { tiersId: factor, motif: 'Affacturage' }
    // the account of the creditor does not pay the factor, nor that of the factor the creditor
    expect(await code(k.poser([k.piece('10.00', { contenu: { beneficiaire } })]))).toBe('bordereau.anomalies')
    expect(await code(k.poser([k.piece('10.00', { contenu: { compteBancaireId: compte } })]))).toBe(
      'bordereau.anomalies',
    )
    const p = k.piece('10.00', { contenu: { beneficiaire, compteBancaireId: compte } })
    const { id } = await k.poser([p])
    const { depense } = await k.run((tx) => lireBordereauFige(tx, id))
    expect(depense!.pieces[0]!.lignes[0]!.tiers).toMatchObject({
      nom: 'AFFACTURAGE DU MIDI',
      compte: { iban: 'FR7630001007941234567890185' },
    })
    const { rows } = await k.run((tx) =>
      sql`select tiers_nom from app.finances_piece where bordereau_id = ${id}`.execute(tx),
    )
    expect(rows).toEqual([{ tiers_nom: 'Électricité des pins' }])
  })
})

describe('an operation of ordre', () => {
  const saisi = {
    libelle: 'Amortissements 2025',
    mouvement: 'entreSections' as const,
    montant: '1200.00',
    depense: { nature: '681', fonction: '' },
    recette: { nature: '28151', fonction: '' },
  }
  const preparer = (id: string, s = {}) =>
    k.run((tx) => preparerOrdre(tx, k.auteur, k.cadre, id, { ...saisi, ...s } as typeof saisi))
  const signer = (id: string) => k.run((tx) => trancherOrdre(tx, k.second, id, 'signer', LE))

  test('is prepared by one, signed by another: a mandat and a titre at once; signed twice, it is passed once', async () => {
    const id = newId()
    await preparer(id)
    await signer(id)
    await signer(id)
    const { rows } = await k.run((tx) =>
      sql`select sens, type_piece, ht from app.finances_piece where ordre_id = ${id} order by sens`.execute(tx),
    )
    expect(rows).toEqual([
      { sens: 'D', type_piece: '03', ht: '1200.00' },
      { sens: 'R', type_piece: '03', ht: '1200.00' },
    ])
    expect(await code(preparer(id))).toBe('ordre.tranche')
  })

  test('between sections takes from one and gives to the other', async () => {
    expect(await code(preparer(newId(), { recette: { nature: '781', fonction: '' } }))).toBe('ordre.sections')
  })

  test('given up, it is not signed any more', async () => {
    const id = newId()
    await preparer(id)
    await k.run((tx) => trancherOrdre(tx, k.auteur, id, 'abandonner', LE))
    expect(await code(signer(id))).toBe('ordre.tranche')
  })
})
