import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Depot, getDocument, openCleMaitre, openDepot, organisme } from '#modules/documents/index.ts'
import { euros } from '#socle/argent.ts'
import { jour } from '#socle/dates.ts'
import type { Base } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { openValidateur } from '#socle/xml/valider.ts'
import { appliquerReponse } from '../echanges/actions/appliquer.ts'
import { genererFlux } from '../echanges/actions/generer.ts'
import { getFlux } from '../echanges/db/echanges.ts'
import { readPesAller } from '../echanges/pes/lire.ts'
import { SCHEMA_ALLER } from '../echanges/pes/structure.ts'
import { writeRetour } from '../echanges/reponses/ecrire.ts'
import { envoyerBordereau } from '../execution/actions/bordereaux.ts'
import { abandonner, liquider } from '../execution/actions/liquider.ts'
import { type Commune, installCommune } from '../execution/essai.ts'
import { delibererAnv, enregistrerListeAnv, listListesAnv, readListeAnv } from './anv/actions.ts'
import {
  ecarterP503,
  enregistrerP503,
  listP503,
  rapprocherP503,
  reprendreRetours,
  resteOf,
  titrerP503,
} from './p503/actions.ts'
import { readP503 } from './p503/lire-feuille.ts'

const LE = jour('2025-03-20')
const donnees = mkdtempSync(join(tmpdir(), 'bosquet-p503-'))
let base: Base
let depot: Depot
let c: Commune
beforeAll(async () => {
  base = await baseDEssai()
  depot = openDepot({ dossier: join(donnees, 'documents'), cleMaitre: openCleMaitre(donnees).secret, seul: true })
  c = await installCommune(base, { '60612': '10000.00', '6541': '500.00', '6542': '200.00' })
  await c.run((tx) => sql`update app.finances_budget set codique = '040999', code_collectivite = '123'`.execute(tx))
})
afterAll(async () => {
  await base.close()
  rmSync(donnees, { recursive: true })
})
const code = (p: Promise<unknown>) =>
  p.then(
    () => 'ok',
    (e: { code?: string }) => e.code ?? String(e),
  )
const somme = (reference: string, montant: string) => ({
  id: newId<'P503'>(),
  reference,
  le: LE,
  montant,
  payeur: 'CAF DES LANDES',
  libelle: 'PSO',
})
const ligne = (ht: string) => ({
  nature: '75888',
  fonction: '',
  operation: '',
  service: '',
  libelle: '',
  ht,
  tva: '0.00',
  produit: '',
  actif: '',
})
const entrer = async (reference: string, montant: string) => {
  const s = somme(reference, montant)
  await c.run((tx) => enregistrerP503(tx, c.auteur, c.cadre, [s], 'saisie'))
  return s.id
}
const titre = (ht: string) => ({
  id: newId<'Liquidation'>(),
  tiersId: c.tiersId as never,
  objet: 'PSO',
  lignes: [ligne(ht)],
})
async function flux(liquidations: string[]) {
  const bordereau = newId<'Bordereau'>()
  await c.run((tx) => envoyerBordereau(tx, c.auteur, bordereau, liquidations, LE))
  await c.signer(bordereau, LE)
  const { id, anomalies } = await c.run((tx) => genererFlux(tx, depot, c.auteur, bordereau, LE))
  expect(anomalies.filter((a) => a.bloquante)).toEqual([])
  const octets = await c.run(async (tx) => {
    const f = await getFlux(tx, id)
    return depot.read(tx, organisme(c.organismeId), (await getDocument(tx, f.document_id)).empreinte)
  })
  const normes = new URL('../../../../../shared/standards/pes-v2/schemas-5.17/', import.meta.url)
  if (!existsSync(normes)) console.info('official schema absent: 1 case skipped')
  else expect((await openValidateur(fileURLToPath(normes), SCHEMA_ALLER))(octets)).toEqual([])
  return readPesAller(octets).flux
}

