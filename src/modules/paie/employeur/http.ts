import { hasDroit } from '#socle/droits.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { insecables } from '#socle/texte.ts'
import { auteurOf } from '../dossier/actions/visas.ts'
import type { Services } from '../production/jobs.ts'
import * as contrat from './contract.ts'
import { decrireEmployeur } from './decrire.ts'
import { enregistrerReglage, listReglages, simulerReglage } from './reglages.ts'

/** What the engine must know of an employer: notified rates, size, choices of its délibérations. */
export function registerEmployeur(application: Application, services: Services): void {
  servirOrganisme(application, contrat.listerReglages, 'dossier.lire', async ({ tx, qui }) => ({
    reglages: (await listReglages(tx)).map((r) => ({
      depuis: r.depuis,
      contenu: r.contenu,
      champs: decrireEmployeur(r.contenu).map((c) => ({ ...c, valeur: insecables(c.valeur) })),
      source: r.source,
      piece: r.piece,
      saisiLe: r.le?.toISOString() ?? null,
      saisiPar: r.par_nom,
    })),
    peutModifier: hasDroit(qui, 'paie.calculer'),
  }))
  servirLibre(application, contrat.simulerReglage, 'paie.calculer', async ({ qui, body }) => {
    const effet = await simulerReglage(services, qui.organismeId, body.depuis, body.contenu)
    return { ...effet, phrases: effet.phrases.map(insecables) }
  })
  servirOrganisme(application, contrat.enregistrerReglage, 'paie.calculer', ({ tx, qui, body }) =>
    enregistrerReglage(tx, auteurOf(qui), body),
  )
}
