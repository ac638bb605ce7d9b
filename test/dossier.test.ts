import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aujourdhuiAParis, readCalendrier } from '#modules/paie/dossier/calendrier/db/calendriers.ts'
import { listCourriels } from '#socle/courriel/courriel.ts'
import { addJours, addMois, moisOf } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { deuxClients, type Essai, openEssai, type Session, waitFor } from './plateforme.ts'

/* The monthly dossier around the pay itself: dates, late papers, pages, reminders, closing. */

const MOIS = '2025-11'
let essai: Essai
let sien: string
let secretaire: Session
let gestionnaire: Session
let carriere: string

beforeAll(async () => {
  essai = await openEssai()
  sien = deuxClients(essai.demonstration)[0]
  secretaire = await essai.connexion('secretaire@bosquet.example', sien)
  gestionnaire = await essai.connexion('gestionnaire@bosquet.example', sien)
  await essai.jobs.work()
  const { agents } = (await secretaire.get(`/api/paie/dossiers/${MOIS}/agents`)).json()
  carriere = agents.find((a: { statut: string }) => a.statut === 'titulaire').carriereId
})
afterAll(() => essai.fermer())

async function deposer(mois: string, champs: Record<string, string>, octets: Uint8Array) {
  const limite = `limite-${newId()}`
  const tous = { id: newId(), nature: 'heures', libelle: 'Heures', carrieres: JSON.stringify([carriere]), ...champs }
  const corps = Object.entries(tous).map(
    ([k, v]) => `--${limite}\r\ncontent-disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`,
  )
  const payload = Buffer.concat([
    Buffer.from(
      `${corps.join('')}--${limite}\r\ncontent-disposition: form-data; name="fichier"; filename="piece.pdf"\r\ncontent-type: application/pdf\r\n\r\n`,
    ),
    octets,
    Buffer.from(`\r\n--${limite}--\r\n`),
  ])
  return essai.app.inject({
    method: 'POST',
    url: `/api/paie/dossiers/${mois}/pieces`,
    payload,
    headers: { ...secretaire.headers, 'content-type': `multipart/form-data; boundary=${limite}` },
  })
}
async function pdf(pages: number): Promise<Uint8Array> {
  const d = await PDFDocument.create()
  for (let i = 0; i < pages; i++) d.addPage([300 + i, 400])
  return d.save()
}
const rappels = async (mois: string) => (await gestionnaire.get(`/api/paie/dossiers/${mois}/rappels`)).json().rappels
const journal = async (mois: string) =>
  (await secretaire.get(`/api/paie/dossiers/${mois}/journal`)).json().actes.map((a: { acte: string }) => a.acte)

test('the officer fixes a date, the secretary reads it with its reason', async () => {
  const url = `/api/paie/dossiers/${MOIS}/calendrier`
  const avant = (await secretaire.get(url)).json().echeances
  expect(avant).toHaveLength(8)
  const limite = avant.find((e: { etape: string }) => e.etape === 'limiteDepot')
  expect((await gestionnaire.get(`/api/paie/dossiers/${MOIS}`)).json().dateLimiteDepot).toBe(limite.jour)
  expect(
    (await secretaire.send('PUT', url, { etape: 'limiteDepot', jour: '2025-11-05', motif: 'essai' })).statusCode,
  ).toBe(403)
  expect((await gestionnaire.send('PUT', url, { etape: 'limiteDepot', jour: '2025-11-05' })).statusCode).toBe(400)
  const reply = await gestionnaire.send('PUT', url, {
    etape: 'limiteDepot',
    jour: '2025-11-05',
    motif: 'Comptable fermé du 6 au 11',
  })
  expect(reply.statusCode).toBe(200)
  expect((await secretaire.get(`/api/paie/dossiers/${MOIS}`)).json().dateLimiteDepot).toBe('2025-11-05')
  await gestionnaire.send('PUT', url, { etape: 'limiteDepot', jour: null })
  expect((await secretaire.get(`/api/paie/dossiers/${MOIS}`)).json().dateLimiteDepot).toBe(limite.jour)
  // August earlier by three working days, in the settings
  const reglage = { ...(await gestionnaire.get(url)).json().reglage, avanceAout: 3 }
  expect((await gestionnaire.send('PUT', `${url}/reglages`, reglage)).json().reglage.avanceAout).toBe(3)
})

