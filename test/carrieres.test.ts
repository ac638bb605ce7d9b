import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import ecrireXlsx from 'write-excel-file/node'
import { calculerMois } from '#modules/paie/production/calculer-mois.ts'
import { mois } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { deuxClients, type Essai, openEssai, type Session } from './plateforme.ts'

/* The dated files of a body, through the routes of the screens. */

const MOIS = '2025-11'
let essai: Essai
let sien: string
let gestionnaire: Session
let secretaire: Session
let maire: Session

beforeAll(async () => {
  essai = await openEssai()
  sien = deuxClients(essai.demonstration)[0]
  gestionnaire = await essai.connexion('gestionnaire@bosquet.example', sien)
  secretaire = await essai.connexion('secretaire@bosquet.example', sien)
  maire = await essai.connexion('maire@bosquet.example', sien)
  await calculerMois(essai.services, { organismeId: sien, personneId: null, nom: 'essai' }, mois(MOIS))
})
afterAll(() => essai.fermer())

// biome-ignore lint/suspicious/noExplicitAny: replies are read as a client reads them
type Lu = any
const lire = async (s: Session, url: string): Promise<Lu> => {
  const r = await s.get(url)
  expect([url, r.statusCode, r.statusCode === 200 ? '' : r.body]).toEqual([url, 200, ''])
  return r.json()
}
const faire = async (s: Session, url: string, body: unknown, statut = 200): Promise<Lu> => {
  const r = await s.send('POST', url, body)
  expect([url, r.statusCode, r.statusCode === statut ? '' : r.body]).toEqual([url, statut, ''])
  return r.json()
}
const net = async (carriere: string) =>
  inOrganisme(essai.base, sien, (tx) =>
    tx
      .selectFrom('app.paie_bulletin')
      .select(['net_a_payer', 'cout'])
      .where('mois', '=', MOIS)
      .where('carriere_id', '=', carriere)
      .executeTakeFirstOrThrow(),
  )
const titulaire = async () =>
  (await lire(gestionnaire, '/api/paie/agents')).agents.find(
    (a: Lu) => a.statut === 'titulaire' && a.presence === 'present' && a.echelon > 1 && a.echelon < 10,
  )

describe('a change of situation', () => {
  let agent: Lu
  let contenu: Lu
  const acte = newId()

  test('shows what it does to the pay before it is saved, and saving gives just that', async () => {
    agent = await titulaire()
    const fiche = await lire(gestionnaire, `/api/paie/agents/${agent.agentId}`)
    contenu = fiche.carrieres[0].situations.at(-1).contenu
    const change = {
      depuis: '2025-11-01',
      motif: 'Arrêté n° 2025-47 du 24/10/2025',
      contenu: { ...contenu, quotiteTempsPartiel: 80 },
    }
    const url = `/api/paie/carrieres/${agent.carriereId}/situations`
    const effet = await faire(gestionnaire, `${url}/effet`, change)
    const avant = await net(agent.carriereId)
    expect(effet.mois).toBe(MOIS)
    expect(effet.parMois[0]).toMatchObject({ mois: MOIS, fige: false })
    expect(effet.parMois[0].avant.netAPayer).toBe(avant.net_a_payer)
    expect(Number(effet.parMois[0].ecartNet)).toBeLessThan(0)
    expect(effet.phrases[0]).toMatch(/^Le net à payer de novembre 2025 passe de /)
    expect(effet.phrases.length).toBeGreaterThan(3)
    // nothing was written
    expect((await lire(gestionnaire, `/api/paie/agents/${agent.agentId}`)).histoire).toEqual([])

    const fait = await faire(gestionnaire, url, { ...change, id: acte })
    expect(fait).toEqual({ moisOuverts: [MOIS], moisFiges: [] })
    expect((await lire(gestionnaire, `/api/paie/dossiers/${MOIS}`)).estPerime).toBe(true)
    await calculerMois(essai.services, { organismeId: sien, personneId: null, nom: 'essai' }, mois(MOIS))
    expect((await net(agent.carriereId)).net_a_payer).toBe(effet.parMois[0].apres.netAPayer)
    // sent twice, done once
    await faire(gestionnaire, url, { ...change, id: acte })
  })

  test('is in the history with its author, its reason and what changed', async () => {
    const { histoire } = await lire(secretaire, `/api/paie/agents/${agent.agentId}`)
    expect(histoire).toHaveLength(1)
    expect(histoire[0]).toMatchObject({ id: acte, effet: '2025-11-01', motif: 'Arrêté n° 2025-47 du 24/10/2025' })
    expect(histoire[0].resume).toContain('Temps partiel')
    expect(histoire[0].par).not.toBe('')
    expect(histoire[0].annulable).toBe(false)
  })

  test('corrected on the same day, keeps both in the history; undone in order, it comes back', async () => {
    const url = `/api/paie/carrieres/${agent.carriereId}/situations`
    const correction = newId()
    await faire(gestionnaire, url, {
      id: correction,
      depuis: '2025-11-01',
      motif: 'Arrêté rectificatif n° 2025-51',
      contenu: { ...contenu, quotiteTempsPartiel: 90 },
    })
    const fiche = await lire(gestionnaire, `/api/paie/agents/${agent.agentId}`)
    expect(fiche.histoire.map((h: Lu) => [h.nature, h.annulable])).toEqual([
      ['correction', true],
      ['situation', false],
    ])
    const premier = await gestionnaire.send('POST', `/api/paie/carrieres/actes/${acte}/annuler`, { id: newId() })
    expect([premier.statusCode, premier.json().code]).toEqual([409, 'carriere.changeeDepuis'])
    await faire(gestionnaire, `/api/paie/carrieres/actes/${correction}/annuler`, { id: newId() })
    const quotite = async () =>
      (await lire(gestionnaire, `/api/paie/agents/${agent.agentId}`)).carrieres[0].situations.at(-1).contenu
        .quotiteTempsPartiel
    expect(await quotite()).toBe(80)
    await faire(gestionnaire, `/api/paie/carrieres/actes/${acte}/annuler`, { id: newId() })
    expect(await quotite()).toBe(100)
    const { histoire } = await lire(gestionnaire, `/api/paie/agents/${agent.agentId}`)
    expect(histoire).toHaveLength(4)
    const encore = await gestionnaire.send('POST', `/api/paie/carrieres/actes/${acte}/annuler`, { id: newId() })
    expect(encore.json().code).toBe('carriere.dejaAnnule')
  })

  test('is refused to the secretary and to the mayor, and before the entry', async () => {
    const url = `/api/paie/carrieres/${agent.carriereId}/situations`
    const change = { id: newId(), depuis: '2025-11-01', motif: 'Arrêté', contenu }
    for (const s of [secretaire, maire]) await faire(s, url, change, 403)
    const tot = await gestionnaire.send('POST', url, { ...change, depuis: '1960-01-01' })
    expect([tot.statusCode, tot.json().code]).toEqual([409, 'carriere.horsDates'])
    await faire(gestionnaire, url, { ...change, contenu: { ...contenu, im: 99_999 } }, 400)
  })
})

