import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { baseDEssai, organismeDEssai } from '#socle/db/essai.ts'
import type { Acteur } from '#socle/droits.ts'
import { createServeur } from '#socle/http/serveur.ts'
import { type Application, servirCompte, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { newId } from '#socle/ids.ts'
import { Refus } from '#socle/refus.ts'
import { SECRETAIRE } from './essai/personnes.ts'
import { createTrace, inscrire, registerJournal } from './index.ts'

const base = await baseDEssai()
const [agence, commune] = [newId<'Organisme'>(), newId<'Organisme'>()]
const ok = z.object({ ok: z.boolean() })
const params = z.object({ mois: z.string(), agent: z.string() })
const essai = (verbe: 'GET' | 'POST', chemin: string, resume: string) =>
  route({ verbe, chemin: `/api/essai/${chemin}`, resume, reply: ok })

const app = await createServeur()
beforeAll(async () => {
  await organismeDEssai(base, { id: agence, type: 'agence' })
  await organismeDEssai(base, { id: commune })
  const qui: Acteur = {
    compteId: newId(),
    ...SECRETAIRE,
    organismeId: commune,
    droits: new Set(['journal.lire', 'essai.agir', 'bulletins.lire', 'dossier.lire']),
    via: 'portefeuille',
  }
  const application: Application = {
    app,
    base,
    portier: {
      identify: async () => ({ compteId: qui.compteId, ...SECRETAIRE, sessionId: 's', secondFacteurLe: null }),
      enter: async () => qui,
    },
    trace: createTrace(),
  }
  registerJournal(application)
  servirOrganisme(application, essai('POST', 'agir', 'Fait quelque chose'), 'essai.agir', async () => ({ ok: true }))
  servirOrganisme(application, essai('POST', 'refuser', 'Refuse'), 'essai.agir', async () => {
    throw new Refus('essai', 'Non.')
  })
  servirOrganisme(application, essai('POST', 'approuver', 'Approuve'), 'essai.agir', async ({ tx, qui }) => {
    await inscrire(tx, qui.organismeId, qui, { acte: 'dossier.approuver', detail: { empreinte: 'abc' } })
    return { ok: true }
  })
  servirLibre(application, essai('POST', 'deposer', 'Dépose'), 'essai.agir', async ({ base, qui }) => {
    await inOrganisme(base, qui.organismeId, (tx) => inscrire(tx, qui.organismeId, qui, { acte: 'piece.deposer' }))
    return { ok: true }
  })
  servirLibre(application, essai('POST', 'lancer', 'Lance'), 'essai.agir', async () => ({ ok: true }))
  servirOrganisme(application, essai('GET', 'dossier', 'Lit le dossier'), 'dossier.lire', async () => ({ ok: true }))
  servirOrganisme(
    application,
    route({ ...essai('GET', 'bulletins/:mois/:agent', 'Donne un bulletin'), params }),
    'bulletins.lire',
    async ({ params }) => {
      if (params.agent === 'absent') throw new Refus('introuvable', 'Rien.', { status: 404 })
      return { ok: true }
    },
  )
  servirOrganisme(application, essai('GET', 'interdit', 'Lit autre chose'), 'sante.lire', async () => ({ ok: true }))
  servirOrganisme(application, essai('POST', 'interdit', 'Fait autre chose'), 'paie.approuver', async () => ({
    ok: true,
  }))
  servirCompte(application, essai('POST', 'compte', 'Change un réglage du compte'), async () => ({ ok: true }))
})
afterAll(async () => {
  await app.close()
  await base.close()
})

const faire = (method: 'GET' | 'POST', chemin: string) => app.inject({ method, url: `/api/essai/${chemin}` })
const chercher = async (query = '') => {
  const reply = await app.inject({ url: `/api/journal/ecritures${query}` })
  expect(reply.statusCode).toBe(200)
  return reply.json() as { ecritures: { numero: number; libelle: string; [k: string]: unknown }[]; total: number }
}

test('every write leaves one entry, its own if it has one; a refused one leaves none', async () => {
  for (const chemin of ['agir', 'refuser', 'approuver', 'deposer', 'lancer']) await faire('POST', chemin)
  const { ecritures, total } = await chercher()
  expect(ecritures.map((e) => e.libelle).reverse()).toEqual([
    'Fait quelque chose',
    'dossier.approuver',
    'piece.deposer',
    'Lance',
  ])
  expect(total).toBe(4)
  expect(ecritures[0]).toMatchObject({ nom: SECRETAIRE.nom, via: 'gestionnaire de l’agence', acte: 'ecrire' })
  expect(ecritures[2]).toMatchObject({ detail: 'empreinte : abc' })
})

test('the reading of pay data is told once, whatever else is read is not', async () => {
  const avant = (await chercher('?genre=lectures')).total
  await faire('GET', 'dossier')
  for (const agent of ['absent', 'a1', 'a1', 'a2', 'a1']) await faire('GET', `bulletins/2025-11/${agent}`)
  const { ecritures, total } = await chercher('?genre=lectures')
  expect(total - avant).toBe(2)
  expect(ecritures.map((e) => [e.libelle, e.objet, e.sensible])).toEqual([
    ['Donne un bulletin', 'agent a2', 'paie'],
    ['Donne un bulletin', 'agent a1', 'paie'],
  ])
  expect(ecritures[0]!.detail).toBe('params : {"agent":"a2","mois":"2025-11"}')
})

test('what a person does to his account is in the journal of the agency', async () => {
  await faire('POST', 'compte')
  const rows = await inOrganisme(base, agence, (tx) =>
    tx.selectFrom('app.journal_ecriture').select('evenement').execute(),
  )
  expect(rows.map((r) => JSON.parse(r.evenement).detail.resume)).toEqual(['Change un réglage du compte'])
})

test('the search finds words wherever they are, and pages from the newest', async () => {
  expect((await chercher('?recherche=DOSSIER%20abc')).ecritures.map((e) => e.libelle)).toEqual(['dossier.approuver'])
  expect((await chercher('?recherche=%25')).ecritures).toEqual([])
  expect((await chercher('?taille=2&page=2')).ecritures.map((e) => e.numero)).toEqual([4, 3])
  expect((await chercher('?jusqua=2020-01-01')).ecritures).toEqual([])
  const jour = new Date().toISOString().slice(0, 10)
  expect((await chercher(`?depuis=${jour}&genre=actes`)).ecritures.length).toBeGreaterThan(3)
})

test('the chain is verified from the screen, and the export is an entry too', async () => {
  const bilan = await app.inject({ method: 'POST', url: '/api/journal/verification' })
  expect(bilan.json()).toMatchObject({ ruptures: [] })
  const zip = await app.inject({ url: '/api/journal/export?de=2' })
  expect([zip.statusCode, zip.headers['content-type'], zip.rawPayload.subarray(0, 2).toString()]).toEqual([
    200,
    'application/zip',
    'PK',
  ])
  expect((await chercher()).ecritures.slice(0, 2).map((e) => e.libelle)).toEqual([
    'Export du journal',
    'Vérification du journal',
  ])
})

test('a right that is refused is told once in a while for a person and a right', async () => {
  const avant = (await chercher()).total
  const statuts = []
  for (const verbe of ['GET', 'GET', 'POST', 'POST', 'GET'] as const)
    statuts.push((await faire(verbe, 'interdit')).statusCode)
  expect(statuts).toEqual([403, 403, 403, 403, 403])
  const { ecritures, total } = await chercher()
  expect(total - avant).toBe(2)
  expect(ecritures.slice(0, 2).map((e) => [e.libelle, e.detail])).toEqual([
    ['Action refusée : droit absent', 'droit : paie.approuver'],
    ['Action refusée : droit absent', 'droit : sante.lire'],
  ])
})
