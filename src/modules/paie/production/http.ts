import { sql } from 'kysely'
import { listOrganismesByIds } from '#modules/organismes/index.ts'
import type { Mois } from '#socle/dates.ts'
import { type Base, inOrganisme, type Tx } from '#socle/db/base.ts'
import { type Acteur, hasDroit } from '#socle/droits.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { Refus } from '#socle/refus.ts'
import type { EtatDossier } from '../dossier/domain/dossier.ts'
import * as contrat from './contract.ts'
import { getProduction, listProductions } from './db/productions.ts'
import type { JobsPaie, Services } from './jobs.ts'
import { launchIn } from './lancer.ts'

type SuiviRow = {
  client: string
  gestionnaire: string
  portefeuille: string
  etat: EtatDossier
  agents: number
  bulletins: number
  anomalies: number
  bloquantes: number
  pieces: number
  pieces_a_lire: number
  questions: number
  brut: string
  net_a_payer: string
  cout: string
  est_perime: boolean
  date_limite: string | null
}

/** Rows of the agency: its officer sees the bodies of his portfolios, its supervisor all of them. */
async function listSuivis(tx: Tx, qui: Acteur, mois: Mois) {
  const tous = hasDroit(qui, 'production.lancer')
  const { rows } = await sql<SuiviRow>`
    select s.client, g.prenom || ' ' || g.nom as gestionnaire, p.nom as portefeuille, s.etat, s.agents, s.bulletins,
      s.anomalies, s.bloquantes, s.pieces, s.pieces_a_lire, s.questions, s.brut::text, s.net_a_payer::text, s.cout::text,
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
        brut: r.brut,
        netAPayer: r.net_a_payer,
        cout: r.cout,
        estPerime: r.bulletins > 0 && r.est_perime,
        dateLimite: r.date_limite,
      }
    })
    .sort((a, b) => a.nom.localeCompare(b.nom, 'fr'))
}

const listMois = async (tx: Tx): Promise<Mois[]> =>
  (await sql<{ mois: Mois }>`select distinct mois from app.paie_suivi order by mois desc`.execute(tx)).rows.map(
    (r) => r.mois,
  )

const INTERVALLE_MS = 500
const enClair = (n: number) => n.toLocaleString('fr-FR')

/** Server-sent events: the state is read from the database, so it survives a reload, a restart, another web process. */
async function* suivre(base: Base, organismeId: string, id: string, signal: AbortSignal): AsyncGenerator<string> {
  let sent = ''
  for (let silence = 0; !signal.aborted; silence++) {
    const [p] = await inOrganisme(base, organismeId, (tx) => listProductions(tx, id))
    if (!p) return
    const total = p.jusqua === 'diffusion' ? p.agents * 2 : p.agents
    const data = JSON.stringify({
      ...p,
      etat: p.finieLe === null ? 'enCours' : p.arretees > 0 ? 'echec' : 'fait',
      fait: p.finieLe ? total : Math.min(total, p.calcules + (p.jusqua === 'diffusion' ? p.edites : 0)),
      total,
      ...(p.jusqua === 'diffusion'
        ? { compte: `${enClair(p.calcules)} calculés, ${enClair(p.edites)} remis, sur ${enClair(p.agents)}` }
        : {}),
      message: p.finieLe
        ? `Production terminée : ${p.finies} collectivités sur ${p.collectivites}`
        : `${p.finies} collectivités sur ${p.collectivites}`,
    })
    if (data !== sent) yield `event: avancement\ndata: ${data}\n\n`
    else if (silence % 30 === 0) yield ': toujours là\n\n'
    sent = data
    if (p.finieLe) return
    await new Promise((r) => setTimeout(r, INTERVALLE_MS))
  }
}

export function registerProduction(application: Application, services: Services, jobs: JobsPaie): void {
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
      const fin = new AbortController()
      request.raw.on('close', () => fin.abort())
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      reply.hijack()
      for await (const chunk of suivre(base, qui.organismeId, params.production, fin.signal)) reply.raw.write(chunk)
      reply.raw.end()
      return reply
    },
  )
}