describe('a bank account', () => {
  const IBAN = 'FR7630006000011234567890189'
  test('proposed by one person, serves once another one has confirmed it', async () => {
    const agent = await titulaire()
    const compte = { id: newId(), iban: IBAN, bic: 'AGRIFRPP', titulaire: `${agent.prenom} ${agent.nom}` }
    const propose = await faire(gestionnaire, `/api/paie/agents/${agent.agentId}/comptes`, compte)
    expect(propose).toMatchObject({ etat: 'propose', peutDecider: false, peutRetirer: true })
    const avant = (await lire(gestionnaire, `/api/paie/agents/${agent.agentId}`)).iban
    expect(avant).not.toContain('0189')
    const sien4 = await gestionnaire.send('POST', `/api/paie/comptes/${compte.id}/confirmer`, {})
    expect([sien4.statusCode, sien4.json().code]).toEqual([409, 'compte.quatreYeux'])
    await faire(secretaire, `/api/paie/comptes/${compte.id}/confirmer`, {}, 403)
    // the secretary does not see the whole number
    const attente = (await lire(secretaire, '/api/paie/comptes')).comptes
    expect(attente.map((c: Lu) => [c.id, c.iban])).toEqual([[compte.id, 'FR76 •••• 0189']])
    expect((await lire(maire, '/api/paie/comptes')).comptes[0].iban.replaceAll(' ', '')).toBe(IBAN)
    expect((await faire(maire, `/api/paie/comptes/${compte.id}/confirmer`, {})).etat).toBe('confirme')
    const fiche = await lire(gestionnaire, `/api/paie/agents/${agent.agentId}`)
    expect(fiche.iban).toBe('FR76 •••• 0189')
    expect(fiche.histoire[0]).toMatchObject({ nature: 'compte' })
    expect((await lire(maire, '/api/paie/comptes')).comptes).toEqual([])
  })
  test('whose key is wrong is refused at the door', async () => {
    const agent = await titulaire()
    const r = await gestionnaire.send('POST', `/api/paie/agents/${agent.agentId}/comptes`, {
      id: newId(),
      iban: 'FR7630006000011234567890188',
      titulaire: 'Quelqu’un',
    })
    expect([r.statusCode, r.json().champs?.iban]).toEqual([400, expect.stringContaining('IBAN')])
  })
  test('is never released by its author, even against the routes', async () => {
    const agent = await titulaire()
    const id = newId()
    await faire(gestionnaire, `/api/paie/agents/${agent.agentId}/comptes`, {
      id,
      iban: 'FR1420041010050500013M02606',
      titulaire: 'Elle',
    })
    await expect(
      inOrganisme(essai.base, sien, async (tx) => {
        const c = await tx
          .selectFrom('app.paie_compte_bancaire')
          .selectAll()
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
        await tx
          .insertInto('app.paie_compte_bancaire_acte')
          .values({
            organisme_id: sien,
            compte_id: id,
            propose_par: c.propose_par,
            acte: 'confirmer',
            par: c.propose_par,
            par_nom: 'lui',
          })
          .execute()
      }),
    ).rejects.toThrow(/check/)
    expect((await faire(gestionnaire, `/api/paie/comptes/${id}/retirer`, {})).etat).toBe('retire')
  })
})

