import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import statique from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { createPortier, createServicesAcces, registerAcces, type ServicesAcces } from '#modules/acces/index.ts'
import {
  createCampagnes,
  registerCampagnes,
  registerRoutes as registerCoffre,
  registerEmployeur,
  registerFermeture,
  registerSuccessions,
} from '#modules/coffre/index.ts'
import { type Depot, openCleMaitre, openDepot, settleCleMaitre } from '#modules/documents/index.ts'
import { createGeneration, registerFinances } from '#modules/finances/index.ts'
import { createTrace, registerJournal } from '#modules/journal/index.ts'
import {
  createJobsPaie,
  createLecteurJeu,
  type JobsPaie,
  openAtelier,
  registerPaie,
  type Services,
} from '#modules/paie/index.ts'
import type { Antivirus } from '#socle/antivirus/clamd.ts'
import { type Courrier, createCourrier } from '#socle/courriel/courriel.ts'
import { type Expediteur, openExpediteur } from '#socle/courriel/expedier.ts'
import { type Base, openBase } from '#socle/db/base.ts'
import { alone, migrate } from '#socle/db/migrer.ts'
import { takeVerrou, type Verrou } from '#socle/db/verrou.ts'
import { createServeur, sendIntrouvable } from '#socle/http/serveur.ts'
import { createJobs, type Jobs } from '#socle/jobs/jobs.ts'
import type { Reglages } from '#socle/reglages.ts'

/** Everything that a process of Bosquet holds open, whatever it then does: serve, work, or run one command. */
export type Plateforme = {
  base: Base
  depot: Depot
  services: Services
  jobs: Jobs
  jobsPaie: JobsPaie
  courrier: Courrier
  acces: ServicesAcces
  campagnes: ReturnType<typeof createCampagnes>
  generation: ReturnType<typeof createGeneration>
  verrou: Verrou | undefined
  /** Loud words for the console: the master key was just made. */
  avertissement: string | undefined
  close(): Promise<void>
}

/** The database, up to date, and the master key: what every command needs, and all that some do. */
export async function openSocle(reglages: Reglages) {
  // two processes never open the same embedded database; on a server PostgreSQL is made for it
  const verrou = reglages.databaseUrl ? undefined : await takeVerrou(reglages.donnees)
  const base = await openBase({ databaseUrl: reglages.databaseUrl, dossier: join(reglages.donnees, 'base') })
  await alone(base, async () => {
    await migrate(base)
    await settleCleMaitre(base, reglages.donnees)
  })
  const cle = openCleMaitre(reglages.donnees)
  return {
    base,
    cle,
    verrou,
    async close() {
      await base.close()
      verrou?.liberer()
    },
  }
}

export async function openPlateforme(reglages: Reglages): Promise<Plateforme> {
  const { base, cle, verrou } = await openSocle(reglages)
  const depot = openDepot({
    dossier: join(reglages.donnees, 'documents'),
    cleMaitre: cle.secret,
    seul: verrou !== undefined,
  })
  const expediteur = openExpediteur(reglages.courriel, join(reglages.donnees, 'courriels'))
  const assembled = await assemble(
    base,
    depot,
    reglages.fils,
    expediteur,
    reglages.adressePublique,
    reglages.motsDePasseCompromis,
    { liste: reglages.hotesIdentite, local: reglages.fournisseurIdentite },
  )
  return { ...assembled, verrou, avertissement: cle.avertissement }
}

/** The services over an open database and store: what the tests start from. */
export async function assemble(
  base: Base,
  depot: Depot,
  fils: number,
  expediteur: Expediteur,
  adressePublique = 'http://127.0.0.1:4000',
  motsDePasseCompromis?: string,
  hotesIdentite?: ServicesAcces['hotesIdentite'],
) {
  const atelier = openAtelier(fils)
  let queue: Jobs | undefined
  const queueOrFail = () => {
    if (!queue) throw new Error('the job queue is not open yet')
    return queue
  }
  const courrier = createCourrier(base, expediteur, { jobs: queueOrFail, adressePublique })
  const services: Services = {
    base,
    depot,
    atelier,
    readJeu: createLecteurJeu(base),
    courrier,
    jobs: queueOrFail,
  }
  const jobsPaie = createJobsPaie(services)
  const acces = createServicesAcces({
    base,
    secrets: depot.secrets,
    courrier,
    jobs: queueOrFail,
    motsDePasseCompromis,
    hotesIdentite,
  })
  const campagnes = createCampagnes({ base, depot, jobs: queueOrFail })
  const generation = createGeneration({ base, depot, jobs: queueOrFail })
  const jobs = await createJobs(base, [
    ...jobsPaie.types,
    ...acces.types,
    campagnes.type,
    generation.type,
    courrier.type,
  ])
  queue = jobs
  return {
    base,
    depot,
    services,
    jobs,
    jobsPaie,
    courrier,
    acces,
    campagnes,
    generation,
    verrou: undefined as Verrou | undefined,
    avertissement: undefined as string | undefined,
    async close(this: { verrou?: Verrou | undefined }) {
      await jobs.stop()
      await atelier.close()
      expediteur.close()
      await base.close()
      this.verrou?.liberer()
    },
  }
}

const ECRANS = fileURLToPath(new URL('../dist/', import.meta.url))

/** The HTTP application: every module's routes, then the screens. */
export async function buildApplication(
  p: Pick<Plateforme, 'base' | 'depot' | 'services' | 'jobsPaie' | 'acces' | 'courrier' | 'campagnes' | 'generation'>,
  {
    antivirus,
    ...options
  }: { journal?: boolean | object; limite?: number | undefined; antivirus?: Antivirus | undefined } = {},
): Promise<FastifyInstance> {
  const app = await createServeur(options)
  app.decorate('antivirus', antivirus)
  const application = { app, base: p.base, portier: createPortier(p.base), trace: createTrace() }
  registerAcces(application, p.acces)
  registerJournal(application)
  registerCoffre(application, { depot: p.depot })
  registerFermeture(application, { courrier: p.courrier })
  registerSuccessions(application, { depot: p.depot, courrier: p.courrier })
  registerEmployeur(application, { lien: p.courrier.lien })
  registerCampagnes(application, p.campagnes)
  registerFinances(application, { depot: p.depot, generation: p.generation })
  registerPaie(application, p.services, p.jobsPaie)
  app.get('/api/sante', { schema: { hide: true } }, async () => ({ etat: 'ok' }))
  if (existsSync(join(ECRANS, 'index.html'))) {
    await app.register(statique, { root: ECRANS, maxAge: '1y', immutable: true, index: false })
    app.get('/', { schema: { hide: true } }, (_, reply) => sendPage(reply))
    app.setNotFoundHandler((request, reply) =>
      request.method === 'GET' && !request.url.startsWith('/api/') && !request.url.startsWith('/assets/')
        ? sendPage(reply)
        : sendIntrouvable(reply),
    )
  } else app.setNotFoundHandler((_, reply) => sendIntrouvable(reply))
  return app
}

const sendPage = (reply: import('fastify').FastifyReply) =>
  reply.header('cache-control', 'no-cache').sendFile('index.html', { maxAge: 0, immutable: false })
