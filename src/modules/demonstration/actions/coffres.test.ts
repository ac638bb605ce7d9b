import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { deuxClients, openEssai } from '../../../../test/plateforme.ts'
import { completeDemonstration } from './installer.ts'

const essai = await openEssai()
afterAll(() => essai.fermer())

test('a safe is frozen, another waits for the second person, a third is being closed; made once', async () => {
  expect(await completeDemonstration(essai, 'demonstration.coffres')).toBe(true)
  const agence = essai.demonstration.agenceId
  const superviseur = await essai.connexion('superviseur@bosquet.example', agence)
  const { successions } = (await superviseur.get('/api/coffre/successions')).json()
  expect(successions.map((s: { etat: string }) => s.etat).sort()).toEqual(['aDecider', 'gele'])
  const { remises, documentId } = successions.find((s: { etat: string }) => s.etat === 'aDecider')
  // the paper opens, and it is for the supervisor to decide
  expect((await superviseur.get(`/api/coffre/successions/preuves/${documentId}?organisme=${agence}`)).statusCode).toBe(
    200,
  )
  expect(remises[0].estDeMoi).toBe(false)
  const titulaire = await essai.connexion('agent2@bosquet.example')
  expect((await titulaire.get('/api/coffre/fermeture')).json().etat).toBe('demandee')
  expect(await completeDemonstration(essai, 'demonstration.coffres')).toBe(false)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from app.coffre_fermeture`.execute(
    essai.base.kysely,
  )
  expect(rows[0]!.n).toBe(3)
})

test('the month of the visitors takes their papers: its dates come after the day of the visit, and say why', async () => {
  expect(await completeDemonstration(essai, 'demonstration.calendrier')).toBe(true)
  const sien = deuxClients(essai.demonstration)[0]
  const secretaire = await essai.connexion('secretaire@bosquet.example', sien)
  const { echeances } = (await secretaire.get('/api/paie/dossiers/2025-11/calendrier')).json()
  const apres = echeances.slice(echeances.findIndex((e: { etape: string }) => e.etape === 'limiteDepot'))
  const jours = apres.map((e: { jour: string }) => e.jour)
  expect(jours[0] > new Date().toISOString()).toBe(true)
  expect(jours.toSorted()).toEqual(jours)
  expect(new Set(jours).size).toBe(jours.length)
  for (const e of apres) expect(e.motif).toContain('Démonstration')
  expect((await secretaire.get('/api/paie/dossiers/2025-11')).json().dateLimiteDepot).toBe(jours[0])
})
