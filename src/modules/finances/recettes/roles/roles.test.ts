import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Depot, getDocument, openCleMaitre, openDepot, organisme } from '#modules/documents/index.ts'
import { euros } from '#socle/argent.ts'
import { jour } from '#socle/dates.ts'
import type { Base } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { openValidateur } from '#socle/xml/valider.ts'
import { appliquerReponse } from '../../echanges/actions/appliquer.ts'
import { genererFlux, remettreFlux } from '../../echanges/actions/generer.ts'
import { zReglagesAsap } from '../../echanges/contract.ts'
import { getFlux, writeReglages as writeReglagesEchanges } from '../../echanges/db/echanges.ts'
import { readPesAller } from '../../echanges/pes/lire.ts'
import { SCHEMA_ALLER } from '../../echanges/pes/structure.ts'
import { writeAcquit, writeRetour } from '../../echanges/reponses/ecrire.ts'
import { corrigerPiece } from '../../execution/actions/corriger.ts'
import { noterRetour } from '../../execution/actions/retours.ts'
import { enregistrerTiers } from '../../execution/actions/tiers.ts'
import { zTiersSaisi } from '../../execution/contract.ts'
import { type Commune, installCommune } from '../../execution/essai.ts'
import { changerCompteSepa, deciderMandatSepa, planPrelevements, proposerMandatSepa } from '../prelevements/mandats.ts'
import { writeReglages } from '../reglages/reglages.ts'
import { corrigerDette, noterRejetBancaire } from './actions/corriger.ts'
import { essayerImportRole, importerRole } from './actions/importer.ts'
import { type RoleRecu, recevoirRole } from './actions/recevoir.ts'
import { reprendreRejets } from './actions/reprendre.ts'
import { copierRole, creerRole, poserArticles } from './actions/saisir.ts'
import { empreinteRole, envoyerRole, renvoyerRole, signerRole } from './actions/signer.ts'
import { zRoleSaisi } from './contract.ts'
import { controler, getRole, listArticles } from './db/roles.ts'

