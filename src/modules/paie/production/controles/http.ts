import { sql } from 'kysely'
import { addMois } from '#socle/dates.ts'
import { inOrganisme, type Tx } from '#socle/db/base.ts'
import type { Acteur } from '#socle/droits.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { auteurOf } from '../../dossier/actions/visas.ts'
import { getDossier } from '../../dossier/db/dossiers.ts'
import { viewDossier } from '../../dossier/http/vue-dossier.ts'
import { agentIntrouvable } from '../../refus.ts'
import { calculerMois } from '../calculer-mois.ts'
import type { Services } from '../jobs.ts'
import * as contrat from './contract.ts'
import { readReglages, writeReglages } from './db/reglages.ts'
import { expliquerMois } from './expliquer-mois.ts'
import { donnerRegard, lireListe, signerListe } from './liste.ts'

async function listLiens(tx: Tx, qui: Acteur) {
  const { rows } = await sql<{
    id: string
    agentId: string
    agent: string
    lien: string
    declareLe: Date
    finiLe: string | null
  }>`select l.id, l.agent_id as "agentId", a.prenom || ' ' || a.nom as agent, l.lien, l.declare_le as "declareLe",
      l.fini_le as "finiLe"
    from app.paie_lien l join app.paie_agent a on a.organisme_id = l.organisme_id and a.id = l.agent_id
    where l.personne_id = ${qui.personneId} order by l.declare_le desc`.execute(tx)
  return { liens: rows.map((r) => ({ ...r, declareLe: r.declareLe.toISOString() })) }
}

/** What is looked at between the run and the visa. */
export function registerControles(application: Application, services: Services): void {
  const { base } = application

  servirLibre(application, contrat.listerEcarts, 'bulletins.lire', async ({ qui, params }) => {
    await inOrganisme(base, qui.organismeId, (tx) => getDossier(tx, params.mois))
    return expliquerMois(services, qui.organismeId, params.mois)
  })
  servirLibre(application, contrat.lireControles, 'bulletins.lire', ({ qui, params }) =>
    lireListe(services, qui, params.mois),
  )
  servirLibre(application, contrat.signerControles, 'paie.calculer', ({ qui, params, body }) =>
    signerListe(services, qui, params.mois, body),
  )
  servirLibre(application, contrat.donnerDoubleRegard, 'paie.calculer', async ({ qui, params, body }) => {
    await inOrganisme(base, qui.organismeId, (tx) =>
      donnerRegard(tx, qui, params.mois, params.carriere, body.empreinte),
    )
    return lireListe(services, qui, params.mois)
  })

  servirLibre(application, contrat.calculerAgent, 'paie.calculer', async ({ qui, params }) => {
    await inOrganisme(base, qui.organismeId, async (tx) => {
      await getDossier(tx, params.mois)
      const la = await tx
        .selectFrom('app.paie_carriere')
        .select('id')
        .where('id', '=', params.carriere)
        .executeTakeFirst()
      if (!la) throw agentIntrouvable()
    })
    await calculerMois(services, auteurOf(qui), params.mois, undefined, [params.carriere])
    return inOrganisme(base, qui.organismeId, (tx) => viewDossier(tx, qui, params.mois))
  })

  servirOrganisme(application, contrat.lireReglages, 'dossier.lire', ({ tx }) => readReglages(tx))
  servirOrganisme(application, contrat.ecrireReglages, 'paie.calculer', async ({ tx, qui, body }) => {
    if (body.taciteJours !== null && body.taciteConvention.length < 5)
      throw new Refus('controles.sansConvention', 'Citez l’article de la convention qui prévoit l’accord tacite.', {
        status: 400,
        champs: { taciteConvention: 'Citez l’article de la convention, avec sa date.' },
      })
    await writeReglages(tx, qui.organismeId, body, qui.nom)
    return readReglages(tx)
  })

  servirOrganisme(application, contrat.listerLiens, 'paie.calculer', ({ tx, qui }) => listLiens(tx, qui))
  servirOrganisme(application, contrat.declarerLien, 'paie.calculer', async ({ tx, qui, body }) => {
    const agent = await tx.selectFrom('app.paie_agent').select('id').where('id', '=', body.agentId).executeTakeFirst()
    if (!agent) throw agentIntrouvable()
    await sql`insert into app.paie_lien (organisme_id, id, personne_id, agent_id, lien, declare_par)
      values (${qui.organismeId}, ${body.id}, ${qui.personneId}, ${body.agentId}, ${body.lien}, ${qui.nom})
      on conflict do nothing`.execute(tx)
    return listLiens(tx, qui)
  })
  servirOrganisme(application, contrat.finirLien, 'paie.calculer', async ({ tx, qui, params }) => {
    const { numAffectedRows } = await sql`update app.paie_lien set fini_le = current_date
      where id = ${params.lien} and personne_id = ${qui.personneId} and fini_le is null`.execute(tx)
    if (!numAffectedRows) throw introuvable('Ce lien')
    return listLiens(tx, qui)
  })

  servirOrganisme(application, contrat.lireHistorique, 'dossier.lire', async ({ tx, params }) => {
    await getDossier(tx, params.mois)
    const { rows } = await sql<{ mois: string; bulletins: number; brut: string; netAPayer: string; cout: string }>`
      select mois, count(*)::int as bulletins, sum(brut)::text as brut, sum(net_a_payer)::text as "netAPayer",
        sum(cout)::text as cout
      from app.paie_bulletin where mois between ${addMois(params.mois, -12)} and ${params.mois}
      group by mois order by mois`.execute(tx)
    return { mois: rows }
  })
}
