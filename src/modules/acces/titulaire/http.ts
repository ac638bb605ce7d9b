import { inPlateforme } from '#socle/db/base.ts'
import { type Application, servirCompte, servirPublic } from '#socle/http/servir.ts'
import { requireRecent } from '../http/second-facteur.ts'
import { describeSession, origineOf, setCookies } from '../http/session.ts'
import type { ServicesAcces } from '../services.ts'
import { changeAdresse, confirmAdresse, readAdresse } from './adresse.ts'
import * as contrat from './contract.ts'
import { openByInvitation, readInvitation } from './invitations.ts'

export function registerTitulaire(application: Application, services: ServicesAcces): void {
  const { base } = application

  servirPublic(application, contrat.lireInvitation, async ({ body, request }) => {
    const { prenom, nom, emise_par_nom } = await readInvitation(services, body.code, request.ip)
    return { prenom, nom, emisePar: emise_par_nom }
  })

  servirPublic(application, contrat.ouvrirParInvitation, async ({ body, request, reply }) => {
    const session = await openByInvitation(services, body, origineOf(request))
    setCookies(reply, session)
    return describeSession(base, { compteId: session.compte.id, sessionId: session.sessionId })
  })

  servirCompte(application, contrat.lireAdresse, async ({ qui }) => {
    const a = await inPlateforme(base, (tx) => readAdresse(tx, qui.compteId))
    return {
      identifiant: a.identifiant,
      identifiantVerifie: a.identifiant_verifie,
      adresse: a.courriel_personnel,
      attente: a.attente,
    }
  })

  servirCompte(application, contrat.changerAdresse, async ({ qui, body }) => {
    await requireRecent(base, qui)
    return { envoye: await changeAdresse(services, qui.compteId, body.courriel) }
  })

  servirPublic(application, contrat.confirmerAdresse, async ({ body }) => ({
    courriel: await confirmAdresse(services, body.jeton),
  }))
}
