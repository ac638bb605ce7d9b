import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inOrganisme } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { deuxClients, type Essai, openEssai, type Session, waitFor } from './plateforme.ts'

/* The agency's side: who has how much to do, who replaces whom, what the service is worth over two years. */

const MOIS = '2025-11'
let essai: Essai
let agence: string
let superviseur: Session
let gestionnaire: Session

beforeAll(async () => {
  essai = await openEssai()
  agence = essai.demonstration.agenceId
  superviseur = await essai.connexion('superviseur@bosquet.example', agence)
  gestionnaire = await essai.connexion('gestionnaire@bosquet.example', agence)
  await essai.jobs.work()
})
afterAll(() => essai.fermer())

const cockpit = async (s: Session) => (await s.get('/api/pex/cockpit')).json()
const enAgence = <T>(fn: Parameters<typeof inOrganisme<T>>[2]) => inOrganisme(essai.base, agence, fn)

test('a supervisor sees the load of every officer, an officer his own and those he replaces', async () => {
  const tous = await cockpit(superviseur)
  expect(tous.mois).toBe(MOIS)
  expect(tous.charges.length).toBe(essai.demonstration.portefeuilles.length)
  expect(tous.charges.reduce((n: number, c: { collectivites: number }) => n + c.collectivites, 0)).toBe(2)
  const siens = await cockpit(gestionnaire)
  expect(siens.charges).toHaveLength(1)
})

test('a portfolio is given to another officer in one act, and taken back', async () => {
  const sien = (await cockpit(gestionnaire)).charges[0]
  const autre = (await cockpit(superviseur)).charges.find(
    (c: { gestionnaireId: string }) => c.gestionnaireId !== sien.gestionnaireId,
  )
  const url = `/api/pex/portefeuilles/${sien.portefeuilleId}/remplacements`
  const { rows } = await sql<{ depuis: string; jusqua: string }>`
    select current_date as depuis, current_date + 14 as jusqua`.execute(essai.base.kysely)
  const body = { id: newId(), remplacantId: autre.gestionnaireId, ...rows[0]!, motif: 'Congés' }
  const [client] = deuxClients(essai.demonstration)
  const remplacant = essai.demonstration.comptes.find((c) => c.personneId === autre.gestionnaireId)!
  const chez = await essai.connexion(remplacant.courriel, client)
  expect((await chez.get(`/api/paie/dossiers/${MOIS}`)).statusCode).toBe(404)
  const fait = await superviseur.send('POST', url, body)
  expect(fait.statusCode).toBe(200)
  expect((await superviseur.send('POST', url, body)).statusCode).toBe(200)
  const vu = (await cockpit(superviseur)).charges.find(
    (c: { portefeuilleId: string }) => c.portefeuilleId === sien.portefeuilleId,
  )
  expect(vu.remplacements.filter((r: { id: string }) => r.id === body.id)).toHaveLength(1)
  // the replacing officer is at work at once
  expect((await chez.get(`/api/paie/dossiers/${MOIS}`)).statusCode).toBe(200)
  expect((await gestionnaire.send('POST', url, { ...body, id: newId() })).statusCode).toBe(403)
  const luiMeme = await superviseur.send('POST', url, { ...body, id: newId(), remplacantId: sien.gestionnaireId })
  expect(luiMeme.json().code).toBe('remplacement.luiMeme')
  expect((await superviseur.send('DELETE', `${url}/${body.id}`)).statusCode).toBe(200)
  expect((await chez.get(`/api/paie/dossiers/${MOIS}`)).statusCode).toBe(404)
  expect((await superviseur.send('DELETE', `${url}/${body.id}`)).statusCode).toBe(404)
})

test('a production may be that of one portfolio, or of some bodies', async () => {
  const [client, voisin] = deuxClients(essai.demonstration)
  const sien = (await cockpit(gestionnaire)).charges[0]
  const lancer = (body: object) =>
    superviseur.send('POST', '/api/pex/productions', { id: newId(), mois: MOIS, jusqua: 'calcul', ...body })
  const finie = async (id: string) => (await superviseur.get(`/api/pex/productions/${id}`)).json().finieLe !== null
  const un = (await lancer({ portefeuille: sien.portefeuilleId })).json()
  expect(un.clients.map((c: { client: string }) => c.client)).toEqual([client])
  await waitFor(() => finie(un.id), 60)
  const deux = (await lancer({ clients: [voisin] })).json()
  expect(deux.clients.map((c: { client: string }) => c.client)).toEqual([voisin])
  await waitFor(() => finie(deux.id), 60)
  expect((await lancer({ clients: [newId()] })).json().code).toBe('production.sansClient')
})

test('the indicators are facts: deposits on time, payslips corrected after the pay, work in the dossier', async () => {
  const [client] = deuxClients(essai.demonstration)
  const officier = await essai.connexion('gestionnaire@bosquet.example', client)
  const { empreinte } = (await officier.get(`/api/paie/dossiers/${MOIS}/controles`)).json()
  await officier.send('POST', `/api/paie/dossiers/${MOIS}/controles/signer`, { empreinte })
  expect((await officier.send('POST', `/api/paie/dossiers/${MOIS}/envoyer`)).json().etat).toBe('aApprouver')
  const { indicateurs } = await cockpit(superviseur)
  const mois = indicateurs.find((i: { mois: string }) => i.mois === MOIS)
  const faits = await inOrganisme(essai.base, client, async (tx) => {
    const { rows } = await sql<{ depots: number; complets: number; bulletins: number }>`
      select (select count(*)::int from app.paie_piece where mois = ${MOIS}) as depots,
        (select count(*)::int from app.paie_piece where mois = ${MOIS} and etat not in ('aCompleter', 'refusee', 'remplacee')) as complets,
        (select count(*)::int from app.paie_bulletin where mois = ${MOIS}) as bulletins`.execute(tx)
    return rows[0]!
  })
  expect(faits.depots).toBeGreaterThan(0)
  expect(mois).toMatchObject({
    bulletins: faits.bulletins,
    depotsComplets: Math.round((1000 * faits.complets) / faits.depots) / 10,
    renvois: 0,
    corrigesPourMille: 0,
  })
  // the signature and the sending are two acts of one sitting
  expect(mois.minutesParBulletin).toBeGreaterThan(0)
  const maire = await essai.connexion('maire@bosquet.example', client)
  await maire.send('POST', `/api/paie/dossiers/${MOIS}/renvoyer`, { motif: 'Une prime manque.' })
  const apres = (await cockpit(superviseur)).indicateurs.find((i: { mois: string }) => i.mois === MOIS)
  expect(apres.renvois).toBe(1)
})

test('24 months of the clients are read from the rollup alone', async () => {
  const clients = deuxClients(essai.demonstration)
  await enAgence(async (tx) => {
    await sql`insert into app.paie_indicateur (organisme_id, client, mois, bulletins, depots, depots_a_temps, depots_complets)
      select ${agence}, c, to_char(date '2022-01-01' + make_interval(months => m), 'YYYY-MM'), 10, 4, 3, 2
      from unnest(${clients}::uuid[]) c, generate_series(0, 40) m
      on conflict (organisme_id, mois, client) do update set bulletins = 10, depots = 4, depots_a_temps = 3, depots_complets = 2`.execute(
      tx,
    )
  })
  const { indicateurs } = await cockpit(superviseur)
  expect(indicateurs.length).toBeLessThanOrEqual(24)
  expect(indicateurs[0]).toMatchObject({ mois: '2023-12', bulletins: 20, depotsATemps: 75, depotsComplets: 50 })
})
