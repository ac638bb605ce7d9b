import { afterAll, beforeAll, expect, test } from 'vitest'
import { calculerMois } from '#modules/paie/production/calculer-mois.ts'
import { mois } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { listRoutes } from '#socle/http/servir.ts'
import { newId } from '#socle/ids.ts'
import { deuxClients, type Essai, openEssai } from './plateforme.ts'

/*
 * Every route, called by the people of one body with the ids of another. The list of routes is the server's own: a
 * route added tomorrow is walked tomorrow.
 */

const MOIS = '2025-11'
let essai: Essai
let sien: string
let voisin: string
/** Ids of the neighbour, by the name of the parameter that carries them. */
let chezLeVoisin: Record<string, string>

beforeAll(async () => {
  essai = await openEssai()
  ;[sien, voisin] = deuxClients(essai.demonstration)
  await calculerMois(essai.services, { organismeId: voisin, personneId: null, nom: 'essai' }, mois(MOIS))
  chezLeVoisin = await inOrganisme(essai.base, voisin, async (tx) => {
    const bulletin = await tx
      .selectFrom('app.paie_bulletin')
      .select(['carriere_id', 'agent_id'])
      .limit(1)
      .executeTakeFirstOrThrow()
    const question = newId()
    await tx
      .insertInto('app.paie_question')
      .values({
        organisme_id: voisin,
        id: question,
        mois: MOIS,
        carriere_id: null,
        piece_id: null,
        objet: 'question du voisin',
        echeance: null,
      })
      .execute()
    const variable = newId()
    await tx
      .insertInto('app.paie_variable')
      .values({
        organisme_id: voisin,
        id: variable,
        mois: MOIS,
        carriere_id: bulletin.carriere_id,
        contenu: JSON.stringify({ nature: 'prime', code: 'CIA', libelle: 'CIA', montant: '10.00' }),
        piece_id: null,
        saisie_par: 'voisin',
      })
      .execute()
    const document = newId()
    await tx
      .insertInto('app.document')
      .values({
        organisme_id: voisin,
        id: document,
        empreinte: 'a'.repeat(64),
        taille: 10,
        type_mime: 'application/pdf',
        nom: 'voisin.pdf',
        recu: 'D-voisin',
        depose_par: null,
        depose_par_nom: 'voisin',
        depose_le: new Date(),
        sante: false,
      } as never)
      .execute()
    const piece = newId()
    await tx
      .insertInto('app.paie_piece')
      .values({
        organisme_id: voisin,
        id: piece,
        mois: MOIS,
        numero: 9999,
        nature: 'arrete',
        document_id: document,
        nom_fichier: 'voisin.pdf',
        libelle: '',
        empreinte: 'a'.repeat(64),
        taille: 10,
        effet: null,
        etat: 'deposee',
        motif: null,
        depose_par: null,
        depose_par_nom: 'voisin',
      })
      .execute()
    const compte = newId()
    const personne = await tx.selectFrom('app.paie_agent').select('personne_id').limit(1).executeTakeFirstOrThrow()
    await tx
      .insertInto('app.paie_compte_bancaire')
      .values({
        organisme_id: voisin,
        id: compte,
        agent_id: bulletin.agent_id,
        iban: 'FR7630006000011234567890189',
        bic: '',
        titulaire: 'voisin',
        piece_id: null,
        propose_par: personne.personne_id,
        propose_par_nom: 'voisin',
      })
      .execute()
    const acte = newId()
    await tx
      .insertInto('app.paie_acte_carriere')
      .values({
        organisme_id: voisin,
        id: acte,
        agent_id: bulletin.agent_id,
        carriere_id: bulletin.carriere_id,
        nature: 'situation',
        effet: `${MOIS}-01`,
        resume: 'voisin',
        motif: '',
        piece_id: null,
        lot_id: null,
        annule: null,
        avant: JSON.stringify({}),
        apres: JSON.stringify({}),
        par: null,
        par_nom: 'voisin',
      })
      .execute()
    await tx
      .insertInto('app.paie_complement')
      .values({
        organisme_id: voisin,
        mois: MOIS,
        rang: 2,
        id: newId(),
        genre: 'urgence',
        motif: 'voisin',
        etat: 'prepare',
        cree_par: 'voisin',
      })
      .execute()
    const rappel = newId()
    await tx
      .insertInto('app.paie_rappel')
      .values({
        organisme_id: voisin,
        id: rappel,
        mois: MOIS,
        effet: '2025-10-01',
        origine: 'gestionnaire',
        libelle: 'rappel du voisin',
        piece_id: null,
        etat: 'aTraiter',
        ouvert_par: 'voisin',
        traite_le: null,
        traite_par: null,
      })
      .execute()
    return {
      agent: bulletin.agent_id,
      acte,
      compte,
      lot: newId(),
      papier: 'certificatPublic',
      mois: MOIS,
      carriere: bulletin.carriere_id,
      question,
      variable,
      piece,
      rappel,
      rang: '2',
      conseil: newId(),
      production: newId(),
      nature: 'proconnect',
      campagne: newId(),
      opposition: newId(),
      succession: newId(),
      remise: newId(),
      lien: newId(),
      portefeuille: newId(),
      remplacement: newId(),
      id: newId(),
      appartenance: newId(),
      soutien: newId(),
      jeton: newId(),
      budget: newId(),
      annee: '2026',
      vote: newId(),
      documentLu: newId(),
      // the finances have their own walk, with real neighbours: test/finances.test.ts
      tiers: newId(),
      compteBancaire: newId(),
      facture: newId(),
      flux: newId(),
      apart: newId(),
      engagement: newId(),
      role: newId(),
      dette: newId(),
      mandatSepa: newId(),
      regie: newId(),
      operationRegie: newId(),
      p503: newId(),
      listeAnv: newId(),
      liquidation: newId(),
      recurrence: newId(),
      retenue: newId(),
      ordre: newId(),
      bordereau: newId(),
      mandat: newId(),
      document: newId(),
    }
  })
})
afterAll(() => essai.fermer())

