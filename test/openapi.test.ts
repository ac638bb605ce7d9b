import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openCleMaitre, openDepot } from '#modules/documents/index.ts'
import { openExpediteur } from '#socle/courriel/expedier.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { listRoutes } from '#socle/http/servir.ts'
import { assemble, buildApplication } from '../src/application.ts'

const donnees = mkdtempSync(join(tmpdir(), 'bosquet-openapi-'))
const base = await baseDEssai()
const depot = openDepot({ dossier: join(donnees, 'documents'), cleMaitre: openCleMaitre(donnees).secret, seul: true })
const plateforme = await assemble(base, depot, 1, openExpediteur({ smtpUrl: undefined, de: 'x@y.example' }, donnees))
const app = await buildApplication(plateforme)
afterAll(async () => {
  await app.close()
  await plateforme.close()
  rmSync(donnees, { recursive: true, force: true })
})

test('every route has an example of what it takes and of what it gives, which its own contract accepts', async () => {
  const doc = (await app.inject({ url: '/api/openapi.json' })).json()
  const routes = listRoutes(app)
  const faux: string[] = []
  let [demandes, reponses, fichiers] = [0, 0, 0]
  for (const { route } of routes) {
    const op = doc.paths[route.chemin.replace(/:(\w+)/g, '{$1}')][route.verbe.toLowerCase()]
    const nom = `${route.verbe} ${route.chemin}`
    const check = (ou: string, schema: { safeParse(v: unknown): { success: boolean; error?: Error } }, v: unknown) => {
      const lu = schema.safeParse(v)
      if (!lu.success) faux.push(`${nom} ${ou} : ${lu.error?.message.replace(/\s+/g, ' ').slice(0, 200)}`)
    }
    const valeurs = (dans: string) =>
      Object.fromEntries(
        op.parameters
          ?.filter((p: { in: string }) => p.in === dans)
          .map((p: { name: string; example: unknown }) => [p.name, p.example]) ?? [],
      )
    if (route.params) check('adresse', route.params, valeurs('path'))
    if (route.query) check('recherche', route.query, valeurs('query'))
    if (route.body) {
      check('corps', route.body, op.requestBody.content['application/json'].example)
      demandes++
    }
    const reponse = op.responses['200'].content['application/json']
    // a file, or a stream of events, is not described by a shape
    if (reponse.example === undefined) fichiers++
    else {
      check('réponse', route.reply, reponse.example)
      reponses++
    }
  }
  console.log(
    `OpenAPI : ${routes.length} routes, ${demandes} corps et ${reponses} réponses en exemple, ${fichiers} fichiers ou flux`,
  )
  expect(faux).toEqual([])
})
