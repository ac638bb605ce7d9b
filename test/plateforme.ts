import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LightMyRequestResponse as Response } from 'fastify'
import { installDemonstration, MOT_DE_PASSE_DEMONSTRATION } from '#modules/demonstration/actions/installer.ts'
import { buildDemonstration, type Demonstration } from '#modules/demonstration/index.ts'
import { openCleMaitre, openDepot } from '#modules/documents/index.ts'
import { openExpediteur } from '#socle/courriel/expedier.ts'
import type { Base } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { assemble, buildApplication } from '../src/application.ts'

const EXPEDITEUR = 'Bosquet <ne-pas-repondre@bosquet.example>'

/** The demonstration, kept to some of its clients: the same people, a hundredth of the time. */
export function reduireDemonstration(clients: (d: Demonstration) => string[]): Demonstration {
  const d = buildDemonstration()
  const gardes = new Set(clients(d))
  const carrieres = d.carrieres.filter((c) => gardes.has(c.organismeId))
  const ids = new Set(carrieres.map((c) => c.id))
  return {
    ...d,
    organismes: d.organismes.map((o) => (gardes.has(o.id) ? o : { ...o, pex: null })),
    carrieres,
    variables: d.variables.filter((v) => ids.has(v.carriereId)),
    pieces: d.pieces.filter((p) => gardes.has(p.organismeId)),
    questions: d.questions.filter((q) => gardes.has(q.organismeId)),
    portefeuilles: d.portefeuilles.map((p) => ({
      ...p,
      organismesIds: p.organismesIds.filter((o) => gardes.has(o)),
    })),
  }
}

export const compteOf = (d: Demonstration, courriel: string) => {
  const compte = d.comptes.find((c) => c.courriel === courriel)
  if (!compte) throw new Error(`no account ${courriel}`)
  return compte
}

/** The body of the demonstration's secretary, and another one of the same size, of another portfolio. */
export function deuxClients(d: Demonstration): [string, string] {
  const sien = compteOf(d, 'secretaire@bosquet.example').habilitations[0]!.organismeId
  const portefeuille = d.portefeuilles.find((p) => p.organismesIds.includes(sien))!
  const taille = (id: string) => d.carrieres.filter((c) => c.organismeId === id).length
  const voisin = d.portefeuilles
    .filter((p) => p !== portefeuille)
    .flatMap((p) => p.organismesIds)
    .filter((id) => taille(id) >= 5)
    .sort((a, b) => taille(a) - taille(b) || a.localeCompare(b))[0]!
  return [sien, voisin]
}

export type Session = {
  get(url: string): Promise<Response>
  send(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: unknown): Promise<Response>
  headers: Record<string, string>
}
export type Essai = Awaited<ReturnType<typeof openEssai>>

/** A whole Bosquet for a test: database, store, queue, HTTP application, reduced demonstration. */
export async function openEssai(clients: (d: Demonstration) => string[] = deuxClients, existing?: Base) {
  const base = existing ?? (await baseDEssai())
  const donnees = mkdtempSync(join(tmpdir(), 'bosquet-'))
  const cle = openCleMaitre(donnees)
  const depot = openDepot({ dossier: join(donnees, 'documents'), cleMaitre: cle.secret, seul: true })
  const courriels = join(donnees, 'courriels')
  const plateforme = await assemble(base, depot, 1, openExpediteur({ smtpUrl: undefined, de: EXPEDITEUR }, courriels))
  const demonstration = reduireDemonstration(clients)
  await installDemonstration(base, depot, { build: () => demonstration })
  const app = await buildApplication(plateforme)

  async function connexion(identifiant: string, organisme?: string): Promise<Session> {
    const reply = await app.inject({
      method: 'POST',
      url: '/api/acces/connexion',
      payload: { identifiant, motDePasse: MOT_DE_PASSE_DEMONSTRATION },
    })
    if (reply.statusCode !== 200) throw new Error(`sign-in of ${identifiant}: ${reply.body}`)
    const headersOf = (r: Response) => {
      const cookies = Object.fromEntries(r.cookies.map((c) => [c.name, c.value]))
      return {
        cookie: Object.entries(cookies)
          .map(([k, v]) => `${k}=${v}`)
          .join('; '),
        'x-csrf': cookies.bosquet_csrf ?? '',
        ...(organisme ? { 'x-organisme': organisme } : {}),
      }
    }
    let headers = headersOf(reply)
    const { secondFacteur } = reply.json()
    if (secondFacteur.codeDemonstration) {
      const donne = await app.inject({
        method: 'POST',
        url: '/api/acces/second-facteur',
        headers,
        payload: { moyen: 'demonstration', code: secondFacteur.codeDemonstration },
      })
      if (donne.statusCode !== 200) throw new Error(`second factor of ${identifiant}: ${donne.body}`)
      headers = headersOf(donne)
    }
    return {
      headers,
      get: (url) => app.inject({ method: 'GET', url, headers }),
      send: (method, url, payload) =>
        app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload: payload as object }) }),
    }
  }

  return {
    ...plateforme,
    app,
    donnees,
    /** Where the mails that would leave are written. */
    courriels,
    demonstration,
    connexion,
    async fermer() {
      await app.close()
      await plateforme.close()
      rmSync(donnees, { recursive: true, force: true })
    },
  }
}

export async function waitFor(condition: () => Promise<boolean>, seconds = 30): Promise<void> {
  for (let i = 0; i < seconds * 20; i++) {
    if (await condition()) return
    await new Promise((r) => setTimeout(r, 50))
  }
  throw new Error(`not reached in ${seconds} s`)
}
