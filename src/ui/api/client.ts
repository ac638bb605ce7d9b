import type { Entree, Reponse, Route } from '#socle/contrat.ts'
import { inactifDepuis } from './activite.ts'

/** What the server refuses or fails to do, as it says it (RFC 9457). */
export class Probleme extends Error {
  readonly status: number
  readonly code: string
  readonly titre: string
  readonly champs: Record<string, string>
  readonly incident: string | undefined
  constructor(p: {
    status: number
    code?: string
    title?: string
    detail?: string
    champs?: Record<string, string>
    incident?: string
  }) {
    super(p.detail ?? 'La demande n’a pas abouti.')
    this.name = 'Probleme'
    this.status = p.status
    this.code = p.code ?? 'inconnu'
    this.titre = p.title ?? 'Demande refusée'
    this.champs = p.champs ?? {}
    this.incident = p.incident
  }
}

let organisme: string | undefined
let onSessionPerdue = () => {}
let onVerrou = () => {}
let onSecondFacteur = () => {}

/** The body whose data is asked for: the address of the page decides, the shell tells. */
export function setOrganismeCourant(id: string | undefined): void {
  organisme = id
}
export const organismeCourant = (): string | undefined => organisme

export function setOnSessionPerdue(f: () => void): void {
  onSessionPerdue = f
}

/** What the shell does when the session is locked, and when an act waits for a second factor. */
export function setOnGarde(gardes: { verrou: () => void; secondFacteur: () => void }): void {
  onVerrou = gardes.verrou
  onSecondFacteur = gardes.secondFacteur
}

/** Headers that every call carries, uploads and event streams too. */
export function entetes(verbe: string): Record<string, string> {
  const h: Record<string, string> = { accept: 'application/json' }
  if (organisme !== undefined) h['x-organisme'] = organisme
  if (inactifDepuis() > 60_000) h['x-activite'] = 'non'
  if (verbe !== 'GET') {
    const csrf = /(?:^|;\s*)(?:__Host-)?bosquet_csrf=([^;]+)/.exec(document.cookie)?.[1]
    if (csrf) h['x-csrf'] = decodeURIComponent(csrf)
  }
  return h
}

type Parties = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }

/** The address of a route with its parameters, as text: for links to files. */
export function adresse<R extends Route>(route: R, entree?: Omit<Entree<R>, 'body'>): string {
  const { params = {}, query = {} } = (entree ?? {}) as Parties
  const chemin = route.chemin.replace(/:(\w+)/g, (_, nom: string) => encodeURIComponent(String(params[nom] ?? '')))
  const recherche = new URLSearchParams()
  for (const [nom, v] of Object.entries(query)) {
    if (v === undefined || v === null || v === '') continue
    for (const x of Array.isArray(v) ? v : [v]) recherche.append(nom, String(x))
  }
  const q = recherche.toString()
  return q === '' ? chemin : `${chemin}?${q}`
}

/** Reads the refusal of a reply; signs out when the session is gone, and tells the shell what the person has to give. */
export function problemeDe(status: number, texte: string, connexion = false): Probleme {
  const p = lireProbleme(status, texte)
  if (connexion) return p
  if (status === 401) onSessionPerdue()
  if (status === 423) onVerrou()
  if (p.code === 'secondFacteur.requis') onSecondFacteur()
  return p
}

function lireProbleme(status: number, texte: string): Probleme {
  try {
    return new Probleme({ ...(JSON.parse(texte) as object), status })
  } catch {
    return new Probleme({
      status,
      title: 'Incident',
      detail: `Le serveur a répondu de façon inattendue (${status}). Rien n’indique que votre saisie soit enregistrée : réessayez.`,
    })
  }
}

const horsLigne = () =>
  new Probleme({
    status: 0,
    code: 'reseau',
    title: 'Pas de réponse du serveur',
    detail: 'La connexion est coupée. Ce que vous avez saisi reste à l’écran : réessayez dans un instant.',
  })

/** `fetch` with our headers; throws a `Probleme` for whatever is not a success. */
export async function chercher(url: string, init: RequestInit = {}, connexion = false): Promise<Response> {
  const headers = { ...entetes(init.method ?? 'GET'), ...(init.headers as Record<string, string> | undefined) }
  let r: Response
  try {
    r = await fetch(url, { ...init, headers, credentials: 'same-origin' })
  } catch (e) {
    if ((e as Error).name === 'AbortError') throw e
    throw horsLigne()
  }
  if (!r.ok) throw problemeDe(r.status, await r.text(), connexion)
  return r
}

/** Calls a route: what goes out is typed by its contract, what comes back is parsed by it. */
export async function appeler<R extends Route>(
  route: R,
  entree: Entree<R>,
  options: { signal?: AbortSignal; connexion?: boolean } = {},
): Promise<Reponse<R>> {
  const { body } = entree as Parties
  const r = await chercher(
    adresse(route, entree as Omit<Entree<R>, 'body'>),
    {
      method: route.verbe,
      ...(options.signal ? { signal: options.signal } : {}),
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    },
    options.connexion,
  )
  const texte = r.status === 204 ? '' : await r.text()
  const lu = route.reply.safeParse(texte === '' ? undefined : JSON.parse(texte))
  if (!lu.success) throw new Error(`${route.verbe} ${route.chemin}: reply out of contract, ${lu.error.message}`)
  return lu.data as Reponse<R>
}

/** Fetches a file with the headers of the session and hands it to the browser under its name. */
export async function telecharger(url: string, nom: string): Promise<void> {
  const blob = await (await chercher(url)).blob()
  remettre(blob, nom)
}

/** Same, for a file that an act makes: its route is not a GET. */
export async function telechargerPar<R extends Route>(route: R, entree: Entree<R>, nom: string): Promise<void> {
  const { body } = entree as Parties
  const r = await chercher(adresse(route, entree as Omit<Entree<R>, 'body'>), {
    method: route.verbe,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  remettre(await r.blob(), nom)
}

/** Hands bytes made here (an export) to the browser as a file. */
export function remettre(blob: Blob, nom: string): void {
  const lien = document.createElement('a')
  lien.href = URL.createObjectURL(blob)
  lien.download = nom
  lien.click()
  setTimeout(() => URL.revokeObjectURL(lien.href), 10_000)
}
