import { hasDroit, requireDroit } from '#socle/droits.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { auteurOf } from '../../../execution/db/commun.ts'
import { aujourdhui } from '../../../execution/http/aujourdhui.ts'
import { finOf } from '../domain.ts'
import { changerCompteSepa, deciderMandatSepa, listMandatsSepa, proposerMandatSepa } from '../mandats.ts'
import * as contrat from './contract.ts'

const fait = { fait: true }

export function registerPrelevements(application: Application): void {
  servirOrganisme(application, contrat.listerMandatsSepa, 'finances.lire', async ({ tx, qui }) => {
    const jour = aujourdhui()
    const decide = hasDroit(qui, 'finances.administrer') || hasDroit(qui, 'finances.viser')
    return {
      mandats: (await listMandatsSepa(tx)).map((m) => {
        const finLe = finOf({ signeLe: m.signe_le, dernierLe: m.dernier_le })
        return {
          id: m.id,
          tiersId: m.tiers_id,
          tiers: m.tiers,
          rum: m.rum,
          iban: m.iban,
          titulaire: m.titulaire,
          signeLe: m.signe_le,
          estRecurrent: m.est_recurrent,
          origine: m.origine,
          ancienIban: m.ancien_iban,
          etat: m.etat,
          estCaduc: m.etat === 'actif' && finLe <= jour,
          finLe,
          dernierLe: m.dernier_le,
          presentations: m.presentations,
          proposePar: m.propose_par_nom,
          decidePar: m.decide_par_nom,
          aDecider: m.etat === 'propose' && m.propose_par !== qui.personneId && decide,
        }
      }),
    }
  })
  servirOrganisme(application, contrat.proposerMandatSepa, 'finances.liquider', async ({ tx, qui, body }) => {
    await proposerMandatSepa(tx, auteurOf(qui), body)
    return fait
  })
  servirOrganisme(application, contrat.changerCompteSepa, 'finances.liquider', async ({ tx, qui, params, body }) => {
    await changerCompteSepa(tx, auteurOf(qui), params.mandatSepa, body)
    return fait
  })
  // in a body of one secretary, the ordonnateur is the second pair of eyes
  servirOrganisme(application, contrat.deciderMandatSepa, 'finances.lire', async ({ tx, qui, params, body }) => {
    if (!hasDroit(qui, 'finances.administrer')) requireDroit(qui, 'finances.viser')
    await deciderMandatSepa(tx, auteurOf(qui), params.mandatSepa, body)
    return fait
  })
}
