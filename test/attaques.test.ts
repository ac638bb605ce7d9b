import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { calculerMois } from '#modules/paie/production/calculer-mois.ts'
import type { Route } from '#socle/contrat.ts'
import { mois } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { listRoutes } from '#socle/http/servir.ts'
import { newId } from '#socle/ids.ts'
import { DROITS_CHEZ_UN_CLIENT, ROLES, type Role } from '../src/modules/acces/domain/roles.ts'
import { abimer, createAlea, exempleOf, type Schema, texteHostile } from './attaques/generer.ts'
import { compteOf, deuxClients, type Essai, openEssai, type Session } from './plateforme.ts'

/*
 * What an attacker with an account would try. The list of routes and the OpenAPI document are the server's own: a route
 * added tomorrow is attacked tomorrow.
 */

const QUI = [
  'secretaire',
  'maire',
  'administratrice',
  'agent',
  'direction',
  'gestionnaire',
  'superviseur',
  'referent',
  'technique',
] as const
const DEMANDES = Number(process.env.FUZZ_DEMANDES ?? 1_000)
const GRAINE = Number(process.env.FUZZ_GRAINE ?? 20_261_124)

let essai: Essai
let agence: string
let sien: string
let voisin: string
let carriere: string
const sessions = new Map<string, Session>()

beforeAll(async () => {
  essai = await openEssai()
  ;[sien, voisin] = deuxClients(essai.demonstration)
  agence = essai.demonstration.organismes.find((o) => o.type === 'agence')!.id
  await calculerMois(essai.services, { organismeId: sien, personneId: null, nom: 'essai' }, mois('2025-11'))
  carriere = await inOrganisme(essai.base, sien, async (tx) => {
    const row = await tx.selectFrom('app.paie_carriere').select('id').limit(1).executeTakeFirstOrThrow()
    return row.id
  })
  for (const qui of [...QUI, 'agent2']) sessions.set(qui, await essai.connexion(`${qui}@bosquet.example`))
}, 60_000)
afterAll(() => essai.fermer())

/** The rights that the demonstration gives, by the table of roles alone: the expectation of the matrix. */
function droitsAttendus(qui: string, organisme: string): ReadonlySet<string> | undefined {
  const { habilitations, id } = compteOf(essai.demonstration, `${qui}@bosquet.example`)
  const roles = habilitations.filter((h) => h.organismeId === organisme).map((h) => h.role as Role)
  if (roles.length > 0) return new Set(roles.flatMap((r): readonly string[] => ROLES[r].droits))
  const dansLAgence = habilitations.filter((h) => h.organismeId === agence).map((h) => h.role)
  const aujourdhui = new Date().toISOString().slice(0, 10)
  const sesClients = essai.demonstration.portefeuilles
    .filter(
      (p) =>
        p.gestionnaireId === id ||
        essai.demonstration.remplacements.some(
          (r) => r.portefeuilleId === p.id && r.remplacantId === id && r.depuis <= aujourdhui && aujourdhui < r.jusqua,
        ),
    )
    .flatMap((p) => p.organismesIds as string[])
  const tous = essai.demonstration.portefeuilles.flatMap((p) => p.organismesIds as string[])
  if (dansLAgence.includes('superviseur') && tous.includes(organisme)) return new Set(DROITS_CHEZ_UN_CLIENT)
  if (dansLAgence.includes('gestionnaire') && sesClients.includes(organisme)) return new Set(DROITS_CHEZ_UN_CLIENT)
  return undefined
}

const VALEURS: Record<string, () => string> = { mois: () => '2025-11', carriere: () => carriere }
const a = createAlea(GRAINE)
const exempleDe = (forme: z.ZodType | undefined): unknown =>
  forme === undefined
    ? undefined
    : exempleOf(z.toJSONSchema(forme, { io: 'input', unrepresentable: 'any' }) as Schema, a)

/** The address of a route, with parameters that its contract accepts. */
function adresseDe(route: Route, organisme: string): string {
  const params = (exempleDe(route.params) ?? {}) as Record<string, string>
  const query = Object.entries((exempleDe(route.query) ?? {}) as Record<string, string>).map(([nom, v]) =>
    nom === 'organisme' ? [nom, organisme] : [nom, v],
  )
  const chemin = route.chemin.replace(
    /:(\w+)/g,
    (_, nom: string) => VALEURS[nom]?.() ?? encodeURIComponent(params[nom] ?? newId()),
  )
  return query.length > 0 ? `${chemin}?${new URLSearchParams(query)}` : chemin
}