describe('money received before its titre', () => {
  test('titres take it in parts, never more; one that is given up gives its part back', async () => {
    const id = await entrer('1001', '300.00')
    const [a, b] = [titre('200.00'), titre('100.01')]
    await c.run((tx) => titrerP503(tx, c.auteur, id, a))
    await c.run((tx) => titrerP503(tx, c.auteur, id, a))
    expect(await code(c.run((tx) => titrerP503(tx, c.auteur, id, b)))).toBe('p503.depasse')
    expect(await code(c.run((tx) => ecarterP503(tx, c.auteur, id, 'déjà titré')))).toBe('p503.titre')
    const reste = async () => resteOf((await c.run((tx) => listP503(tx, c.cadre))).find((p) => p.id === id)!)
    expect(await reste()).toBe(euros('100.00'))
    await c.run((tx) => abandonner(tx, c.auteur, a.id, 'erreur'))
    expect(await reste()).toBe(euros('300.00'))
  })

  test('its titre names the operation of the comptable in the PES', async () => {
    const t = titre('412.50')
    const id = await entrer('1002', '412.50')
    await c.run((tx) => titrerP503(tx, c.auteur, id, t))
    const [b] = (await flux([t.id])).recette!.bordereaux
    expect(b!.pieces[0]).toMatchObject({
      type: '05',
      lignes: [{ rattachement: { nature: '03', exercice: 2025, piece: '1002' } }],
    })
  })

  test('a titre that was ready becomes one issued after its payment', async () => {
    const p = c.piece('80.00', { contenu: { lignes: [ligne('80.00')] } })
    await c.run((tx) => liquider(tx, c.auteur, c.cadre, 'R', [p]))
    const id = await entrer('1003', '80.00')
    await c.run((tx) => rapprocherP503(tx, c.auteur, id, p.id))
    expect(await code(c.run((tx) => rapprocherP503(tx, c.auteur, id, p.id)))).toBe('p503.titre')
    const [row] = await c.run(
      async (tx) =>
        (
          await sql<{
            t: string
          }>`select contenu ->> 'typePiece' as t from app.finances_liquidation where id = ${p.id}`.execute(tx)
        ).rows,
    )
    expect(row!.t).toBe('05')
  })

  test('a number of the comptable is entered once, and what PES Retour asks to issue comes here once', async () => {
    await entrer('1004', '10.00')
    expect(await c.run((tx) => enregistrerP503(tx, c.auteur, c.cadre, [somme('1004', '10.00')], 'import'))).toBe(0)
    const entete = { date: LE, codique: '040999', siret: '21400001000014', codeCollectivite: '123', codeBudget: '00' }
    const octets = writeRetour('RETOUR', entete, LE, [
      {
        sens: 'R',
        exercice: 2025,
        typeBordereau: '04',
        bordereau: '1',
        numero: '777',
        type: '05',
        nature: '01',
        objet: 'DGF MARS',
        tiers: 'ETAT',
        etat: 'priseEnCharge',
        date: LE,
        motif: '',
        montant: euros('1200.00'),
        regle: euros('1200.00'),
        aEmettre: true,
      },
    ])
    await c.run((tx) => appliquerReponse(tx, depot, c.auteur, { nom: 'retour.xml', octets }))
    expect(await c.run((tx) => reprendreRetours(tx, c.auteur))).toBe(1)
    expect(await c.run((tx) => reprendreRetours(tx, c.auteur))).toBe(0)
    const repris = (await c.run((tx) => listP503(tx, c.cadre))).find((p) => p.reference === '777')
    expect(repris).toMatchObject({ montant: '1200.00', libelle: 'DGF MARS', source: 'retour' })
  })

  test('a statement is read with the line of each fault', () => {
    const { sommes, anomalies } = readP503({
      titres: ['N°', 'Date', 'Partie versante', 'Montant'],
      lignes: [['12', '14/03/2025', 'CAF', '1 204,50'], [], ['12', '30/02/2025', 'CAF', 'x']],
    })
    expect(sommes).toMatchObject([{ reference: '12', le: '2025-03-14', montant: '1204.50', payeur: 'CAF' }])
    expect(anomalies.map((a) => a.lieu)).toEqual(['ligne 4', 'ligne 4', 'ligne 4'])
  })
})

describe('claims that will never be paid', () => {
  const { lignes, anomalies } = readListeAnv({
    titres: ['Exercice', 'Pièce', 'Nom du redevable', 'Reste à recouvrer', 'Motif', 'Type'],
    lignes: [
      ['2021', 'T-214', 'DUPONT Jean', '42,10', 'PV de carence', 'ANV'],
      ['2022', 'T-87', 'MARTIN Paul', '61.00', 'Surendettement', 'Créance éteinte'],
      ['2022', 'T-88', 'DURAND Anne', '12.00', 'Poursuite sans effet', 'ANV'],
    ],
  })
  test('the vote makes one mandat by account, of what it admits only; its PES names the list', async () => {
    expect(anomalies).toEqual([])
    const id = newId<'ListeAnv'>()
    const liste = { id, reference: '5870110033', recueLe: LE, lignes }
    for (const _ of [1, 2]) await c.run((tx) => enregistrerListeAnv(tx, c.auteur, c.cadre, liste))
    expect(await code(c.run((tx) => enregistrerListeAnv(tx, c.auteur, c.cadre, { ...liste, id: newId() })))).toBe(
      'anv.existe',
    )
    const deliberer = () =>
      c.run((tx) =>
        delibererAnv(tx, c.auteur, id, { numero: '2025-11', le: LE, fonction: '', refusees: [lignes[2]!.id] }),
      )
    expect(await deliberer()).toEqual({ mandats: 2, total: '103.10' })
    expect(await code(deliberer())).toBe('anv.deliberee')
    const [vue] = await c.run((tx) => listListesAnv(tx, c.cadre))
    expect(vue!.lignes.map((l) => l.decision)).toEqual(['admise', 'admise', 'refusee'])
    const [b] = (await flux([vue!.mandat_anv_id!, vue!.mandat_eteintes_id!])).depense!.bordereaux
    expect(b!.pieces.map((p) => [p.type, p.lignes[0]!.compte, p.lignes[0]!.montantHt, p.lignes[0]!.reglement])).toEqual(
      [
        ['07', '6541', euros('42.10'), undefined],
        ['07', '6542', euros('61.00'), undefined],
      ],
    )
    expect(b!.pieces[0]!.lignes[0]!.rattachement).toMatchObject({ nature: '04', piece: '5870110033' })
  })

  test('without its credit, nothing is admitted', async () => {
    const id = newId<'ListeAnv'>()
    const trop = [{ ...lignes[0]!, id: newId<'LigneAnv'>(), montant: '9000.00' }]
    await c.run((tx) => enregistrerListeAnv(tx, c.auteur, c.cadre, { id, reference: '9', recueLe: LE, lignes: trop }))
    expect(
      await code(c.run((tx) => delibererAnv(tx, c.auteur, id, { numero: '12', le: LE, fonction: '', refusees: [] }))),
    ).toBe('credit.depasse')
  })
})
