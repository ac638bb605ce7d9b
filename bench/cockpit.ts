import { sql } from 'kysely'
import { deuxClients, openEssai } from '../test/plateforme.ts'

/*
 * The agency's two pages at ten times the demonstration after two years: 1,090 bodies, 24 months of follow-up and of
 * indicators, through the HTTP application. p95 of each, in milliseconds, on the embedded database or on DATABASE_URL.
 */

const [CLIENTS, MOIS, DEMANDES] = [1_090, 24, 60]
const essai = await openEssai(deuxClients)
const agence = essai.demonstration.agenceId
const portefeuilles = essai.demonstration.portefeuilles.map((p) => p.id)
// as the owner of the tables: an installation writes bodies
await essai.base.kysely.transaction().execute(async (tx) => {
  await sql`set local app.organisme_id = ${sql.raw(`'${agence}'`)}`.execute(tx)
  await sql`insert into app.organisme (id, type, nom, siren, siret, code_insee)
    select ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 'commune', 'Commune ' || i,
      (700000000 + i)::text, (700000000 + i)::text || '00011', '40002' from generate_series(1, ${CLIENTS}) i`.execute(
    tx,
  )
  await sql`insert into app.acces_portefeuille_client (organisme_id, client, portefeuille_id)
    select ${agence}, ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid,
      (${portefeuilles}::uuid[])[1 + i % ${portefeuilles.length}::int] from generate_series(1, ${CLIENTS}) i`.execute(
    tx,
  )
  await sql`insert into app.paie_suivi (organisme_id, client, mois, etat, agents, bulletins, brut, net_a_payer, cout, date_limite)
    select ${agence}, ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid,
      to_char(date '2023-12-01' + make_interval(months => m), 'YYYY-MM'), case when m < 23 then 'diffuse' else 'calcule' end,
      50, 50, 100000, 80000, 140000, date '2023-12-15' + make_interval(months => m)
    from generate_series(1, ${CLIENTS}) i, generate_series(0, ${MOIS - 1}) m`.execute(tx)
  await sql`insert into app.paie_indicateur (organisme_id, client, mois, bulletins, depots, depots_a_temps, depots_complets, minutes)
    select ${agence}, ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid,
      to_char(date '2023-12-01' + make_interval(months => m), 'YYYY-MM'), 50, 12, 8 + i % 5, 9 + m % 4, 100 + i % 60
    from generate_series(1, ${CLIENTS}) i, generate_series(0, ${MOIS - 1}) m`.execute(tx)
})
await sql`analyze`.execute(essai.base.kysely)
const superviseur = await essai.connexion('superviseur@bosquet.example', agence)

async function p95(url: string): Promise<number> {
  const durees: number[] = []
  for (let i = 0; i < DEMANDES; i++) {
    const debut = performance.now()
    const reply = await superviseur.get(url)
    if (reply.statusCode !== 200) throw new Error(`${url}: ${reply.statusCode} ${reply.body}`)
    durees.push(performance.now() - debut)
  }
  durees.sort((a, b) => a - b)
  return Math.round(durees[Math.floor(DEMANDES * 0.95)]!)
}

const cockpit = await p95('/api/pex/cockpit?mois=2025-11')
const liste = await p95('/api/pex/portefeuille?mois=2025-11')
const base = essai.base.moteur
await essai.fermer()
console.log(JSON.stringify({ base, clients: CLIENTS, mois: MOIS, cockpit_p95_ms: cockpit, liste_p95_ms: liste }))
