import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { deposerAuCoffre, type PapierADeposer } from '#modules/coffre/index.ts'
import { openCleMaitre, openDepot } from '#modules/documents/index.ts'
import { mois } from '#socle/dates.ts'
import { inOrganisme, inPlateforme, openBase } from '#socle/db/base.ts'
import { migrate } from '#socle/db/migrer.ts'
import { newId } from '#socle/ids.ts'

/*
 * How long the deposit of a month takes: 5,500 papers of 40 KB for 109 bodies, the employer's double and the holder's
 * copy, one transaction per batch, then a second run that must change nothing. Real disk, real database.
 */

const [PAPIERS, ORGANISMES, OCTETS, LOT] = [5_500, 109, 40_000, 100]
const donnees = mkdtempSync(join(process.env.DOSSIER_BENCH ?? tmpdir(), 'bosquet-bench-'))
const base = await openBase({ databaseUrl: process.env.DATABASE_URL, dossier: join(donnees, 'base') })
await migrate(base)
const { secret } = openCleMaitre(donnees)
const depot = openDepot({ dossier: join(donnees, 'documents'), cleMaitre: secret, seul: true })

const bourrage = randomBytes(OCTETS)
const employeurs = Array.from({ length: ORGANISMES }, (_, i) => ({
  organismeId: newId<'Organisme'>() as string,
  nom: `Commune ${i}`,
  siren: String(210_000_000 + i),
}))
type Papier = Omit<PapierADeposer, 'contenu'> & { octets: () => Buffer }
const lots: { employeur: (typeof employeurs)[number]; papiers: Papier[] }[] = []
for (const [i, employeur] of employeurs.entries()) {
  // from 2 to about 600 people a body, as in a real portfolio
  const nombre = Math.max(2, Math.round((PAPIERS * 2 * (ORGANISMES - i)) / (ORGANISMES * (ORGANISMES + 1))))
  const papiers = Array.from({ length: nombre }, (_, n): Papier => {
    return {
      personneId: newId<'Personne'>(),
      nature: 'bulletin',
      reference: `${i}/${n}`,
      mois: mois('2025-11'),
      titre: 'Bulletin de paie de novembre 2025',
      nom: 'bulletin.pdf',
      type: 'application/pdf',
      netAPayer: '1806.66',
      octets() {
        const octets = Buffer.from(bourrage)
        octets.writeUInt32LE(i * 10_000 + n)
        return octets
      },
    }
  })
  for (let at = 0; at < papiers.length; at += LOT) lots.push({ employeur, papiers: papiers.slice(at, at + LOT) })
}
await inPlateforme(base, async (tx) => {
  for (const e of employeurs)
    await sql`insert into app.organisme (id, type, nom, siren, siret, code_insee)
      values (${e.organismeId}, 'commune', ${e.nom}, ${e.siren}, ${`${e.siren}00011`}, '40002')`.execute(tx)
  for (const { papiers } of lots)
    await sql`insert into app.acces_personne (id, nom) values ${sql.join(papiers.map((p) => sql`(${p.personneId}, 'Bench')`))}`.execute(
      tx,
    )
})

async function deposit() {
  const [debut, cpu] = [performance.now(), process.cpuUsage()]
  let deposes = 0
  for (const { employeur, papiers } of lots) {
    const lot = papiers.map(({ octets, ...p }) => ({ ...p, contenu: { octets: octets() } }))
    const recus = await inOrganisme(base, employeur.organismeId, (tx) => deposerAuCoffre(tx, depot, employeur, lot))
    deposes += recus.filter((r) => !r.dejaDepose).length
  }
  const { user, system } = process.cpuUsage(cpu)
  const arrondi = (secondes: number) => Number(secondes.toFixed(2))
  return { deposes, secondes: arrondi((performance.now() - debut) / 1000), cpu: arrondi((user + system) / 1e6) }
}

const premier = await deposit()
const second = await deposit()
await base.close()
rmSync(donnees, { recursive: true })
console.log(
  JSON.stringify({
    papiers: lots.reduce((n, l) => n + l.papiers.length, 0),
    lots: lots.length,
    base: base.moteur,
    depot_s: premier.secondes,
    depot_cpu_s: premier.cpu,
    deposes: premier.deposes,
    second_s: second.secondes,
    redeposes: second.deposes,
    memoire_mo: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
)
