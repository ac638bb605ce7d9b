import '../db/tables.ts'
import { sql } from 'kysely'
import { deposerAuCoffre } from '#modules/coffre/index.ts'
import { type Depot, organisme as ofOrganisme, personne as ofPersonne } from '#modules/documents/index.ts'
import { getOrganisme } from '#modules/organismes/index.ts'
import { addMois, formatMois, type Mois } from '#socle/dates.ts'
import { type Base, inOrganisme, type Tx } from '#socle/db/base.ts'
import { insertLot } from '#socle/db/lots.ts'
import { chunks } from '#socle/listes.ts'
import { marquerDiffuse } from '../dossier/actions/visas.ts'
import { type Auteur, getDossier } from '../dossier/db/dossiers.ts'
import type { AImprimer } from './a-imprimer.ts'
import type { Atelier } from './atelier.ts'
import { marquerDiffusee } from './complements/actions/visas.ts'
import type { AEditer } from './ouvrier.ts'

/** Payslips recorded in one transaction: small enough for the pages to answer meanwhile. */
const LOT = 100

/** `edites`: payslips of the month that are in their safe, those of an earlier run included. */
export type Avancement = { edites: number; pdfMs: number; coffreMs: number }

type Row = Awaited<ReturnType<typeof listAEditer>>[number]

/** An acompte is money, not a payslip: the one of the month takes it off. `b`: the approved payslip. */
const nestPasAcompte = sql<boolean>`not exists (select from app.paie_complement_agent k
  where k.organisme_id = b.organisme_id and k.mois = b.mois and k.rang = b.rang and k.carriere_id = b.carriere_id
    and k.acompte is not null)`

const listAEditer = (tx: Tx, mois: Mois, rang: number) =>
  tx
    .selectFrom('app.paie_bulletin_approuve as b')
    .innerJoin('app.paie_agent as a', (j) =>
      j.onRef('a.organisme_id', '=', 'b.organisme_id').onRef('a.id', '=', 'b.agent_id'),
    )
    .innerJoin('app.paie_carriere as c', (j) =>
      j.onRef('c.organisme_id', '=', 'b.organisme_id').onRef('c.id', '=', 'b.carriere_id'),
    )
    .leftJoin('app.paie_edition as e', (j) =>
      j
        .onRef('e.organisme_id', '=', 'b.organisme_id')
        .onRef('e.mois', '=', 'b.mois')
        .onRef('e.carriere_id', '=', 'b.carriere_id')
        .onRef('e.rang', '=', 'b.rang'),
    )
    .leftJoin('app.paie_bulletin as p', (j) =>
      j
        .onRef('p.organisme_id', '=', 'b.organisme_id')
        .on('p.mois', '=', addMois(mois, -1))
        .onRef('p.carriere_id', '=', 'b.carriere_id'),
    )
    .select([
      'b.carriere_id',
      'b.numero',
      'b.entrees',
      'b.bulletin',
      'b.cumuls',
      'b.net_a_payer',
      'p.bulletin as precedent',
    ])
    .select(['a.personne_id', 'a.nom', 'a.prenom', 'a.matricule', 'a.nir', 'a.adresse', 'a.code_postal', 'a.ville'])
    .select(['c.emploi', 'c.entree'])
    .where('b.mois', '=', mois)
    .where('b.rang', '=', rang)
    .where('e.carriere_id', 'is', null)
    .where(nestPasAcompte)
    .orderBy('b.numero')
    .execute()

/** Payslips of the same month that were given before those of this production. */
const listNumerosAvant = (tx: Tx, mois: Mois, rang: number, carrieres: readonly string[]) =>
  tx
    .selectFrom('app.paie_bulletin_approuve as b')
    .select(['b.carriere_id', 'b.numero'])
    .where('b.mois', '=', mois)
    .where('b.carriere_id', 'in', carrieres)
    .where('b.rang', '<>', rang)
    .where(nestPasAcompte)
    .where('b.numero', '<', (eb) =>
      eb
        .selectFrom('app.paie_bulletin_approuve')
        .select((e) => e.fn.min('numero').as('n'))
        .where('mois', '=', mois)
        .where('rang', '=', rang),
    )
    .orderBy('b.numero')
    .execute()

export const numeroBulletin = (mois: Mois, siren: string, numero: number): string =>
  `${mois.replace('-', '')}-${siren}-${String(numero).padStart(4, '0')}`

type Employeur = Awaited<ReturnType<typeof getOrganisme>>

async function countEditions(tx: Tx, mois: Mois, rang: number): Promise<number> {
  const { n } = await tx
    .selectFrom('app.paie_edition')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('mois', '=', mois)
    .where('rang', '=', rang)
    .executeTakeFirstOrThrow()
  return Number(n)
}

const titreBulletin = (mois: Mois, rang: number): string =>
  rang === 1
    ? `Bulletin de paie, ${formatMois(mois)}`
    : `Bulletin de paie complémentaire n° ${rang}, ${formatMois(mois)}`

