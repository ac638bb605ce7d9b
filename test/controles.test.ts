import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { calculerMois } from '#modules/paie/production/calculer-mois.ts'
import { mois } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { deuxClients, type Essai, openEssai, type Session, waitFor } from './plateforme.ts'

/* Two months of one body: what a run computes again, what it finds, what the officer signs, what silence approves. */

const [AVANT, MOIS] = ['2025-10', '2025-11']
let essai: Essai
let sien: string
let gestionnaire: Session
let superviseur: Session
let maire: Session
let agents: { carriereId: string; agentId: string; statut: string }[]

const auteur = () => ({ organismeId: sien, personneId: null, nom: 'essai' })
/** The workshop, counting the payslips that it really computes. */
function compteur() {
  const calcules: string[] = []
  const services = {
    ...essai.services,
    atelier: {
      ...essai.services.atelier,
      calculer: (aCalculer: { carriereId: string; entrees: string }[], jeu: { empreinte: string; contenu: string }) => {
        calcules.push(...aCalculer.map((a) => a.carriereId))
        return essai.services.atelier.calculer(aCalculer, jeu)
      },
    },
  }
  return { calcules, services }
}
const prime = (s: Session, carriereId: string, montant: string, code = 'CIA') =>
  s.send('POST', `/api/paie/dossiers/${MOIS}/agents/${carriereId}/variables`, {
    id: newId(),
    pieceId: null,
    contenu: { nature: 'prime', code, libelle: 'Complément indemnitaire annuel', montant },
  })

beforeAll(async () => {
  essai = await openEssai()
  sien = deuxClients(essai.demonstration)[0]
  gestionnaire = await essai.connexion('gestionnaire@bosquet.example', sien)
  superviseur = await essai.connexion('superviseur@bosquet.example', sien)
  maire = await essai.connexion('maire@bosquet.example', sien)
  await calculerMois(essai.services, auteur(), mois(AVANT))
  await calculerMois(essai.services, auteur(), mois(MOIS))
  agents = (await gestionnaire.get(`/api/paie/dossiers/${MOIS}/agents`)).json().agents
  await essai.jobs.work()
})
afterAll(() => essai.fermer())

