import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { introuvable } from '#socle/refus.ts'
import { changerPrix, enregistrerRecurrence, mandaterEcheances, passerEcheance } from '../../actions/recurrences.ts'
import { auteurOf } from '../../db/commun.ts'
import {
  echeancesDues,
  listExercicesOuverts,
  listPassees,
  listRecurrences,
  viewRecurrence,
} from '../../db/recurrences.ts'
import { aujourdhui } from '../aujourdhui.ts'
import * as contrat from './contract.ts'

const fait = { fait: true }
const SORTS: Record<string, string> = {
  prete: 'Prête pour un bordereau',
  aViser: 'À la signature',
  posee: 'Mandatée',
}

export function registerRecurrences(application: Application): void {
  servirOrganisme(application, contrat.listerRecurrences, 'finances.lire', async ({ tx, query }) => {
    const rows = await listRecurrences(tx, { budgetId: query.budget })
    const ouverts = await listExercicesOuverts(tx, query.budget)
    return {
      recurrences: rows.map((r) => viewRecurrence(r, query.annee)),
      echeances: rows
        .flatMap((r) => echeancesDues(r, aujourdhui(), ouverts))
        .sort((a, b) => (a.le < b.le ? -1 : a.le > b.le ? 1 : 0)),
    }
  })
  servirOrganisme(application, contrat.lireRecurrence, 'finances.lire', async ({ tx, params }) => {
    const [r] = await listRecurrences(tx, { ids: [params.recurrence] })
    if (!r) throw introuvable('Cette dépense qui revient')
    return {
      prix: r.prix.map((p) => ({ depuis: p.depuis, ht: p.ht, tva: p.tva, motif: p.motif, par: p.saisi_par_nom })),
      passees: (await listPassees(tx, r.id)).map((p) => ({
        le: p.le,
        ttc: p.ttc,
        sort: SORTS[p.etat] ?? `Écartée : ${p.motif}`,
        pieceId: p.piece_id,
        numero: p.numero,
        annee: p.annee,
      })),
    }
  })
  servirOrganisme(
    application,
    contrat.enregistrerRecurrence,
    'finances.liquider',
    async ({ tx, qui, params, body }) => {
      await enregistrerRecurrence(tx, auteurOf(qui), params.recurrence, body)
      return fait
    },
  )
  servirOrganisme(application, contrat.changerPrix, 'finances.liquider', async ({ tx, qui, params, body }) => {
    await changerPrix(tx, auteurOf(qui), params.recurrence, body)
    return fait
  })
  servirOrganisme(application, contrat.passerEcheance, 'finances.liquider', async ({ tx, qui, params, body }) => {
    await passerEcheance(tx, auteurOf(qui), params.recurrence, body.le, body.motif)
    return fait
  })
  servirOrganisme(application, contrat.mandaterEcheances, 'finances.liquider', async ({ tx, qui, body }) => ({
    nouvelles: await mandaterEcheances(tx, auteurOf(qui), body.echeances),
  }))
}
