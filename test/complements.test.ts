import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bulletin, JeuParametres } from '#modules/paie/calcul/index.ts'
import { readJeuContenu } from '#modules/paie/dossier/db/vues.ts'
import { readJeuxAvant } from '#modules/paie/dossier/rappels/db/du-mois.ts'
import { calculerMois } from '#modules/paie/production/calculer-mois.ts'
import { editerMois } from '#modules/paie/production/editer-mois.ts'
import { computeFrom } from '#modules/paie/production/ouvrier.ts'
import { add, euros, inEuros, sum } from '#socle/argent.ts'
import { mois } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { deuxClients, type Essai, openEssai, type Session } from './plateforme.ts'

/* One month, four productions: an acompte before it, the run, what it forgot, what was given up. */

const MOIS = mois('2025-11')
const SUIVANT = mois('2025-12')
const CHEMIN = `/api/paie/dossiers/${MOIS}/complements`
let essai: Essai
let sien: string
let gestionnaire: Session
let maire: Session
/** An agent with a little more to be paid, one whom the run forgot, one who needs money at once. */
let augmente: string
let oublie: string
let presse: string
let entreeOublie: string

const auteur = () => ({ organismeId: sien, personneId: null, nom: 'essai' })
const dedans = <T>(faire: Parameters<typeof inOrganisme<T>>[2]) => inOrganisme(essai.base, sien, faire)
const ok = async (reply: Promise<{ statusCode: number; body: string; json(): unknown }>) => {
  const r = await reply
  if (r.statusCode !== 200) throw new Error(`${r.statusCode} ${r.body}`)
  return r.json() as never as Record<string, never> & {
    rang: number
    empreinte: string
    etat: string
    actes: string[]
    totaux: { netAPayer: string; bulletins: number }
    agents: { carriereId: string; netAPayer: string | null; dejaPaye: string; anomalies: { code: string }[] }[]
  }
}
const ouvrir = (genre: string, agents: object[], id: string = newId()) =>
  gestionnaire.send('POST', CHEMIN, { id, genre, motif: 'Élément arrivé après la paie', agents })
const acte = (s: Session, rang: number, nom: string, corps: object = {}) =>
  s.send('POST', `${CHEMIN}/${rang}/${nom}`, corps)
