import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { JeuParametres, jeuLivre } from '#modules/paie/calcul/index.ts'
import { createLecteurJeu } from '#modules/paie/index.ts'
import { calculerMois } from '#modules/paie/production/calculer-mois.ts'
import { computeFrom } from '#modules/paie/production/ouvrier.ts'
import { euros, inEuros, subtract, sum } from '#socle/argent.ts'
import { mois } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { deuxClients, type Essai, openEssai, type Session, waitFor } from './plateforme.ts'

/* A legal value, from the person who finds it to the payslips, through the same routes as the screens. */

const MOIS = '2025-11'
let essai: Essai
let clients: [string, string]
let agence: string
let referent: Session
let second: Session

beforeAll(async () => {
  essai = await openEssai()
  clients = deuxClients(essai.demonstration)
  agence = essai.demonstration.agenceId
  referent = await essai.connexion('referent@bosquet.example', agence)
  second = await essai.connexion('referent2@bosquet.example', agence)
  await essai.jobs.work()
  for (const organismeId of clients)
    await calculerMois(essai.services, { organismeId, personneId: null, nom: 'essai' }, mois(MOIS))
})
afterAll(() => essai.fermer())

const proposition = (change: Record<string, unknown> = {}) => ({
  id: newId(),
  code: 'cnracl.employeur',
  depuis: '2025-11-01',
  jusqua: '2025-12-01',
  valeur: '36,65 %',
  texte: 'Décret d’essai',
  source: 'lu par le référent',
  verifie: false,
  ...change,
})
const proposer = async (change: Record<string, unknown> = {}, qui = referent) => {
  const reply = await qui.send('POST', '/api/pex/propositions', proposition(change))
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}
async function simuler(...propositions: string[]) {
  const id = newId()
  const reply = await referent.send('POST', '/api/pex/simulations', { id, propositions })
  expect(reply.statusCode, reply.body).toBe(200)
  const lire = async () => (await referent.get(`/api/pex/simulations/${id}`)).json()
  await waitFor(async () => ['fait', 'echec'].includes((await lire()).etat))
  const simulation = await lire()
  expect(simulation.etat).toBe('fait')
  return simulation
}
const bulletins = async () =>
  (
    await Promise.all(
      clients.map((c) =>
        inOrganisme(essai.base, c, (tx) =>
          tx.selectFrom('app.paie_bulletin').selectAll().where('mois', '=', MOIS).orderBy('carriere_id').execute(),
        ),
      ),
    )
  ).flat()
const total = (rows: { cout: string }[]) => sum(rows.map((r) => euros(r.cout)))
const agir = (s: Session, id: string, acte: string, payload?: unknown) =>
  s.send('POST', `/api/pex/propositions/${id}/${acte}`, payload)

describe('rights', () => {
  test('the technical administrator neither proposes, releases, nor reads; an officer reads only', async () => {
    const technique = await essai.connexion('technique@bosquet.example', agence)
    const gestionnaire = await essai.connexion('gestionnaire@bosquet.example', agence)
    const p = await proposer()
    for (const s of [technique, gestionnaire]) {
      expect((await s.send('POST', '/api/pex/propositions', proposition())).statusCode).toBe(403)
      expect((await agir(s, p.id, 'publier')).statusCode).toBe(403)
      expect((await agir(s, p.id, 'refuser', { motif: 'non, vraiment' })).statusCode).toBe(403)
      expect((await s.send('POST', '/api/pex/simulations', { id: newId(), propositions: [p.id] })).statusCode).toBe(403)
    }
    expect((await technique.get('/api/pex/propositions')).statusCode).toBe(403)
    const lues = (await gestionnaire.get('/api/pex/propositions')).json().propositions
    expect(lues.find((x: { id: string }) => x.id === p.id)).toMatchObject({ etat: 'proposee', actes: [] })
  })

  test('from another body, nothing of it exists', async () => {
    const p = await proposer()
    const voisine = await essai.connexion('superviseur@bosquet.example', clients[0])
    expect((await voisine.get(`/api/pex/propositions/${p.id}`)).statusCode).toBe(403)
    const rows = await inOrganisme(essai.base, clients[0], (tx) =>
      tx.selectFrom('app.paie_proposition').select('id').execute(),
    )
    expect(rows).toEqual([])
    const inconnue = await referent.get(`/api/pex/propositions/${newId()}`)
    expect(inconnue.statusCode).toBe(404)
  })

  test('a source is compulsory, a wrong value stands at its field, a second sending changes nothing', async () => {
    const sans = await referent.send('POST', '/api/pex/propositions', proposition({ source: ' ' }))
    expect([sans.statusCode, Object.keys(sans.json().champs)]).toEqual([400, ['source']])
    const fausse = await referent.send('POST', '/api/pex/propositions', proposition({ valeur: '36,65' }))
    expect(fausse.json().champs.valeur).toMatch(/pourcentage/)
    const p = proposition()
    const premiere = await referent.send('POST', '/api/pex/propositions', p)
    const deux = await referent.send('POST', '/api/pex/propositions', { ...p, valeur: '50 %' })
    expect(deux.json().valeur).toBe(premiere.json().valeur)
  })
})

