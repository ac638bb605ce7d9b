import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Depot,
  deposerDocument,
  getDocument,
  openCleMaitre,
  openDepot,
  organisme,
} from '#modules/documents/index.ts'
import { euros } from '#socle/argent.ts'
import { jour } from '#socle/dates.ts'
import type { Base, Tx } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { joindre } from '../execution/actions/joindre.ts'
import { liquider } from '../execution/actions/liquider.ts'
import { type Commune, installCommune } from '../execution/essai.ts'
import { appliquerReponse } from './actions/appliquer.ts'
import { genererFlux, remettreFlux } from './actions/generer.ts'
import { simulerReponses } from './actions/simuler.ts'
import { getFlux, listAEmettre, listAPart, listFlux, listRejets, listRestes } from './db/echanges.ts'
import { createGeneration } from './jobs.ts'
import { readPesAller } from './pes/lire.ts'
import { writeAcquit, writeRetour } from './reponses/ecrire.ts'
import type { PieceRetour } from './reponses/lire.ts'
import type { Visa } from './reponses/simulateur.ts'

const donnees = mkdtempSync(join(tmpdir(), 'bosquet-echanges-'))
const LE = jour('2025-03-20')
let base: Base
let depot: Depot
let c: Commune
beforeAll(async () => {
  base = await baseDEssai()
  depot = openDepot({ dossier: join(donnees, 'documents'), cleMaitre: openCleMaitre(donnees).secret, seul: true })
  c = await commune()
})
afterAll(async () => {
  await base.close()
  rmSync(donnees, { recursive: true })
})

async function commune() {
  const nouvelle = await installCommune(base)
  await nouvelle.run((tx) =>
    sql`update app.finances_budget set codique = '040999', code_collectivite = '123'`.execute(tx),
  )
  return nouvelle
}
const code = (p: Promise<unknown>) =>
  p.then(
    () => 'ok',
    (e: { code?: string }) => e.code ?? String(e),
  )
const generer = (id: string, de = c) => de.run((tx) => genererFlux(tx, depot, de.auteur, id, LE))
const remettre = (id: string, de = c) => de.run((tx) => remettreFlux(tx, depot, de.auteur, id))
const appliquer = (octets: Uint8Array, nom = 'reponse.xml', de = c) =>
  de.run((tx) => appliquerReponse(tx, depot, de.auteur, { nom, octets }))
const suivi = (id: string, de = c) =>
  de.run(async (tx) => {
    const { rows } = await sql<{ etat: string; regle: string; motif: string }>`
      select etat, regle, motif from app.finances_piece_suivi where piece_id = ${id}`.execute(tx)
    return rows[0]!
  })

/** A signed bordereau whose flux was handed over. */
async function remis(montants: string[], de = c) {
  const pieces = montants.map((m) => de.piece(m))
  const bordereau = await de.poser(pieces)
  const { id, anomalies } = await generer(bordereau.id, de)
  await remettre(id, de)
  return { bordereau, pieces, flux: await de.run((tx) => getFlux(tx, id)), anomalies }
}
const entete = () => ({
  date: LE,
  codique: '040999',
  siret: '21400001000014',
  codeCollectivite: '123',
  codeBudget: '00',
})
const retourOf = (difference: Partial<PieceRetour>): PieceRetour => ({
  sens: 'D',
  exercice: 2025,
  typeBordereau: '01',
  bordereau: '1',
  numero: '1',
  type: '01',
  nature: '01',
  objet: '',
  tiers: '',
  etat: 'priseEnCharge',
  date: LE,
  motif: '',
  montant: euros('100'),
  regle: euros('0'),
  aEmettre: false,
  ...difference,
})
const retour = (pieces: PieceRetour[], nom = 'RETOUR') => writeRetour(nom, entete(), LE, pieces)