const heures = (carriere: string) =>
  gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/agents/${carriere}/variables`, {
    id: newId(),
    pieceId: null,
    effet: null,
    contenu: { nature: 'heures', heures: [{ type: 'supplementaires', moment: 'jour', minutes: 600 }] },
  })
type Approuve = { carriere_id: string; rang: number; numero: number; empreinte: string; bulletin: string; net: string }
const approuves = () =>
  dedans(
    async (tx) =>
      (
        await sql<Approuve & { entrees: string; jeu: string }>`
          select carriere_id, rang, numero, empreinte, bulletin, entrees, jeu, net_a_payer::text as net
          from app.paie_bulletin_approuve where mois = ${MOIS} order by numero`.execute(tx)
      ).rows,
  )
const travail = (carriere: string, m = MOIS) =>
  dedans((tx) =>
    tx
      .selectFrom('app.paie_bulletin')
      .select(['entrees', 'bulletin', 'cumuls', 'net_a_payer', 'cout'])
      .where('mois', '=', m)
      .where('carriere_id', '=', carriere)
      .executeTakeFirstOrThrow(),
  )
const net = (b: { bulletin: string }) => euros((JSON.parse(b.bulletin) as Bulletin).totaux.netAPayer)

beforeAll(async () => {
  essai = await openEssai()
  sien = deuxClients(essai.demonstration)[0]
  gestionnaire = await essai.connexion('gestionnaire@bosquet.example', sien)
  maire = await essai.connexion('maire@bosquet.example', sien)
  await calculerMois(essai.services, auteur(), MOIS)
  const { agents } = (await gestionnaire.get(`/api/paie/dossiers/${MOIS}/agents`)).json()
  ;[augmente, oublie, presse] = agents
    .filter((a: { statut: string; bloquantes: number }) => a.statut === 'titulaire' && a.bloquantes === 0)
    .map((a: { carriereId: string }) => a.carriereId)
  entreeOublie = await dedans(async (tx) => {
    const { entree } = await tx
      .selectFrom('app.paie_carriere')
      .select('entree')
      .where('id', '=', oublie)
      .executeTakeFirstOrThrow()
    await tx
      .updateTable('app.paie_carriere')
      .set({ entree: `${SUIVANT}-01` })
      .where('id', '=', oublie)
      .execute()
    // what blocks an agent of the demonstration is not what is tested here
    await sql`delete from app.paie_anomalie where est_bloquante`.execute(tx)
    await sql`update app.paie_dossier set revision = revision + 1 where mois = ${MOIS}`.execute(tx)
    return entree
  })
})
afterAll(() => essai.fermer())

test('before the month: an acompte is paid at once, and the payslip of the month takes it off', async () => {
  expect((await ouvrir('complementaire', [{ carriereId: presse }])).json().detail).toMatch(/n’est pas approuvée/)
  const trop = await ok(ouvrir('urgence', [{ carriereId: presse, acompte: '90000.00' }]))
  expect(trop.agents[0]!.anomalies.map((a) => a.code)).toContain('complement.acompteTropGrand')
  expect((await acte(gestionnaire, trop.rang, 'envoyer', { empreinte: trop.empreinte })).statusCode).toBe(409)
  expect((await ouvrir('urgence', [{ carriereId: presse }])).json().detail).toMatch(/déjà dans la production n° 2/)
  await ok(acte(gestionnaire, trop.rang, 'abandonner'))

  const c = await ok(ouvrir('urgence', [{ carriereId: presse, acompte: '300.00' }]))
  expect(c).toMatchObject({ rang: 3, etat: 'prepare', totaux: { bulletins: 1, netAPayer: '300.00' } })
  await ok(acte(gestionnaire, 3, 'envoyer', { empreinte: c.empreinte }))
  await ok(acte(maire, 3, 'approuver', { empreinte: c.empreinte }))
  const avant = await travail(presse)
  await calculerMois(essai.services, auteur(), MOIS)
  const apres = await travail(presse)
  expect(inEuros(add(net(apres), euros('300.00')))).toBe(inEuros(net(avant)))
  expect(apres.cout).toBe(avant.cout)
  expect(apres.cumuls).toBe(avant.cumuls)
})

test('the run of the month is approved as ever; its number follows', async () => {
  await dedans((tx) => sql`delete from app.paie_anomalie where est_bloquante`.execute(tx))
  const liste = (await gestionnaire.get(`/api/paie/dossiers/${MOIS}/controles`)).json()
  await ok(gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/controles/signer`, { empreinte: liste.empreinte }))
  const { empreinte } = await ok(gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/envoyer`))
  expect((await ouvrir('urgence', [{ carriereId: augmente }])).json().detail).toMatch(/chez l’ordonnateur/)
  await ok(maire.send('POST', `/api/paie/dossiers/${MOIS}/approuver`, { empreinte }))
  const rows = await approuves()
  expect(new Set(rows.map((r) => r.numero)).size).toBe(rows.length)
  expect(rows[0]).toMatchObject({ rang: 3, carriere_id: presse })
  // the month is known as it was paid in all
  const deux = rows.filter((r) => r.carriere_id === presse)
  expect(inEuros(sum(deux.map(net)))).toBe((await travail(presse)).net_a_payer)
})

test('after the visa: one agent forgotten, one with hours; the difference only, approved apart', async () => {
  const figes = await approuves()
  expect((await heures(augmente)).statusCode).toBe(409)
  await dedans((tx) =>
    tx.updateTable('app.paie_carriere').set({ entree: entreeOublie }).where('id', '=', oublie).execute(),
  )
  const id = newId()
  const agents = [{ carriereId: augmente }, { carriereId: oublie }]
  const vide = await ok(ouvrir('complementaire', agents, id))
  expect((await ok(ouvrir('complementaire', agents, id))).rang).toBe(vide.rang)
  const de = (c: typeof vide, qui: string) => c.agents.find((a) => a.carriereId === qui)!
  expect(de(vide, augmente).anomalies.map((a) => a.code)).toContain('complement.rien')
  expect(de(vide, oublie)).toMatchObject({ dejaPaye: '0.00', anomalies: [] })

  expect((await heures(augmente)).statusCode).toBe(200)
  // what was read is no longer what is known
  expect((await acte(gestionnaire, vide.rang, 'envoyer', { empreinte: vide.empreinte })).json().code).toBe(
    'paie.perime',
  )
  const c = await ok(acte(gestionnaire, vide.rang, 'calculer'))
  const premier = figes.find((f) => f.carriere_id === augmente)!
  expect(de(c, augmente).dejaPaye).toBe(premier.net)
  expect(Number(de(c, augmente).netAPayer)).toBeGreaterThan(50)
  expect((await acte(gestionnaire, c.rang, 'envoyer', { empreinte: vide.empreinte })).json().code).toBe(
    'paie.vuAutreChose',
  )
  expect((await acte(maire, c.rang, 'envoyer', { empreinte: c.empreinte })).statusCode).toBe(403)
  await ok(acte(gestionnaire, c.rang, 'envoyer', { empreinte: c.empreinte }))
  const renvoye = await ok(acte(maire, c.rang, 'renvoyer', { motif: 'Relire les heures' }))
  expect(renvoye).toMatchObject({ etat: 'renvoye', motifRenvoi: 'Relire les heures' })
  const refait = await ok(acte(gestionnaire, c.rang, 'calculer'))
  expect(refait.empreinte).toBe(c.empreinte)
  await ok(acte(gestionnaire, c.rang, 'envoyer', { empreinte: c.empreinte }))
  await ok(acte(maire, c.rang, 'approuver', { empreinte: c.empreinte }))

  const rows = await approuves()
  // nothing approved changed
  expect(rows.slice(0, figes.length)).toEqual(figes)
  expect(rows.slice(figes.length).map((r) => [r.rang, r.numero])).toEqual([
    [c.rang, figes.length + 1],
    [c.rang, figes.length + 2],
  ])
  // the month adds up, agent by agent and in all
  for (const qui of [augmente, oublie]) {
    const entier = await travail(qui)
    expect(inEuros(sum(rows.filter((r) => r.carriere_id === qui).map(net)))).toBe(entier.net_a_payer)
  }
  const { total, principale, complements } = (await gestionnaire.get(CHEMIN)).json()
  const { totaux } = (await gestionnaire.get(`/api/paie/dossiers/${MOIS}`)).json()
  expect(total).toMatchObject({ netAPayer: totaux.netAPayer, brut: totaux.brut, cout: totaux.cout })
  expect(complements.map((x: { etat: string }) => x.etat)).toEqual(['abandonne', 'approuve', 'approuve'])
  expect(inEuros(sum([principale, complements[1].totaux, complements[2].totaux].map((t) => euros(t.cout))))).toBe(
    totaux.cout,
  )
  // an approved difference computes again to the same bytes
  const complement = rows.at(-2)!
  await dedans(async (tx) => {
    for (const r of rows.slice(figes.length)) {
      const jeu = JeuParametres.lire(await readJeuContenu(tx, r.jeu))
      const refaits = computeFrom(r.carriere_id, r.entrees, jeu, r.jeu, await readJeuxAvant(tx, r.entrees))
      expect(refaits.bulletin?.texte).toBe(r.bulletin)
      expect(refaits.bulletin?.empreinte).toBe(r.empreinte)
    }
  })
  const lu = (
    await gestionnaire.get(`/api/paie/dossiers/${MOIS}/bulletins/${complement.carriere_id}?rang=${c.rang}`)
  ).json()
  expect(lu.bulletin).toMatchObject({ approuve: true, numero: complement.numero })
  const pourquoi = await gestionnaire.get(
    `/api/paie/dossiers/${MOIS}/bulletins/${augmente}/explication?ligne=0&rang=${c.rang}`,
  )
  expect(pourquoi.statusCode).toBe(200)
})

test('each production has its transfers, its mandats and its payslips in the safes, once', async () => {
  const csv = async (rang: string) =>
    (
      await gestionnaire.get(
        `/api/paie/dossiers/${MOIS}/editions?edition=virements&format=csv&organisme=${sien}${rang}`,
      )
    ).body
  const virements = (texte: string) => texte.trim().split('\n').length
  expect(virements(await csv('&rang=4'))).toBeLessThan(virements(await csv('')))
  expect(await editerMois(essai.services, auteur(), MOIS, undefined, 4)).toBe(2)
  expect(await editerMois(essai.services, auteur(), MOIS, undefined, 4)).toBe(0)
  expect(await editerMois(essai.services, auteur(), MOIS, undefined, 3)).toBe(0)
  const { rows } = await dedans((tx) =>
    sql<{ reference: string }>`select reference from app.coffre_recu where nature = 'bulletin' and mois = ${MOIS}
      order by reference`.execute(tx),
  )
  expect(rows.map((r) => r.reference)).toEqual([`${MOIS}/${augmente}/4`, `${MOIS}/${oublie}/4`].sort())
  expect((await ok(gestionnaire.get(`${CHEMIN}/4`))).etat).toBe('diffuse')
  const pdf = await gestionnaire.get(`/api/paie/dossiers/${MOIS}/bulletins/${augmente}/pdf?organisme=${sien}&rang=4`)
  expect(pdf.headers['content-type']).toContain('application/pdf')
  const secretaire = await essai.connexion('secretaire@bosquet.example', sien)
  const { mois: attente } = (await secretaire.get('/api/paie/mandatements')).json()
  expect(attente.map((m: { rang: number }) => m.rang)).toEqual([1, 4])
  const m = (await secretaire.get(`/api/paie/dossiers/${MOIS}/mandatement?rang=4`)).json()
  const payes = (await approuves()).filter((r) => r.rang === 4)
  expect(m.totaux.net).toBe(inEuros(sum(payes.map(net))))
})

test('the next month counts from the whole month, and once it is sent the past is a rappel', async () => {
  await ok(gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/ouvrir-suivant`))
  await calculerMois(essai.services, auteur(), SUIVANT)
  const suivant = JSON.parse((await travail(augmente, SUIVANT)).entrees)
  expect(suivant.cumuls).toEqual(JSON.parse((await travail(augmente)).cumuls))
  expect(suivant.rappels).toBeUndefined()
  const trop = await ok(ouvrir('complementaire', [{ carriereId: augmente }]))
  await dedans((tx) =>
    sql`delete from app.paie_variable where mois = ${MOIS} and carriere_id = ${augmente}`.execute(tx),
  )
  const repris = await ok(acte(gestionnaire, trop.rang, 'calculer'))
  expect(repris.agents[0]!.anomalies.map((a) => a.code)).toContain('complement.trop')
  await heures(augmente)
  await ok(acte(gestionnaire, trop.rang, 'abandonner'))
  const { rows } = await dedans((tx) =>
    sql`select 1 from app.paie_variable where mois = ${MOIS} and rang = ${trop.rang}`.execute(tx),
  )
  expect(rows).toEqual([])
  await dedans((tx) => sql`update app.paie_dossier set etat = 'aApprouver' where mois = ${SUIVANT}`.execute(tx))
  expect((await ouvrir('complementaire', [{ carriereId: augmente }])).json().detail).toMatch(/mois suivant/)
})
