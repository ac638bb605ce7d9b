import { sql } from 'kysely'
import { euros, inEuros } from '#socle/argent.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { engager, solderEngagement } from '../../actions/engager.ts'
import { auteurOf } from '../../db/commun.ts'
import { aujourdhui } from '../aujourdhui.ts'
import * as contrat from './contract.ts'

const fait = { fait: true }

export function registerEngagements(application: Application): void {
  servirOrganisme(application, contrat.listerEngagements, 'finances.lire', async ({ tx, query }) => {
    const { rows } = await sql<{
      id: string
      numero: number
      objet: string
      tiers: string | null
      tiers_id: string | null
      nature: string
      fonction: string
      operation: string
      service: string
      marche: string
      montant: string
      liquide: string
      etat: 'ouvert' | 'solde' | 'annule'
      engage_le: string
      engage_par: string
    }>`
      select e.*, t.nom as tiers from app.finances_engagement e
      left join app.finances_tiers t on t.organisme_id = e.organisme_id and t.id = e.tiers_id
      where e.budget_id = ${query.budget} and e.annee = ${query.annee} order by e.numero desc`.execute(tx)
    return {
      engagements: rows.map((e) => ({
        id: e.id,
        numero: e.numero,
        objet: e.objet,
        tiers: e.tiers ?? '',
        tiersId: e.tiers_id,
        nature: e.nature,
        fonction: e.fonction,
        operation: e.operation,
        service: e.service,
        marche: e.marche,
        montant: e.montant,
        liquide: e.liquide,
        reste: e.etat === 'ouvert' ? inEuros((euros(e.montant) - euros(e.liquide)) as never) : '0.00',
        etat: e.etat,
        engageLe: e.engage_le,
        engagePar: e.engage_par,
      })),
    }
  })

  servirOrganisme(application, contrat.engager, 'finances.engager', async ({ tx, qui, body }) => ({
    numero: await engager(tx, auteurOf(qui), { budgetId: body.budgetId, annee: body.annee }, body, aujourdhui()),
  }))

  servirOrganisme(application, contrat.solderEngagement, 'finances.engager', async ({ tx, qui, params }) => {
    await solderEngagement(tx, auteurOf(qui), params.engagement)
    return fait
  })
}