describe('flux', () => {
  test('a signed bordereau gives a flux, kept as written, that reads back to the cent', async () => {
    const piece = c.piece('120.55')
    const bordereau = await c.poser([piece])
    expect((await c.run(listAEmettre)).map((b) => b.id)).toContain(bordereau.id)
    const { id, anomalies } = await generer(bordereau.id)
    expect(anomalies.filter((a) => a.bloquante)).toEqual([])
    const octets = await c.run(async (tx) => {
      const f = await getFlux(tx, id)
      expect(f.etat).toBe('pret')
      return depot.read(tx, organisme(c.organismeId), (await getDocument(tx, f.document_id)).empreinte)
    })
    const lu = readPesAller(octets).flux
    expect(lu.entete).toMatchObject({ codique: '040999', codeCollectivite: '123', codeBudget: '00' })
    expect(lu.depense!.bordereaux[0]).toMatchObject({ montantHt: euros('120.55'), nombrePieces: 1 })
    expect((await c.run(listAEmettre)).map((b) => b.id)).not.toContain(bordereau.id)
  })

  test('the invoice that the secretary attached leaves with its mandat, under a name and a type that Hélios takes', async () => {
    const piece = c.piece('75.00')
    await c.run(async (tx) => {
      await liquider(tx, c.auteur, c.cadre, 'D', [piece])
      const document = await deposerDocument(tx, depot, c.auteur, {
        nom: 'scan 0012.pdf',
        type: 'application/pdf',
        bytes: Buffer.from('%PDF-1.7'),
      })
      await joindre(tx, c.auteur, piece.id, [{ documentId: document.id, type: 'facture', nom: 'Facture F-1' }])
    })
    const bordereau = await c.poser([piece])
    const { id, anomalies } = await generer(bordereau.id)
    expect(anomalies.filter((a) => a.bloquante)).toEqual([])
    const octets = await c.run(async (tx) => {
      const f = await getFlux(tx, id)
      return depot.read(tx, organisme(c.organismeId), (await getDocument(tx, f.document_id)).empreinte)
    })
    const { flux } = readPesAller(octets)
    expect(flux.piecesJointes.map((p) => [p.nom, p.type])).toEqual([['Facture F-1.pdf', '003']])
    expect(flux.depense!.bordereaux[0]!.pieces[0]!.pieces![0]!.nom).toBe('Facture F-1.pdf')
  })

  test('a long bordereau is written by a job that tells where it is, once whatever the runs', async () => {
    const k = await commune()
    const pieces = Array.from({ length: 300 }, () => k.piece('1.00'))
    await k.run(async (tx) => {
      await liquider(tx, k.auteur, k.cadre, 'D', pieces)
      for (const p of pieces.slice(0, 30)) {
        const bytes = Buffer.from(`%PDF-1.7 ${p.id}`)
        const d = await deposerDocument(tx, depot, k.auteur, { nom: 'facture.pdf', type: 'application/pdf', bytes })
        await joindre(tx, k.auteur, p.id, [{ documentId: d.id, type: 'facture', nom: 'Facture' }])
      }
    })
    const bordereau = await k.poser(pieces)
    const file: unknown[] = []
    const generation = createGeneration({
      base,
      depot,
      jobs: () => ({ enqueue: async (_: unknown, __: unknown, p: unknown) => void file.push(p) }) as never,
    })
    expect(await k.run((tx) => generation.demander(tx, k.auteur, bordereau.id, LE))).toBe(true)
    expect((await k.run(listAEmettre))[0]!.generation).toMatchObject({ etat: 'attente', fait: 0 })
    const run = () => generation.type.run(file[0] as never, { signal: new AbortController().signal })
    await run()
    await run()
    const flux = await k.run(listFlux)
    expect(flux.map((f) => [f.etat, f.pieces])).toEqual([['pret', 300]])
    const { rows } = await k.run((tx) => sql`select etat, fait, total from app.finances_generation`.execute(tx))
    expect(rows).toEqual([{ etat: 'fait', fait: 1, total: 1 }])
    // asked again once it was handed over, it says why not
    await remettre(flux[0]!.id, k)
    await k.run((tx) => generation.demander(tx, k.auteur, bordereau.id, LE))
    await run()
    const { rows: refus } = await k.run((tx) => sql`select etat, message from app.finances_generation`.execute(tx))
    expect(refus).toMatchObject([{ etat: 'echec', message: expect.stringMatching(/remis/) }])
    // a short one is written at once
    const court = await k.poser([k.piece('1.00')])
    expect(await k.run((tx) => generation.demander(tx, k.auteur, court.id, LE))).toBe(false)
  })

  test('generated again it takes the place of the first, and once handed over it changes no more', async () => {
    const bordereau = await c.poser([c.piece('10')])
    const premier = await generer(bordereau.id)
    const second = await generer(bordereau.id)
    const noms = await c.run(async (tx) => (await listFlux(tx)).filter((f) => f.bordereau_id === bordereau.id))
    expect(noms.map((f) => [f.id, f.nom.endsWith('_2')])).toEqual([[second.id, true]])
    expect(await code(remettre(premier.id))).toBe('flux.etat')
    await remettre(second.id)
    expect(await code(generer(bordereau.id))).toBe('flux.remis')
    expect(await code(remettre(second.id))).toBe('flux.etat')
  })

  test('without the codes of the comptable nothing is generated, and the message names them', async () => {
    const neuve = await installCommune(base)
    const bordereau = await neuve.poser([neuve.piece('10')])
    await expect(generer(bordereau.id, neuve)).rejects.toThrow(/le codique du comptable et le code collectivité/)
  })

  test('the neighbour does not see it', async () => {
    const { flux } = await remis(['11'])
    const voisin = await commune()
    expect(await code(voisin.run((tx) => getFlux(tx, flux.id)))).toBe('introuvable')
    expect(await voisin.run(listFlux)).toEqual([])
  })
})