const urlOf = (chemin: string) =>
  chemin.replace(/:(\w+)/g, (_, name: string) => {
    const value = chezLeVoisin[name]
    if (!value) throw new Error(`no neighbour's value for :${name}: add it to this test`)
    return value
  })

/** A body valid enough to pass the door, so that the answer is that of the trade. */
const SITUATION = {
  statut: 'vacataire',
  grade: 'Animatrice',
  vacation: { libelle: 'Vacation', taux: '12.00' },
  pas: { mode: 'neutre' },
}
const CIVIL = { nom: 'A', prenom: 'B', sexe: 'F', naissance: '1990-01-01', nir: '290014099000145' }
const RETENUE = {
  id: newId(),
  type: 'autre',
  libelle: 'Prêt',
  mensuel: '10.00',
  depuis: '2025-11-01',
  source: 'Accord du 01/11/2025',
}
const POSITION = { position: 'congeParental', depuis: '2025-11-01', motif: 'Arrêté n° 1' }
const BODIES: Record<string, unknown> = {
  'POST /api/paie/agents/:agent/emplois': {
    carriereId: newId(),
    emploi: 'x',
    entree: '2025-11-01',
    contenu: SITUATION,
  },
  'PUT /api/paie/agents/:agent/identite': { id: newId(), ...CIVIL },
  'POST /api/paie/agents/:agent/comptes': { id: newId(), iban: 'FR1420041010050500013M02606', titulaire: 'Elle' },
  'POST /api/paie/comptes/:compte/confirmer': {},
  'POST /api/paie/comptes/:compte/refuser': { motif: 'Ce n’est pas elle' },
  'POST /api/paie/comptes/:compte/retirer': {},
  'POST /api/paie/carrieres/:carriere/situations': {
    id: newId(),
    depuis: '2025-11-01',
    motif: 'Arrêté',
    contenu: SITUATION,
  },
  'POST /api/paie/carrieres/:carriere/situations/effet': { depuis: '2025-11-01', motif: 'Arrêté', contenu: SITUATION },
  'POST /api/paie/carrieres/:carriere/position': { ...POSITION, id: newId() },
  'POST /api/paie/carrieres/:carriere/position/effet': POSITION,
  'POST /api/paie/carrieres/:carriere/sortie': { id: newId(), sortie: '2025-11-20', motif: 'demission' },
  'POST /api/paie/carrieres/:carriere/sortie/effet': { sortie: '2025-11-20', motif: 'demission' },
  'POST /api/paie/carrieres/actes/:acte/annuler': { id: newId() },
  'POST /api/paie/lots/:lot/annuler': { id: newId() },
  'POST /api/paie/dossiers/:mois/agents/:carriere/variables': {
    id: newId(),
    pieceId: null,
    contenu: { nature: 'prime', code: 'CIA', libelle: 'CIA', montant: '1.00' },
  },
  'PATCH /api/paie/pieces/:piece': { etat: 'recue' },
  'PATCH /api/paie/rappels/:rappel': { acte: 'recalculer' },
  'POST /api/paie/questions/:question/conseil': {
    id: newId(),
    theme: 'Autre',
    question: 'Une question assez longue',
    reponse: 'Une réponse assez longue',
  },
  'POST /api/paie/pieces/:piece/pages': {
    parties: [
      {
        id: newId(),
        nature: 'autre',
        libelle: 'x',
        effet: null,
        carriereIds: [],
        pages: [{ numero: 1, quarts: 0 }],
      },
    ],
  },
  'POST /api/paie/dossiers/:mois/agents/:carriere/double-regard': { empreinte: 'f'.repeat(64) },
  'POST /api/paie/carrieres/:carriere/retenues': RETENUE,
  'POST /api/paie/carrieres/:carriere/retenues/effet': RETENUE,
  'POST /api/paie/retenues/:retenue/fin/effet': { jusqua: '2025-12-01' },
  'POST /api/paie/retenues/:retenue/fin': { jusqua: '2025-12-01' },
  'POST /api/paie/dossiers/:mois/complements/:rang/envoyer': { empreinte: 'f'.repeat(64) },
  'POST /api/paie/dossiers/:mois/complements/:rang/approuver': { empreinte: 'f'.repeat(64) },
  'POST /api/paie/dossiers/:mois/complements/:rang/renvoyer': { motif: 'Relire les heures' },
  'POST /api/paie/questions/:question/messages': { id: newId(), texte: 'bonjour', clore: false },
}

