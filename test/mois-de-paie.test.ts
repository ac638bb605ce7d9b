import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { JeuParametres, jeuLivre } from '#modules/paie/calcul/index.ts'
import { calculerMois } from '#modules/paie/production/calculer-mois.ts'
import { computeFrom } from '#modules/paie/production/ouvrier.ts'
import { mois } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { deuxClients, type Essai, openEssai, type Session, waitFor } from './plateforme.ts'

/* One month of one body, through the same routes as the screens, from the first paper to the safe. */

const MOIS = '2025-11'
let essai: Essai
let sien: string
let secretaire: Session
let maire: Session
let gestionnaire: Session

beforeAll(async () => {
  essai = await openEssai()
  sien = deuxClients(essai.demonstration)[0]
  secretaire = await essai.connexion('secretaire@bosquet.example', sien)
  maire = await essai.connexion('maire@bosquet.example', sien)
  gestionnaire = await essai.connexion('gestionnaire@bosquet.example', sien)
  await essai.jobs.work()
})
afterAll(() => essai.fermer())

/** The officer signs the list of controls of what he computed, then sends it. */
async function envoyer() {
  const { empreinte } = (await gestionnaire.get(`/api/paie/dossiers/${MOIS}/controles`)).json()
  await gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/controles/signer`, { empreinte })
  return gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/envoyer`)
}
const dossier = async (s: Session) => (await s.get(`/api/paie/dossiers/${MOIS}`)).json()

