import * as oidc from 'openid-client'
import type { HotesIdentite } from './adresses.ts'
import { discover, PROFILS, type Reglage } from './client.ts'

type Constat = { etat: 'fait' | 'attention' | 'bloquant'; texte: string }

/** Asks the provider everything that a sign-in will need, short of a person. */
export async function tryFournisseur(r: Reglage, hotes: HotesIdentite, retour: string): Promise<Constat[]> {
  let configuration: oidc.Configuration
  try {
    configuration = await discover(r, hotes)
  } catch (e) {
    const cause = (e as { cause?: { message?: string } }).cause?.message ?? (e as Error).message
    return [{ etat: 'bloquant', texte: `Le service ne répond pas comme un fournisseur OpenID Connect (${cause}).` }]
  }
  const m = configuration.serverMetadata()
  const constats: Constat[] = [{ etat: 'fait', texte: `Le service répond : ${m.issuer}.` }]
  const check = (vrai: boolean, oui: string, non: string, sinon: 'attention' | 'bloquant') =>
    constats.push(vrai ? { etat: 'fait', texte: oui } : { etat: sinon, texte: non })
  check(
    m.code_challenge_methods_supported?.includes('S256') ?? false,
    'La preuve PKCE est acceptée.',
    'Le service n’annonce pas PKCE (S256).',
    'attention',
  )
  const manquants = PROFILS[r.nature].scopes.split(' ').filter((x) => !(m.scopes_supported ?? []).includes(x))
  check(
    manquants.length === 0,
    'Toutes les informations demandées sont proposées.',
    `Informations que le service n’annonce pas : ${manquants.join(', ')}.`,
    'attention',
  )
  check(
    m.end_session_endpoint !== undefined,
    'La déconnexion chez le fournisseur est possible.',
    'Le service n’annonce pas de déconnexion.',
    'attention',
  )
  check(
    m.claims_parameter_supported === true || !PROFILS[r.nature].doubleFacteur,
    'Le niveau d’authentification peut être demandé.',
    'Le service n’annonce pas le paramètre « claims » : le second facteur sera demandé par Bosquet.',
    'attention',
  )
  constats.push(await tryIdentifiants(configuration, retour))
  return constats
}

/** A code that does not exist: good credentials get « invalid_grant », others « invalid_client ». */
async function tryIdentifiants(configuration: oidc.Configuration, retour: string): Promise<Constat> {
  const m = configuration.serverMetadata()
  const adresse = new URL(retour)
  adresse.searchParams.set('code', 'essai-de-liaison')
  adresse.searchParams.set('state', 'essai')
  if (m.authorization_response_iss_parameter_supported) adresse.searchParams.set('iss', m.issuer)
  try {
    await oidc.authorizationCodeGrant(configuration, adresse, {
      expectedState: 'essai',
      pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
    })
  } catch (e) {
    const erreur = (e as { error?: string }).error
    if (erreur === 'invalid_grant') return { etat: 'fait', texte: 'L’identifiant et le secret sont reconnus.' }
    if (erreur === 'invalid_client' || erreur === 'unauthorized_client')
      return { etat: 'bloquant', texte: 'L’identifiant ou le secret n’est pas reconnu par le fournisseur.' }
    return { etat: 'attention', texte: `L’identifiant n’a pas pu être essayé (${erreur ?? (e as Error).message}).` }
  }
  return { etat: 'bloquant', texte: 'Le service accepte un code inventé : ne l’utilisez pas.' }
}