describe('a run computes only what changed', () => {
  test('nothing moved: nothing is computed', async () => {
    const { calcules, services } = compteur()
    expect(await calculerMois(services, auteur(), mois(MOIS))).toMatchObject({ inchange: true, recalcules: 0 })
    expect(calcules).toEqual([])
  })

  test('one prime of one agent: one payslip is computed, the others keep their hash', async () => {
    const empreintes = () =>
      inOrganisme(essai.base, sien, (tx) =>
        tx.selectFrom('app.paie_bulletin').select(['carriere_id', 'empreinte']).where('mois', '=', MOIS).execute(),
      )
    const avant = new Map((await empreintes()).map((b) => [b.carriere_id, b.empreinte]))
    const un = agents.find((a) => a.statut === 'titulaire')!.carriereId
    await prime(gestionnaire, un, '150.00')
    const { calcules, services } = compteur()
    const r = await calculerMois(services, auteur(), mois(MOIS))
    expect(calcules).toEqual([un])
    expect(r).toMatchObject({ recalcules: 1, bulletins: avant.size })
    const changes = (await empreintes()).filter((b) => avant.get(b.carriere_id) !== b.empreinte)
    expect(changes.map((b) => b.carriere_id)).toEqual([un])
    const [acte] = (await gestionnaire.get(`/api/paie/dossiers/${MOIS}/journal`)).json().actes
    expect(acte.detail).toContain('dont 1 recalculé')
  })

  test('one agent may be computed alone: the month stays to compute while another one waits', async () => {
    const [un, autre] = agents.filter((a) => a.statut === 'titulaire').map((a) => a.carriereId)
    await prime(gestionnaire, un!, '10.00', 'REGIE')
    await prime(gestionnaire, autre!, '10.00', 'REGIE')
    const seul = await gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/agents/${un}/calculer`)
    expect(seul.json()).toMatchObject({ etat: 'calcule', estPerime: true })
    const { calcules, services } = compteur()
    await calculerMois(services, auteur(), mois(MOIS))
    expect(calcules).toEqual([autre])
    expect((await gestionnaire.get(`/api/paie/dossiers/${MOIS}`)).json().estPerime).toBe(false)
  })

  test('another engine computes everything again', async () => {
    await inOrganisme(essai.base, sien, (tx) =>
      sql`update app.paie_dossier set moteur = 'ancien' where mois = ${MOIS}`.execute(tx),
    )
    const { calcules, services } = compteur()
    await calculerMois(services, auteur(), mois(MOIS))
    expect(calcules).toHaveLength(agents.length)
  })
})

describe('differences with last month', () => {
  test('each one has its causes, its facts in French, and shares that add up', async () => {
    const { agents: ecarts, inchanges } = (await maire.get(`/api/paie/dossiers/${MOIS}/ecarts`)).json()
    expect(ecarts.length).toBeGreaterThan(0)
    expect(ecarts.length + inchanges).toBe(agents.length)
    const un = agents.find((a) => a.statut === 'titulaire')!.carriereId
    const sienne = ecarts.find((e: { carriereId: string }) => e.carriereId === un)
    const variable = sienne.causes.find((c: { cause: string }) => c.cause === 'variable')
    expect(variable.phrases.join(' ')).toMatch(/Complément indemnitaire annuel\s: 150,00\s€, sans pièce/)
    for (const e of ecarts) {
      const somme = e.causes.reduce((t: number, c: { effetNet: string }) => t + Math.round(Number(c.effetNet) * 100), 0)
      expect([e.nom, somme]).toEqual([e.nom, Math.round(Number(e.ecartNet) * 100)])
    }
  })

  test('a career corrected without a date is to be explained; with a date it is not', async () => {
    const deux = agents.filter((a) => a.statut === 'titulaire')[1]!.carriereId
    const corriger = (im: number) =>
      inOrganisme(essai.base, sien, (tx) =>
        sql`update app.paie_situation set contenu = jsonb_set(contenu, '{im}', to_jsonb((contenu ->> 'im')::int + ${im}))
          where carriere_id = ${deux}`.execute(tx),
      )
    const verdict = async () => {
      await inOrganisme(essai.base, sien, (tx) =>
        sql`update app.paie_dossier set revision = revision + 1 where mois = ${MOIS}`.execute(tx),
      )
      await calculerMois(essai.services, auteur(), mois(MOIS))
      const { agents: ecarts } = (await gestionnaire.get(`/api/paie/dossiers/${MOIS}/ecarts`)).json()
      return ecarts.find((e: { carriereId: string }) => e.carriereId === deux)?.verdict
    }
    await corriger(20)
    expect(await verdict()).toBe('aExpliquer')
    const liste = (await gestionnaire.get(`/api/paie/dossiers/${MOIS}/controles`)).json()
    const ecart = liste.lignes.find((l: { code: string }) => l.code === 'ecart')
    expect(ecart.constats.map((c: { carriereId: string }) => c.carriereId)).toContain(deux)
    await corriger(-20)
    expect(await verdict()).not.toBe('aExpliquer')
  })
})

describe('what the officer signs', () => {
  const envoyer = (s: Session) => s.send('POST', `/api/paie/dossiers/${MOIS}/envoyer`)
  const liste = async (s: Session) => (await s.get(`/api/paie/dossiers/${MOIS}/controles`)).json()
  const signer = async (s: Session) =>
    s.send('POST', `/api/paie/dossiers/${MOIS}/controles/signer`, {
      empreinte: (await liste(s)).empreinte,
      remarques: { ecart: 'Vu avec la mairie.' },
    })

  test('the list of controls is signed before the month leaves, for these payslips only', async () => {
    expect((await envoyer(gestionnaire)).json().code).toBe('controles.nonSignes')
    expect(
      (await maire.send('POST', `/api/paie/dossiers/${MOIS}/controles/signer`, { empreinte: 'x' })).statusCode,
    ).toBe(403)
    const faux = await gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/controles/signer`, {
      empreinte: 'f'.repeat(64),
    })
    expect(faux.json().code).toBe('paie.vuAutreChose')
    expect((await liste(gestionnaire)).peutSigner).toBe(true)
    const signee = (await signer(gestionnaire)).json()
    expect(signee.signature.par).toMatch(/\w/)
    expect(signee.lignes.find((l: { code: string }) => l.code === 'ecart').remarque).toBe('Vu avec la mairie.')
    expect((await signer(gestionnaire)).json().code).toBe('controles.dejaSignes')
  })

  test('an officer is never alone with the payslip of a relative', async () => {
    const proche = agents[0]!
    const lien = newId()
    await gestionnaire.send('POST', '/api/paie/liens', { id: lien, agentId: proche.agentId, lien: 'conjoint' })
    const refus = await envoyer(gestionnaire)
    expect([refus.statusCode, refus.json().code]).toEqual([409, 'controles.quatreYeux'])
    const [attendu] = (await liste(gestionnaire)).doublesRegards
    expect(attendu).toMatchObject({ carriereId: proche.carriereId, peut: false, fait: null })
    const url = `/api/paie/dossiers/${MOIS}/agents/${proche.carriereId}/double-regard`
    const seul = await gestionnaire.send('POST', url, { empreinte: attendu.empreinte })
    expect(seul.json().code).toBe('controles.memeOfficier')
    const second = await superviseur.send('POST', url, { empreinte: attendu.empreinte })
    expect(second.json().doublesRegards[0].fait.par).toMatch(/\w/)
    expect((await envoyer(gestionnaire)).json().etat).toBe('aApprouver')
  })

  test('the hash that is approved is the SHA-256 of a canonical JSON that is kept', async () => {
    const { empreinte } = (await maire.get(`/api/paie/dossiers/${MOIS}`)).json()
    await maire.send('POST', `/api/paie/dossiers/${MOIS}/renvoyer`, { motif: 'Je veux relire le mois entier.' })
    expect(empreinte).toMatch(/^[0-9a-f]{64}$/)
    await inOrganisme(essai.base, sien, (tx) =>
      sql`update app.paie_dossier set revision = revision + 1 where mois = ${MOIS}`.execute(tx),
    )
    await gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/calculer`)
    // the same payslips have the same hash: they are already signed
    expect((await liste(gestionnaire)).empreinte).toBe(empreinte)
  })
})

describe('silence is a visa only where the convention says so', () => {
  const reglages = { ecartNetPourcent: 5, ecartNetEuros: '20.00', ecartLigneEuros: '1.00', grandEcartPourcent: 30 }
  const reste = { massePourcent: 5, effectifPourcent: 10 }

  test('a delay without an article of the convention is refused', async () => {
    const sans = await gestionnaire.send('PUT', '/api/paie/controles/reglages', {
      ...reglages,
      ...reste,
      taciteJours: 3,
      taciteConvention: '',
    })
    expect(sans.json().champs.taciteConvention).toMatch(/convention/)
  })

  test('the delay over, the job approves what was sent, and the history says why', async () => {
    await gestionnaire.send('PUT', '/api/paie/controles/reglages', {
      ...reglages,
      ...reste,
      taciteJours: 3,
      taciteConvention: 'Convention du 12 mars 2025, article 7',
    })
    const envoi = await gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/envoyer`)
    expect(envoi.json().etat).toBe('aApprouver')
    const { empreinte } = envoi.json()
    const etat = async () => (await maire.get(`/api/paie/dossiers/${MOIS}`)).json().etat
    expect(await etat()).toBe('aApprouver')
    await inOrganisme(essai.base, sien, (tx) =>
      sql`update app.paie_dossier set tacite_le = now() - interval '1 minute' where mois = ${MOIS}`.execute(tx),
    )
    await sql`update travaux.job set start_after = now() where name = 'paie.accorder'`.execute(essai.base.kysely)
    await waitFor(async () => (await etat()) === 'diffuse', 120)
    const { actes } = (await maire.get(`/api/paie/dossiers/${MOIS}/journal`)).json()
    expect(actes.find((a: { acte: string }) => a.acte === 'Approbation tacite').nom).toContain('article 7')
    const visa = await inOrganisme(essai.base, sien, (tx) =>
      tx.selectFrom('app.paie_visa').selectAll().where('mois', '=', MOIS).executeTakeFirstOrThrow(),
    )
    expect(createHash('sha256').update(visa.contenu).digest('hex')).toBe(empreinte)
    expect(visa).toMatchObject({ genre: 'tacite', empreinte })
    expect(JSON.parse(visa.contenu).bulletins).toHaveLength(agents.length)
    const change = inOrganisme(essai.base, sien, (tx) =>
      tx.updateTable('app.paie_visa').set({ par: 'un autre' }).execute(),
    )
    await expect(change).rejects.toThrow(/permission denied/)
  })
})

