import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** A person that the local provider knows. */
export type Identite = {
  sub: string
  libelle: string
  given_name: string
  usual_name: string
  email: string
  siret?: string
  birthdate?: string
}

export type FournisseurLocal = { emetteur: string; close(): Promise<void> }

const html = (t: string) => t.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

const page = (titre: string, corps: string) => `<!doctype html><html lang="fr"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${titre}</title>
<style>body{font:16px/1.5 sans-serif;max-width:32rem;margin:10vh auto;padding:0 16px}button{display:block;width:100%;margin:6px 0;padding:10px;font:inherit;text-align:left}</style>
<h1>${titre}</h1>${corps}`

const readForm = async (req: IncomingMessage) => {
  let texte = ''
  for await (const morceau of req) texte += morceau
  return new URLSearchParams(texte)
}

/**
 * A real OpenID Connect provider in the shape of ProConnect and FranceConnect, for the demonstration and the tests:
 * one chooses who one is. It proves nothing, and is never started beside real data.
 */
export async function openFournisseurLocal(o: {
  port: number
  identites: readonly Identite[]
  client: { id: string; secret: string }
  retours: readonly string[]
  apresDeconnexion: readonly string[]
  userinfoSigne?: boolean
}): Promise<FournisseurLocal> {
  const serveur = createServer()
  await new Promise<void>((ouvert) => serveur.listen(o.port, '127.0.0.1', ouvert))
  const emetteur = `http://127.0.0.1:${(serveur.address() as AddressInfo).port}`
  const cle = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
  const provider = new Provider(emetteur, {
    clients: [
      {
        client_id: o.client.id,
        client_secret: o.client.secret,
        redirect_uris: [...o.retours],
        post_logout_redirect_uris: [...o.apresDeconnexion],
        token_endpoint_auth_method: 'client_secret_post',
        ...(o.userinfoSigne ? { userinfo_signed_response_alg: 'RS256' as const } : {}),
      },
    ],
    jwks: { keys: [{ ...cle, kid: 'locale', use: 'sig', alg: 'RS256' } as never] },
    cookies: { keys: [randomBytes(24).toString('hex')] },
    scopes: ['openid', 'given_name', 'usual_name', 'family_name', 'email', 'siret', 'birthdate'],
    claims: {
      openid: ['sub', 'acr', 'amr'],
      given_name: ['given_name'],
      usual_name: ['usual_name'],
      family_name: ['family_name'],
      email: ['email'],
      siret: ['siret'],
      birthdate: ['birthdate'],
    },
    acrValues: ['eidas1', 'eidas2'],
    features: {
      devInteractions: { enabled: false },
      claimsParameter: { enabled: true },
      jwtUserinfo: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => {
          ctx.body = page(
            'Se déconnecter aussi du fournisseur ?',
            `${form}<button form="op.logoutForm" name="logout" value="yes">Se déconnecter</button><button form="op.logoutForm">Rester connecté</button>`,
          )
        },
      },
    },
    pkce: { required: () => true },
    ttl: { Interaction: 600, Session: 3600, Grant: 3600, AccessToken: 600, IdToken: 3600 },
    interactions: { url: (_ctx, interaction) => `/qui/${interaction.uid}` },
    findAccount: (_ctx, sub) => {
      const i = o.identites.find((x) => x.sub === sub)
      return i ? { accountId: sub, claims: async () => ({ ...i, family_name: i.usual_name }) } : undefined
    },
    // one client, and it is the house: nobody is asked to consent
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client!.clientId,
        accountId: ctx.oidc.session!.accountId!,
      })
      grant.addOIDCScope('openid given_name usual_name family_name email siret birthdate')
      await grant.save()
      return grant
    },
  })

  async function chooseIdentite(req: IncomingMessage, res: ServerResponse) {
    const details = await provider.interactionDetails(req, res)
    if (req.method === 'POST') {
      const forme = await readForm(req)
      const abandon = forme.get('abandon') !== null
      const double = forme.get('double') !== null
      return provider.interactionFinished(
        req,
        res,
        abandon
          ? { error: 'access_denied', error_description: 'abandon' }
          : {
              login: {
                accountId: forme.get('sub')!,
                acr: double ? 'eidas2' : 'eidas1',
                amr: double ? ['pwd', 'otp', 'mfa'] : ['pwd'],
                remember: false,
              },
            },
      )
    }
    const choix = o.identites
      .map((i) => `<button name="sub" value="${html(i.sub)}">${html(i.libelle)}</button>`)
      .join('')
    res.setHeader('content-type', 'text/html; charset=utf-8')
    return res.end(
      page(
        'Fournisseur d’identité de démonstration',
        `<p>Il ne vérifie rien : choisissez qui vous êtes.</p>
<form method="post" action="/qui/${details.uid}"><p><label><input type="checkbox" name="double" checked> avec un second facteur</label></p>${choix}<button name="abandon" value="1">Abandonner</button></form>`,
      ),
    )
  }

  const suivre = provider.callback()
  serveur.on('request', (req, res) => {
    if (!req.url?.startsWith('/qui/')) return suivre(req, res)
    chooseIdentite(req, res).catch((e: Error) => {
      res.statusCode = 400
      res.end(e.message)
    })
  })
  return {
    emetteur,
    close: () =>
      new Promise((ferme) => {
        serveur.close(() => ferme())
        serveur.closeAllConnections()
      }),
  }
}
