import { z } from 'zod'
import type { Depot } from '#modules/documents/index.ts'
import type { Courrier } from '#socle/courriel/courriel.ts'
import { type Mois, zMois } from '#socle/dates.ts'
import { alsoInOrganisme, type Base, inOrganisme } from '#socle/db/base.ts'
import { zId } from '#socle/ids.ts'
import { defineJob, type Jobs } from '#socle/jobs/jobs.ts'
import { Refus } from '#socle/refus.ts'
import type { JeuParametres } from '../calcul/index.ts'
import { accorderTacitement, approuverMois, envoyerMois } from '../dossier/actions/visas.ts'
import { createQuotidien } from '../dossier/calendrier/quotidien.ts'
import { type Auteur, countDossier, findDossier } from '../dossier/db/dossiers.ts'
import { simulerValeurs } from '../parametres/actions/simuler.ts'
import { failSimulation } from '../parametres/db/simulations.ts'
import type { Atelier } from './atelier.ts'
import { calculerMois } from './calculer-mois.ts'
import { insertSignature } from './controles/liste.ts'
import { composeVisa } from './controles/visa.ts'
import { agenceOf, noteEdites, notePoint, notePointIn, readProductionReglages } from './db/productions.ts'
import { type Avancement, editerMois } from './editer-mois.ts'
import { avertirAgents } from './editions/avertir.ts'

export type Services = {
  base: Base
  depot: Depot
  atelier: Atelier
  courrier: Courrier
  readJeu: () => Promise<JeuParametres>
  /** Set once the queue exists: a job enqueues the next one. */
  jobs: () => Jobs
}

const zPayload = z.object({
  organisme: zId<'Organisme'>(),
  mois: zMois,
  production: zId<'Production'>().optional(),
  /** Production of the month; the first one when it is left out. */
  rang: z.number().int().min(2).optional(),
})
type Payload = z.output<typeof zPayload>
const key = (p: Payload) => `${p.organisme}/${p.mois}/${p.production ?? ''}${p.rang ? `/${p.rang}` : ''}`

export type JobsPaie = ReturnType<typeof createJobsPaie>