describe('a recruit', () => {
  const nouveau = () => ({
    id: newId(),
    carriereId: newId(),
    nom: 'Darrigade',
    prenom: 'Léa',
    sexe: 'F',
    naissance: '1994-02-11',
    nir: '294024099000145',
    emploi: 'Animatrice',
    entree: '2025-11-10',
    terme: '2025-12-31',
    motif: 'Contrat n° 12 du 03/11/2025',
    contenu: {
      statut: 'vacataire',
      grade: 'Animatrice périscolaire',
      vacation: { libelle: 'Vacation d’animation', taux: '14.50' },
      pas: { mode: 'neutre' },
    },
  })
  test('whose number has a wrong key is refused; created, is paid', async () => {
    const n = nouveau()
    const cle = 97 - Number(BigInt(n.nir.slice(0, 13)) % 97n)
    n.nir = n.nir.slice(0, 13) + String(cle).padStart(2, '0')
    const faux = { ...n, nir: n.nir.slice(0, 13) + String((cle % 97) + 1).padStart(2, '0') }
    const r = await gestionnaire.send('POST', '/api/paie/agents', faux)
    expect([r.statusCode, r.json().code]).toEqual([409, 'agent.nirInvalide'])
    const fiche = await faire(gestionnaire, '/api/paie/agents', n)
    expect(fiche.carrieres[0]).toMatchObject({
      entree: '2025-11-10',
      sortie: '2026-01-01',
      motifSortie: 'Fin de contrat',
    })
    await faire(gestionnaire, '/api/paie/agents', n)
    const double = await gestionnaire.send('POST', '/api/paie/agents', { ...n, id: newId(), carriereId: newId() })
    expect(double.json().code).toBe('agent.existe')
    await faire(gestionnaire, `/api/paie/dossiers/${MOIS}/agents/${n.carriereId}/variables`, {
      id: newId(),
      pieceId: null,
      contenu: { nature: 'quantite', unite: 'vacations', nombre: '10' },
    })
    await calculerMois(essai.services, { organismeId: sien, personneId: null, nom: 'essai' }, mois(MOIS))
    const { bulletin } = await lire(gestionnaire, `/api/paie/dossiers/${MOIS}/bulletins/${n.carriereId}`)
    expect(bulletin.totaux.brut).toBe('145.00')
    // leaving earlier is shown, then done
    const url = `/api/paie/carrieres/${n.carriereId}/sortie`
    const effet = await faire(gestionnaire, `${url}/effet`, { sortie: '2025-11-20', motif: 'demission' })
    expect(effet.parMois.map((m: Lu) => m.mois)).toEqual([MOIS])
    await faire(gestionnaire, url, { id: newId(), sortie: '2025-11-20', motif: 'demission' })
    const apres = await lire(gestionnaire, `/api/paie/agents/${n.id}`)
    expect(apres.carrieres[0]).toMatchObject({
      sortie: '2025-11-20',
      motifSortie: 'Démission',
      documents: ['certificatPublic'],
    })
    const papier = (document: string) =>
      secretaire.get(`/api/paie/carrieres/${n.carriereId}/fin/${document}?organisme=${sien}`)
    expect((await papier('certificatPublic')).rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    // a public employer owes no receipt
    expect((await papier('soldeToutCompte')).statusCode).toBe(404)
  })
  test('a mended identity keeps the former one', async () => {
    const agent = await titulaire()
    const { nom, prenom, nomNaissance, sexe, naissance, nir, adresse, codePostal, ville, courriel } = await lire(
      gestionnaire,
      `/api/paie/agents/${agent.agentId}`,
    )
    const r = await gestionnaire.send('PUT', `/api/paie/agents/${agent.agentId}/identite`, {
      id: newId(),
      motif: 'Changement d’adresse',
      nom,
      prenom,
      nomNaissance,
      sexe,
      naissance,
      nir,
      adresse: '3 chemin des Pins',
      codePostal,
      ville,
      courriel,
    })
    expect(r.statusCode).toBe(200)
    expect(r.json().histoire[0].resume.replaceAll('\u00a0', ' ')).toBe(`Adresse : ${adresse} puis 3 chemin des Pins`)
    expect([codePostal, ville, courriel]).toEqual([r.json().codePostal, r.json().ville, r.json().courriel])
  })
})

describe('the settings of the employer', () => {
  const url = '/api/paie/employeur'
  test('show what they do to the pay of everybody, then count from their month', async () => {
    const { reglages, peutModifier } = await lire(gestionnaire, url)
    expect(peutModifier).toBe(true)
    const contenu = { ...reglages[0].contenu, tauxAt: '2.50' }
    const effet = await faire(gestionnaire, `${url}/effet`, { depuis: '2025-11-01', contenu })
    expect(effet.mois).toBe(MOIS)
    expect(effet.touches).toBeGreaterThan(0)
    expect(Number(effet.ecartCout)).toBeGreaterThan(0)
    expect(effet.ecartNet).toBe('0.00')
    const couts = async () => {
      await calculerMois(essai.services, { organismeId: sien, personneId: null, nom: 'essai' }, mois(MOIS))
      const { totaux } = await lire(gestionnaire, `/api/paie/dossiers/${MOIS}`)
      return Number(totaux.cout)
    }
    const avant = await couts()
    const reglage = { id: newId(), depuis: '2025-11-01', contenu, source: 'Notification CARSAT du 12/10/2025' }
    expect(await faire(gestionnaire, url, reglage)).toEqual({ moisOuverts: [MOIS], moisFiges: [] })
    await faire(gestionnaire, url, reglage)
    expect((await couts()) - avant).toBeCloseTo(Number(effet.ecartCout), 2)
    const lus = await lire(secretaire, url)
    expect(lus).toMatchObject({ peutModifier: false })
    expect(lus.reglages).toHaveLength(reglages.length + 1)
    expect(lus.reglages[0]).toMatchObject({ source: reglage.source, depuis: '2025-11-01' })
  })
  test('count for whole months, from a paper that is named, and only from the officer', async () => {
    const { reglages } = await lire(gestionnaire, url)
    const { contenu } = reglages[0]
    await faire(gestionnaire, url, { id: newId(), depuis: '2025-11-15', contenu, source: 'Notification' }, 400)
    await faire(gestionnaire, url, { id: newId(), depuis: '2025-12-01', contenu, source: '' }, 400)
    await faire(secretaire, url, { id: newId(), depuis: '2025-12-01', contenu, source: 'Notification' }, 403)
    const meme = { id: newId(), depuis: '2025-12-01', contenu, source: 'Notification' }
    expect((await faire(gestionnaire, url, meme, 409)).code).toBe('employeur.rienNeChange')
  })
})

describe('a position', () => {
  const calculer = (m = MOIS) =>
    calculerMois(essai.services, { organismeId: sien, personneId: null, nom: 'essai' }, mois(m))
  const presents = async () => (await lire(gestionnaire, `/api/paie/dossiers/${MOIS}`)).compteurs.agents as number
  // nothing entered for the month, which would be paid whatever the position
  const sansVariable = async () => {
    const avec = await inOrganisme(essai.base, sien, (tx) =>
      tx.selectFrom('app.paie_variable').select('carriere_id').execute(),
    )
    const pris = new Set(avec.map((v) => v.carriere_id))
    return (await lire(gestionnaire, '/api/paie/agents')).agents.find(
      (a: Lu) => a.statut === 'titulaire' && a.presence === 'present' && a.echelon > 1 && !pris.has(a.carriereId),
    )
  }
  test('without pay stops it from a day to another; shown first, undone after', async () => {
    const agent = await sansVariable()
    await calculer('2025-10')
    await calculer()
    const plein = await net(agent.carriereId)
    const url = `/api/paie/carrieres/${agent.carriereId}/position`
    const demi = { position: 'disponibilite', depuis: '2025-11-16', jusqua: '2026-05-16', motif: 'Arrêté n° 2025-60' }
    for (const s of [secretaire, maire]) await faire(s, url, { ...demi, id: newId() }, 403)
    await faire(gestionnaire, url, { ...demi, jusqua: '2025-11-01', id: newId() }, 400)
    // half of the month
    const effet = await faire(gestionnaire, `${url}/effet`, demi)
    await faire(gestionnaire, url, { ...demi, id: newId() })
    await calculer()
    const moitie = await net(agent.carriereId)
    expect(effet.parMois).toMatchObject([{ mois: MOIS, apres: { netAPayer: moitie.net_a_payer } }])
    expect(Number(moitie.net_a_payer)).toBeLessThan(0.6 * Number(plein.net_a_payer))
    const b = await lire(gestionnaire, `/api/paie/dossiers/${MOIS}/bulletins/${agent.carriereId}`)
    expect(b.bulletin.lignes.map((l: Lu) => l.libelle)).toContain('Disponibilité : Traitement indiciaire')
    const fiche = await lire(gestionnaire, `/api/paie/agents/${agent.agentId}`)
    expect(fiche.carrieres[0].positions).toMatchObject([{ libelle: 'Disponibilité', estPaye: false }])
    // from the first day on: no payslip, and nobody is missing
    const avant = await presents()
    const acte = newId()
    const entier = { ...demi, depuis: '2025-11-01', motif: 'Arrêté n° 2025-61' }
    expect((await faire(gestionnaire, `${url}/effet`, entier)).phrases[0]).toContain('Plus aucun bulletin')
    await faire(gestionnaire, url, { ...entier, id: acte })
    await calculer()
    const reste = (table: 'app.paie_bulletin' | 'app.paie_anomalie') =>
      inOrganisme(essai.base, sien, (tx) =>
        tx
          .selectFrom(table)
          .select('mois')
          .where('mois', '=', MOIS)
          .where('carriere_id', '=', agent.carriereId)
          .execute(),
      )
    expect(await reste('app.paie_bulletin')).toEqual([])
    expect(await reste('app.paie_anomalie')).toEqual([])
    const { agents } = await lire(gestionnaire, `/api/paie/dossiers/${MOIS}/agents`)
    expect(agents.map((a: Lu) => a.carriereId)).not.toContain(agent.carriereId)
    expect(await presents()).toBe(avant - 1)
    const liste = (await lire(gestionnaire, `/api/paie/agents`)).agents
    expect(liste.find((a: Lu) => a.carriereId === agent.carriereId).presence).toBe('present')
    const ecarts = await lire(gestionnaire, `/api/paie/dossiers/${MOIS}/ecarts`)
    const ecart = ecarts.agents.find((e: Lu) => e.carriereId === agent.carriereId)
    expect([ecart.verdict, ecart.causes[0].phrases[0]]).toEqual([
      'depart',
      'Plus de bulletin : Disponibilité, du 01/11/2025 au 15/05/2026.',
    ])
    // the échelon is counted by hand from there
    const { propositions, sansDuree } = await lire(gestionnaire, '/api/paie/avancements?jusqua=2040-01-01')
    expect(propositions.map((p: Lu) => p.carriereId)).not.toContain(agent.carriereId)
    expect(sansDuree.find((p: Lu) => p.carriereId === agent.carriereId).raison).toContain('disponibilité')
    // back, then undone act by act: the career is what it was
    const retour = { id: newId(), position: 'activite', depuis: '2025-11-21', motif: 'Arrêté n° 2025-62' }
    await faire(gestionnaire, url, retour)
    await calculer()
    expect(Number((await net(agent.carriereId)).net_a_payer)).toBeGreaterThan(0)
    const histoire = (await lire(gestionnaire, `/api/paie/agents/${agent.agentId}`)).histoire as Lu[]
    for (const h of histoire.slice(0, 3)) {
      expect(h.nature).toBe('position')
      await faire(gestionnaire, `/api/paie/carrieres/actes/${h.id}/annuler`, { id: newId() })
    }
    await calculer()
    expect(await net(agent.carriereId)).toEqual(plein)
  })
  test('asks for its arrêté and for the one of the return; an élu has none', async () => {
    const agent = await titulaire()
    const url = `/api/paie/carrieres/${agent.carriereId}/position`
    const detache = {
      id: newId(),
      position: 'detachement',
      depuis: '2025-11-01',
      jusqua: '2025-11-20',
      motif: 'Arrêté n° 2025-70',
      accueil: 'Département',
    }
    await faire(gestionnaire, url, detache)
    const { attendues } = await lire(gestionnaire, `/api/paie/dossiers/${MOIS}/pieces`)
    expect(attendues.filter((a: Lu) => a.carriereId === agent.carriereId).map((a: Lu) => a.cle.split('-')[0])).toEqual([
      'position',
      'retour',
    ])
    await faire(gestionnaire, `/api/paie/carrieres/actes/${detache.id}/annuler`, { id: newId() })
    const elu = (await lire(gestionnaire, '/api/paie/agents')).agents.find((a: Lu) => a.statut === 'elu')
    const refus = await gestionnaire.send('POST', `/api/paie/carrieres/${elu.carriereId}/position`, {
      ...detache,
      id: newId(),
    })
    expect([refus.statusCode, refus.json().code]).toEqual([409, 'position.statut'])
  })
})

describe('deductions of each month', () => {
  const calculer = () => calculerMois(essai.services, { organismeId: sien, personneId: null, nom: 'essai' }, mois(MOIS))
  test('a seizure takes what the law lets it take, an acompte what is agreed; each line names its paper', async () => {
    const agent = await titulaire()
    const url = `/api/paie/carrieres/${agent.carriereId}/retenues`
    const commun = { depuis: '2025-11-01', creancier: 'Trésor public' }
    const saisie = {
      ...commun,
      type: 'saisie',
      libelle: 'Saisie du Trésor',
      total: '5000.00',
      source: 'Avis du 03/11/2025',
    }
    await faire(gestionnaire, url, { ...saisie, total: null, id: newId() }, 400)
    await faire(secretaire, url, { ...saisie, id: newId() }, 403)
    const id = newId()
    // read before it is saved: the same payslip with it and without it
    await calculer()
    const sans = await net(agent.carriereId)
    await faire(secretaire, `${url}/effet`, { ...saisie, id }, 403)
    const effet = await faire(gestionnaire, `${url}/effet`, { ...saisie, id })
    expect(effet.parMois).toMatchObject([{ mois: MOIS, fige: false, avant: { netAPayer: sans.net_a_payer } }])
    expect(effet.phrases.join(' ')).toContain('Saisie du Trésor')
    expect((await lire(gestionnaire, url)).retenues).toEqual([])
    // due before the months that are still open, it takes from the first of them
    const tot = await faire(gestionnaire, `${url}/effet`, { ...saisie, id, depuis: '2024-01-15' })
    expect(tot.parMois.map((m: Lu) => [m.mois, m.fige])).toEqual([
      ['2025-10', false],
      [MOIS, false],
    ])
    await faire(gestionnaire, url, { ...saisie, id })
    await faire(gestionnaire, url, { ...saisie, id })
    await calculer()
    expect((await net(agent.carriereId)).net_a_payer).toBe(effet.parMois[0].apres.netAPayer)
    const prete = { ...commun, type: 'acompte', libelle: 'Avance à reprendre', mensuel: '50.00', total: '70.00' }
    await faire(gestionnaire, url, { ...prete, id: newId(), source: 'Accord du 04/11/2025' })
    await calculer()
    const bulletin = await lire(gestionnaire, `/api/paie/dossiers/${MOIS}/bulletins/${agent.carriereId}`)
    const lignes = bulletin.bulletin.lignes as Lu[]
    const de = (code: string) => lignes.findIndex((l) => l.code.startsWith(code))
    expect(lignes[de('REPRISE_ACOMPTE_')].montant).toBe('50.00')
    const pris = lignes[de('SAISIE_')].montant
    expect(Number(pris)).toBeGreaterThan(20)
    expect(Number(pris)).toBeLessThan(1000)
    const pourquoi = await lire(
      gestionnaire,
      `/api/paie/dossiers/${MOIS}/bulletins/${agent.carriereId}/explication?ligne=${de('SAISIE_')}`,
    )
    expect(pourquoi.parametres.map((p: Lu) => p.code)).toContain('saisie.bareme')
    const { retenues } = await lire(gestionnaire, url)
    expect(retenues.find((r: Lu) => r.type === 'acompte')).toMatchObject({ pris: '50.00', reste: '20.00' })
    expect(retenues.find((r: Lu) => r.type === 'saisie').pris).toBe(pris)
    // ended, it takes nothing more; the net comes back
    const avant = await net(agent.carriereId)
    const acompte = retenues.find((r: Lu) => r.type === 'acompte')
    const finie = `/api/paie/retenues/${acompte.id}/fin/effet`
    await faire(secretaire, finie, { jusqua: '2025-11-01' }, 403)
    expect((await faire(gestionnaire, finie, { jusqua: '2025-11-01' })).parMois).toMatchObject([
      { mois: MOIS, avant: { netAPayer: avant.net_a_payer }, ecartNet: '50.00' },
    ])
    expect((await faire(gestionnaire, finie, { jusqua: '2025-11-15' })).phrases).toHaveLength(1)
    for (const r of retenues) await faire(gestionnaire, `/api/paie/retenues/${r.id}/fin`, { jusqua: '2025-11-01' })
    await calculer()
    const rendu = Number((await net(agent.carriereId)).net_a_payer) - Number(avant.net_a_payer)
    expect(rendu).toBeCloseTo(Number(pris) + 50, 2)
  })
})

describe('the grid of the month', () => {
  const url = `/api/paie/dossiers/${MOIS}/grille`
  const enregistrer = (lignes: Lu) => faire(gestionnaire, url, { lignes })

  test('writes all the lines or none, and tells the cell at fault', async () => {
    const { lignes } = await lire(gestionnaire, url)
    const [a, b] = lignes.filter((l: Lu) => l.statut === 'titulaire' && l.bloquees.length === 0)
    const bon = {
      carriereId: a.carriereId,
      version: a.version,
      cellules: { ...a.cellules, hsJour: '90', REGIE: '110.00' },
    }
    const refuse = await enregistrer([
      bon,
      {
        carriereId: b.carriereId,
        version: b.version,
        cellules: { ...b.cellules, absenceMotif: 'greve', absenceDepuis: '2025-11-05' },
      },
    ])
    expect(refuse).toMatchObject({ enregistrees: 0, fautes: [{ carriereId: b.carriereId, cellule: 'absenceJusqua' }] })
    expect((await lire(gestionnaire, url)).lignes).toEqual(lignes)

    const fait = await enregistrer([bon])
    expect(fait.enregistrees).toBe(1)
    expect(fait.lignes[0].cellules).toMatchObject({ hsJour: '90', REGIE: '110.00' })
    const fiche = await lire(gestionnaire, `/api/paie/dossiers/${MOIS}/agents/${a.carriereId}`)
    expect(fiche.variables.map((v: Lu) => v.resume.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' '))).toEqual(
      expect.arrayContaining(['1 h 30 supplémentaires de jour', 'Indemnité de régisseur : 110,00 €']),
    )
    // sent again from what was read before: someone else may have written since
    expect((await enregistrer([bon])).fautes[0].message).toContain('rechargez')
    // and given back
    await enregistrer([{ carriereId: a.carriereId, version: fait.lignes[0].version, cellules: a.cellules }])
    expect((await lire(gestionnaire, url)).lignes.find((l: Lu) => l.carriereId === a.carriereId).cellules).toEqual(
      a.cellules,
    )
  })
  test('is read by the secretary, who cannot write in it', async () => {
    const { lignes } = await lire(secretaire, url)
    await faire(secretaire, url, { lignes: [{ carriereId: lignes[0].carriereId, version: '', cellules: {} }] }, 403)
  })
})

