import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { ouvrirCredits } from '#modules/finances/budget/db/credits.ts'
import { readDocumentBudgetaire, readPesAller, totaux, writePesAller } from '#modules/finances/echanges/index.ts'
import { grandFlux } from '#modules/finances/echanges/pes/essai.ts'
import { readTableau } from '#modules/finances/execution/db/tableau.ts'
import {
  enregistrerTiers,
  envoyerBordereau,
  lireImputation,
  type PieceRecue,
  recevoirMandats,
  signerEnvoye,
  zTiersSaisi,
} from '#modules/finances/index.ts'
import { euros } from '#socle/argent.ts'
import { jour } from '#socle/dates.ts'
import { inOrganisme, openBase, type Tx } from '#socle/db/base.ts'
import { migrate } from '#socle/db/migrer.ts'
import { newId } from '#socle/ids.ts'

/*
 * The chain at the size of a large body: 10,000 mandats of two lines through the acts of the screens (entry, bordereaux
 * of a hundred, signature), a PES of 10,000 pieces, the largest budget sample, and the dashboard over ten years of
 * 20,000 pieces. The embedded database, on a disk, as `npm start` uses it; DATABASE_URL measures a server.
 */

const MANDATS = Number(process.argv[2] ?? 10_000)
const LOT = 100
const ANNEES = 10
const PAR_AN = 20_000
const LE = jour('2025-06-16')
const donnees = mkdtempSync(join(tmpdir(), 'bosquet-bench-finances-'))
const base = await openBase({ databaseUrl: process.env.DATABASE_URL || undefined, dossier: join(donnees, 'base') })
await migrate(base)

const secondes = (depuis: number) => Number(((performance.now() - depuis) / 1000).toFixed(2))
const organismeId = newId<'Organisme'>()
const budgetId = newId<'Budget'>()
const auteur = { organismeId, personneId: null, nom: 'mesure' }
const run = <T>(fn: (tx: Tx) => Promise<T>) => inOrganisme(base, organismeId, fn)
const siren = String(Date.now()).slice(-9)

await base.kysely.transaction().execute((tx) =>
  sql`insert into app.organisme (id, type, nom, siren, siret, code_insee)
    values (${organismeId}, 'ca', 'Mesure', ${siren}, ${`${siren}00011`}, '40001')`.execute(tx),
)
const NATURES = ['60612', '60632', '6064', '615221']
await run(async (tx) => {
  await sql`insert into app.finances_budget (organisme_id, id, code, libelle, est_principal, siret)
    values (${organismeId}, ${budgetId}, '00', 'Budget principal', true, '21400001000014')`.execute(tx)
  await sql`insert into app.finances_exercice (organisme_id, budget_id, annee, plan, plan_annee, etat)
    select ${organismeId}, ${budgetId}, a, 'M57_A', 2024, 'ouvert' from generate_series(2016, 2025) a`.execute(tx)
  for (let annee = 2016; annee <= 2025; annee++)
    await ouvrirCredits(
      tx,
      { organismeId, budgetId, exercice: annee },
      await Promise.all(
        NATURES.map(async (nature) => ({
          imputation: await lireImputation(tx, { budgetId, exercice: annee, nature, sens: 'D' }),
          vote: euros('90000000.00'),
        })),
      ),
    )
  await enregistrerTiers(
    tx,
    auteur,
    newId(),
    zTiersSaisi.parse({
      categorie: '60',
      natureJuridique: '03',
      nom: 'Fournisseur',
      codePostal: '40000',
      ville: 'Mont-de-Marsan',
    }),
  )
})

// 1. Mandats, from their entry to the signature of their bordereaux
const debut = performance.now()
for (let i = 0; i < MANDATS; i += LOT) {
  const pieces = Array.from(
    { length: Math.min(LOT, MANDATS - i) },
    (_, k): PieceRecue => ({
      cle: `mesure/${i + k}`,
      objet: `Fourniture n° ${i + k + 1}`,
      tiers: { categorie: '60', natureJuridique: '03', nom: 'Fournisseur' },
      contenu: {
        modeReglement: '10',
        lignes: [
          { nature: NATURES[k % 4]!, ht: `${100 + (k % 50)}.25` },
          { nature: NATURES[(k + 1) % 4]!, ht: `${20 + (k % 9)}.10` },
        ],
      },
    }),
  )
  await run((tx) => recevoirMandats(tx, auteur, { source: 'mesure', annee: 2025, pieces }))
  const id = newId<'Bordereau'>()
  await run(async (tx) => {
    const { rows } = await sql<{ id: string }>`select id from app.finances_liquidation where etat = 'prete'`.execute(tx)
    await envoyerBordereau(
      tx,
      auteur,
      id,
      rows.map((r) => r.id),
      LE,
    )
  })
  await run((tx) => signerEnvoye(tx, auteur, id, LE))
}
const mandats_s = secondes(debut)
const { n, dernier, ecart } = await run(
  async (tx) =>
    (
      await sql<{ n: number; dernier: number; ecart: string }>`
        select count(*)::int as n, max(numero) as dernier,
          (select (sum(debit) - sum(credit))::text from app.finances_grand_livre) as ecart from app.finances_piece`.execute(
        tx,
      )
    ).rows[0]!,
)
if (n !== MANDATS || dernier !== MANDATS || Number(ecart) !== 0)
  throw new Error(`${n} pieces, last ${dernier}, balance ${ecart}`)