let piece: { id: string; rappel: string | null }
test('a paper after the cut-off opens a rappel for the next month; taken in time after all, it closes by itself', async () => {
  const reply = await deposer(MOIS, { libelle: 'Heures d’octobre', effet: '2025-10-01' }, await pdf(3))
  expect(reply.statusCode).toBe(200)
  piece = reply.json()
  expect(piece.rappel).toBe('2025-12')
  const [r] = await rappels('2025-12')
  expect(r).toMatchObject({ origine: 'depotTardif', etat: 'aTraiter', pieceId: piece.id, effet: '2025-10-01' })
  expect(r.concerne).toHaveLength(1)
  await gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/agents/${carriere}/variables`, {
    id: newId(),
    contenu: { nature: 'heures', heures: [{ type: 'supplementaires', moment: 'jour', minutes: 60 }] },
    pieceId: piece.id,
  })
  expect((await rappels('2025-12'))[0].etat).toBe('dansLeMois')
})

test('the next month opens once; a rappel is classed with a reason, and taken back', async () => {
  const url = `/api/paie/dossiers/${MOIS}/ouvrir-suivant`
  expect((await gestionnaire.send('POST', url)).json()).toMatchObject({ mois: '2025-12', etat: 'ouvert' })
  expect((await gestionnaire.send('POST', url)).json()).toMatchObject({ mois: '2025-12', etat: 'ouvert' })
  expect((await journal('2025-12')).filter((a: string) => a === 'Ouverture du mois')).toHaveLength(1)
  const ouvert = await gestionnaire.send('POST', '/api/paie/dossiers/2025-12/rappels', {
    effet: '2025-11-15',
    libelle: 'Prime à régler',
    carriereId: carriere,
  })
  const { id } = ouvert.json().rappels.find((x: { libelle: string }) => x.libelle === 'Prime à régler')
  const decider = (body: object) => gestionnaire.send('PATCH', `/api/paie/rappels/${id}`, body)
  expect((await decider({ acte: 'classer' })).statusCode).toBe(400)
  expect((await decider({ acte: 'classer', note: 'Déjà payée en octobre' })).statusCode).toBe(200)
  expect((await decider({ acte: 'saisir' })).statusCode).toBe(409)
  expect((await decider({ acte: 'reprendre' })).statusCode).toBe(200)
})

test('pages become two papers that take the place of the first, which stays', async () => {
  const lu = await gestionnaire.get(`/api/paie/pieces/${piece.id}/pages`)
  expect(lu.json()).toEqual({ pages: 3 })
  expect((await secretaire.get(`/api/paie/pieces/${piece.id}/pages`)).statusCode).toBe(403)
  const parties = [
    [1, 3],
    [2, 0],
  ].map(([numero, quarts], i) => ({
    id: newId(),
    nature: i === 0 ? 'heures' : 'arretTravail',
    libelle: `Partie ${i + 1}`,
    effet: null,
    carriereIds: [carriere],
    pages: [{ numero, quarts }],
  }))
  const body = { parties }
  const reply = await gestionnaire.send('POST', `/api/paie/pieces/${piece.id}/pages`, body)
  expect(reply.statusCode).toBe(200)
  await gestionnaire.send('POST', `/api/paie/pieces/${piece.id}/pages`, body)
  const { pieces } = (await gestionnaire.get(`/api/paie/dossiers/${MOIS}/pieces`)).json()
  const nees = pieces.filter((p: { remplacePiece: { id: string } | null }) => p.remplacePiece?.id === piece.id)
  expect(nees).toHaveLength(2)
  expect(pieces.find((p: { id: string }) => p.id === piece.id).etat).toBe('remplacee')
  const tourne = await gestionnaire.get(`/api/paie/pieces/${parties[0]!.id}/contenu?organisme=${sien}`)
  const doc = await PDFDocument.load(tourne.rawPayload)
  expect(doc.getPages().map((p) => [p.getWidth(), p.getRotation().angle])).toEqual([[300, 270]])
  // the medical part asks for the right to read health papers, which the maire has not
  const maire = await essai.connexion('maire@bosquet.example', sien)
  expect((await maire.get(`/api/paie/pieces/${parties[1]!.id}/contenu?organisme=${sien}`)).statusCode).toBe(403)
})

test('a paper shows the lines that it justifies', async () => {
  await gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/calculer`)
  const { lignes } = (await gestionnaire.get(`/api/paie/pieces/${piece.id}/lignes`)).json()
  expect(lignes.length).toBeGreaterThan(0)
  const explication = await gestionnaire.get(
    `/api/paie/dossiers/${MOIS}/bulletins/${carriere}/explication?ligne=${lignes[0].ligne}`,
  )
  expect(explication.json().pieces.map((p: { id: string }) => p.id)).toContain(piece.id)
})