describe('four eyes', () => {
  test('the one who proposed can neither release nor turn down, only take back', async () => {
    const p = await proposer()
    await simuler(p.id)
    expect(p.actes).toEqual(['retirer'])
    expect((await agir(referent, p.id, 'publier')).json().code).toBe('parametres.quatreYeux')
    expect((await agir(referent, p.id, 'refuser', { motif: 'pour voir' })).json().code).toBe('parametres.quatreYeux')
    expect((await agir(second, p.id, 'retirer', { motif: 'pas à moi' })).json().code).toBe('parametres.quatreYeux')
    expect((await agir(referent, p.id, 'retirer', { motif: 'erreur de date' })).json()).toMatchObject({
      etat: 'retiree',
      actes: [],
      histoire: [{ acte: 'retirer', motif: 'erreur de date' }],
    })
    expect((await agir(second, p.id, 'publier')).json().code).toBe('parametres.acteImpossible')
  })

  test('PostgreSQL refuses it too, and lets nobody rewrite what was said', async () => {
    const p = await proposer()
    const { personneId } = essai.demonstration.comptes.find((c) => c.courriel === 'referent@bosquet.example')!
    const seul = inOrganisme(essai.base, agence, (tx) =>
      sql`insert into app.paie_proposition_acte (organisme_id, id, proposition_id, propose_par, acte, par, par_nom, version)
        values (${agence}, ${newId()}, ${p.id}, ${personneId}, 'publier', ${personneId}, 'moi', 1000)`.execute(tx),
    )
    await expect(seul).rejects.toThrow(/check constraint/)
    const maquille = inOrganisme(essai.base, agence, (tx) =>
      sql`insert into app.paie_proposition_acte (organisme_id, id, proposition_id, propose_par, acte, par, par_nom, version)
        select ${agence}, ${newId()}, ${p.id}, id, 'publier', ${personneId}, 'moi', 1000 from app.acces_personne
        where id <> ${personneId} limit 1`.execute(tx),
    )
    await expect(maquille).rejects.toThrow(/foreign key/)
    for (const sqlText of ['update app.paie_proposition set valeur = null', 'delete from app.paie_proposition_acte'])
      await expect(inOrganisme(essai.base, agence, (tx) => sql.raw(sqlText).execute(tx))).rejects.toThrow(
        /permission denied/,
      )
  })

  test('two people who decide at the same moment: one does, the other is told', async () => {
    const p = await proposer({ depuis: '2027-01-01', jusqua: '2027-02-01' })
    await simuler(p.id)
    const superviseur = await essai.connexion('superviseur@bosquet.example', agence)
    const replies = await Promise.all([
      agir(second, p.id, 'publier'),
      agir(superviseur, p.id, 'refuser', { motif: 'arrêté annulé' }),
    ])
    expect(replies.map((r) => r.statusCode).sort()).toEqual([200, 409])
    expect(replies.find((r) => r.statusCode === 409)!.json().code).toBe('parametres.acteImpossible')
  })

  test('nothing is released before its effect was looked at', async () => {
    const p = await proposer()
    expect((await agir(second, p.id, 'publier')).json().code).toBe('parametres.sansSimulation')
    expect((await agir(second, p.id, 'refuser', { motif: 'source illisible' })).json().etat).toBe('refusee')
  })
})