console.log(`${MANDATS} mandats de deux lignes posés en ${mandats_s} s, numérotés sans trou, grand livre équilibré`)

// 2. The PES of ten thousand pieces
const flux = grandFlux(10_000)
const ecriture = performance.now()
const xml = writePesAller(flux)
const pes_ecriture_s = secondes(ecriture)
const lecture = performance.now()
readPesAller(xml)
const pes_lecture_s = secondes(lecture)
console.log(
  `PES de 10 000 pièces : ${(xml.length / 1e6).toFixed(1)} Mo, écrit en ${pes_ecriture_s} s, relu en ${pes_lecture_s} s`,
)

// 3. The largest budget of the samples, when they are there
const dossier = new URL('../../shared/standards/totem/samples/', import.meta.url)
const exemples = existsSync(dossier) ? globSync('*.xml', { cwd: dossier }).map((f) => new URL(f, dossier)) : []
const plusGrand = exemples.sort((a, b) => statSync(b).size - statSync(a).size)[0]
let import_budget_s: number | null = null
if (plusGrand) {
  const octets = readFileSync(plusGrand)
  const t = performance.now()
  const { document } = readDocumentBudgetaire(octets)
  totaux(document)
  import_budget_s = secondes(t)
  console.log(`budget de ${document.lignes.length} lignes lu en ${import_budget_s} s`)
} else console.log('exemples de budgets absents : import non mesuré')

// 4. Ten years of pieces, then the dashboard; filled in by SQL, it is not what is measured
await run(async (tx) => {
  for (let annee = 2016; annee <= 2025; annee++) {
    const deja = annee === 2025 ? MANDATS : 0
    const reste = PAR_AN - deja
    const modele = sql`select p.*, s.etat, s.ttc from app.finances_piece p
      join app.finances_piece_suivi s on s.organisme_id = p.organisme_id and s.piece_id = p.id where p.numero = 1 and p.annee = 2025 limit 1`
    await sql`create temp table copie on commit drop as
      select gen_random_uuid() as nid, i, ${deja} + i as nnum, m.* from (${modele}) m, generate_series(1, ${reste}::int) i`.execute(
      tx,
    )
    await sql`insert into app.finances_liquidation (organisme_id, id, budget_id, annee, sens, etat, objet, ht, tva, contenu, bordereau_id, liquide_par_nom)
      select organisme_id, nid, budget_id, ${annee}, sens, 'posee', objet || ' ' || i, ht, tva, contenu, bordereau_id, 'mesure' from copie`.execute(
      tx,
    )
    await sql`insert into app.finances_piece (organisme_id, id, budget_id, annee, sens, numero, bordereau_id, rang, type_bordereau, type_piece,
        nature_piece, section, mouvement, objet, tiers_id, tiers_nom, ht, tva, emise_le, contenu)
      select organisme_id, nid, budget_id, ${annee}, sens, nnum, bordereau_id, rang, type_bordereau, type_piece, nature_piece, section,
        mouvement, objet || ' ' || i, tiers_id, tiers_nom, ht, tva, make_date(${annee}, 1 + i % 12, 1 + i % 28), contenu from copie`.execute(
      tx,
    )
    await sql`insert into app.finances_piece_suivi (organisme_id, piece_id, budget_id, annee, sens, etat, ttc, regle)
      select organisme_id, nid, budget_id, ${annee}, sens, case when i % 50 = 0 then 'transmise' else 'soldee' end, ttc,
        case when i % 50 = 0 then 0 else ttc end from copie`.execute(tx)
    await sql`insert into app.finances_mois (organisme_id, budget_id, annee, mois, sens, montant)
      select organisme_id, budget_id, annee, to_char(emise_le, 'YYYY-MM'), sens, sum(ht + tva) from app.finances_piece
      where annee = ${annee} group by 1, 2, 3, 4, 5
      on conflict (organisme_id, budget_id, annee, mois, sens) do update set montant = excluded.montant`.execute(tx)
    await sql`drop table copie`.execute(tx)
  }
})
if (base.moteur === 'pglite') await base.pglite!.exec('analyze')
const temps: number[] = []
for (let i = 0; i < 60; i++) {
  const t = performance.now()
  await run((tx) => readTableau(tx, { budgetId, annee: 2025 - (i % ANNEES) }, LE))
  temps.push(performance.now() - t)
}
temps.sort((a, b) => a - b)
const tableau_p95_ms = Math.round(temps[Math.floor(temps.length * 0.95)]!)
console.log(
  `tableau de bord sur ${ANNEES * PAR_AN} pièces : médiane ${Math.round(temps[30]!)} ms, p95 ${tableau_p95_ms} ms`,
)

await base.close()
rmSync(donnees, { recursive: true, force: true })
console.log(
  JSON.stringify({ mandats_s, pes_ecriture_s, pes_lecture_s, import_budget_s, tableau_p95_ms, coeurs: cpus().length }),
)
