import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findPlan, listPlans } from '#modules/finances/nomenclature/index.ts'
import { calculerMois } from '#modules/paie/production/calculer-mois.ts'
import { EDITIONS } from '#modules/paie/production/editions/contract.ts'
import { readComptes } from '#modules/paie/production/editions/domain/donnees.ts'
import { mois } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { deuxClients, type Essai, openEssai, type Session, waitFor } from './plateforme.ts'

/* What leaves a month of pay: tables for the accountant, papers for the agents, a notice without figures. */

const MOIS = '2025-11'
let essai: Essai
let sien: string
let gestionnaire: Session
let agents: { carriereId: string; agentId: string; nom: string; netAPayer: string }[]

beforeAll(async () => {
  essai = await openEssai()
  sien = deuxClients(essai.demonstration)[0]
  gestionnaire = await essai.connexion('gestionnaire@bosquet.example', sien)
  await calculerMois(essai.services, { organismeId: sien, personneId: null, nom: 'essai' }, mois(MOIS))
  agents = (await gestionnaire.get(`/api/paie/dossiers/${MOIS}/agents`)).json().agents
  await essai.jobs.work()
})
afterAll(() => essai.fermer())

const edition = (nom: string, format: string) =>
  gestionnaire.get(`/api/paie/dossiers/${MOIS}/editions?edition=${nom}&format=${format}&organisme=${sien}`)

test('every account of the table exists in the official M57 plan, under its own name', () => {
  const annee = Math.max(
    ...listPlans()
      .filter((p) => p.code === readComptes().plan)
      .map((p) => p.annee),
  )
  const plan = findPlan(readComptes().plan, annee)!
  const officiels = new Map([...plan.comptes.values()].map((c) => [c.code, c.libelle]))
  const { charges, cotisations, tiers } = readComptes()
  for (const c of [...charges, ...cotisations, ...Object.values(tiers)]) {
    const officiel = officiels.get(c.compte)
    expect([c.compte, c.libelle.replaceAll('’', "'")]).toEqual([c.compte, officiel?.replaceAll('’', "'")])
  }
})

test.each(Object.keys(EDITIONS))('%s comes out in the three formats', async (nom) => {
  const [pdf, csv, xlsx] = [await edition(nom, 'pdf'), await edition(nom, 'csv'), await edition(nom, 'xlsx')]
  expect([pdf.statusCode, csv.statusCode, xlsx.statusCode]).toEqual([200, 200, 200])
  expect(pdf.rawPayload.toString('latin1')).toContain('pdfaid')
  expect(csv.body.charCodeAt(0)).toBe(0xfeff)
  expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK')
})

test('the transfers are the nets of the month, and the draft says that it is one', async () => {
  const csv = (await edition('virements', 'csv')).body
  const lignes = csv.trim().split('\r\n').slice(1)
  const total = lignes.reduce((t, l) => t + Math.round(Number(l.split(';').at(-1)!.replace(',', '.')) * 100), 0)
  expect(total).toBe(agents.reduce((t, a) => t + Math.round(Number(a.netAPayer) * 100), 0))
})

test('who asked for paper is on the paper list, with the dates that the safe keeps', async () => {
  await inOrganisme(essai.base, sien, async (tx) => {
    const { rows } = await sql<{ personne: string }>`
      select personne_id as personne from app.paie_agent where id = ${agents[0]!.agentId}`.execute(tx)
    await sql`insert into app.coffre_opposition (organisme_id, id, personne_id, recue_le, effet_le, saisie_par_nom)
      values (${sien}, ${newId()}, ${rows[0]!.personne}, '2025-11-03', '2025-11-10', 'essai')`.execute(tx)
  })
  const csv = (await edition('papier', 'csv')).body
  expect(csv).toContain('03/11/2025;10/11/2025')
  expect(csv.trim().split('\r\n')).toHaveLength(2)
})

test('an attestation is a paper of the employer, for one post', async () => {
  const pdf = await gestionnaire.get(
    `/api/paie/dossiers/${MOIS}/agents/${agents[1]!.carriereId}/attestation?organisme=${sien}`,
  )
  expect(pdf.statusCode).toBe(200)
  expect(pdf.headers['content-type']).toBe('application/pdf')
})

test('the payslips in the safes, each agent gets one notice without a figure; the one on paper gets none', async () => {
  const { empreinte } = (await gestionnaire.get(`/api/paie/dossiers/${MOIS}/controles`)).json()
  await gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/controles/signer`, { empreinte })
  await gestionnaire.send('POST', `/api/paie/dossiers/${MOIS}/envoyer`)
  const maire = await essai.connexion('maire@bosquet.example', sien)
  expect((await maire.send('POST', `/api/paie/dossiers/${MOIS}/approuver`, { empreinte })).json().etat).toBe('approuve')
  const dossier = essai.courriels
  const avis = () =>
    (existsSync(dossier) ? readdirSync(dossier, { recursive: true }) : [])
      .filter((f) => String(f).endsWith('.eml'))
      .map((f) => readFileSync(join(dossier, String(f)), 'utf8'))
      .filter((t) => /bulletin de paie/i.test(t))
  const attendus = new Set(agents.map((a) => a.agentId)).size - 1
  await waitFor(async () => avis().length >= attendus, 120)
  expect(avis()).toHaveLength(attendus)
  for (const t of avis()) for (const a of agents) expect(t).not.toContain(a.netAPayer.replace('.', ','))
  // run again: nobody is told twice
  const { avertirAgents } = await import('#modules/paie/production/editions/avertir.ts')
  expect(await avertirAgents(essai.services, sien, mois(MOIS), 1)).toBe(0)
  expect((await edition('livre', 'pdf')).statusCode).toBe(200)
})