const ask = (session: Session | undefined, method: string, url: string, organisme: string, payload?: unknown) =>
  essai.app.inject({
    method: method as 'GET',
    url,
    headers: { ...(session?.headers ?? {}), 'x-organisme': organisme },
    ...(payload === undefined ? {} : { payload: payload as object }),
  })

describe('every route × every role × own, neighbour, agency, nobody', () => {
  test('who has not the right is refused before anything happens; who has it is not told so', async () => {
    const compte = { cellules: 0, permises: 0, refusees: 0, inconnues: 0, fermees: 0, malFormees: 0 }
    const fautes: unknown[] = []
    for (const { route, acces } of listRoutes(essai.app)) {
      const body = exempleDe(route.body)
      for (const qui of [...QUI, undefined]) {
        for (const organisme of [sien, voisin, agence]) {
          if (acces.portee !== 'organisme' && organisme !== sien) continue
          const droits = qui && acces.portee === 'organisme' ? droitsAttendus(qui, organisme) : undefined
          const permis = acces.portee === 'organisme' ? droits?.has(acces.droit!) === true : qui !== undefined
          // what is permitted and writes is for the other tests: here it would change what is looked at
          if (
            acces.portee === 'publique' ||
            (permis && (route.verbe !== 'GET' || /evenements|suivi/.test(route.chemin)))
          )
            continue
          const r = await ask(qui && sessions.get(qui), route.verbe, adresseDe(route, organisme), organisme, body)
          compte.cellules++
          const code = r.headers['content-type']?.includes('json') ? (r.json() as { code?: string }).code : undefined
          const bien =
            r.statusCode === 400
              ? ++compte.malFormees
              : qui === undefined
                ? r.statusCode === 401 && ++compte.fermees
                : permis
                  ? r.statusCode < 500 && code !== 'droit.absent' && ++compte.permises
                  : droits === undefined
                    ? r.statusCode === 404 && ++compte.inconnues
                    : r.statusCode === 403 && code === 'droit.absent' && ++compte.refusees
          if (!bien)
            fautes.push([
              route.verbe,
              route.chemin,
              qui,
              organisme === sien ? 'sien' : organisme === voisin ? 'voisin' : 'agence',
              r.statusCode,
              code,
            ])
        }
      }
    }
    console.log(`attaques : matrice de ${listRoutes(essai.app).length} routes, ${JSON.stringify(compte)}`)
    expect(fautes).toEqual([])
    expect(compte.cellules).toBeGreaterThan(1_000)
    // the contract stops few of them: the rights are what is tested
    expect(compte.malFormees / compte.cellules).toBeLessThan(0.25)
  }, 240_000)
})

describe('privilege by forged requests', () => {
  test('a body, a query or a header that names another body changes nothing', async () => {
    const s = sessions.get('secretaire')!
    const chez = (organisme: string) => ask(s, 'GET', `/api/paie/dossiers?organisme=${voisin}`, organisme)
    expect((await chez(voisin)).statusCode).toBe(404)
    const siens = await chez(sien)
    expect([siens.statusCode, siens.body.includes(voisin)]).toEqual([200, false])
    const forge = await ask(s, 'POST', '/api/paie/dossiers/2025-11/questions', sien, {
      id: newId(),
      objet: 'Essai',
      texte: 'Essai',
      organisme_id: voisin,
      organismeId: voisin,
      droits: ['paie.approuver'],
      role: 'ordonnateur',
    })
    expect(forge.statusCode).toBeLessThan(500)
    const chezLui = await inOrganisme(essai.base, voisin, (tx) =>
      tx.selectFrom('app.paie_question').select('id').where('objet', '=', 'Essai').execute(),
    )
    expect(chezLui).toEqual([])
  })

  test('an officer does not approve for the authority, by whatever name he gives himself', async () => {
    const g = sessions.get('gestionnaire')!
    for (const droit of ['', '?droit=paie.approuver', '?via=appartenance']) {
      const r = await ask(g, 'POST', `/api/paie/dossiers/2025-11/approbation${droit}`, sien, {
        empreinte: 'a'.repeat(64),
        via: 'appartenance',
      })
      expect([400, 403, 404]).toContain(r.statusCode)
    }
  })
})

