import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ouvrirCredits } from '#modules/finances/budget/db/credits.ts'
import { lireImputation } from '#modules/finances/index.ts'
import { ventiler } from '#modules/paie/mandatement/domain/ventiler.ts'
import { calculerMois } from '#modules/paie/production/calculer-mois.ts'
import { euros, inEuros, sum } from '#socle/argent.ts'
import { mois } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { listRoutes } from '#socle/http/servir.ts'
import { newId } from '#socle/ids.ts'
import { deuxClients, type Essai, openEssai, type Session } from './plateforme.ts'

/* The expense chain from the invoice to the signature, and the payroll, through the same routes as the screens. */

const ANNEE = 2025
const MOIS = mois('2025-11')
let essai: Essai
let commune: string
let voisin: string
let secretaire: Session
let maire: Session
const budget = newId()
const annexe = newId()

beforeAll(async () => {
  essai = await openEssai()
  ;[commune, voisin] = deuxClients(essai.demonstration)
  secretaire = await essai.connexion('secretaire@bosquet.example', commune)
  maire = await essai.connexion('maire@bosquet.example', commune)
  await installBudget(commune, budget)
})
afterAll(() => essai.fermer())

/** The act as the audit journal tells it, by its own name. */
const journalDe = (acte: string) =>
  inOrganisme(essai.base, commune, async (tx) =>
    (await tx.selectFrom('app.journal_ecriture').select('evenement').where('acte', '=', acte).execute()).map((e) =>
      JSON.parse(e.evenement),
    ),
  )

async function installBudget(organismeId: string, budgetId: string, code = 'Z0') {
  await inOrganisme(essai.base, organismeId, async (tx) => {
    await sql`insert into app.finances_budget (organisme_id, id, code, libelle, est_principal, siret)
      values (${organismeId}, ${budgetId}, ${code}, 'Budget d’essai', not exists (select from app.finances_budget where est_principal), '21400001000014')`.execute(
      tx,
    )
    await sql`insert into app.finances_exercice (organisme_id, budget_id, annee, plan, plan_annee, etat)
      values (${organismeId}, ${budgetId}, ${ANNEE}, 'M57_A', 2024, 'ouvert')`.execute(tx)
    const lignes = await Promise.all(
      Object.entries({ '60612': '5000.00', '6411': '900000.00', '65311': '90000.00' }).map(async ([nature, vote]) => ({
        imputation: await lireImputation(tx, { budgetId, exercice: ANNEE, nature, sens: 'D' }),
        vote: euros(vote),
      })),
    )
    await ouvrirCredits(tx, { organismeId, budgetId, exercice: ANNEE }, lignes)
  })
}

const ok = async (reply: Promise<Awaited<ReturnType<Session['get']>>>) => {
  const r = await reply
  expect(r.statusCode, r.body).toBe(200)
  return r.json()
}

