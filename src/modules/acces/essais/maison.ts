import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { inOrganisme, inPlateforme } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { createServeur } from '#socle/http/serveur.ts'
import { servirOrganisme } from '#socle/http/servir.ts'
import { newId } from '#socle/ids.ts'
import { createPortier, hashMotDePasse, registerAcces } from '../index.ts'
import { openServices } from './services.ts'

export const PHRASE = 'les pins chantent au vent'

const lirePaie = route({
  verbe: 'GET',
  chemin: '/api/essai/paie',
  resume: 'Une route de paie',
  reply: z.object({ lu: z.literal(true) }),
})

/** A commune, its secretary and one route that asks for a right: what the tests of access start from. */
export async function openMaison() {
  const base = await baseDEssai()
  const app = await createServeur()
  const application = { app, base, portier: createPortier(base) }
  const { services, courriels, travailler } = openServices(base)
  registerAcces(application, services)
  servirOrganisme(application, lirePaie, 'bulletins.lire', async () => ({ lu: true as const }))
  const [agence, commune] = [newId<'Organisme'>(), newId<'Organisme'>()]
  const adresse = { code_insee: '40002', adresse: '', code_postal: '', ville: '', courriel: '', telephone: '' }
  const autres = { ...adresse, epci: null, rattachement: null, est_fictif: true }
  await base.kysely
    .insertInto('app.organisme')
    .values([
      { id: agence, type: 'agence', nom: 'Agence', siren: '299900007', siret: '29990000700019', ...autres },
      { id: commune, type: 'commune', nom: 'Amou', siren: '214000028', siret: '21400002800018', ...autres },
    ])
    .execute()
  const empreinte = await hashMotDePasse(PHRASE)

  /** A person with an account, and a role when one is named, in the commune unless another body is. */
  async function embaucher(nom: string, role?: string, organisme_id: string = commune) {
    const [personne, compte] = [newId<'Personne'>(), newId<'Compte'>()]
    await inPlateforme(base, async (tx) => {
      await tx.insertInto('app.acces_personne').values({ id: personne, nom, courriel: null }).execute()
      await tx
        .insertInto('app.acces_compte')
        .values({ id: compte, personne_id: personne, identifiant: `${nom}@exemple.example`, empreinte })
        .execute()
    })
    if (role)
      await inOrganisme(base, organisme_id, (tx) =>
        tx
          .insertInto('app.acces_appartenance')
          .values({ organisme_id, id: newId(), personne_id: personne, role, depuis: '2025-01-01', jusqua: null })
          .execute(),
      )
    return { personne, compte }
  }

  /** Somebody of the agency, signed in with both factors; what she asks is in the agency unless she says where. */
  async function officier(nom: string, role: string) {
    const { personne } = await embaucher(nom, role, agence)
    const n = ouvrirNavigateur()
    await n.connecter(nom)
    await inPlateforme(base, (tx) =>
      tx.updateTable('app.acces_session').set({ second_facteur_le: new Date(), second_facteur: 'totp' }).execute(),
    )
    return {
      personne,
      cookies: n.cookies,
      ask: (m: 'GET' | 'POST' | 'PUT', url: string, corps?: object, ou: string = agence) =>
        n.ask(m, url, corps, { 'x-organisme': ou }),
    }
  }

  /** A browser: it keeps its cookies, and sends the anti-forgery token. */
  function ouvrirNavigateur() {
    let cookies: Record<string, string> = {}
    const ask = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object, plus = {}) => {
      const reply = await app.inject({
        method,
        url,
        cookies,
        headers: { host: 'bosquet.test', 'x-csrf': cookies.bosquet_csrf ?? '', 'x-organisme': commune, ...plus },
        ...(payload ? { payload } : {}),
      })
      for (const c of reply.cookies) cookies = { ...cookies, [c.name]: c.value }
      return reply
    }
    return {
      ask,
      cookies: () => cookies,
      connecter: (nom: string, motDePasse = PHRASE, plus: object = {}) =>
        ask('POST', '/api/acces/connexion', { identifiant: `${nom}@exemple.example`, motDePasse, ...plus }),
      lirePaie: () => ask('GET', '/api/essai/paie'),
    }
  }

  return {
    base,
    app,
    agence,
    commune,
    embaucher,
    officier,
    ouvrirNavigateur,
    services,
    courriels,
    /** Does what waits in the queue. */
    travailler,
    async fermer() {
      await app.close()
      await base.close()
    },
  }
}