describe('sessions', () => {
  test('a cookie chosen by the attacker is never taken: signing in makes a new one', async () => {
    const r = await essai.app.inject({
      method: 'POST',
      url: '/api/acces/connexion',
      cookies: { bosquet_session: 'fixe', bosquet_csrf: 'fixe' },
      payload: { identifiant: 'agent@bosquet.example', motDePasse: 'pins-et-chenes-40' },
    })
    const nouveau = r.cookies.find((c) => c.name === 'bosquet_session')!.value
    expect(nouveau).not.toBe('fixe')
    expect(nouveau.length).toBeGreaterThan(40)
    expect(
      (await essai.app.inject({ url: '/api/acces/session', cookies: { bosquet_session: 'fixe' } })).statusCode,
    ).toBe(401)
  })

  test('the token of one session does not serve with the cookie of another', async () => {
    const [un, deux] = [sessions.get('maire')!, sessions.get('secretaire')!]
    const r = await essai.app.inject({
      method: 'DELETE',
      url: '/api/acces/session',
      headers: { ...un.headers, 'x-csrf': deux.headers['x-csrf']! },
    })
    expect(r.json().code).toBe('csrf')
  })

  test('known and unknown accounts get the same words, at about the same time', async () => {
    const essayer = async (identifiant: string) => {
      const debut = performance.now()
      const r = await essai.app.inject({
        method: 'POST',
        url: '/api/acces/connexion',
        payload: { identifiant, motDePasse: 'faux' },
        remoteAddress: `10.1.${Math.floor(a.nombre() * 250)}.${Math.floor(a.nombre() * 250)}`,
      })
      return { duree: performance.now() - debut, dit: r.json().detail as string }
    }
    const durees = { connu: [] as number[], inconnu: [] as number[] }
    const mots = new Set<string>()
    const comptes = essai.demonstration.comptes.map((c) => c.courriel).filter((c) => !c.includes('@bosquet.'))
    for (let i = 0; i < 8; i++) {
      for (const [genre, identifiant] of [
        ['connu', comptes[i]!],
        ['inconnu', `personne${i}@exemple.example`],
      ] as const) {
        const { duree, dit } = await essayer(identifiant)
        durees[genre].push(duree)
        mots.add(dit)
      }
    }
    expect([...mots]).toEqual(['Identifiant ou mot de passe incorrect.'])
    const mediane = (l: number[]) => l.sort((x, y) => x - y)[l.length >> 1]!
    const rapport = mediane(durees.connu) / mediane(durees.inconnu)
    console.log(`attaques : connu / inconnu = ${rapport.toFixed(2)} en durée`)
    expect(rapport).toBeGreaterThan(0.5)
    expect(rapport).toBeLessThan(2)
  }, 60_000)
})