/** What a payslip prints of its employer. */
export const employeurImprime = (o: Employeur): AImprimer['employeur'] => ({
  nom: o.nom,
  siret: o.siret,
  adresse: o.adresse,
  codePostal: o.code_postal,
  ville: o.ville,
})

const toAImprimer = (r: Row, employeur: Employeur, numero: string, complete: string[] | undefined): AImprimer => ({
  entrees: r.entrees,
  bulletin: r.bulletin,
  cumuls: r.cumuls,
  precedent: r.precedent,
  agent: {
    nom: r.nom,
    prenom: r.prenom,
    matricule: r.matricule,
    nir: r.nir,
    emploi: r.emploi,
    entree: r.entree,
    adresse: r.adresse,
    codePostal: r.code_postal,
    ville: r.ville,
  },
  employeur: employeurImprime(employeur),
  complete,
  numero,
})

/**
 * Makes the PDF of each approved payslip of a production of the month that has none, and deposits it in the safe of its
 * holder and in the employer's documents. Killed anywhere and run again, it goes on where it was: a payslip is deposited
 * once.
 */
export async function editerMois(
  { base, atelier, depot }: { base: Base; atelier: Atelier; depot: Depot },
  auteur: Auteur,
  mois: Mois,
  onAvance: (a: Avancement) => Promise<void> = async () => undefined,
  rang = 1,
): Promise<number> {
  const { employeur, rows, cles, deja, avant } = await inOrganisme(base, auteur.organismeId, async (tx) => {
    await getDossier(tx, mois)
    const rows = await listAEditer(tx, mois, rang)
    const suites = rows.filter((r) => r.entrees.includes('"deja":')).map((r) => r.carriere_id)
    return {
      deja: await countEditions(tx, mois, rang),
      employeur: await getOrganisme(tx, auteur.organismeId),
      rows,
      avant: suites.length > 0 ? await listNumerosAvant(tx, mois, rang, suites) : [],
      cles: await depot.cles(tx, [
        ofOrganisme(auteur.organismeId),
        ...new Set(rows.map((r) => ofPersonne(r.personne_id))),
      ]),
    }
  })
  const numeroOf = (r: Row) => numeroBulletin(mois, employeur.siren, r.numero)
  const completes = new Map(
    [...Map.groupBy(avant, (a) => a.carriere_id)].map(([id, l]) => [
      id,
      l.map((a) => numeroBulletin(mois, employeur.siren, a.numero)),
    ]),
  )
  const draw = (lot: readonly Row[]) =>
    atelier.editer(
      depot.dossier,
      lot.map(
        (r): AEditer => ({
          aImprimer: toAImprimer(r, employeur, numeroOf(r), completes.get(r.carriere_id)),
          scellage: {
            organismeId: auteur.organismeId,
            cleOrganisme: cles.get(ofOrganisme(auteur.organismeId))!,
            personneId: r.personne_id,
            clePersonne: cles.get(ofPersonne(r.personne_id))!,
          },
        }),
      ),
    )
  const lots = chunks(rows, LOT)
  // the next PDFs are drawn, sealed and written while these are recorded
  let prochain = lots[0] && draw(lots[0])
  for (const [i, lot] of lots.entries()) {
    const edites = await prochain!
    const suivant = lots[i + 1]
    prochain = suivant && draw(suivant)
    prochain?.catch(() => undefined) // awaited at the next turn, or dropped with this failure
    const debut = performance.now()
    await inOrganisme(base, auteur.organismeId, async (tx) => {
      const recus = await deposerAuCoffre(
        tx,
        depot,
        { organismeId: auteur.organismeId, nom: employeur.nom, siren: employeur.siren },
        lot.map((r, k) => ({
          personneId: r.personne_id,
          nature: 'bulletin' as const,
          reference: rang === 1 ? `${mois}/${r.carriere_id}` : `${mois}/${r.carriere_id}/${rang}`,
          mois,
          titre: titreBulletin(mois, rang),
          nom: `bulletin-${numeroOf(r)}.pdf`,
          type: 'application/pdf',
          netAPayer: r.net_a_payer,
          contenu: edites[k]!.papier,
        })),
      )
      await insertLot(
        tx,
        'app.paie_edition',
        {
          organisme_id: 'uuid',
          mois: 'text',
          carriere_id: 'uuid',
          rang: 'integer',
          document_id: 'uuid',
          depot_id: 'uuid',
        },
        lot.map((r, k) => ({
          organisme_id: auteur.organismeId,
          mois,
          carriere_id: r.carriere_id,
          rang,
          document_id: recus[k]!.documentId,
          depot_id: recus[k]!.id,
        })),
        { siConnu: 'ignorer' },
      )
    })
    await onAvance({
      edites: deja + i * LOT + lot.length,
      pdfMs: edites.reduce((s, e) => s + e.pdfMs, 0),
      coffreMs: performance.now() - debut,
    })
  }
  await inOrganisme(base, auteur.organismeId, async (tx) => {
    const nombre = await countEditions(tx, mois, rang)
    if (rang === 1) await marquerDiffuse(tx, auteur, mois, nombre)
    else await marquerDiffusee(tx, auteur, mois, rang, nombre)
  })
  return rows.length
}
