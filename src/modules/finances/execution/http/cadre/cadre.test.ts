import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Base, inOrganisme } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { createServeur } from '#socle/http/serveur.ts'
import { newId } from '#socle/ids.ts'
import { choisirEdition, enregistrerExercice } from '../../../budget/actions/budgets.ts'
import type { Acteur } from '../../../budget/actions/versions.ts'
import { ouvrirBudget, ouvrirOrganisme } from '../../../budget/essai.ts'
import { registerCadre } from './routes.ts'

let base: Base
let qui: Acteur
let app: Awaited<ReturnType<typeof createServeur>>
beforeAll(async () => {
  base = await baseDEssai()
  qui = await ouvrirOrganisme(base)
  app = await createServeur()
  const personne = { compteId: newId(), personneId: newId(), nom: 'Camille Essai' }
  const droits = new Set(['finances.lire', 'finances.administrer'])
  const portier = {
    identify: async () => ({ ...personne, sessionId: newId() }),
    enter: async () => ({ ...personne, organismeId: qui.organismeId, droits, via: 'appartenance' as const }),
  } as never
  registerCadre({ app, base, portier })
})
afterAll(async () => {
  await app.close()
  await base.close()
})
const send = async (method: 'GET' | 'POST', url: string, payload?: object) => {
  const r = await app.inject({ method, url: `/api/finances${url}`, ...(payload ? { payload } : {}) })
  return { status: r.statusCode, ...r.json() }
}
test('the function of a line is needed by function, possible in the complete edition, unseen otherwise', async () => {
  const id = await inOrganisme(base, qui.organismeId, (tx) => ouvrirBudget(tx, qui, { plan: 'M57_D' }))
  const lu = () => send('GET', `/execution?budget=${id}&annee=2026`)
  expect((await lu()).fonction).toBe('absente')
  await inOrganisme(base, qui.organismeId, (tx) => choisirEdition(tx, qui, 'complete'))
  expect((await lu()).fonction).toBe('facultative')
  await inOrganisme(base, qui.organismeId, (tx) =>
    enregistrerExercice(tx, qui, {
      budgetId: id,
      annee: 2026,
      plan: 'M57_D',
      voteSelon: 'fonction',
      niveauF: 'chapitre',
      niveauI: 'chapitre',
      fongibiliteF: '0',
      fongibiliteI: '0',
    }),
  )
  expect((await lu()).fonction).toBe('requise')
})

test('an association that the product knows is not added, and one of the body is shown once', async () => {
  const ajout = (triplet: string) =>
    send('POST', '/triplets', { sens: 'D', triplet, libelle: 'Dit par le comptable', source: 'Courriel du 12/03' })
  expect((await ajout('01-01-01')).code).toBe('triplet.connu')
  expect((await ajout('01-01-99')).status).toBe(200)
  expect((await ajout('01-01-99')).status).toBe(200)
  const { D } = (await send('GET', '/execution')).triplets as { D: { triplet: string }[] }
  expect(D.filter((t) => t.triplet === '01-01-99')).toHaveLength(1)
  expect(new Set(D.map((t) => t.triplet)).size).toBe(D.length)
})
