import { sql } from 'kysely'
import { euros, inEuros } from '#socle/argent.ts'
import { hasDroit } from '#socle/droits.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { lireEdition } from '../../../budget/actions/budgets.ts'
import { deciderDemande, engagerOuDemander, readCircuit, reglerCircuit } from '../../actions/demandes.ts'
import { solderEngagement } from '../../actions/engager.ts'
import type { EngagementSaisi } from '../../contract.ts'
import { auteurOf } from '../../db/commun.ts'
import { aujourdhui } from '../aujourdhui.ts'
import * as contrat from './contract.ts'

const fait = { fait: true }

export function registerEngagements(application: Application): void {
  servirOrganisme(application, contrat.listerEngagements, 'finances.lire', async ({ tx, qui, query }) => {
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
    const { rows: demandes } = await sql<{
      id: string
      contenu: EngagementSaisi
      niveau: 'finances' | 'ordonnateur'
      etat: 'demande' | 'accorde' | 'refuse'
      demande_par: string | null
      demande_par_nom: string
      demande_le: Date
      decide_par_nom: string | null
      motif: string
    }>`
      select * from app.finances_demande where budget_id = ${query.budget} and annee = ${query.annee} and etat <> 'accorde'
      order by demande_le desc limit 200`.execute(tx)
    return {
      circuit: await readCircuit(tx),
      complete: (await lireEdition(tx)) === 'complete',
      demandes: demandes.map((d) => ({
        id: d.id,
        objet: d.contenu.objet,
        nature: d.contenu.nature,
        service: d.contenu.service,
        montant: d.contenu.montant,
        niveau: d.niveau,
        etat: d.etat,
        par: d.demande_par_nom,
        le: d.demande_le.toISOString(),
        decidePar: d.decide_par_nom,
        motif: d.motif,
        aDecider:
          d.etat === 'demande' &&
          d.demande_par !== qui.personneId &&
          hasDroit(qui, d.niveau === 'ordonnateur' ? 'finances.viser' : 'finances.liquider'),
      })),
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

  servirOrganisme(application, contrat.engager, 'finances.engager', async ({ tx, qui, body }) => {
    const { budgetId, annee, ...saisi } = body
    return { numero: await engagerOuDemander(tx, qui, { budgetId, annee }, saisi, aujourdhui()) }
  })
  servirOrganisme(application, contrat.deciderDemande, 'finances.lire', async ({ tx, qui, params, body }) => ({
    numero: await deciderDemande(tx, qui, params.engagement, body, aujourdhui()),
  }))
  servirOrganisme(application, contrat.reglerCircuit, 'finances.administrer', async ({ tx, qui, body }) => {
    await reglerCircuit(tx, qui.organismeId, {
      seuilFinances: body.seuilFinances || null,
      seuilOrdonnateur: body.seuilOrdonnateur || null,
    })
    return fait
  })

  servirOrganisme(application, contrat.solderEngagement, 'finances.engager', async ({ tx, qui, params }) => {
    await solderEngagement(tx, auteurOf(qui), params.engagement)
    return fait
  })
}