export function createJobsPaie(services: Services) {
  const { base } = services

  const editer = defineJob(
    'paie.editer',
    zPayload,
    async ({ organisme, mois, production, rang = 1 }) => {
      const auteur = { organismeId: organisme, personneId: null, nom: 'Bosquet' }
      const agence = await agenceOf(base)
      try {
        const onAvance = async (a: Avancement) => {
          if (production) await noteEdites(base, agence, production, organisme, a)
        }
        await editerMois(services, auteur, mois, onAvance, rang)
      } catch (e) {
        // a full disk stays full: the production says so and ends; launched again, it goes on where it was
        if (!(e instanceof Refus) || !production) throw e
        return await notePoint(base, agence, production, organisme, { etape: 'arret', message: e.message })
      }
      // the demonstration's production pays people who do not exist: it writes to nobody
      const reglages = production ? await readProductionReglages(base, agence, production) : undefined
      if (!reglages?.approuve_en_demonstration) await avertirAgents(services, organisme, mois, rang)
      if (production) await notePoint(base, agence, production, organisme, { etape: 'fini' })
    },
    { key, simultanes: 3 },
  )

  const calculer = defineJob(
    'paie.calculer',
    zPayload,
    async ({ organisme, mois, production }) => {
      const agence = await agenceOf(base)
      const reglages = production ? await readProductionReglages(base, agence, production) : undefined
      const auteur: Auteur = { organismeId: organisme, personneId: null, nom: reglages?.lancee_par ?? 'Bosquet' }
      const point = async (p: Parameters<typeof notePoint>[4]) => {
        if (production) await notePoint(base, agence, production, organisme, p)
      }
      await point({ etape: 'calcul' })
      const etat = await inOrganisme(base, organisme, async (tx) => (await findDossier(tx, mois))?.etat)
      try {
        if (etat === 'ouvert' || etat === 'calcule' || etat === 'renvoye') {
          // the id of the production names the run: taken again after a crash, it is the same run
          const r = await calculerMois(services, auteur, mois, production)
          await point({
            calcules: r.bulletins,
            agents: r.agents,
            anomalies: r.anomalies.length,
            bloquantes: r.anomalies.filter((a) => a.bloquante).length,
            calcul_ms: r.calculMs,
            stockage_ms: r.stockageMs,
          })
        } else await point(await countFaits(base, organisme, mois))
        if (reglages?.jusqua !== 'diffusion') return await point({ etape: 'fini' })
        const suite = await inOrganisme(base, organisme, async (tx) => {
          if (reglages.approuve_en_demonstration) await approuverEnDemonstration(tx, auteur, mois)
          const d = await findDossier(tx, mois)
          if (d?.etat === 'approuve' && production) {
            await services.jobs().enqueue(tx, editer, { organisme, mois, production })
            // with the job, not after it: it may be done before this line of ours
            await alsoInOrganisme(tx, { dans: agence, retour: organisme }, (t) =>
              notePointIn(t, production, organisme, { etape: 'edition' }),
            )
          }
          return d?.etat
        })
        if (suite !== 'approuve')
          await point({ etape: suite === 'diffuse' || suite === 'clos' ? 'fini' : 'approbation' })
      } catch (e) {
        // a refusal of the trade concerns this body only: it is shown, and the others go on
        if (!(e instanceof Refus)) throw e
        await point({ etape: 'arret', message: e.message })
      }
    },
    { key, simultanes: 2 },
  )

  const accorder = defineJob(
    'paie.accorder',
    z.object({ organisme: zId<'Organisme'>(), mois: zMois, empreinte: z.string() }),
    async ({ organisme, mois, empreinte }) => {
      await inOrganisme(base, organisme, async (tx) => {
        if (!(await accorderTacitement(tx, organisme, mois, empreinte))) return
        await services.jobs().enqueue(tx, editer, { organisme, mois })
      })
    },
    { key: (p) => `${p.organisme}/${p.mois}/${p.empreinte}` },
  )

  const simuler = defineJob(
    'paie.simuler',
    z.object({ organisme: zId<'Organisme'>(), simulation: zId<'Simulation'>() }),
    async ({ organisme, simulation }) => {
      try {
        await simulerValeurs(services, organisme, simulation)
      } catch (e) {
        // a bug: the person who waits is told at once, the log keeps the reason, and the next try does nothing
        await inOrganisme(base, organisme, (tx) => failSimulation(tx, simulation))
        throw e
      }
    },
    { key: (p) => p.simulation, essais: 2 },
  )

  const quotidien = createQuotidien(services)

  return {
    quotidien,
    calculer,
    editer,
    accorder,
    simuler,
    types: [calculer, editer, accorder, simuler, quotidien] as const,
  }
}

/** What a month that is already approved counts for, in a production that has nothing to compute in it. */
async function countFaits(base: Base, organisme: string, mois: Mois) {
  const c = await inOrganisme(base, organisme, (tx) => countDossier(tx, mois))
  return { agents: c.agents, calcules: c.bulletins, edites: c.editions }
}

/** The demonstration has no ordonnateur at night: the command gives the visas itself, and the history says so. */
async function approuverEnDemonstration(tx: Parameters<typeof findDossier>[0], auteur: Auteur, mois: Mois) {
  const avant = await findDossier(tx, mois)
  if (avant?.etat === 'calcule') {
    const visa = await composeVisa(tx, auteur.organismeId, mois)
    if (visa)
      await insertSignature(tx, { ...auteur, nom: 'Démonstration (signature automatique)' }, mois, visa.empreinte, [])
    await envoyerMois(tx, auteur, mois)
  }
  const d = await findDossier(tx, mois)
  if (d?.etat === 'aApprouver')
    await approuverMois(
      tx,
      { ...auteur, nom: 'Démonstration (visa automatique)' },
      mois,
      d.empreinte ?? '',
      'demonstration',
    )
}
