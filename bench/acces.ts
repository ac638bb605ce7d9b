import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { sql } from 'kysely'
import { z } from 'zod'
import { empreinteOf } from '../src/modules/acces/db/comptes.ts'
import { openServices } from '../src/modules/acces/essais/services.ts'
import { createPortier, hashMotDePasse, registerAcces } from '../src/modules/acces/index.ts'
import { createTrace } from '../src/modules/journal/index.ts'
import { route } from '../src/socle/contrat.ts'
import { type Base, inPlateforme, openPglite, openPostgres } from '../src/socle/db/base.ts'
import { migrate } from '../src/socle/db/migrer.ts'
import { createServeur } from '../src/socle/http/serveur.ts'
import { type Application, servirOrganisme } from '../src/socle/http/servir.ts'
import { newId } from '../src/socle/ids.ts'

/*
 * 2,500 accounts in 600 bodies: sign-ins per second, then the whole of a reading of pay data, and in it what the rights
 * and the journal cost. The last line is one JSON object. With DATABASE_URL, an empty database of a server; otherwise
 * PGlite in memory.
 */

const COMPTES = 2_500
const ORGANISMES = 600
const PORTEFEUILLES = 12
const PHRASE = 'les pins chantent au vent'

async function open(): Promise<Base> {
  const base = process.env.DATABASE_URL ? openPostgres(process.env.DATABASE_URL) : await openPglite()
  await migrate(base)
  return base
}

/** People as a département has them: one body each, some three, an officer and his fifty clients. */
async function fill(base: Base) {
  const organismes = Array.from({ length: ORGANISMES }, () => newId<'Organisme'>())
  const agence = newId<'Organisme'>()
  const empreinte = await hashMotDePasse(PHRASE)
  const k = base.kysely
  await sql`insert into app.organisme (id, type, nom, siren, siret, code_insee)
    select (o->>'id')::uuid, o->>'type', o->>'nom', o->>'siren', (o->>'siren') || '00018', '40002'
    from jsonb_array_elements(${JSON.stringify(
      [agence, ...organismes].map((id, i) => ({
        id,
        type: i === 0 ? 'agence' : 'commune',
        nom: `Organisme ${i}`,
        siren: String(214_000_000 + i),
      })),
    )}::jsonb) o`.execute(k)
  const personnes = Array.from({ length: COMPTES }, (_, i) => ({
    personne: newId(),
    compte: newId(),
    identifiant: `personne${i}@exemple.example`,
    cookie: randomBytes(32).toString('base64url'),
  }))
  const json = JSON.stringify(personnes.map((p) => ({ ...p, empreinte: empreinteOf(p.cookie), session: newId() })))
  await sql`insert into app.acces_personne (id, nom)
    select (p->>'personne')::uuid, p->>'identifiant' from jsonb_array_elements(${json}::jsonb) p`.execute(k)
  await sql`insert into app.acces_compte (id, personne_id, identifiant, empreinte)
    select (p->>'compte')::uuid, (p->>'personne')::uuid, p->>'identifiant', ${empreinte}
    from jsonb_array_elements(${json}::jsonb) p`.execute(k)
  await sql`insert into app.acces_session (empreinte, id, compte_id, jeton_csrf, expire_le, second_facteur_le)
    select p->>'empreinte', (p->>'session')::uuid, (p->>'compte')::uuid, 'csrf', now() + interval '1 hour', now()
    from jsonb_array_elements(${json}::jsonb) p`.execute(k)
  const membres = personnes.flatMap((p, i) => {
    if (i < PORTEFEUILLES) return [{ organisme: agence, personne: p.personne, role: 'gestionnaire' }]
    return Array.from({ length: i % 10 === 0 ? 3 : 1 }, (_, j) => ({
      organisme: organismes[(i + j) % ORGANISMES]!,
      personne: p.personne,
      role: 'deposant',
    }))
  })
  const portefeuilles = Array.from({ length: PORTEFEUILLES }, () => newId())
  for (const table of ['acces_appartenance', 'acces_portefeuille', 'acces_portefeuille_client'])
    await sql.raw(`alter table app.${table} no force row level security`).execute(k)
  await sql`insert into app.acces_appartenance (organisme_id, id, personne_id, role, depuis)
    select (m->>'organisme')::uuid, gen_random_uuid(), (m->>'personne')::uuid, m->>'role', '2025-01-01'
    from jsonb_array_elements(${JSON.stringify(membres)}::jsonb) m`.execute(k)
  await sql`insert into app.acces_portefeuille (organisme_id, id, nom, gestionnaire_id)
    select ${agence}, (p->>'id')::uuid, 'Portefeuille', (p->>'qui')::uuid
    from jsonb_array_elements(${JSON.stringify(
      portefeuilles.map((id, i) => ({ id, qui: personnes[i]!.personne })),
    )}::jsonb) p`.execute(k)
  await sql`insert into app.acces_portefeuille_client (organisme_id, client, portefeuille_id)
    select ${agence}, (c->>'client')::uuid, (c->>'portefeuille')::uuid
    from jsonb_array_elements(${JSON.stringify(
      organismes.map((client, i) => ({ client, portefeuille: portefeuilles[i % PORTEFEUILLES] })),
    )}::jsonb) c`.execute(k)
  for (const table of ['acces_appartenance', 'acces_portefeuille', 'acces_portefeuille_client'])
    await sql.raw(`alter table app.${table} force row level security`).execute(k)
  await sql`analyze`.execute(k)
  const chez = (i: number) =>
    i < PORTEFEUILLES ? organismes.filter((_, j) => j % PORTEFEUILLES === i) : [organismes[i % ORGANISMES]!]
  return { personnes, chez }
}