describe('a release', () => {
  test('the simulation is what the next computation really gives, and frozen payslips do not move', async () => {
    const avant = await bulletins()
    const p = await proposer()
    const { resultat, mois: simule } = await simuler(p.id)
    expect(simule).toBe(MOIS)
    expect(resultat).toMatchObject({ bulletins: avant.length, ecartNet: '0.00', bloques: 0, ecartees: [] })
    expect(resultat.touches).toBeGreaterThan(0)
    expect(resultat.exemples[0]).toMatchObject({
      profil: expect.stringMatching(/^(Titulaire|Stagiaire), catégorie [ABC]$/),
      lignes: [{ code: 'CNRACL' }],
    })
    expect(await bulletins()).toEqual(avant)
    // asked again, it gives the same
    expect((await simuler(p.id)).resultat).toEqual(resultat)

    expect((await agir(second, p.id, 'publier')).json()).toMatchObject({ etat: 'publiee', actes: ['retirer'] })
    const suivis = await inOrganisme(essai.base, agence, (tx) =>
      tx.selectFrom('app.paie_suivi').select(['client', 'est_perime']).where('mois', '=', MOIS).execute(),
    )
    expect(suivis.map((s) => s.est_perime)).toEqual([true, true])

    for (const organismeId of clients)
      await calculerMois(essai.services, { organismeId, personneId: null, nom: 'essai' }, mois(MOIS))
    const apres = await bulletins()
    const changes = apres.filter((b, i) => b.bulletin !== avant[i]!.bulletin)
    expect(changes).toHaveLength(resultat.touches)
    expect(inEuros(subtract(total(apres), total(avant)))).toBe(resultat.ecartCout)
    const parClient = (id: string) =>
      inEuros(
        subtract(total(apres.filter((b) => b.organisme_id === id)), total(avant.filter((b) => b.organisme_id === id))),
      )
    for (const c of resultat.collectivites) expect(parClient(c.client)).toBe(c.ecartCout)

    // what was computed before computes again to the same bytes, from its own set
    const jeux = await essai.base.kysely.selectFrom('app.paie_jeu').selectAll().execute()
    for (const b of avant) {
      const jeu = JeuParametres.lire(jeux.find((j) => j.empreinte === b.jeu)!.contenu)
      expect(computeFrom(b.carriere_id, b.entrees, jeu, b.jeu).bulletin?.texte).toBe(b.bulletin)
    }
    expect((await agir(second, p.id, 'retirer', { motif: 'trop tard' })).json().code).toBe('parametres.dejaServie')
  })

  test('the explanation of a line says that its value is not verified', async () => {
    const gestionnaire = await essai.connexion('gestionnaire@bosquet.example', clients[0])
    const { agents } = (await gestionnaire.get(`/api/paie/dossiers/${MOIS}/agents`)).json()
    const titulaire = agents.find((a: { statut: string }) => a.statut === 'titulaire')
    const url = `/api/paie/dossiers/${MOIS}/bulletins/${titulaire.carriereId}`
    const { bulletin } = (await gestionnaire.get(url)).json()
    const ligne = bulletin.lignes.findIndex((l: { code: string }) => l.code === 'CNRACL')
    const e = (await gestionnaire.get(`${url}/explication?ligne=${ligne}`)).json()
    expect(e.parametres.find((p: { code: string }) => p.code === 'cnracl.employeur')).toMatchObject({
      valeur: '36.65 %',
      verifie: false,
      source: 'lu par le référent',
    })
    expect(e.phrases.join(' ')).toMatch(/À confirmer\s: la valeur/)
  })

  test('a simulation that breaks says so, and changes nothing', async () => {
    const p = await proposer()
    const { simuler: sain } = essai.services.atelier
    essai.services.atelier.simuler = () => Promise.reject(new Error('a thread died'))
    try {
      const id = newId()
      await referent.send('POST', '/api/pex/simulations', { id, propositions: [p.id] })
      const lire = async () => (await referent.get(`/api/pex/simulations/${id}`)).json()
      await waitFor(async () => (await lire()).etat === 'echec')
      expect((await lire()).resultat).toBeNull()
    } finally {
      essai.services.atelier.simuler = sain
    }
    expect((await agir(second, p.id, 'publier')).json().code).toBe('parametres.sansSimulation')
  })

  test('a hole of 2026 is filled by people: the payslips that it blocked are computed', async () => {
    const codes = ['ircantec.a.agent', 'ircantec.a.employeur', 'ircantec.b.agent', 'ircantec.b.employeur']
    const ids: string[] = []
    for (const code of codes)
      ids.push((await proposer({ code, depuis: '2026-01-01', jusqua: undefined, valeur: '3 %' })).id)
    const seule = await simuler(ids[0]!)
    expect(seule).toMatchObject({ mois: '2026-01', resultat: { debloques: 0 } })
    const { resultat } = await simuler(...ids)
    expect(resultat.debloques).toBeGreaterThan(0)
    for (const id of ids) expect((await agir(second, id, 'publier')).statusCode).toBe(200)
    const { parametres } = (await referent.get('/api/pex/parametres')).json()
    const a = parametres.find((p: { code: string }) => p.code === 'ircantec.a.agent')
    expect(a.valeurs.at(-1)).toMatchObject({ depuis: '2026-01-01', valeur: '3 %', verifie: false })
    const autre = createLecteurJeu(essai.base)
    expect((await autre()).empreinte()).toBe((await essai.services.readJeu()).empreinte())

    // released but never used: it can be taken back, and the hole is a hole again, in every process
    for (const id of ids)
      expect((await agir(second, id, 'retirer', { motif: 'mauvais arrêté' })).json().etat).toBe('retiree')
    for (const lire of [autre, essai.services.readJeu])
      expect((await lire()).trous(mois('2026-01')).map((p) => p.code)).toEqual(
        jeuLivre()
          .trous(mois('2026-01'))
          .map((p) => p.code),
      )
  })
})