describe('from the paper to the signature', () => {
  const tiers = newId()
  const compte = newId()
  const facture = newId()
  const piece = newId()
  const bordereau = newId()

  test('the secretary creates a supplier and its RIB; the mayor compares the RIB', async () => {
    await ok(
      secretaire.send('PUT', `/api/finances/tiers/${tiers}`, {
        categorie: '60',
        natureJuridique: '03',
        nom: 'Électricité des pins',
        siret: '21400001000014',
        codePostal: '40000',
        ville: 'Mont-de-Marsan',
      }),
    )
    await ok(
      secretaire.send('POST', `/api/finances/tiers/${tiers}/comptes`, {
        id: compte,
        iban: 'FR76 3000 6000 0112 3456 7890 189',
        titulaire: 'Électricité des pins',
      }),
    )
    const decision = { acte: 'accepter' }
    const seule = await secretaire.send('POST', `/api/finances/comptes-bancaires/${compte}/decision`, decision)
    expect(seule.json().code).toBe('compte.memePersonne')
    const { aFaire } = await ok(maire.get('/api/finances/a-faire'))
    expect(aFaire.map((a: { libelle: string }) => a.libelle)).toContain(
      'Contrôler le compte bancaire de Électricité des pins',
    )
    await ok(maire.send('POST', `/api/finances/comptes-bancaires/${compte}/decision`, decision))
  })

  test('an invoice is liquidated, put on a bordereau and signed by the mayor', async () => {
    const vue = await ok(
      secretaire.send('POST', '/api/finances/liquidations', {
        sens: 'D',
        budgetId: budget,
        annee: ANNEE,
        facture: {
          id: facture,
          tiersId: tiers,
          numero: 'F-2025-11',
          dateFacture: '2025-11-01',
          recueLe: '2025-11-03',
          ht: '100.00',
          tva: '20.00',
        },
        piece: {
          id: piece,
          tiersId: tiers,
          factureId: facture,
          objet: 'Électricité de la mairie',
          contenu: { compteBancaireId: compte, lignes: [{ nature: '60612', ht: '120.00' }] },
        },
      }),
    )
    expect(vue.anomalies).toEqual([])
    await ok(secretaire.send('POST', '/api/finances/bordereaux', { id: bordereau, liquidations: [piece] }))
    const lu = await ok(maire.get(`/api/finances/bordereaux/${bordereau}`))
    expect([lu.nombre, lu.ttc, lu.actes]).toEqual([1, '120.00', ['signer', 'renvoyer']])
    const interdite = await secretaire.send('POST', `/api/finances/bordereaux/${bordereau}/signature`, {
      empreinte: lu.empreinte,
    })
    expect(interdite.statusCode).toBe(403)
    const fait = await ok(
      maire.send('POST', `/api/finances/bordereaux/${bordereau}/signature`, { empreinte: lu.empreinte }),
    )
    expect(fait).toEqual({ numero: 1, premiere: 1, nombre: 1 })
    const signe = await journalDe('bordereau.signer')
    expect(signe).toMatchObject([
      { objet: { id: bordereau }, detail: { pieces: 1, montant: '120.00', empreinte: lu.empreinte } },
    ])
    expect(await journalDe('tiers.compte.accepter')).toMatchObject([{ detail: { compte: '…0189' } }])
  })

  const recettes = {
    role: newId(),
    dette: newId(),
    mandatSepa: newId(),
    regie: newId(),
    operationRegie: newId(),
    p503: newId(),
    listeAnv: newId(),
  }
  test('incomes: a rôle is signed by the mayor, who also reads the mandate; the régie keeps its journal', async () => {
    const cadre = { budgetId: budget, annee: ANNEE }
    const envoyer = (verbe: 'POST' | 'PUT', chemin: string, corps?: object, qui = secretaire) =>
      ok(qui.send(verbe, `/api/finances/${chemin}`, corps))
    await inOrganisme(essai.base, commune, (tx) =>
      sql`update app.finances_budget set code_collectivite = '123' where id = ${budget}`.execute(tx),
    )
    await envoyer('PUT', `tiers/${tiers}`, {
      categorie: '60',
      natureJuridique: '03',
      nom: 'Électricité des pins',
      adresse: '1 route des Pins',
      codePostal: '40000',
      ville: 'Mont-de-Marsan',
    })
    const demain = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
    await envoyer('POST', 'roles', {
      ...cadre,
      id: recettes.role,
      libelle: 'Locations de salle',
      produit: 'LOC',
      periode: 1,
      avisLe: demain,
      echeance: demain,
    })
    await envoyer('POST', `roles/${recettes.role}/articles`, {
      id: recettes.dette,
      tiersId: tiers,
      objet: 'Salle des fêtes',
      lignes: [{ libelle: 'Location', nature: '752', ht: '85.50' }],
    })
    await envoyer('POST', `roles/${recettes.role}/envoi`)
    const chemin = `/api/finances/roles/${recettes.role}`
    const { empreinte } = await ok(maire.get(chemin))
    expect((await secretaire.send('POST', `${chemin}/signature`, { empreinte })).statusCode).toBe(403)
    expect(await ok(maire.send('POST', `${chemin}/signature`, { empreinte }))).toMatchObject({ dettes: 1 })
    expect(await ok(secretaire.get(chemin))).toMatchObject({ etat: 'signe', total: '85.50', reste: '85.50' })
    await envoyer('POST', 'mandats-sepa', {
      id: recettes.mandatSepa,
      tiersId: tiers,
      rum: 'RUM-ESSAI-1',
      iban: 'FR7630006000011234567890189',
      titulaire: 'Électricité des pins',
      signeLe: '2024-09-01',
    })
    const accepter = { acte: 'accepter' }
    const seule = await secretaire.send('POST', `/api/finances/mandats-sepa/${recettes.mandatSepa}/decision`, accepter)
    expect(seule.statusCode).toBe(403)
    await envoyer('POST', `mandats-sepa/${recettes.mandatSepa}/decision`, accepter, maire)
    await envoyer('POST', 'regies', {
      id: recettes.regie,
      budgetId: budget,
      code: 'PHOTO',
      libelle: 'Photocopies',
      genre: 'recettes',
      encaisseMax: '100.00',
    })
    const produitId = newId()
    await envoyer('POST', `regies/${recettes.regie}/produits`, {
      id: produitId,
      caisse: 'recettes',
      libelle: 'Copie',
      nature: '75888',
    })
    await envoyer('POST', `regies/${recettes.regie}/agents`, {
      id: newId(),
      nom: 'Claire',
      qualite: 'regisseur',
      depuis: '2024-01-01',
    })
    const operation = { le: '2025-11-03', genre: 'encaissement', moyen: 'especes', montant: '2.50', produitId }
    expect(
      await envoyer('POST', `regies/${recettes.regie}/operations`, { ...operation, id: recettes.operationRegie }),
    ).toEqual({
      numero: 1,
      piece: 1,
    })
    await envoyer('POST', 'p503', {
      ...cadre,
      id: recettes.p503,
      reference: '12',
      le: '2025-11-03',
      montant: '10.00',
      payeur: 'Électricité des pins',
    })
    await envoyer('POST', 'anv', {
      ...cadre,
      id: recettes.listeAnv,
      reference: '99',
      recueLe: '2025-11-03',
      lignes: [{ id: newId(), genre: 'anv', exercice: 2021, debiteur: 'Dupont', montant: '12.00' }],
    })
    const { aFaire } = await ok(secretaire.get('/api/finances/recettes/a-faire'))
    expect(aFaire.map((a: { libelle: string }) => a.libelle)).toContain(
      `Émettre le titre d’un encaissement de ${ANNEE}`,
    )
    const journal = await secretaire.get(`/api/finances/regies/${recettes.regie}/journal?annee=2025`)
    const quittance = await secretaire.get(
      `/api/finances/regies/${recettes.regie}/operations/${recettes.operationRegie}/quittance`,
    )
    for (const pdf of [journal, quittance]) expect([pdf.statusCode, pdf.body.slice(0, 5)]).toEqual([200, '%PDF-'])
    const { resultats } = await ok(secretaire.get('/api/finances/recherche?q=locations'))
    expect(resultats.map((x: { libelle: string }) => x.libelle)).toContain('Rôle, Locations de salle')
  })

  test('lists, books, search and dashboard tell the same', async () => {
    const cadre = `budget=${budget}&annee=${ANNEE}`
    const { pieces, somme } = await ok(secretaire.get(`/api/finances/pieces?${cadre}&sens=D&q=mairie`))
    expect([pieces.length, pieces[0].etat, somme]).toEqual([1, 'signee', '120.00'])
    const lue = await ok(secretaire.get(`/api/finances/pieces/${piece}`))
    expect(
      lue.ecritures.map((e: { compteDebit: string; compteCredit: string }) => [e.compteDebit, e.compteCredit]),
    ).toEqual([['60612', '4011']])
    const { balance } = await ok(secretaire.get(`/api/finances/grand-livre?${cadre}`))
    expect(sum(balance.map((b: { solde: string }) => euros(b.solde)))).toBe(0n)
    const { resultats } = await ok(secretaire.get('/api/finances/recherche?q=pins'))
    expect(resultats.length).toBeGreaterThan(1)
    const tableau = await ok(secretaire.get(`/api/finances/tableau?${cadre}`))
    expect(
      tableau.sections.find((s: { section: string; sens: string }) => s.section === 'F' && s.sens === 'D').mandate,
    ).toBe('120.00')
  })

  test('a neighbour sees nothing of it, whatever he is asked', async () => {
    const autre = await essai.connexion('secretaire@bosquet.example', voisin)
    expect((await autre.get('/api/finances/tiers')).statusCode).toBe(404)
    const ids: Record<string, string> = {
      tiers,
      compteBancaire: compte,
      facture,
      liquidation: piece,
      bordereau,
      mandat: piece,
      engagement: newId(),
      document: newId(),
      ...recettes,
    }
    const etranger = newId()
    await installBudget(voisin, etranger)
    const chezVoisin = essai.demonstration.comptes.find((c) =>
      c.habilitations.some((h) => h.organismeId === voisin && h.role === 'deposant'),
    )
    const routes = listRoutes(essai.app).filter(
      (r) =>
        r.acces.portee === 'organisme' &&
        r.route.chemin.startsWith('/api/finances/') &&
        [...r.route.chemin.matchAll(/:(\w+)/g)].length > 0 &&
        [...r.route.chemin.matchAll(/:(\w+)/g)].every(([, n]) => ids[n!]),
    )
    expect(routes.length).toBeGreaterThan(12)
    expect(chezVoisin, 'an account of the neighbour').toBeDefined()
    const session = await essai.connexion(chezVoisin!.courriel, voisin)
    const corps: Record<string, unknown> = {
      motif: 'essai',
      acte: 'accepter',
      actif: false,
      empreinte: 'x',
      objet: 'essai',
      id: newId(),
    }
    for (const { route } of routes) {
      if (route.verbe === 'PUT') continue
      const url = route.chemin.replace(/:(\w+)/g, (_, n: string) => ids[n]!)
      const reply =
        route.verbe === 'GET' ? await session.get(`${url}?le=2025-11-01`) : await session.send(route.verbe, url, corps)
      expect([route.chemin, reply.statusCode, reply.body.includes('pins')]).toEqual([
        route.chemin,
        expect.toSatisfy((n: number) => n === 404 || n === 403 || n === 400),
        false,
      ])
    }
  })
})

