import { type Selectable, sql } from 'kysely'
import { listOrganismesByIds } from '#modules/organismes/index.ts'
import type { Mois } from '#socle/dates.ts'
import { type Base, inOrganisme, type Tx } from '#socle/db/base.ts'
import type { Tables } from '#socle/db/tables.ts'
import { type Acteur, hasDroit } from '#socle/droits.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { type Etape, sendSuivi } from '#socle/http/suivre.ts'
import { Refus } from '#socle/refus.ts'
import { listMois, registerCockpit } from './cockpit/http.ts'
import { registerComplements } from './complements/http.ts'
import * as contrat from './contract.ts'
import { getProduction, listProductions } from './db/productions.ts'
import { registerEditions } from './editions/http.ts'
import type { JobsPaie, Services } from './jobs.ts'
import { launchIn } from './lancer.ts'

type SuiviRow = Omit<Selectable<Tables['app.paie_suivi']>, 'organisme_id' | 'mois' | 'maj_le'> & {
  gestionnaire: string
  portefeuille: string
}

/** Rows of the agency: its officer sees the bodies of his portfolios, its supervisor all of them. */
async function listSuivis(tx: Tx, qui: Acteur, mois: Mois) {
  const tous = hasDroit(qui, 'production.lancer')
  const { rows } = await sql<SuiviRow>`
    select s.client, g.prenom || ' ' || g.nom as gestionnaire, p.nom as portefeuille, s.etat, s.agents, s.bulletins,
      s.anomalies, s.bloquantes, s.pieces, s.pieces_a_lire, s.questions, s.complements, s.brut::text, s.net_a_payer::text, s.cout::text,
      s.est_perime, s.date_limite::text
    from app.paie_suivi s
    join app.acces_portefeuille_client k on k.organisme_id = s.organisme_id and k.client = s.client
    join app.acces_portefeuille p on p.organisme_id = k.organisme_id and p.id = k.portefeuille_id
    join app.acces_personne g on g.id = p.gestionnaire_id
    where s.mois = ${mois} and (${tous} or p.gestionnaire_id = ${qui.personneId}
      or exists (select from app.acces_remplacement r where r.organisme_id = p.organisme_id and r.portefeuille_id = p.id
        and r.remplacant_id = ${qui.personneId} and current_date >= r.depuis and current_date < r.jusqua))`.execute(tx)
  const organismes = new Map(
    (
      await listOrganismesByIds(
        tx,
        rows.map((r) => r.client),
      )
    ).map((o) => [o.id as string, o]),
  )
  return rows
    .map((r) => {
      const o = organismes.get(r.client)!
      return {
        client: r.client,
        nom: o.nom,
        type: o.type,
        siren: o.siren,
        gestionnaire: r.gestionnaire,
        portefeuille: r.portefeuille,
        etat: r.etat,
        agents: r.agents,
        bulletins: r.bulletins,
        anomalies: r.anomalies,
        bloquantes: r.bloquantes,
        pieces: r.pieces,
        piecesALire: r.pieces_a_lire,
        questions: r.questions,
        complements: r.complements,
        brut: r.brut,
        netAPayer: r.net_a_payer,
        cout: r.cout,
        estPerime: r.bulletins > 0 && r.est_perime,
        dateLimite: r.date_limite,
      }
    })
    .sort((a, b) => a.nom.localeCompare(b.nom, 'fr'))
}

const enClair = (n: number) => n.toLocaleString('fr-FR')

/** What the status line says of a production. */
async function readEtape(base: Base, organismeId: string, id: string): Promise<Etape> {
  const [p] = await inOrganisme(base, organismeId, (tx) => listProductions(tx, id))
  if (!p) return undefined
  const finie = p.finieLe !== null
  const total = p.jusqua === 'diffusion' ? p.agents * 2 : p.agents
  const progression = {
    ...p,
    etat: !finie ? ('enCours' as const) : p.arretees > 0 ? ('echec' as const) : ('fait' as const),
    fait: finie ? total : Math.min(total, p.calcules + (p.jusqua === 'diffusion' ? p.edites : 0)),
    total,
    ...(p.jusqua === 'diffusion'
      ? { compte: `${enClair(p.calcules)} calculés, ${enClair(p.edites)} remis, sur ${enClair(p.agents)}` }
      : {}),
    message: finie
      ? `Production terminée : ${p.finies} collectivités sur ${p.collectivites}`
      : `${p.finies} collectivités sur ${p.collectivites}`,
  }
  return { progression, finie }
}

export function registerProduction(application: Application, services: Services, jobs: JobsPaie): void {
  registerCockpit(application)
  registerEditions(application)
  registerComplements(application, services, jobs)

  servirOrganisme(application, contrat.lirePortefeuille, 'portefeuille.lire', async ({ tx, qui, query }) => {
    const moisConnus = await listMois(tx)
    const mois = query?.mois ?? moisConnus[0]
    if (!mois) return { mois: '', moisConnus, suivis: [] }
    return { mois, moisConnus, suivis: await listSuivis(tx, qui, mois) }
  })

  servirOrganisme(application, contrat.lancerProduction, 'production.lancer', async ({ tx, qui, body }) => {
    const [enCours] = (await listProductions(tx)).filter((p) => p.mois === body.mois && p.finieLe === null)
    if (enCours && enCours.id !== body.id)
      throw new Refus(
        'production.enCours',
        `Une production de ce mois est déjà en cours, lancée par ${enCours.lanceePar}. Suivez-la plutôt que d’en lancer une autre.`,
      )
    await launchIn(tx, qui.organismeId, services, jobs, { ...body, lanceePar: qui.nom, approuveEnDemonstration: false })
    return getProduction(tx, body.id)
  })

  servirOrganisme(application, contrat.listerProductions, 'production.lancer', async ({ tx }) => ({
    productions: await listProductions(tx),
  }))
  servirOrganisme(application, contrat.lireProduction, 'production.lancer', ({ tx, params }) =>
    getProduction(tx, params.production),
  )

  servirLibre(
    application,
    contrat.suivreProduction,
    'production.lancer',
    async ({ base, qui, params, request, reply }) => {
      await inOrganisme(base, qui.organismeId, (tx) => getProduction(tx, params.production))
      return sendSuivi(request, reply, () => readEtape(base, qui.organismeId, params.production))
    },
  )
}