test('a reminder leaves as a mail that counts and names nobody; the agency reads what left', async () => {
  await inOrganisme(essai.base, sien, (tx) =>
    tx.updateTable('app.organisme').set({ courriel: 'mairie@commune.example' }).where('id', '=', sien).execute(),
  )
  const url = `/api/paie/dossiers/${MOIS}/relances`
  expect((await secretaire.send('POST', url, {})).statusCode).toBe(403)
  const reply = await gestionnaire.send('POST', url, { mot: 'Merci pour les heures.' })
  expect(reply.statusCode).toBe(200)
  await waitFor(async () => {
    const { courriels } = (await gestionnaire.get(`/api/paie/dossiers/${MOIS}/courriels`)).json()
    return courriels[0]?.etat === 'envoye'
  })
  const [eml] = readdirSync(essai.courriels).map((f) => readFileSync(join(essai.courriels, f), 'utf8'))
  expect(eml).toMatch(/^To: mairie@commune\.example\r$/m)
  expect(await journal(MOIS)).toContain('Relance par courriel')
  const { agents } = (await secretaire.get(`/api/paie/dossiers/${MOIS}/agents`)).json()
  for (const a of agents) expect(eml).not.toContain(a.nom)
})

test('a month is closed when its payslips are given and nothing waits in it', async () => {
  const clore = () => gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/clore`)
  expect((await clore()).statusCode).toBe(409)
  await inOrganisme(essai.base, sien, (tx) =>
    tx.updateTable('app.paie_dossier').set({ etat: 'diffuse' }).where('mois', '=', MOIS).execute(),
  )
  const refus = await clore()
  expect(refus.json().title ?? refus.json().detail).toBeDefined()
  expect(refus.body).toContain('à lire')
  await inOrganisme(essai.base, sien, async (tx) => {
    await tx.updateTable('app.paie_piece').set({ etat: 'recue' }).where('etat', '=', 'deposee').execute()
    await tx.updateTable('app.paie_question').set({ est_close: true }).execute()
  })
  expect((await clore()).json()).toMatchObject({ etat: 'clos', actes: [] })
  expect((await deposer(MOIS, {}, await pdf(1))).statusCode).toBe(409)
  // a paper of a closed month, deposited in the next one, is settled there
  const tardive = await deposer('2025-12', { effet: '2025-11-03' }, await pdf(1))
  expect(tardive.json().rappel).toBe('2025-12')
})

test('an answer of advice is published without names, and found by the words that people use', async () => {
  const question = newId()
  const posee = await secretaire.send('POST', '/api/paie/dossiers/2025-12/questions', {
    id: question,
    objet: 'Cumul d’emplois',
    texte: 'Notre agent peut-il travailler pour la communauté de communes ?',
    carriereId: carriere,
    pieceId: null,
    echeance: null,
    genre: 'conseil',
  })
  expect(posee.json()).toMatchObject({ genre: 'conseil', mois: '2025-12' })
  const repondu = { id: newId(), texte: 'Oui, avec une autorisation.', clore: false }
  await gestionnaire.send('POST', `/api/paie/questions/${question}/messages`, repondu)
  const { agents } = (await secretaire.get(`/api/paie/dossiers/${MOIS}/agents`)).json()
  const nom = agents.find((a: { carriereId: string }) => a.carriereId === carriere).nom
  const publier = (reponse: string, s = gestionnaire) =>
    s.send('POST', `/api/paie/questions/${question}/conseil`, {
      id: newId(),
      theme: 'Contrats',
      question: 'Un agent à temps non complet peut-il être recruté par deux employeurs ?',
      reponse,
      texteDeDroit: 'CGFP, art. L123-1',
    })
  const refus = await publier(`Oui, Mme ${nom} le peut avec une autorisation écrite.`)
  expect(refus.statusCode).toBe(400)
  expect(refus.json().champs.reponse).toContain(nom)
  expect((await publier('Oui, avec une autorisation écrite.', secretaire)).statusCode).toBe(403)
  const publie = await publier('Oui, avec une autorisation écrite de chaque autorité.')
  expect(publie.statusCode).toBe(200)
  const chercher = async (q: string) =>
    (await secretaire.get(`/api/paie/conseils?q=${encodeURIComponent(q)}`)).json().conseils
  // another form of the words, without accents
  expect((await chercher('recrutement employeur'))[0]).toMatchObject({ id: publie.json().id, theme: 'Contrats' })
  expect(await chercher('photovoltaïque')).toEqual([])
  expect(await chercher('autorisations')).toHaveLength(1)
  await gestionnaire.send('POST', `/api/paie/conseils/${publie.json().id}/retrait`)
  expect(await chercher('autorisations')).toEqual([])
})

test('the round of the morning opens the month that is due and reminds once a day', async () => {
  const aujourdhui = aujourdhuiAParis()
  const courant = moisOf(aujourdhui)
  const suivant = addMois(courant, 1)
  const organisme = { organisme_id: sien, etat: 'ouvert' }
  const question = newId()
  await inOrganisme(essai.base, sien, async (tx) => {
    await tx
      .insertInto('app.paie_dossier')
      .values({ ...organisme, mois: courant } as never)
      .execute()
    await tx
      .insertInto('app.paie_question')
      .values({
        organisme_id: sien,
        id: question,
        mois: courant,
        carriere_id: null,
        piece_id: null,
        objet: 'Une question en retard',
        echeance: addJours(aujourdhui, -1),
      })
      .execute()
  })
  const lire = () =>
    inOrganisme(essai.base, sien, async (tx) => ({
      relances: (await listCourriels(tx, 'paie.relance', courant)).length,
      suivant: (await tx.selectFrom('app.paie_dossier').select('mois').where('mois', '=', suivant).execute()).length,
      ouverture: (await readCalendrier(tx, suivant)).find((e) => e.etape === 'ouverture')!.jour,
    }))
  const tour = () => essai.jobsPaie.quotidien.run({}, { signal: new AbortController().signal })
  await tour()
  await tour()
  const lu = await lire()
  expect(lu.relances).toBe(1)
  expect(lu.suivant).toBe(lu.ouverture <= aujourdhui ? 1 : 0)
  // the demonstration, a year behind, is left alone
  expect(
    (await gestionnaire.get('/api/paie/dossiers')).json().dossiers.map((d: { mois: string }) => d.mois),
  ).not.toContain('2026-01')
})