test('an approved month becomes mandats whose total is that of the payslips, once', async () => {
  const auteur = { organismeId: commune, personneId: null, nom: 'essai' }
  await calculerMois(essai.services, auteur, MOIS)
  const bulletins = await inOrganisme(essai.base, commune, async (tx) => {
    // the approved payslips themselves: how a month gets its visa is tested by the payroll
    await sql`insert into app.paie_bulletin_approuve (organisme_id, mois, carriere_id, agent_id, entrees, jeu, bulletin,
        cumuls, empreinte, population, brut, cotisations, net_imposable, net_a_payer, cout, numero)
      select organisme_id, mois, carriere_id, agent_id, entrees, jeu, bulletin, cumuls, empreinte, population, brut,
        cotisations, net_imposable, net_a_payer, cout, row_number() over (order by carriere_id)
      from app.paie_bulletin where mois = ${MOIS}`.execute(tx)
    return (
      await sql<{
        net_a_payer: string
        bulletin: string
        cout: string
      }>`select net_a_payer, bulletin, cout from app.paie_bulletin_approuve where mois = ${MOIS}`.execute(tx)
    ).rows
  })
  expect(bulletins.length).toBeGreaterThan(2)
  // the first agent is charged at 60 % to an annex budget
  await installBudget(commune, annexe, 'Z1')
  const { emplois } = await ok(secretaire.get(`/api/paie/affectations?mois=${MOIS}`))
  const affecter = (quotites: [string, string]) =>
    secretaire.send('POST', '/api/paie/affectations', {
      carrieres: [emplois[0].carriereId],
      depuis: MOIS,
      parts: [
        { budgetId: budget, quotite: quotites[0] },
        { budgetId: annexe, quotite: quotites[1] },
      ],
    })
  expect((await affecter(['40.00', '50.00'])).json().code).toBe('affectation.cent')
  await ok(affecter(['40.00', '60.00']))
  const { mois: attente } = await ok(secretaire.get('/api/paie/mandatements'))
  expect(attente.map((m: { mois: string }) => m.mois)).toContain(MOIS)
  const avant = await ok(secretaire.get(`/api/paie/dossiers/${MOIS}/mandatement`))
  // refunds of travel are paid with the wages, and are no part of their cost
  const frais = bulletins.flatMap((b) =>
    (JSON.parse(b.bulletin) as { lignes: { groupe: string; montant?: string }[] }).lignes
      .filter((l) => l.groupe === 'frais')
      .map((l) => euros(l.montant ?? '0')),
  )
  const total = inEuros(sum([...bulletins.map((b) => euros(b.cout)), ...frais]))
  expect(avant.totaux.total).toBe(total)
  expect(avant.totaux.net).toBe(inEuros(sum(bulletins.map((b) => euros(b.net_a_payer)))))
  expect(sum(avant.mandats.map((m: { total: string }) => euros(m.total)))).toBe(euros(total))
  for (const _ of [1, 2]) {
    const fait = await ok(secretaire.send('POST', `/api/paie/dossiers/${MOIS}/mandatement`, { budgetId: budget }))
    expect(fait.recus).toBe(fait.mandats.length)
  }
  const listes = await Promise.all(
    [budget, annexe].map((b) => ok(secretaire.get(`/api/finances/liquidations?budget=${b}&annee=${ANNEE}&sens=D`))),
  )
  type Prete = { id: string; objet: string; ttc: string; anomalies: { bloquante: boolean }[] }
  const liquidations: Prete[] = listes.flatMap((l) => l.liquidations)
  expect(listes[1].liquidations.length).toBeGreaterThan(1)
  expect(sum(liquidations.map((l) => euros(l.ttc)))).toBe(euros(total))
  expect(liquidations.flatMap((l) => l.anomalies.filter((x) => x.bloquante))).toEqual([])

  // the payroll document goes with what is paid to the people, one for each budget, and says the same sums
  const { rows: documents } = await inOrganisme(essai.base, commune, (tx) =>
    sql<{ document_id: string; nom: string; budget_id: string }>`select j.document_id, j.nom, l.budget_id
      from app.finances_piece_jointe j join app.finances_liquidation l on l.organisme_id = j.organisme_id and l.id = j.liquidation_id
      where j.type_pj = '004' order by l.budget_id`.execute(tx),
  )
  expect(new Set(documents.map((d) => d.budget_id))).toEqual(new Set([budget, annexe]))
  for (const d of documents) {
    expect(d.nom).toMatch(/^\d{14}-2025-ETAT_PAYE-11-Z[01]\.xhl$/)
    const lu = await secretaire.get(`/api/finances/documents/${d.document_id}`)
    const mts = [...lu.body.matchAll(/<Repartition>.*?<Mt V="([\d.]+)"\/><\/Repartition>/g)].map(([, m]) => euros(m!))
    const siennes = listes[d.budget_id === budget ? 0 : 1].liquidations as Prete[]
    const dePaie = siennes.filter((l) => !l.objet.startsWith('Électricité'))
    expect(sum(mts)).toBe(sum(dePaie.map((l) => euros(l.ttc))))
  }
})