describe('answers', () => {
  const simuler = (id: string, visa?: (p: { numero: number }) => Visa | undefined) =>
    c.run((tx: Tx) => simulerReponses(tx, depot, c.auteur, id, LE, visa ? { visa } : {}))

  test('accepted, taken in charge and paid, the piece follows', async () => {
    const { flux, pieces } = await remis(['200.10'])
    await simuler(flux.id, () => ({ etat: 'priseEnCharge' }))
    expect(await suivi(pieces[0]!.id)).toMatchObject({ etat: 'soldee', regle: '200.10' })
    expect((await c.run((tx) => getFlux(tx, flux.id))).etat).toBe('accepte')
  })

  test('a rejected piece comes to the top with its reason, and its credit is free again', async () => {
    const avant = await c.credit()
    const { flux, pieces } = await remis(['33', '44'])
    const rejete = await c.run(
      async (tx) =>
        (await sql<{ numero: number }>`select numero from app.finances_piece where id = ${pieces[1]!.id}`.execute(tx))
          .rows[0]!.numero,
    )
    await simuler(flux.id, (p) =>
      p.numero === rejete ? { etat: 'rejetee', motif: 'Imputation erronée' } : { etat: 'priseEnCharge' },
    )
    expect(await suivi(pieces[1]!.id)).toMatchObject({ etat: 'rejetee', motif: 'Imputation erronée' })
    const rejets = await c.run(listRejets)
    expect(rejets.find((r) => r.piece_id === pieces[1]!.id)).toMatchObject({
      motif: 'Imputation erronée',
      ttc: '44.00',
    })
    expect(euros((await c.credit())!.mandate) - euros(avant!.mandate)).toBe(euros('33'))
  })

  test('a refused bordereau rejects its pieces, each with its own reason', async () => {
    const { flux, bordereau, pieces } = await remis(['5', '6'])
    const numeros = await c.run(async (tx) =>
      (
        await sql<{
          numero: number
        }>`select numero from app.finances_piece where bordereau_id = ${bordereau.id} order by numero`.execute(tx)
      ).rows.map((r) => r.numero),
    )
    const acquit = writeAcquit(
      {
        genre: 'acquit',
        flux: `${flux.nom}.xml`,
        entete: entete(),
        elements: [
          {
            domaine: 'depense',
            code: '5',
            accepte: false,
            exercice: 2025,
            bordereau: flux.numero_bordereau,
            erreurs: [],
            pieces: [
              { numero: String(numeros[0]), erreurs: [{ code: 'ERREUR_DOUBLON_PIECE', libelle: '' }], lignes: [] },
            ],
          },
        ],
      },
      'PESALR1',
    )
    const bilan = await appliquer(acquit)
    expect(bilan).toMatchObject({ genre: 'acquit', dejaLue: false, misAPart: 0 })
    expect((await suivi(pieces[0]!.id)).motif).toMatch(/numéro de pièce a déjà été reçu/)
    expect((await suivi(pieces[1]!.id)).motif).toMatch(/Une pièce de ce bordereau est refusée/)
    expect((await c.run((tx) => getFlux(tx, flux.id))).etat).toBe('refuse')
  })

  test('the same file twice changes nothing, nor the same facts in another file', async () => {
    const { flux, pieces, bordereau } = await remis(['60'])
    const numero = await c.run(async (tx) =>
      String(
        (
          await sql<{
            numero: number
          }>`select numero from app.finances_piece where bordereau_id = ${bordereau.id}`.execute(tx)
        ).rows[0]!.numero,
      ),
    )
    const p = { bordereau: String(flux.numero_bordereau), numero, montant: euros('60') }
    const partiel = retour([retourOf({ ...p, regle: euros('20'), dernierReglement: LE })])
    const premiere = await appliquer(partiel)
    expect(premiere.appliques).toBe(2)
    const etat = await suivi(pieces[0]!.id)
    expect(etat).toMatchObject({ etat: 'partielle', regle: '20.00' })
    expect(await appliquer(partiel)).toMatchObject({ dejaLue: true, appliques: 0 })
    // another file says the same, then the rest
    const redit = await appliquer(retour([retourOf({ ...p, regle: euros('20'), dernierReglement: LE })], 'AUTRE'))
    expect(redit).toMatchObject({ appliques: 0, deja: 1 })
    expect(await suivi(pieces[0]!.id)).toEqual(etat)
    await appliquer(retour([retourOf({ ...p, etat: 'soldee', regle: euros('60'), dernierReglement: LE })], 'SUITE'))
    expect(await suivi(pieces[0]!.id)).toMatchObject({ etat: 'soldee', regle: '60.00' })
    await appliquer(retour([retourOf({ ...p, regle: euros('50'), dernierReglement: LE })], 'BAISSE'))
    expect(await suivi(pieces[0]!.id)).toMatchObject({ regle: '60.00' })
    expect((await c.run(listAPart)).map((a) => a.genre)).toContain('reglementEnBaisse')
  })

  test('what nothing here knows is kept aside once: a flux, a piece, a budget, a payment to regularise', async () => {
    const seule = await commune()
    const inconnu = (nom: string, pieces: PieceRetour[], siret = '21400001000014') =>
      appliquer(writeRetour(nom, { ...entete(), siret }, LE, pieces), `${nom}.xml`, seule)
    const acquit = writeAcquit(
      {
        genre: 'acquit',
        flux: 'VENU_D_AILLEURS',
        entete: entete(),
        elements: [
          { domaine: 'depense', code: '5', accepte: true, exercice: 2025, bordereau: 4, erreurs: [], pieces: [] },
        ],
      },
      'PESALR1',
    )
    expect(await appliquer(acquit, 'acquit.xml', seule)).toMatchObject({ misAPart: 1, appliques: 0 })
    await inconnu('A', [retourOf({ numero: '9999' })])
    await inconnu('B', [retourOf({ numero: '9999' })], '73282932000074')
    const debit = retourOf({ typeBordereau: '04', numero: '77', tiers: 'EDF', regle: euros('812.33'), aEmettre: true })
    await inconnu('C', [debit])
    await inconnu('D', [debit])
    expect((await seule.run(listAPart)).map((a) => [a.genre, a.montant])).toEqual(
      expect.arrayContaining([
        ['fluxInconnu', null],
        ['pieceInconnue', '100.00'],
        ['budgetInconnu', '100.00'],
        ['aEmettre', '812.33'],
      ]),
    )
    expect(await seule.run(listAPart)).toHaveLength(4)
  })

  test('what debtors still owe is kept at its last computation', async () => {
    const client = (date: string, reste: string) =>
      Buffer.from(
        `<n:PES_Retour xmlns:n="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour"><PES_ClientRetour><EnTeteClient><DateCalcul V="${date}"/><IdVer V="1"/></EnTeteClient><Client><RefTiers V="T1"/><ResteARecouvrer><CodProdLoc V="CANT"/><Rar V="${reste}"/><RarFrais V="0"/></ResteARecouvrer></Client></PES_ClientRetour></n:PES_Retour>`,
      )
    await appliquer(client('2025-03-10', '84.20'))
    await appliquer(client('2025-03-01', '120.00'))
    expect(await c.run(listRestes)).toMatchObject([
      { tiers: 'T1', nom: 'Électricité des pins', reste: '84.20', calcule_le: '2025-03-10' },
    ])
    await appliquer(client('2025-04-01', '0.00'))
    expect(await c.run(listRestes)).toEqual([])
  })

  test('a file without any answer is refused', async () => {
    expect(await code(appliquer(retour([])))).toBe('reponse.vide')
  })
})
