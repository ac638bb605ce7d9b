import { inEuros } from '#socle/argent.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { cloreExercice, lireCloture } from '../../actions/clore.ts'
import { auteurOf } from '../../db/commun.ts'
import { aujourdhui } from '../aujourdhui.ts'
import * as contrat from './contract.ts'

export function registerCloture(application: Application): void {
  servirOrganisme(application, contrat.lireCloture, 'finances.lire', async ({ tx, params }) => {
    const c = await lireCloture(tx, { budgetId: params.budget, annee: params.annee }, aujourdhui())
    const r = c.resultats
    return {
      etat: c.etat,
      anomalies: c.anomalies,
      resultats: {
        fonctionnement: inEuros(r.fonctionnement),
        investissement: inEuros(r.investissement),
        rarDepenses: inEuros(r.rarDepenses),
        rarRecettes: inEuros(r.rarRecettes),
        besoin: inEuros(r.besoin),
        affecte: inEuros(r.affecte),
        reporte: inEuros(r.reporte),
      },
      restes: c.restes.map((l) => ({
        nature: l.nature,
        fonction: l.fonction,
        operation: l.operation,
        chapitre: l.chapitre,
        montant: inEuros(l.montant),
      })),
    }
  })
  servirOrganisme(application, contrat.cloreExercice, 'finances.administrer', async ({ tx, qui, params }) => {
    await cloreExercice(tx, auteurOf(qui), { budgetId: params.budget, annee: params.annee }, aujourdhui())
    return { fait: true }
  })
}