const base = await open()
const { personnes, chez } = await fill(base)
const app = await createServeur()
let cout = 0
const clock = async <T>(fn: () => Promise<T>): Promise<T> => {
  const debut = performance.now()
  try {
    return await fn()
  } finally {
    cout += performance.now() - debut
  }
}
const portier = createPortier(base)
const trace = createTrace()
const application: Application = {
  app,
  base,
  portier: {
    identify: (r) => clock(() => portier.identify(r)),
    enter: (c, r, d) => clock(() => portier.enter(c, r, d)),
  },
  trace: {
    organisme(qui, demande) {
      const e = trace.organisme(qui, demande)
      return e && { ecrire: (tx) => clock(() => e.ecrire(tx)), retenir: () => e.retenir() }
    },
    compte: (qui, demande) => trace.compte(qui, demande),
  },
}
registerAcces(application, openServices(base).services)
const lire = route({
  verbe: 'GET',
  chemin: '/api/essai/bulletins/:agent',
  resume: 'Lit un bulletin',
  params: z.object({ agent: z.string() }),
  reply: z.object({ n: z.number() }),
})
servirOrganisme(application, lire, 'bulletins.lire', async ({ tx }) => {
  const { n } = await tx
    .selectFrom('app.acces_appartenance')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return { n }
})

const p95 = (durees: number[]) => durees.sort((x, y) => x - y)[Math.floor(durees.length * 0.95)]!
const arrondi = (x: number) => Math.round(x * 100) / 100

const entrees = 200
const debut = performance.now()
for (let i = 0; i < entrees; i += 4)
  await Promise.all(
    [0, 1, 2, 3].map(async (j) => {
      const r = await app.inject({
        method: 'POST',
        url: '/api/acces/connexion',
        payload: { identifiant: personnes[(i + j) * 7]!.identifiant, motDePasse: PHRASE },
      })
      if (r.statusCode !== 200) throw new Error(`sign-in: ${r.body}`)
    }),
  )
const connexions = entrees / ((performance.now() - debut) / 1000)

const requetes: number[] = []
const couts: number[] = []
for (let i = 0; i < 2_200; i++) {
  // one in ten is an officer with fifty clients, whose rights are the longest to find
  const qui = i % 10 === 0 ? (i / 10) % PORTEFEUILLES : PORTEFEUILLES + ((i * 13) % (COMPTES - PORTEFEUILLES))
  const ou = chez(qui)
  cout = 0
  const t = performance.now()
  const r = await app.inject({
    url: `/api/essai/bulletins/${newId()}`,
    cookies: { bosquet_session: personnes[qui]!.cookie },
    headers: { 'x-organisme': ou[i % ou.length]! },
  })
  if (r.statusCode !== 200) throw new Error(`reading: ${r.body}`)
  // the first ones compile
  if (i < 200) continue
  requetes.push(performance.now() - t)
  couts.push(cout)
}
const { rows } = await inPlateforme(base, (tx) => sql<{ v: string }>`select version() as v`.execute(tx))
console.log(
  `${COMPTES} comptes, ${ORGANISMES} organismes, ${rows[0]!.v.split(' ').slice(0, 2).join(' ')} (${base.moteur})`,
)
console.log(
  JSON.stringify({
    connexions_par_s: arrondi(connexions),
    requete_p95_ms: arrondi(p95(requetes)),
    droits_et_journal_p95_ms: arrondi(p95(couts)),
  }),
)
await app.close()
await base.close()
process.exit(0)
