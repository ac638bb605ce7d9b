import type { FastifyReply, FastifyRequest } from 'fastify'
import { inPlateforme } from '#socle/db/base.ts'
import { type Application, servirCompte, servirLibre, servirPublic } from '#socle/http/servir.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { origineOf, setCookies, siteOf } from '../http/session.ts'
import type { ServicesAcces } from '../services.ts'
import { finishRetour, startDepart } from './aller-retour.ts'
import { findReglage, placeOfSecret } from './client.ts'
import * as contrat from './contract.ts'
import { FOURNISSEURS, type Nature } from './contract.ts'
import { tryFournisseur } from './essai.ts'

const COOKIE_DEPART = 'bosquet_depart'
const NATURES = Object.keys(FOURNISSEURS) as Nature[]

const retourOf = (request: FastifyRequest, nature: Nature) =>
  `${siteOf(request).origine}/api/acces/federation/${nature}/retour`

/** Only an address of ours: nobody is sent elsewhere by a forged link. */
const suiteSure = (suite: string | undefined) => (suite && /^\/(?![/\\])/.test(suite) ? suite : '/')

const setDepart = (reply: FastifyReply, cookie: string) =>
  reply.setCookie(COOKIE_DEPART, cookie, {
    path: '/api/acces/federation',
    httpOnly: true,
    sameSite: 'lax',
    secure: process.env.HTTPS === 'oui',
    maxAge: 900,
  })

export function registerFederation(application: Application, services: ServicesAcces): void {
  const { base } = application

  servirPublic(application, contrat.listerFournisseurs, async () => ({
    fournisseurs: (
      await inPlateforme(base, (tx) =>
        tx
          .selectFrom('app.acces_fournisseur')
          .select('nature')
          .where('est_actif', '=', true)
          .orderBy('nature', 'desc')
          .execute(),
      )
    ).map(({ nature }) => ({ nature, libelle: FOURNISSEURS[nature] })),
  }))

  servirPublic(application, contrat.partir, async ({ params, query, request, reply }) => {
    const vers = { retour: retourOf(request, params.nature), suite: suiteSure(query.suite) }
    const { adresse, cookie } = await startDepart(services, params.nature, vers)
    return setDepart(reply, cookie).redirect(adresse)
  })

  servirPublic(application, contrat.revenir, async ({ params, request, reply }) => {
    reply.clearCookie(COOKIE_DEPART, { path: '/api/acces/federation' })
    try {
      const arrivee = await finishRetour(
        services,
        params.nature,
        request.cookies[COOKIE_DEPART] ?? '',
        new URL(request.url, siteOf(request).origine),
        origineOf(request),
      )
      if (arrivee.session) setCookies(reply, arrivee.session)
      return reply.redirect(arrivee.suite)
    } catch (e) {
      if (!(e instanceof Refus) || !e.code.startsWith('federation.')) throw e
      // the person is in her browser, and not in one of our screens: the sign-in page tells her
      return reply.redirect(`/connexion?par=${params.nature}&refus=${e.code.replace('federation.', '')}`)
    }
  })

  servirCompte(application, contrat.lier, async ({ qui, params, request, reply }) => {
    const vers = { retour: retourOf(request, params.nature), suite: '/compte' }
    const { adresse, cookie } = await startDepart(services, params.nature, vers, qui)
    setDepart(reply, cookie)
    return { adresse }
  })

  servirCompte(application, contrat.listerIdentites, ({ qui }) =>
    inPlateforme(base, async (tx) => {
      const actifs = await tx
        .selectFrom('app.acces_fournisseur')
        .select('nature')
        .where('est_actif', '=', true)
        .orderBy('nature')
        .execute()
      const siennes = await tx
        .selectFrom('app.acces_identite')
        .select(['fournisseur', 'cree_le'])
        .where('compte_id', '=', qui.compteId)
        .execute()
      return {
        identites: actifs.map(({ nature }) => ({
          nature,
          libelle: FOURNISSEURS[nature],
          lieeLe: siennes.find((i) => i.fournisseur === nature)?.cree_le.toISOString() ?? null,
        })),
      }
    }),
  )

  servirCompte(application, contrat.delier, async ({ qui, params }) => {
    const done = await inPlateforme(base, (tx) =>
      tx
        .deleteFrom('app.acces_identite')
        .where('fournisseur', '=', params.nature)
        .where('compte_id', '=', qui.compteId)
        .executeTakeFirst(),
    )
    if (done.numDeletedRows === 0n) throw introuvable('Cette liaison')
    return { deliee: true as const }
  })

  servirLibre(application, contrat.lireReglagesFournisseurs, 'identite.regler', async ({ request }) => {
    const rows = await inPlateforme(base, (tx) => tx.selectFrom('app.acces_fournisseur').selectAll().execute())
    return {
      fournisseurs: NATURES.map((nature) => {
        const r = rows.find((x) => x.nature === nature)
        return {
          nature,
          libelle: FOURNISSEURS[nature],
          emetteur: r?.emetteur ?? '',
          clientId: r?.client_id ?? '',
          aSecret: r !== undefined,
          niveaux: r?.niveaux ?? [],
          userinfoSigne: r?.userinfo_signe ?? nature === 'proconnect',
          estActif: r?.est_actif ?? false,
          modifie: r ? `${r.modifie_par_nom}, ${r.modifie_le.toISOString()}` : null,
          retour: retourOf(request, nature),
          apresDeconnexion: `${siteOf(request).origine}/connexion`,
        }
      }),
    }
  })

  servirLibre(application, contrat.reglerFournisseur, 'identite.regler', async ({ qui, params, body }) => {
    const { nature } = params
    const ancien = await findReglage(services, nature)
    const secret = body.secret?.trim() || ancien?.secret
    if (!secret)
      throw new Refus('fournisseur.secret', 'Saisissez le secret donné par le fournisseur.', {
        status: 400,
        champs: { secret: 'Saisissez le secret donné par le fournisseur.' },
      })
    const ligne = {
      emetteur: body.emetteur.replace(/\/$/, ''),
      client_id: body.clientId,
      secret: services.secrets.seal(secret, placeOfSecret(nature)),
      niveaux: (body.niveaux ?? '').split(/\s+/).filter(Boolean),
      userinfo_signe: body.userinfoSigne ?? false,
      est_actif: body.estActif ?? false,
      modifie_par_nom: qui.nom,
    }
    await inPlateforme(base, (tx) =>
      tx
        .insertInto('app.acces_fournisseur')
        .values({ nature, ...ligne })
        .onConflict((c) => c.column('nature').doUpdateSet({ ...ligne, modifie_le: new Date() }))
        .execute(),
    )
    return { regle: true as const }
  })

  servirLibre(application, contrat.essayerFournisseur, 'identite.regler', async ({ params, request }) => {
    const reglage = await findReglage(services, params.nature)
    if (!reglage) throw new Refus('fournisseur.absent', 'Enregistrez d’abord les réglages.')
    return { constats: await tryFournisseur(reglage, services.hotesIdentite, retourOf(request, params.nature)) }
  })
}