test('whatever the shares, the payslips of a body are mandated to the cent', async () => {
  let nombre = 0
  for (const { id } of essai.demonstration.organismes) {
    const rows = await inOrganisme(
      essai.base,
      id,
      async (tx) =>
        (await sql<{ bulletin: string; cout: string }>`select bulletin, cout from app.paie_bulletin`.execute(tx)).rows,
    )
    nombre += rows.length
    if (rows.length === 0) continue
    const bulletins = rows.map((r) => JSON.parse(r.bulletin))
    const v = ventiler(
      bulletins.map((bulletin, i) => ({
        bulletin,
        nom: `Agent ${i}`,
        iban: String(i),
        bic: '',
        parts: [
          { budgetId: 'a', fonction: '020', quotite: '33.33' },
          { budgetId: 'a', fonction: '211', quotite: '33.33' },
          { budgetId: 'b', fonction: '', quotite: '33.34' },
        ],
      })),
      { patronal: {}, defaut: 'urssaf', caisses: {} },
    )
    const frais = bulletins.flatMap((b) =>
      b.lignes
        .filter((l: { groupe: string }) => l.groupe === 'frais')
        .map((l: { montant?: string }) => euros(l.montant ?? '0')),
    )
    const attendu = sum([...rows.map((r) => euros(r.cout)), ...frais])
    expect(v.totaux.total).toBe(inEuros(attendu))
    expect(sum(v.mandats.flatMap((m) => m.lignes).map((l) => euros(l.ht)))).toBe(attendu)
  }
  expect(nombre).toBeGreaterThan(20)
})
