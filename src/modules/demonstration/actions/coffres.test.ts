import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { openEssai } from '../../../../test/plateforme.ts'
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