const LE = jour('2025-03-20')
const donnees = mkdtempSync(join(tmpdir(), 'bosquet-roles-'))
let base: Base
let depot: Depot
let c: Commune
beforeAll(async () => {
  base = await baseDEssai()
  depot = openDepot({ dossier: join(donnees, 'documents'), cleMaitre: openCleMaitre(donnees).secret, seul: true })
  c = await installCommune(base)
  await c.run(async (tx) => {
    await sql`update app.finances_budget set codique = '040999', code_collectivite = '123'`.execute(tx)
    await writeReglages(tx, c.auteur, c.budgetId, {
      payfipNumcli: '',
      payfipAdresse: 'www.payfip.gouv.fr',
      payfipTitre: '{numero:8}',
      payfipRole: '{numero:8}',
      ormcOperande: '01',
      ics: 'FR12ZZZ123456',
    })
  })
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
const saisie = (change: object = {}) =>
  zRoleSaisi.parse({
    libelle: 'Cantine de février',
    produit: 'CANT',
    periode: 2,
    avisLe: '2025-03-25',
    echeance: '2025-04-25',
    ...change,
  })
const famille = async (nom: string, change: object = {}) => {
  const id = newId<'Tiers'>()
  await c.run((tx) =>
    enregistrerTiers(
      tx,
      c.auteur,
      id,
      zTiersSaisi.parse({
        categorie: '01',
        natureJuridique: '01',
        civilite: 'Mme',
        nom,
        prenom: 'Claire',
        adresse: '12 rue des Pins',
        codePostal: '40000',
        ville: 'Mont-de-Marsan',
        ...change,
      }),
    ),
  )
  return id
}
const article = (tiersId: string, ...montants: string[]) => ({
  id: newId<'Dette'>(),
  tiersId: tiersId as never,
  objet: 'Cantine de février',
  lignes: montants.map((ht) => ({
    libelle: 'Repas',
    nature: '7067',
    fonction: '',
    service: '',
    base: '',
    ht,
    tva: '0.00',
  })),
})
async function ouvrir(articles: ReturnType<typeof article>[], change: object = {}) {
  const id = newId<'Role'>()
  await c.run(async (tx) => {
    await creerRole(tx, c.auteur, c.cadre, id, saisie(change))
    await poserArticles(tx, c.auteur, id, articles)
  })
  return id
}
const signer = (id: string) =>
  c.run(async (tx) => {
    await envoyerRole(tx, c.auteur, id, LE)
    const empreinte = empreinteRole(await getRole(tx, id), await listArticles(tx, id))
    return signerRole(tx, c.second, id, { empreinte, le: LE })
  })
const rows = <T>(query: ReturnType<typeof sql<T>>) => c.run(async (tx) => (await query.execute(tx)).rows)
async function flux(bordereauId: string) {
  const { id, anomalies } = await c.run((tx) => genererFlux(tx, depot, c.auteur, bordereauId, LE))
  const f = await c.run((tx) => getFlux(tx, id))
  const octets = await c.run(async (tx) =>
    depot.read(tx, organisme(c.organismeId), (await getDocument(tx, f.document_id)).empreinte),
  )
  return { id, f, octets, anomalies }
}

/** Valid against the official schema, where it is at hand. */
async function conforme(octets: Uint8Array) {
  const normes = new URL('../../../../../../shared/standards/pes-v2/schemas-5.17/', import.meta.url)
  if (!existsSync(normes)) console.info('official schema absent: 1 case skipped')
  else expect((await openValidateur(fileURLToPath(normes), SCHEMA_ALLER))(octets)).toEqual([])
}

describe('a signed rôle', () => {
  test('one signature numbers the bordereau and its debts, and books their total by account', async () => {
    const familles = [await famille('Dupouy'), await famille('Lafitte')]
    const id = await ouvrir([article(familles[0]!, '31.00', '12.40'), article(familles[1]!, '49.60')])
    const { numero, dettes } = await signer(id)
    expect(dettes).toBe(2)
    const role = await c.run((tx) => getRole(tx, id))
    const signees = await rows<{ numero: number; ht: string; cle1: number }>(
      sql`select numero, ht, cle1 from app.finances_dette where role_id = ${id} order by numero`,
    )
    expect(signees.map((d) => d.ht)).toEqual(['43.40', '49.60'])
    expect(signees[1]!.numero).toBe(signees[0]!.numero + 1)
    const [titre] = await rows<{ ht: string; type_piece: string; contenu: { role: number } }>(
      sql`select ht, type_piece, contenu from app.finances_piece where id = ${role.titre_id}`,
    )
    expect(titre).toMatchObject({ ht: '93.00', type_piece: '06', contenu: { role: numero } })
    // once signed it does not change, and a second signature is refused
    expect(await code(c.run((tx) => poserArticles(tx, c.auteur, id, [article(familles[0]!, '1.00')])))).toBe(
      'role.etat',
    )
    expect(await code(signer(id))).toBe('role.etat')
  })

  test('whatever the debts and their accounts, the titre books them to the cent', async () => {
    const debiteurs: string[] = []
    for (let i = 0; i < 5; i++) debiteurs.push(await famille(`Propriete ${i}`))
    const zMontant = fc.integer({ min: 1, max: 999_999 }).map((n) => (n / 100).toFixed(2))
    const zLignes = fc.array(fc.tuple(zMontant, fc.constantFrom('7067', '752', '75888')), {
      minLength: 1,
      maxLength: 4,
    })
    await fc.assert(
      fc.asyncProperty(fc.array(zLignes, { minLength: 1, maxLength: 5 }), async (dettes) => {
        const id = await ouvrir(
          dettes.map((lignes, i) => {
            const a = article(debiteurs[i]!, ...lignes.map(([m]) => m))
            return { ...a, lignes: a.lignes.map((l, j) => ({ ...l, nature: lignes[j]![1] })) }
          }),
        )
        await signer(id)
        const { titre_id } = await c.run((tx) => getRole(tx, id))
        const ecrits = await rows<{ nature: string; montant: string }>(
          sql`select nature, montant from app.finances_ecriture where piece_id = ${titre_id} order by nature`,
        )
        const attendus = new Map<string, bigint>()
        for (const [m, n] of dettes.flat()) attendus.set(n, (attendus.get(n) ?? 0n) + euros(m))
        expect(new Map(ecrits.map((e) => [e.nature, euros(e.montant)]))).toEqual(new Map([...attendus].sort()))
      }),
      { numRuns: 12 },
    )
  })

  test('what is signed is what was read', async () => {
    const id = await ouvrir([article(await famille('Vu'), '20.00')])
    const empreinte = await c.run(async (tx) => {
      await envoyerRole(tx, c.auteur, id, LE)
      const e = empreinteRole(await getRole(tx, id), await listArticles(tx, id))
      await renvoyerRole(tx, c.second, id, 'Tarif à revoir')
      await poserArticles(tx, c.auteur, id, [article(await famille2(tx), '20.00')])
      await envoyerRole(tx, c.auteur, id, LE)
      return e
    })
    expect(await code(c.run((tx) => signerRole(tx, c.second, id, { empreinte, le: LE })))).toBe('role.vuAutreChose')
  })
  const famille2 = async (tx: Parameters<Parameters<typeof c.run>[0]>[0]) => {
    const { rows: r } = await sql<{ id: string }>`select id from app.finances_tiers where nom = 'Dupouy'`.execute(tx)
    return r[0]!.id
  }

  test('its flux is a valid PESORMC, and the titre récapitulatif names the rôle', async () => {
    const id = await ouvrir([article(await famille('Flux'), '31.00'), article(await famille('Flux deux'), '15.20')])
    const { numero } = await signer(id)
    const role = await c.run((tx) => getRole(tx, id))
    const { octets, anomalies, f } = await flux(role.bordereau_id!)
    expect(anomalies.filter((a) => a.bloquante)).toEqual([])
    expect(f.nom).toMatch(/^PESORMC_/)
    const [b] = readPesAller(octets).flux.recette!.bordereaux
    expect(b).toMatchObject({ type: '06', numero, montantHt: euros('46.20'), nombrePieces: 2, dateAsp: '2025-03-25' })
    expect(b!.pieces[0]).toMatchObject({ type: '15', nature: '01', lignes: [{ compte: '588', produit: 'CANT' }] })
    await conforme(octets)
    const [titres] = await rows<{ bordereau_id: string }>(
      sql`select bordereau_id from app.finances_piece where id = ${role.titre_id}`,
    )
    const recap = await flux(titres!.bordereau_id)
    expect(recap.anomalies.filter((a) => a.bloquante)).toEqual([])
    expect(readPesAller(recap.octets).flux.recette!.bordereaux[0]!.pieces[0]).toMatchObject({
      type: '06',
      role: numero,
    })
  })

  test('avis that the DGFiP sends go with the flux, each beside its debt', async () => {
    const id = await ouvrir([article(await famille('Envoi'), '31.00')], { edition: 'dgfip' })
    await signer(id)
    const { bordereau_id } = await c.run((tx) => getRole(tx, id))
    expect(await code(flux(bordereau_id!))).toBe('avis.reglages')
    const lieu = { nom: 'Mairie', adresse: '1 place du Bourg', codePostal: '40630', ville: 'Sabres' }
    await c.run((tx) =>
      writeReglagesEchanges(tx, c.organismeId, {
        version: '5.17',
        dematerialise: false,
        asap: zReglagesAsap.parse({
          emetteur: lieu,
          signataire: { nom: 'Darricau', prenom: 'Jeanne', role: 'Maire' },
          refBdf: 'FR00ZZZ000000',
          encaissement: lieu,
          tresorerie: lieu,
          tipi: null,
          prelevement: 'Démarche non prévue.',
          contestation: 'Tribunal administratif de Pau, dans les deux mois.',
        }),
      }),
    )
    const { octets, anomalies } = await flux(bordereau_id!)
    expect(anomalies.filter((a) => a.bloquante)).toEqual([])
    const { flux: lu } = readPesAller(octets)
    expect(lu.piecesJointes).toMatchObject([{ type: '010', mime: 'application/pdf' }])
    const [b] = lu.recette!.bordereaux
    expect(b!.dateAsp).toBeUndefined()
    expect(b!.pieces[0]).toMatchObject({
      edition: '06',
      pieces: [{ idUnique: lu.piecesJointes[0]!.idUnique, type: '010' }],
    })
    expect(Buffer.from(lu.piecesJointes[0]!.contenu).subarray(0, 5).toString()).toBe('%PDF-')
    await conforme(octets)
  })

  test('the titre of a rôle is corrected through its debts only', async () => {
    const id = await ouvrir([article(await famille('Total'), '31.00')])
    await signer(id)
    const { titre_id } = await c.run((tx) => getRole(tx, id))
    const annuler = c.run((tx) =>
      corrigerPiece(tx, c.auteur, titre_id!, { id: newId(), acte: 'annuler', objet: 'non' }),
    )
    expect(await code(annuler)).toBe('piece.correction')
  })

  test('an answer reaches the debt and the titre, once', async () => {
    const id = await ouvrir([article(await famille('Paye'), '31.00'), article(await famille('Doit'), '20.00')])
    const { numero } = await signer(id)
    const role = await c.run((tx) => getRole(tx, id))
    const { id: fluxId, f } = await flux(role.bordereau_id!)
    await c.run((tx) => remettreFlux(tx, depot, c.auteur, fluxId))
    const lire = (octets: Uint8Array) =>
      c.run((tx) => appliquerReponse(tx, depot, c.auteur, { nom: 'reponse.xml', octets }))
    const dettes = () =>
      rows<{ numero: number; etat: string; regle: string }>(sql`
        select d.numero, s.etat, s.regle from app.finances_dette d join app.finances_dette_suivi s on s.dette_id = d.id
        where d.role_id = ${id} order by d.numero`)
    expect((await dettes()).map((d) => d.etat)).toEqual(['transmise', 'transmise'])
    const entete = { date: LE, codique: '040999', siret: '21400001000014', codeCollectivite: '123', codeBudget: '00' }
    await lire(
      writeAcquit(
        {
          genre: 'acquit',
          flux: f.nom,
          entete,
          elements: [
            {
              domaine: 'recette',
              code: '6',
              accepte: true,
              exercice: 2025,
              bordereau: numero,
              erreurs: [],
              pieces: [],
            },
          ],
        },
        'PESORMC',
      ),
    )
    const [premiere] = await dettes()
    const retour = writeRetour('RETOUR', entete, LE, [
      {
        sens: 'R',
        exercice: 2025,
        typeBordereau: '06',
        bordereau: String(numero),
        numero: String(premiere!.numero),
        type: '15',
        nature: '01',
        objet: '',
        tiers: '',
        etat: 'priseEnCharge',
        date: LE,
        motif: '',
        montant: euros('31.00'),
        regle: euros('31.00'),
        aEmettre: false,
      },
    ])
    expect((await lire(retour)).misAPart).toBe(0)
    expect((await lire(retour)).appliques).toBe(0)
    expect(await dettes()).toMatchObject([{ etat: 'soldee', regle: '31.00' }, { regle: '0.00' }])
    const [titre] = await rows<{ regle: string; etat: string }>(
      sql`select regle, etat from app.finances_piece_suivi where piece_id = ${role.titre_id}`,
    )
    expect(titre).toEqual({ regle: '31.00', etat: 'partielle' })
  })

  test('a reduction in the name of one debtor goes down at its signature, and never below zero', async () => {
    const id = await ouvrir([article(await famille('Reduit'), '31.00')])
    await signer(id)
    const [dette] = await rows<{ id: string }>(sql`select id from app.finances_dette where role_id = ${id}`)
    const liquidation = newId<'Liquidation'>()
    const reduire = (l: string, montant?: string) =>
      c.run((tx) => corrigerDette(tx, c.auteur, dette!.id, { id: l, montant, motif: 'absence justifiée' }))
    await reduire(liquidation, '6.20')
    expect(await code(reduire(newId(), '30.00'))).toBe('role.reduction')
    const bordereau = newId<'Bordereau'>()
    await c.run(async (tx) => {
      const { envoyerBordereau } = await import('../../execution/actions/bordereaux.ts')
      await envoyerBordereau(tx, c.auteur, bordereau, [liquidation], LE)
    })
    await c.signer(bordereau, LE)
    const [suivi] = await rows<{ annule: string }>(
      sql`select annule from app.finances_dette_suivi where dette_id = ${dette!.id}`,
    )
    expect(suivi!.annule).toBe('6.20')
    const { anomalies } = await flux(bordereau)
    expect(anomalies.filter((a) => a.bloquante)).toEqual([])
  })

  test('refused debts go into a new rôle, once, and off the titre of the first', async () => {
    const id = await ouvrir([article(await famille('Garde'), '31.00'), article(await famille('Refuse'), '20.00')])
    const { numero } = await signer(id)
    const role = await c.run((tx) => getRole(tx, id))
    const [, seconde] = await rows<{ numero: number }>(
      sql`select numero from app.finances_dette where role_id = ${id} order by numero`,
    )
    const cible = { ...c.cadre, sens: 'R', typeBordereau: '06', numeroBordereau: numero, le: LE } as const
    const rejet = {
      ...cible,
      numeroPiece: seconde!.numero,
      nature: 'rejetee',
      motif: 'Adresse',
      cle: `rejet/${id}`,
    } as const
    expect(await c.run((tx) => noterRetour(tx, c.auteur, rejet))).toBe('applique')
    expect(await c.run((tx) => noterRetour(tx, c.auteur, rejet))).toBe('deja')
    const nouveau = { id: newId<'Role'>(), saisie: saisie({ libelle: 'Reprise' }) }
    expect(await c.run((tx) => reprendreRejets(tx, c.auteur, id, nouveau))).toBe(1)
    expect(await code(c.run((tx) => reprendreRejets(tx, c.auteur, id, { ...nouveau, id: newId() })))).toBe(
      'role.sansRejet',
    )
    const articles = await c.run((tx) => listArticles(tx, nouveau.id))
    expect(articles.map((a) => [a.tiers.nom, a.ht])).toEqual([['Refuse', '20.00']])
    const reductions = await rows<{ ht: string; type: string }>(
      sql`select ht, contenu ->> 'typeBordereau' as type from app.finances_liquidation where origine_id = ${role.titre_id}`,
    )
    expect(reductions).toEqual([{ ht: '20.00', type: '02' }])
  })

  test('controls stop what would be sent back', async () => {
    const id = await ouvrir(
      [
        article(await famille('Sans adresse', { adresse: '' }), '31.00'),
        article(await famille('Peu', { civilite: '' }), '4.00'),
      ],
      { avisLe: '2025-03-01', prelevementLe: '2025-03-10' },
    )
    const role = await c.run((tx) => getRole(tx, id))
    const anomalies = await c.run(async (tx) => controler(tx, role, await listArticles(tx, id), LE))
    expect(anomalies.map((a) => [a.code, a.bloquante])).toEqual([
      ['role.avisPasse', false],
      ['role.prelevementPasse', true],
      ['role.preavis', false],
      ['role.adresse', true],
      ['role.civilite', true],
      ['role.seuil', false],
    ])
    expect(await code(signer(id))).toBe('role.anomalies')
  })

  test('rents are copied from one month to the next, once', async () => {
    const id = await ouvrir([article(await famille('Loyer'), '412.00')])
    const copie = newId<'Role'>()
    for (const _ of [1, 2])
      await c.run((tx) => copierRole(tx, c.auteur, id, copie, saisie({ libelle: 'Loyers de mars', periode: 3 })))
    const articles = await c.run((tx) => listArticles(tx, copie))
    expect(articles.map((a) => [a.objet, a.ht])).toEqual([['Loyers de mars', '412.00']])
  })
})

test('a rôle that another module brings is entered once, with its debtors', async () => {
  const recu = {
    source: 'cantine',
    cle: '2025-02',
    annee: 2025,
    role: saisie({ libelle: 'Cantine apportée' }),
    articles: [
      {
        tiers: { categorie: '01', natureJuridique: '01', civilite: 'M', nom: 'Apport', prenom: 'Luc' },
        lignes: [{ libelle: 'Repas', nature: '7067', ht: '31.00' }],
      },
    ],
  } satisfies RoleRecu
  const [a, b] = [
    await c.run((tx) => recevoirRole(tx, c.auteur, recu)),
    await c.run((tx) => recevoirRole(tx, c.auteur, recu)),
  ]
  expect([a.estNouveau, b]).toEqual([true, { id: a.id, estNouveau: false }])
  expect((await c.run((tx) => listArticles(tx, a.id))).map((x) => [x.tiers.nom, x.ht])).toEqual([['Apport', '31.00']])
})

describe('import', () => {
  const DEFAUT = { nature: '7067', fonction: '' }
  const titres = ['Nom', 'Prénom', 'Civilité', 'Adresse', 'Code postal', 'Ville', 'Libellé', 'Montant']
  const essayer = (id: string, lignes: string[][]) =>
    c.run((tx) => essayerImportRole(tx, id, { titres, lignes }, DEFAUT))

  test('each fault is told with its line, and nothing is written while there is one', async () => {
    const id = await ouvrir([])
    const lignes = [
      ['Import', 'Un', 'M', '1 rue des Pins', '1000', 'Bourg', 'Repas', '31,00 €'],
      [],
      ['', 'Deux', 'M', '2 rue des Pins', '40000', 'Bourg', 'Repas', 'douze'],
    ]
    const essai = await essayer(id, lignes)
    expect(essai.anomalies.map((a) => [a.lieu, a.code])).toEqual([
      ['ligne 4', 'role.nom'],
      ['ligne 4', 'role.montant'],
    ])
    expect(essai.total).toBe('31.00')
    expect(await code(c.run((tx) => importerRole(tx, c.auteur, id, { titres, lignes }, DEFAUT)))).toBe('role.anomalies')
    expect(await c.run((tx) => listArticles(tx, id))).toEqual([])
  })

  test('lines of one debtor make one article, and a known debtor is not created again', async () => {
    const id = await ouvrir([])
    const lignes = [
      ['Deuxlignes', 'Anne', 'Mme', '1 rue des Pins', '40000', 'Bourg', 'Repas', '31.00'],
      ['Deuxlignes', 'Anne', 'Mme', '1 rue des Pins', '40000', 'Bourg', 'Garderie', '12.5'],
      ['DUPOUY', 'claire', 'Mme', '', '', '', 'Repas', '1 049,60'],
    ]
    const essai = await essayer(id, lignes)
    expect(essai.anomalies).toEqual([])
    expect(essai.articles.map((a) => [a.nouveau, a.lignes, a.ttc])).toEqual([
      [true, 2, '43.50'],
      [false, 1, '1049.60'],
    ])
    await c.run((tx) => importerRole(tx, c.auteur, id, { titres, lignes }, DEFAUT))
    const articles = await c.run((tx) => listArticles(tx, id))
    expect(articles.map((a) => [a.tiers.nom, a.ht])).toEqual([
      ['Deuxlignes', '43.50'],
      ['Dupouy', '1049.60'],
    ])
    expect((await essayer(id, lignes)).anomalies.map((a) => a.code)).toEqual(['role.double', 'role.double'])
  })
})

describe('direct debit', () => {
  const mandat = (tiersId: string, change: object = {}) => ({
    id: newId<'MandatSepa'>(),
    tiersId: tiersId as never,
    rum: `RUM-${newId().slice(-12)}`,
    iban: 'FR7630006000011234567890189' as never,
    bic: 'AGRIFRPP' as never,
    titulaire: 'Claire Dupouy',
    signeLe: jour('2024-09-01'),
    estRecurrent: true,
    origine: '',
    ...change,
  })
  const accepter = (id: string, qui = c.second) =>
    c.run((tx) => deciderMandatSepa(tx, qui, id, { acte: 'accepter', motif: '' }))
  const sequence = async (tiersId: string, le = '2025-04-20') => {
    const plan = await c.run((tx) => planPrelevements(tx, [tiersId], jour(le)))
    return plan.prelevements.get(tiersId)?.sequence ?? plan.ecartes.get(tiersId)
  }

  test('a mandate debits once another person has read it; first, then recurrent, and first again after a bank refusal', async () => {
    const tiers = await famille('Preleve')
    const m = mandat(tiers)
    await c.run((tx) => proposerMandatSepa(tx, c.auteur, m))
    expect(await code(accepter(m.id, c.auteur))).toBe('sepa.memePersonne')
    expect(await sequence(tiers)).toMatch(/deuxième personne/)
    await accepter(m.id)
    expect(await sequence(tiers)).toBe('02')
    const id = await ouvrir([article(tiers, '31.00')], { prelevementLe: '2025-04-20' })
    await signer(id)
    expect(await sequence(tiers)).toBe('03')
    const role = await c.run((tx) => getRole(tx, id))
    const { octets, anomalies } = await flux(role.bordereau_id!)
    expect(anomalies.filter((a) => a.bloquante)).toEqual([])
    expect(readPesAller(octets).flux.recette!.bordereaux[0]!.pieces[0]!.lignes[0]).toMatchObject({
      prelevement: { sequence: '02', rum: m.rum, montant: euros('31.00'), date: '2025-04-20' },
      tiers: [{ compte: { iban: m.iban } }],
    })
    await conforme(octets)
    const [dette] = await rows<{ id: string }>(sql`select id from app.finances_dette where role_id = ${id}`)
    await c.run((tx) => noterRejetBancaire(tx, c.auteur, dette!.id, 'Provision insuffisante'))
    expect(await sequence(tiers)).toBe('02')
    // thirty-six months after the last debit, it is void
    expect(await sequence(tiers, '2028-04-21')).toMatch(/caduc/)
  })

  test('a new account asks for a second reading, and the bank is told of the former one once', async () => {
    const tiers = await famille('Change')
    const m = mandat(tiers)
    await c.run((tx) => proposerMandatSepa(tx, c.auteur, m))
    await accepter(m.id)
    const autre = { iban: 'DE89370400440532013000' as never, bic: '' as never, titulaire: 'Claire Dupouy' }
    await c.run((tx) => changerCompteSepa(tx, c.auteur, m.id, autre))
    expect(await sequence(tiers)).toMatch(/deuxième personne/)
    await accepter(m.id)
    const plan = await c.run((tx) => planPrelevements(tx, [tiers], jour('2025-04-20')))
    expect(plan.prelevements.get(tiers)).toMatchObject({ iban: autre.iban, ancienIban: m.iban })
    await signer(await ouvrir([article(tiers, '31.00')], { prelevementLe: '2025-04-20' }))
    const apres = await c.run((tx) => planPrelevements(tx, [tiers], jour('2025-05-20')))
    expect(apres.prelevements.get(tiers)).not.toHaveProperty('ancienIban')
  })

  test('one living mandate for a debtor, one RUM for one mandate; a single-use mandate serves once', async () => {
    const tiers = await famille('Unique')
    const m = mandat(tiers, { estRecurrent: false })
    await c.run((tx) => proposerMandatSepa(tx, c.auteur, m))
    expect(await code(c.run((tx) => proposerMandatSepa(tx, c.auteur, mandat(tiers))))).toBe('sepa.vivant')
    const autre = await famille('Rum')
    expect(await code(c.run((tx) => proposerMandatSepa(tx, c.auteur, mandat(autre, { rum: m.rum }))))).toBe('sepa.rum')
    await accepter(m.id)
    expect(await sequence(tiers)).toBe('01')
    await signer(await ouvrir([article(tiers, '31.00')], { prelevementLe: '2025-04-20' }))
    expect(await sequence(tiers)).toMatch(/une fois/)
    await c.run((tx) => deciderMandatSepa(tx, c.auteur, m.id, { acte: 'revoquer', motif: 'demande' }))
    expect(await sequence(tiers)).toBeUndefined()
  })
})