describe('files', () => {
  const deposer = (nom: string, octets: Buffer) => {
    const limite = 'limite'
    const tete = `--${limite}\r\nContent-Disposition: form-data; name="nature"\r\n\r\narrete\r\n--${limite}\r\nContent-Disposition: form-data; name="fichier"; filename="${nom}"\r\nContent-Type: application/pdf\r\n\r\n`
    return essai.app.inject({
      method: 'POST',
      url: '/api/paie/dossiers/2025-11/pieces',
      headers: {
        ...sessions.get('secretaire')!.headers,
        'x-organisme': sien,
        'content-type': `multipart/form-data; boundary=${limite}`,
      },
      payload: Buffer.concat([Buffer.from(tete), octets, Buffer.from(`\r\n--${limite}--\r\n`)]),
    })
  }

  test('a name that climbs, hides or runs is refused or kept as a mere label', async () => {
    for (const nom of [
      '../../../cle-maitre.pdf',
      '/etc/passwd.pdf',
      '..\\\\..\\\\x.pdf',
      'a\u202efdp.exe',
      'x.pdf.html',
      'nul\u0000.pdf',
    ]) {
      const r = await deposer(nom, Buffer.from('<script>alert(1)</script>'))
      expect([nom, r.statusCode < 500, r.statusCode >= 400]).toEqual([nom, true, true])
    }
  })

  test('a bomb of a few kilobytes is not opened: no time, no memory', async () => {
    // a zip whose central directory announces 4 GB, and a PDF name on it
    const tete = Buffer.alloc(30)
    tete.writeUInt32LE(0x04034b50, 0)
    tete.writeUInt32LE(0xffffffff, 22)
    const debut = performance.now()
    for (const nom of ['bombe.docx', 'bombe.xlsx', 'bombe.pdf'])
      expect((await deposer(nom, Buffer.concat([tete, Buffer.alloc(2_000)]))).statusCode).toBeLessThan(500)
    expect(performance.now() - debut).toBeLessThan(3_000)
  })

  test('JSON that is too long or too nested is refused, not read', async () => {
    const r = await essai.app.inject({
      method: 'POST',
      url: '/api/acces/connexion',
      headers: { 'content-type': 'application/json' },
      payload: `{"identifiant":"${'x'.repeat(6 * 1024 * 1024)}"}`,
    })
    expect(r.statusCode).toBe(413)
    const nid = await essai.app.inject({
      method: 'POST',
      url: '/api/acces/connexion',
      headers: { 'content-type': 'application/json' },
      payload: `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    })
    expect(nid.statusCode).toBe(400)
  })
})

describe('the OpenAPI document, spoilt', () => {
  test(`${DEMANDES} requests without one 500`, async () => {
    const doc = (await essai.app.inject({ url: '/api/openapi.json' })).json() as {
      paths: Record<
        string,
        Record<
          string,
          {
            parameters?: { name: string; in: string; schema: Schema }[]
            requestBody?: { content: Record<string, { schema: Schema }> }
          }
        >
      >
    }
    const operations = Object.entries(doc.paths).flatMap(([chemin, methodes]) =>
      Object.entries(methodes)
        // streams have no end to wait for; a whole production would be another test
        .filter(([m]) => !/evenements|suivi/.test(chemin) && !(m !== 'get' && /productions?$|session$/.test(chemin)))
        .map(([methode, op]) => ({ chemin, methode: methode.toUpperCase(), op })),
    )
    const alea = createAlea(GRAINE)
    const incidents: unknown[] = []
    const statuts: Record<string, number> = {}
    for (let i = 0; i < DEMANDES; i++) {
      const { chemin, methode, op } = alea.choix(operations)
      const bon = alea.nombre() < 0.3
      const valeur = (nom: string, s: Schema) =>
        bon || alea.nombre() < 0.5
          ? (VALEURS[nom]?.() ?? String(exempleOf(s, alea, nom)))
          : texteHostile(alea).slice(0, 3_000)
      const url = chemin.replace(/\{(\w+)\}/g, (_, nom: string) => {
        const p = op.parameters?.find((x) => x.name === nom)
        return encodeURIComponent(valeur(nom, p?.schema ?? { type: 'string' }).toWellFormed())
      })
      const query = (op.parameters ?? [])
        .filter((p) => p.in === 'query' && alea.nombre() < 0.6)
        .map((p) => `${p.name}=${encodeURIComponent(valeur(p.name, p.schema).toWellFormed())}`)
        .join('&')
      const schema = op.requestBody?.content['application/json']?.schema
      const body = schema && (bon ? exempleOf(schema, alea) : abimer(exempleOf(schema, alea), alea))
      // what undoes a session or an account is asked by somebody who is not needed after
      const jetable = /^\/api\/acces\/(?!membres|soutiens|jetons|demandes|mes-droits|appartenances)/.test(chemin)
      const qui = alea.nombre() < 0.05 ? undefined : jetable ? 'agent2' : alea.choix(QUI)
      const r = await ask(
        qui && sessions.get(qui),
        methode,
        query ? `${url}?${query}` : url,
        alea.choix([sien, sien, sien, agence, voisin]),
        typeof body === 'object' && body !== null ? body : undefined,
      )
      statuts[r.statusCode] = (statuts[r.statusCode] ?? 0) + 1
      if (r.statusCode >= 500)
        incidents.push({
          i,
          qui,
          methode,
          url: `${url}?${query}`.slice(0, 300),
          body: JSON.stringify(body)?.slice(0, 300),
          code: r.body.slice(0, 200),
        })
      if (r.statusCode === 401 && qui && qui !== 'agent2')
        sessions.set(qui, await essai.connexion(`${qui}@bosquet.example`))
    }
    console.log(
      `attaques : ${DEMANDES} demandes fuzzées sur ${operations.length} opérations, ${JSON.stringify(statuts)}`,
    )
    expect(incidents).toEqual([])
  }, 900_000)
})
