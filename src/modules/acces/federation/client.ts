import * as oidc from 'openid-client'
import { inPlateforme } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import type { ServicesAcces } from '../services.ts'
import { type HotesIdentite, isLocale, requireAdresse } from './adresses.ts'
import { FOURNISSEURS, type Nature } from './contract.ts'
import './tables.ts'

export type Reglage = {
  nature: Nature
  emetteur: string
  clientId: string
  secret: string
  niveaux: string[]
  userinfoSigne: boolean
  estActif: boolean
}

export const placeOfSecret = (nature: Nature) => `acces_fournisseur/${nature}`

/** What each provider is asked for, and what its sign-in is worth. */
export const PROFILS: Record<Nature, { scopes: string; niveaux: string[]; doubleFacteur: boolean }> = {
  // a person at work: her employer's SIRET is a hint, and a second factor is asked for
  proconnect: {
    scopes: 'openid given_name usual_name email siret',
    niveaux: [
      'eidas2',
      'eidas3',
      'https://proconnect.gouv.fr/assurance/self-asserted-2fa',
      'https://proconnect.gouv.fr/assurance/consistency-checked-2fa',
    ],
    doubleFacteur: true,
  },
  // a private person, who opens her safe
  franceconnect: {
    scopes: 'openid given_name family_name birthdate email',
    niveaux: ['eidas1'],
    doubleFacteur: false,
  },
}

export async function findReglage(s: ServicesAcces, nature: Nature): Promise<Reglage | undefined> {
  const r = await inPlateforme(s.base, (tx) =>
    tx
      .selectFrom('app.acces_fournisseur')
      .select(['emetteur', 'client_id', 'secret', 'niveaux', 'userinfo_signe', 'est_actif'])
      .where('nature', '=', nature)
      .executeTakeFirst(),
  )
  return (
    r && {
      nature,
      emetteur: r.emetteur,
      clientId: r.client_id,
      secret: s.secrets.open(r.secret, placeOfSecret(nature)),
      niveaux: r.niveaux.length > 0 ? r.niveaux : PROFILS[nature].niveaux,
      userinfoSigne: r.userinfo_signe,
      estActif: r.est_actif,
    }
  )
}

export async function requireActif(s: ServicesAcces, nature: Nature): Promise<Reglage> {
  const r = await findReglage(s, nature)
  if (!r?.estActif)
    throw new Refus('federation.ferme', `${FOURNISSEURS[nature]} n’est pas ouvert ici.`, { status: 404 })
  return r
}

/**
 * Reads what the provider publishes of itself; in clear only on this very machine, for the demonstration. Each address
 * that it then gives is looked at like the first one before it is called.
 */
export async function discover(r: Reglage, hotes: HotesIdentite): Promise<oidc.Configuration> {
  await requireAdresse(hotes, r.emetteur)
  const appeler: oidc.CustomFetch = async (url, options) => {
    await requireAdresse(hotes, url)
    return fetch(url, options as RequestInit)
  }
  return oidc.discovery(
    new URL(r.emetteur),
    r.clientId,
    { client_secret: r.secret, ...(r.userinfoSigne ? { userinfo_signed_response_alg: 'RS256' } : {}) },
    oidc.ClientSecretPost(r.secret),
    {
      timeout: 10,
      [oidc.customFetch]: appeler,
      ...(hotes.local && isLocale(new URL(r.emetteur)) ? { execute: [oidc.allowInsecureRequests] } : {}),
    },
  )
}

const DUREE_MS = 10 * 60_000
const connues = new Map<string, { le: number; configuration: Promise<oidc.Configuration> }>()

/** The same, kept for ten minutes: signing in does not read it each time. */
export function configurationOf(r: Reglage, hotes: HotesIdentite): Promise<oidc.Configuration> {
  const cle = JSON.stringify(r)
  const connue = connues.get(cle)
  if (connue && Date.now() - connue.le < DUREE_MS) return connue.configuration
  const configuration = discover(r, hotes)
  connues.set(cle, { le: Date.now(), configuration })
  configuration.catch(() => connues.delete(cle))
  return configuration
}