function multipart(champs: Record<string, string>, fichier: { nom: string; octets: Uint8Array }) {
  const limite = `limite-${newId()}`
  const parts = Object.entries(champs).map(
    ([k, v]) => `--${limite}\r\ncontent-disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`,
  )
  const payload = Buffer.concat([
    Buffer.from(
      `${parts.join('')}--${limite}\r\ncontent-disposition: form-data; name="fichier"; filename="${fichier.nom}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
    ),
    fichier.octets,
    Buffer.from(`\r\n--${limite}--\r\n`),
  ])
  return { payload, headers: { 'content-type': `multipart/form-data; boundary=${limite}` } }
}

const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\nxref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \ntrailer<</Size 3/Root 1 0 R>>\nstartxref\n99\n%%EOF\n',
)

async function deposer(champs: Record<string, string>, nom = 'arrete.pdf', octets: Uint8Array = PDF) {
  const { payload, headers } = multipart({ nature: 'arrete', ...champs }, { nom, octets })
  return essai.app.inject({
    method: 'POST',
    url: `/api/paie/dossiers/${MOIS}/pieces`,
    payload,
    headers: { ...secretaire.headers, ...headers },
  })
}

describe('a month', () => {
  let carriereId: string
  let pieceId: string

  test('the secretary deposits a paper and gets its receipt', async () => {
    const { agents } = (await secretaire.get(`/api/paie/dossiers/${MOIS}/agents`)).json()
    expect(agents.length).toBeGreaterThan(3)
    carriereId = agents.find((a: { statut: string }) => a.statut === 'titulaire').carriereId
    const id = newId()
    const reply = await deposer({ id, carrieres: JSON.stringify([carriereId]), libelle: 'Arrêté du maire' })
    expect(reply.statusCode).toBe(200)
    const piece = reply.json()
    expect(piece).toMatchObject({ id, etat: 'deposee', nomFichier: 'arrete.pdf' })
    expect(piece.numero).toBeGreaterThan(0)
    expect(piece.empreinte).toMatch(/^[0-9a-f]{64}$/)
    expect(piece.concerne).toHaveLength(1)
    pieceId = id
    // sent twice, deposited once
    expect((await deposer({ id, carrieres: '[]' })).json().numero).toBe(piece.numero)
    const recu = await secretaire.get(`/api/paie/pieces/${id}/recu?organisme=${sien}`)
    expect(recu.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('a wrong paper is refused at the door, with its reason, and leaves nothing', async () => {
    const avant = (await secretaire.get(`/api/paie/dossiers/${MOIS}/pieces`)).json().pieces.length
    const faux = await deposer({ id: newId() }, 'photo.pdf', Buffer.from('not a pdf'))
    expect(faux.statusCode).toBeGreaterThanOrEqual(400)
    expect(faux.json().detail).toMatch(/rien n’a été enregistré/)
    const sansNature = await deposer({ id: newId(), nature: 'inconnue' })
    expect(sansNature.json().champs.nature).toMatch(/nature/)
    const gros = await deposer({ id: newId() }, 'gros.pdf', Buffer.alloc(26 * 1024 * 1024, 'a'))
    expect(gros.statusCode).toBe(413)
    expect((await secretaire.get(`/api/paie/dossiers/${MOIS}/pieces`)).json().pieces).toHaveLength(avant)
  })

  test('the officer accepts the paper, and enters what it says; a second send writes nothing more', async () => {
    const traite = await gestionnaire.send('PATCH', `/api/paie/pieces/${pieceId}`, { etat: 'recue' })
    expect(traite.json().etat).toBe('recue')
    // taken back, then accepted again; the history keeps the three acts
    const remise = await gestionnaire.send('PATCH', `/api/paie/pieces/${pieceId}`, { etat: 'deposee' })
    expect(remise.json()).toMatchObject({ etat: 'deposee', motif: null })
    await gestionnaire.send('PATCH', `/api/paie/pieces/${pieceId}`, { etat: 'recue' })
    const { actes } = (await gestionnaire.get(`/api/paie/dossiers/${MOIS}/journal`)).json()
    expect(actes.slice(0, 3).map((a: { acte: string }) => a.acte)).toEqual([
      'Pièce reçue',
      'Pièce remise à lire',
      'Pièce reçue',
    ])
    const id = newId()
    const url = `/api/paie/dossiers/${MOIS}/agents/${carriereId}/variables`
    const saisie = {
      id,
      pieceId,
      contenu: { nature: 'prime', code: 'CIA', libelle: 'Complément indemnitaire annuel', montant: '300.00' },
    }
    expect((await gestionnaire.send('POST', url, saisie)).statusCode).toBe(200)
    expect((await gestionnaire.send('POST', url, saisie)).statusCode).toBe(200)
    const fiche = (await gestionnaire.get(`/api/paie/dossiers/${MOIS}/agents/${carriereId}`)).json()
    expect(fiche.variables.filter((v: { id: string }) => v.id === id)).toHaveLength(1)
    const [saisi] = (await gestionnaire.get(`/api/paie/dossiers/${MOIS}/journal`)).json().actes
    expect(saisi).toMatchObject({ acte: 'Saisie', detail: expect.stringContaining(`${fiche.prenom} ${fiche.nom}`) })
    expect((await secretaire.send('POST', url, { ...saisie, id: newId() })).statusCode).toBe(403)
  })

  test('a variable taken away can be put back as it was', async () => {
    const url = `/api/paie/dossiers/${MOIS}/agents/${carriereId}/variables`
    const id = newId()
    const contenu = { nature: 'heures', heures: [{ type: 'supplementaires', moment: 'jour', minutes: 150 }] }
    await gestionnaire.send('POST', url, { id, pieceId: null, contenu })
    const retire = (await gestionnaire.send('DELETE', `${url}/${id}`)).json()
    expect(retire.resume).toBe('2 h 30 supplémentaires de jour')
    expect((await gestionnaire.send('DELETE', `${url}/${id}`)).statusCode).toBe(404)
    const remis = await gestionnaire.send('POST', url, { id, pieceId: retire.pieceId, contenu: retire.contenu })
    expect(remis.json().contenu).toEqual(contenu)
  })

  test('the officer computes; each line explains itself down to the law and the paper', async () => {
    const d = (await gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/calculer`)).json()
    expect(d).toMatchObject({ etat: 'calcule', estPerime: false, actes: ['calculer', 'envoyer'] })
    expect(d.compteurs).toMatchObject({ bulletins: d.compteurs.agents, bloquantes: 0 })
    const { bulletin } = (await gestionnaire.get(`/api/paie/dossiers/${MOIS}/bulletins/${carriereId}`)).json()
    const cia = bulletin.lignes.findIndex((l: { code: string }) => l.code === 'CIA')
    expect(bulletin.lignes[cia].montant).toBe('300.00')
    for (let ligne = 0; ligne < bulletin.lignes.length; ligne++) {
      const e = await gestionnaire.get(`/api/paie/dossiers/${MOIS}/bulletins/${carriereId}/explication?ligne=${ligne}`)
      expect([ligne, e.statusCode]).toEqual([ligne, 200])
      expect(e.json().phrases.length).toBeGreaterThan(0)
    }
    const e = (
      await gestionnaire.get(`/api/paie/dossiers/${MOIS}/bulletins/${carriereId}/explication?ligne=${cia}`)
    ).json()
    expect(e.pieces.map((p: { id: string }) => p.id)).toContain(pieceId)
    const pdf = await gestionnaire.get(`/api/paie/dossiers/${MOIS}/bulletins/${carriereId}/pdf?organisme=${sien}`)
    expect(pdf.headers['content-type']).toBe('application/pdf')
  })

  test('what moves after a run must be computed again before it is sent', async () => {
    const url = `/api/paie/dossiers/${MOIS}/agents/${carriereId}/variables`
    await gestionnaire.send('POST', url, {
      id: newId(),
      pieceId: null,
      contenu: { nature: 'prime', code: 'REGIE', libelle: 'Indemnité de régisseur', montant: '20.00' },
    })
    expect((await dossier(gestionnaire)).estPerime).toBe(true)
    const refus = await gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/envoyer`)
    expect([refus.statusCode, refus.json().code]).toEqual([409, 'paie.perime'])
    await gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/calculer`)
    expect((await envoyer()).json().etat).toBe('aApprouver')
  })

  test('nobody changes what the ordonnateur is reading, and the officer never approves for him', async () => {
    const url = `/api/paie/dossiers/${MOIS}/agents/${carriereId}/variables`
    const saisie = {
      id: newId(),
      pieceId: null,
      contenu: { nature: 'prime', code: 'CIA', libelle: 'CIA', montant: '1.00' },
    }
    expect((await gestionnaire.send('POST', url, saisie)).json().code).toBe('paie.moisFige')
    expect((await gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/calculer`)).statusCode).toBe(409)
    const { empreinte } = await dossier(gestionnaire)
    expect((await gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/approuver`, { empreinte })).statusCode).toBe(
      403,
    )
  })

  test('the ordonnateur sends back with a reason, then approves what he saw and nothing else', async () => {
    const court = await maire.send('POST', `/api/paie/dossiers/${MOIS}/renvoyer`, { motif: 'non' })
    expect(court.json().champs.motif).toMatch(/phrase/)
    const renvoi = await maire.send('POST', `/api/paie/dossiers/${MOIS}/renvoyer`, {
      motif: 'La prime est trop élevée.',
    })
    expect(renvoi.json()).toMatchObject({ etat: 'renvoye', motifRenvoi: 'La prime est trop élevée.' })
    await gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/calculer`)
    await envoyer()
    const autre = await maire.send('POST', `/api/paie/dossiers/${MOIS}/approuver`, { empreinte: 'f'.repeat(64) })
    expect(autre.json().code).toBe('paie.vuAutreChose')
    const { empreinte } = await dossier(maire)
    expect((await maire.send('POST', `/api/paie/dossiers/${MOIS}/approuver`, { empreinte })).json().etat).toBe(
      'approuve',
    )
    // each act is in the audit journal once, with what it was about
    const inscrits = await inOrganisme(essai.base, sien, (tx) =>
      tx
        .selectFrom('app.journal_ecriture')
        .select('evenement')
        .where('acte', 'like', 'paie.%')
        .orderBy('numero')
        .execute(),
    )
    expect(inscrits.map((e) => JSON.parse(e.evenement))).toMatchObject([
      { acte: 'paie.renvoyer', objet: { id: MOIS }, detail: { motif: 'La prime est trop élevée.' } },
      { acte: 'paie.approuver', detail: { mention: 'Approbation', empreinte }, sensible: 'paie' },
    ])
  })

  test('the payslips reach the safes by themselves, once each', async () => {
    await waitFor(async () => (await dossier(maire)).etat === 'diffuse', 120)
    const d = await dossier(maire)
    expect(d.compteurs.editions).toBe(d.compteurs.agents)
    const pdf = await maire.get(`/api/paie/dossiers/${MOIS}/bulletins/${carriereId}/pdf?organisme=${sien}`)
    expect(pdf.rawPayload.toString('latin1')).toContain('pdfaid')
  })

  test('an approved payslip computed again from its frozen inputs gives the same bytes, whatever the law became', async () => {
    const rows = await inOrganisme(essai.base, sien, (tx) =>
      tx.selectFrom('app.paie_bulletin_approuve').selectAll().where('mois', '=', MOIS).execute(),
    )
    const jeux = await essai.base.kysely.selectFrom('app.paie_jeu').selectAll().execute()
    const change = jeuLivre().avec([
      { code: 'cnracl.employeur', depuis: '2025-01-01', valeur: '99 %', source: 'essai', verifie: false } as never,
    ])
    expect(change.empreinte()).not.toBe(jeuLivre().empreinte())
    for (const row of rows) {
      const jeu = JeuParametres.lire(jeux.find((j) => j.empreinte === row.jeu)!.contenu)
      const again = computeFrom(row.carriere_id, row.entrees, jeu, row.jeu)
      expect(again.bulletin?.texte).toBe(row.bulletin)
      expect(again.bulletin?.empreinte).toBe(row.empreinte)
    }
    const refus = calculerMois(
      { ...essai.services, readJeu: async () => change },
      { organismeId: sien, personneId: null, nom: 'essai' },
      mois(MOIS),
    )
    await expect(refus).rejects.toMatchObject({ code: 'paie.acteImpossible' })
  })

  test('the application role itself can no longer touch an approved payslip', async () => {
    const change = inOrganisme(essai.base, sien, (tx) =>
      tx.updateTable('app.paie_bulletin_approuve').set({ brut: '0.00' }).where('mois', '=', MOIS).execute(),
    )
    await expect(change).rejects.toThrow(/permission denied/)
  })

  test('the agent finds her payslip in her safe, and only hers', async () => {
    const agent = await essai.connexion('agent@bosquet.example')
    const { objets } = (await agent.get('/api/coffre/objets')).json()
    const sienne = await inOrganisme(essai.base, sien, (tx) =>
      tx
        .selectFrom('app.paie_agent')
        .select('personne_id')
        .where(
          'personne_id',
          '=',
          essai.demonstration.comptes.find((c) => c.courriel === 'agent@bosquet.example')!.personneId,
        )
        .execute(),
    )
    expect(objets).toHaveLength(sienne.length)
  })
})