describe('an import of agents', () => {
  const cle = (corps: string) => corps + String(97 - Number(BigInt(corps) % 97n)).padStart(2, '0')
  const TITRES =
    'Nom;Prénom;Date de naissance;N° de sécurité sociale;Fonction;Date d’entrée;Statut;Grade;Échelon;Durée hebdo;IBAN;IFSE'
  const bons = [
    `Lacoste;Inès;04/05/1990;${cle('2900540990111')};Agent d’accueil;01/11/2025;Titulaire;Adjoint administratif territorial;5;35;FR7630006000011234567890189;150`,
    `Dubosc;Paul;12/08/1986;${cle('1860840990112')};Agent technique;03/11/2025;Contractuel;Adjoint technique territorial;1;28h30;;`,
    `Dubosc;Paul;12/08/1986;${cle('1860840990112')};Surveillant de cantine;03/11/2025;Vacataire;Surveillant;;;;`,
  ]
  const csv = (lignes: string[]) => Buffer.from([TITRES, ...lignes].join('\r\n'))
  async function envoyer(
    url: string,
    octets: Uint8Array,
    champs: Record<string, string> = {},
    nom = 'agents.csv',
    s = gestionnaire,
  ) {
    const limite = `limite-${newId()}`
    const parties = Object.entries(champs).map(
      ([k, v]) => `--${limite}\r\ncontent-disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`,
    )
    const payload = Buffer.concat([
      Buffer.from(
        `${parties.join('')}--${limite}\r\ncontent-disposition: form-data; name="fichier"; filename="${nom}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
      ),
      octets,
      Buffer.from(`\r\n--${limite}--\r\n`),
    ])
    return essai.app.inject({
      method: 'POST',
      url,
      payload,
      headers: { ...s.headers, 'content-type': `multipart/form-data; boundary=${limite}` },
    })
  }
  const nombre = async () => (await lire(gestionnaire, '/api/paie/agents')).agents.length

  test('finds the columns by their titles and tells every fault with its line; one fault and nothing is written', async () => {
    const avant = await nombre()
    const fautifs = [
      bons[0]!,
      bons[1]!.replace('28h30', 'beaucoup').replace('03/11/2025', '31/02/2025'),
      bons[0]!.replace('Inès', 'Zoé'),
    ]
    const essaye = await envoyer('/api/paie/imports/essai', csv(fautifs))
    expect(essaye.statusCode).toBe(200)
    const lu = essaye.json()
    expect(lu.correspondance).toMatchObject({ nom: 0, nir: 3, emploi: 4, duree: 9, ifse: 11 })
    expect(lu.anomalies.filter((a: Lu) => a.bloquante).map((a: Lu) => [a.ligne, a.champ])).toEqual([
      [3, 'entree'],
      [3, 'duree'],
      [4, 'nir'],
    ])
    const refuse = await envoyer('/api/paie/imports', csv(fautifs), {
      id: newId(),
      correspondance: JSON.stringify(lu.correspondance),
    })
    expect([refuse.statusCode, refuse.json().code]).toEqual([409, 'import.anomalies'])
    expect(await nombre()).toBe(avant)
  })

  test('creates all the agents, their second post and their accounts to confirm, then takes them all away', async () => {
    const avant = await nombre()
    const lu = (await envoyer('/api/paie/imports/essai', csv(bons.slice(0, 2)))).json()
    expect([lu.agents, lu.comptes, lu.anomalies.filter((a: Lu) => a.bloquante)]).toEqual([2, 1, []])
    const id = newId()
    const champs = { id, correspondance: JSON.stringify(lu.correspondance) }
    const fait = await envoyer('/api/paie/imports', csv(bons.slice(0, 2)), champs)
    expect([fait.statusCode, fait.json().actes]).toEqual([200, 2])
    // sent twice, done once
    expect((await envoyer('/api/paie/imports', csv(bons.slice(0, 2)), champs)).json()).toEqual(fait.json())
    expect(await nombre()).toBe(avant + 2)
    const ines = (await lire(gestionnaire, '/api/paie/agents')).agents.find((a: Lu) => a.prenom === 'Inès')
    expect(ines).toMatchObject({ statut: 'titulaire', echelon: 5, im: 370, compte: 'aConfirmer' })
    await calculerMois(essai.services, { organismeId: sien, personneId: null, nom: 'essai' }, mois(MOIS))
    expect(Number((await net(ines.carriereId)).net_a_payer)).toBeGreaterThan(1000)
    const lots = (await lire(secretaire, '/api/paie/lots')).lots
    expect(lots[0]).toMatchObject({ id, nature: 'import', annulePar: null })
    const annule = await faire(gestionnaire, `/api/paie/lots/${id}/annuler`, { id: newId() })
    expect(annule.annulePar).not.toBeNull()
    expect(await nombre()).toBe(avant)
    expect((await lire(maire, '/api/paie/comptes')).comptes).toEqual([])
    const encore = await gestionnaire.send('POST', `/api/paie/lots/${id}/annuler`, { id: newId() })
    expect(encore.json().code).toBe('lot.dejaAnnule')
  })

  test('reads a workbook as it reads a CSV, and Windows-1252 as UTF-8', async () => {
    const lignes = [TITRES, ...bons.slice(0, 2)].map((l) => l.split(';'))
    const classeur = await ecrireXlsx(
      lignes.map((l, i) =>
        l.map((v, j) =>
          i > 0 && j === 5
            ? { type: Date, value: new Date('2025-11-03T00:00:00Z'), format: 'dd/mm/yyyy' }
            : { type: String, value: v },
        ),
      ),
    ).toBuffer()
    const x = (await envoyer('/api/paie/imports/essai', classeur, {}, 'agents.xlsx')).json()
    expect([x.agents, x.anomalies.filter((a: Lu) => a.bloquante)]).toEqual([2, []])
    expect(x.apercu[0].nom).toBe('Lacoste Inès')
    const latin = Buffer.from([TITRES, bons[0]].join('\n').replace('’', "'").replaceAll('’', "'"), 'latin1')
    const l = (await envoyer('/api/paie/imports/essai', latin)).json()
    expect(l.apercu[0].nom).toBe('Lacoste Inès')
  })

  test('is refused to the secretary, and a file that is no spreadsheet is told', async () => {
    expect((await envoyer('/api/paie/imports/essai', csv(bons), {}, 'agents.csv', secretaire)).statusCode).toBe(403)
    const r = await envoyer('/api/paie/imports/essai', Buffer.from('%PDF-1.4\n%%EOF'), {}, 'agents.pdf')
    expect(r.statusCode).toBeGreaterThanOrEqual(400)
  })
})

describe('avancements of échelon', () => {
  test('due are proposed, pronounced in one act with their arrêtés, and undone as a whole', async () => {
    const { propositions } = await lire(gestionnaire, '/api/paie/avancements?jusqua=2027-12-31')
    expect(propositions.length).toBeGreaterThan(1)
    const lignes = propositions.slice(0, 2).map(({ carriereId, effet }: Lu) => ({ carriereId, effet }))
    const id = newId()
    const body = {
      id,
      lignes,
      date: '2025-11-20',
      premierNumero: '2025-120',
      visas: 'Vu le décret portant statut particulier',
    }
    const trop = await gestionnaire.send('POST', '/api/paie/avancements', {
      ...body,
      id: newId(),
      lignes: [lignes[0], { ...lignes[1], effet: '2020-01-01' }],
    })
    expect([trop.statusCode, trop.json().code]).toEqual([409, 'avancement.tropTot'])
    expect(await faire(gestionnaire, '/api/paie/avancements', body)).toEqual({ lot: id, arretes: 2 })
    expect(await faire(gestionnaire, '/api/paie/avancements', body)).toEqual({ lot: id, arretes: 2 })
    const agent = propositions[0]
    const fiche = await lire(gestionnaire, `/api/paie/agents/${agent.agentId}`)
    const derniere = fiche.carrieres.find((c: Lu) => c.id === agent.carriereId).situations.at(-1)
    expect(derniere).toMatchObject({
      depuis: agent.effet,
      motif: 'Avancement d’échelon, arrêté n° 2025-120 du 20/11/2025',
      contenu: { echelon: agent.nouvelEchelon, im: agent.nouvelIm, dateEchelon: agent.effet },
    })
    const pdf = await secretaire.get(`/api/paie/lots/${id}/arretes?organisme=${sien}`)
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    await faire(gestionnaire, `/api/paie/lots/${id}/annuler`, { id: newId() })
    const apres = await lire(gestionnaire, `/api/paie/agents/${agent.agentId}`)
    expect(apres.carrieres.find((c: Lu) => c.id === agent.carriereId).situations.at(-1).contenu.echelon).toBe(
      agent.echelon,
    )
    expect(apres.histoire[0].resume).toMatch(/^Annulé/)
    await faire(secretaire, '/api/paie/avancements', { ...body, id: newId() }, 403)
  })
})

test('a change with an effect in a month already approved shows its difference and opens one rappel', async () => {
  const passe = '2025-10'
  await inOrganisme(essai.base, sien, async (tx) => {
    await tx.updateTable('app.paie_dossier').set({ etat: 'approuve' }).where('mois', '=', passe).execute()
  })
  const agent = await titulaire()
  const fiche = await lire(gestionnaire, `/api/paie/agents/${agent.agentId}`)
  const { contenu } = fiche.carrieres[0].situations.at(-1)
  const url = `/api/paie/carrieres/${agent.carriereId}/situations`
  const change = {
    depuis: `${passe}-01`,
    motif: 'Arrêté n° 2025-60',
    contenu: { ...contenu, enfantsSft: contenu.enfantsSft + 2 },
  }
  const effet = await faire(gestionnaire, `${url}/effet`, change)
  expect(effet.parMois.map((m: Lu) => [m.mois, m.fige])).toEqual([
    [passe, true],
    [MOIS, false],
  ])
  expect(Number(effet.parMois[0].ecartNet)).toBeGreaterThan(0)
  expect(await faire(gestionnaire, url, { ...change, id: newId() })).toEqual({
    moisOuverts: [MOIS],
    moisFiges: [passe],
  })
  const rappels = await inOrganisme(essai.base, sien, (tx) =>
    tx.selectFrom('app.paie_rappel').select(['mois', 'effet', 'origine', 'etat']).execute(),
  )
  expect(rappels).toContainEqual({ mois: MOIS, effet: `${passe}-01`, origine: 'carriere', etat: 'recalcul' })
})