test('two bodies that pay the SFT to one home are told so, without a name', async () => {
  const voisin = deuxClients(essai.demonstration)[1]
  const adresse = { adresse: '12 chemin des Pins', code_postal: '40000', ville: 'Mont-de-Marsan' }
  const enfants = (organisme: string) =>
    inOrganisme(essai.base, organisme, async (tx) => {
      const { rows } = await sql<{ id: string }>`update app.paie_situation s
        set contenu = jsonb_set(contenu, '{enfantsSft}', '2')
        where carriere_id = (select c.id from app.paie_carriere c join app.paie_situation x on x.carriere_id = c.id
          where x.contenu ->> 'statut' = 'titulaire' and c.sortie is null order by c.id limit 1)
        returning carriere_id as id`.execute(tx)
      await sql`update app.paie_agent set adresse = ${adresse.adresse}, code_postal = ${adresse.code_postal},
        ville = ${adresse.ville} where id = (select agent_id from app.paie_carriere where id = ${rows[0]!.id})`.execute(
        tx,
      )
      await sql`update app.paie_dossier set revision = revision + 1, etat = 'ouvert' where mois = ${AVANT}`.execute(tx)
      return rows[0]!.id
    })
  await enfants(voisin)
  const chez = await enfants(sien)
  await calculerMois(essai.services, { organismeId: voisin, personneId: null, nom: 'essai' }, mois(AVANT))
  await calculerMois(essai.services, auteur(), mois(AVANT))
  const { anomalies } = (await gestionnaire.get(`/api/paie/dossiers/${AVANT}/anomalies`)).json()
  const double = anomalies.find(
    (a: { code: string; carriereId: string }) => a.code === 'controle.sftDouble' && a.carriereId === chez,
  )
  expect(double.message).toContain('Un autre employeur')
  const nom = essai.demonstration.organismes.find((o) => o.id === voisin)!.nom
  expect(double.message).not.toContain(nom)
})

test('the secretary does not sign', async () => {
  const secretaire = await essai.connexion('secretaire@bosquet.example', sien)
  expect(
    (await secretaire.send('POST', `/api/paie/dossiers/${MOIS}/controles/signer`, { empreinte: 'x' })).statusCode,
  ).toBe(403)
})