const PERSONNES = ['secretaire', 'maire', 'gestionnaire', 'superviseur', 'agent'] as const

test('with the ids of a neighbour, every route of a body answers as if they did not exist', async () => {
  const routes = listRoutes(essai.app).filter(
    (r) => r.acces.portee === 'organisme' && /:(?!mois)\w+/.test(r.route.chemin) && r.route.chemin.includes('/paie/'),
  )
  expect(routes.length).toBeGreaterThan(8)
  let asked = 0
  for (const qui of PERSONNES) {
    const session = await essai.connexion(`${qui}@bosquet.example`, sien)
    for (const { route } of routes) {
      const url = `${urlOf(route.chemin)}${route.chemin.endsWith('explication') ? '?ligne=0' : ''}`
      const withOrganisme = `${url}${url.includes('?') ? '&' : '?'}organisme=${sien}`
      const body = BODIES[`${route.verbe} ${route.chemin}`]
      const reply =
        route.verbe === 'GET' ? await session.get(withOrganisme) : await session.send(route.verbe, url, body)
      asked++
      expect([qui, route.verbe, route.chemin, reply.statusCode, reply.body.includes('voisin')]).toEqual([
        qui,
        route.verbe,
        route.chemin,
        // a role without the right is told so before anything is read
        expect.toSatisfy((s: number) => s === 404 || s === 403),
        false,
      ])
    }
  }
  console.log(`isolement : ${asked} demandes avec les identifiants d’un voisin, aucune n’a rien montré`)
})

test('a body where one has nothing to do does not exist', async () => {
  const routes = listRoutes(essai.app).filter((r) => r.acces.portee === 'organisme')
  for (const qui of ['secretaire', 'maire', 'agent', 'gestionnaire'] as const) {
    const session = await essai.connexion(`${qui}@bosquet.example`, voisin)
    for (const { route } of routes) {
      const url = urlOf(route.chemin)
      const body = BODIES[`${route.verbe} ${route.chemin}`]
      const query = route.chemin.endsWith('explication') ? '?ligne=0' : `?organisme=${voisin}`
      const reply = route.verbe === 'GET' ? await session.get(url + query) : await session.send(route.verbe, url, body)
      // bodies that the contract refuses stop at the door, before anybody is looked up
      expect([qui, route.chemin, reply.statusCode]).toEqual([
        qui,
        route.chemin,
        expect.toSatisfy((s: number) => s === 404 || s === 400),
      ])
    }
  }
})

test('without a session, every route but the public ones asks to sign in', async () => {
  for (const { route, acces } of listRoutes(essai.app)) {
    if (acces.portee === 'publique') continue
    const reply = await essai.app.inject({
      method: route.verbe,
      url: urlOf(route.chemin) + (route.chemin.endsWith('explication') ? '?ligne=0' : `?organisme=${sien}`),
      payload: (BODIES[`${route.verbe} ${route.chemin}`] ?? {}) as object,
    })
    expect([route.verbe, route.chemin, reply.statusCode]).toEqual([
      route.verbe,
      route.chemin,
      expect.toSatisfy((s: number) => s === 401 || s === 400),
    ])
  }
})

test('the lists of a body hold nothing of its neighbour', async () => {
  const session = await essai.connexion('secretaire@bosquet.example', sien)
  const noms = await inOrganisme(essai.base, voisin, (tx) => tx.selectFrom('app.paie_agent').select('nir').execute())
  for (const url of ['agents', 'pieces', 'questions', 'journal', 'anomalies'].map(
    (x) => `/api/paie/dossiers/${MOIS}/${x}`,
  )) {
    const reply = await session.get(url)
    expect([url, reply.statusCode]).toEqual([url, 200])
    for (const { nir } of noms) expect(reply.body.includes(nir)).toBe(false)
    expect(reply.body).not.toContain('voisin')
  }
})

test('the OpenAPI document describes every route', async () => {
  const reply = await essai.app.inject({ url: '/api/openapi.json' })
  expect(reply.statusCode).toBe(200)
  const paths = Object.keys(reply.json().paths)
  for (const { route } of listRoutes(essai.app)) expect(paths).toContain(route.chemin.replace(/:(\w+)/g, '{$1}'))
})
