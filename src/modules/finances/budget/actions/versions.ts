import { sql } from 'kysely'
import { inscrire } from '#modules/journal/index.ts'
import { type Centimes, euros, inEuros, sum, ZERO } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { type Anomalie, Refus } from '#socle/refus.ts'
import type { Imputation } from '../../nomenclature/index.ts'
import { type Demande, imputer } from '../../nomenclature/index.ts'
import { refusVoteFige } from '../../refus.ts'
import { ouvrirCredits } from '../db/credits.ts'
import { type ExerciceRow, getExercice, planOf } from '../db/exercices.ts'
import {
  deleteLignes,
  getVersion,
  insertCredits,
  listArticles,
  listCredits,
  listLignes,
  lockVersion,
  upsertLignes,
  type VersionRow,
} from '../db/versions.ts'
import { cleLigne, cumuler, type Ligne } from '../domain/equilibre.ts'
import { type Compteur, compteurOf } from '../domain/fongibilite.ts'
import {
  calculerResultats,
  creditsProvisoires,
  lignesDeResultat,
  reprenable,
  restesARealiser,
  transposer,
} from '../domain/reprise.ts'
import { controlerVersion, type Genre, genresPossibles, nomVersion } from '../domain/version.ts'

export type Acteur = { organismeId: string; personneId: string | null; nom: string }
/** Where the first lines of a version come from. */
export type Source = 'vide' | 'exercicePrecedent' | 'provisoire' | 'provisoireInvestissement' | 'rar' | 'resultats'

export type Creation = {
  id: string
  budgetId: string
  annee: number
  genre: Genre
  source: Source
}

/** Opens a version and fills it; what could not be carried is told, line by line. The same id twice makes one version. */
export async function creerVersion(tx: Tx, qui: Acteur, c: Creation): Promise<Anomalie[]> {
  const exercice = await getExercice(tx, c.budgetId, c.annee)
  const deja = await tx.selectFrom('app.finances_vote').select('id').where('id', '=', c.id).executeTakeFirst()
  if (deja) return []
  if (!genresPossibles(exercice.etat).includes(c.genre))
    throw new Refus(
      'version.genre',
      exercice.etat === 'clos'
        ? `L’exercice ${c.annee} est clos.`
        : exercice.etat === 'ouvert'
          ? 'Le budget de cet exercice est déjà voté : une décision modificative le change.'
          : 'Le budget primitif n’est pas encore voté : il vient avant ses modifications.',
    )
  // one at a time for each exercice: numbers follow each other, and the sole budget primitif is told in French
  await tx
    .selectFrom('app.finances_exercice')
    .select('annee')
    .where('budget_id', '=', c.budgetId)
    .where('annee', '=', c.annee)
    .forUpdate()
    .execute()
  const soeurs = await tx
    .selectFrom('app.finances_vote')
    .select(['numero', 'etat'])
    .where('budget_id', '=', c.budgetId)
    .where('annee', '=', c.annee)
    .where('genre', '=', c.genre)
    .execute()
  if (c.genre === 'BP' && soeurs.some((s) => s.etat !== 'abandonne'))
    throw new Refus('version.bpExiste', 'Le budget primitif de cet exercice est déjà en préparation.')
  await tx
    .insertInto('app.finances_vote')
    .values({
      organisme_id: qui.organismeId,
      id: c.id,
      budget_id: c.budgetId,
      annee: c.annee,
      genre: c.genre,
      numero: Math.max(0, ...soeurs.map((s) => s.numero)) + 1,
      deliberation_numero: null,
      deliberation_date: null,
      cree_par: qui.nom,
      vote_le: null,
      vote_par: null,
    })
    .execute()
  const { lignes, anomalies } = await premieresLignes(tx, c, exercice)
  await upsertLignes(tx, qui.organismeId, c.id, lignes)
  return anomalies
}

async function premieresLignes(
  tx: Tx,
  c: Creation,
  exercice: ExerciceRow,
): Promise<{ lignes: Ligne[]; anomalies: Anomalie[] }> {
  if (c.source === 'vide') return { lignes: [], anomalies: [] }
  const precedent = await getExercice(tx, c.budgetId, c.annee - 1).catch(() => undefined)
  if (!precedent)
    throw new Refus(
      'version.sansPrecedent',
      `L’exercice ${c.annee - 1} n’est pas dans Bosquet : partez d’une version vide.`,
    )
  const carry = (lignes: readonly Ligne[]) => transposer(lignes, planOf(precedent), planOf(exercice))
  if (c.source === 'resultats')
    return {
      lignes: lignesDeResultat(planOf(exercice), (await lireResultats(tx, c.budgetId, c.annee)).resultats),
      anomalies: [],
    }
  if (c.source === 'rar') return carry(restesARealiser(await listArticles(tx, c.budgetId, c.annee - 1)))
  const votees = (await listCredits(tx, c.budgetId, c.annee - 1)).filter((l) => l.genre !== 'RAR')
  const sommes = cumuler(votees.map(({ genre: _, voteId: __, ...l }) => l)).filter((l) => l.montant !== 0n)
  if (c.source === 'exercicePrecedent') return carry(sommes.filter(reprenable))
  return carry(creditsProvisoires(sommes, c.source === 'provisoireInvestissement'))
}

/** The results of the year before, and what they must cover. */
export async function lireResultats(tx: Tx, budgetId: string, annee: number) {
  const precedent = await listArticles(tx, budgetId, annee - 1)
  const rar = (await listCredits(tx, budgetId, annee)).filter((l) => l.genre === 'RAR')
  return { resultats: calculerResultats(precedent, rar.length > 0 ? rar : restesARealiser(precedent)) }
}

export type Saisie = Demande & { montant: string; demande?: string | null | undefined; note?: string | undefined }

/** Writes lines of a version in preparation; an account that the plan refuses stops the whole entry, with its line. */
export async function saisirLignes(
  tx: Tx,
  qui: Acteur,
  voteId: string,
  saisies: readonly Saisie[],
  retirees: readonly Omit<Imputation, 'section' | 'chapitre'>[] = [],
): Promise<void> {
  const version = await lockVersion(tx, voteId)
  if (version.etat !== 'preparation') throw refusVoteFige()
  const exercice = await getExercice(tx, version.budget_id, version.annee)
  const plan = planOf(exercice)
  await deleteLignes(tx, voteId, retirees)
  await requireConnus(tx, version.budget_id, saisies)
  await upsertLignes(
    tx,
    qui.organismeId,
    voteId,
    saisies.map((s) => {
      const { libelle: _, chapitrePlan: __, ...i } = imputer(plan, s)
      return {
        ...i,
        montant: euros(s.montant),
        demande: s.demande === undefined || s.demande === null ? null : euros(s.demande),
        note: s.note ?? '',
      }
    }),
  )
}

/** Writes what a service asks for on its own lines; the amount proposed by the finances is left as it is. */
export async function demanderCredits(
  tx: Tx,
  qui: Acteur,
  voteId: string,
  service: string,
  demandes: readonly (Demande & { demande: string; note?: string | undefined })[],
): Promise<void> {
  const siennes = new Map(
    (await listLignes(tx, voteId)).filter((l) => l.service === service).map((l) => [cleLigne(l), l]),
  )
  const exercice = await getVersion(tx, voteId).then((v) => getExercice(tx, v.budget_id, v.annee))
  const plan = planOf(exercice)
  await saisirLignes(
    tx,
    qui,
    voteId,
    demandes.map((d) => {
      const { libelle: _, chapitrePlan: __, ...i } = imputer(plan, { ...d, service })
      return { ...i, note: d.note, demande: d.demande, montant: inEuros(siennes.get(cleLigne(i))?.montant ?? ZERO) }
    }),
  )
}

async function requireConnus(tx: Tx, budgetId: string, saisies: readonly Saisie[]): Promise<void> {
  const operations = new Set(saisies.flatMap((s) => s.operation || []))
  const services = new Set(saisies.flatMap((s) => s.service || []))
  if (operations.size > 0) {
    const rows = await tx
      .selectFrom('app.finances_operation')
      .select('code')
      .where('budget_id', '=', budgetId)
      .where('code', 'in', [...operations])
      .execute()
    for (const r of rows) operations.delete(r.code)
    for (const o of operations)
      throw new Refus('operation.inconnue', `L’opération ${o} n’est pas ouverte dans ce budget.`, {
        champs: { operation: 'Opération inconnue.' },
      })
  }
  if (services.size > 0) {
    const rows = await tx
      .selectFrom('app.finances_service')
      .select('code')
      .where('code', 'in', [...services])
      .execute()
    for (const r of rows) services.delete(r.code)
    for (const s of services)
      throw new Refus('service.inconnu', `Le service ${s} n’existe pas.`, { champs: { service: 'Service inconnu.' } })
  }
}

/** The version, what it stands on, and everything that a control finds. */
export async function lireVersion(tx: Tx, voteId: string) {
  const version = await getVersion(tx, voteId)
  const exercice = await getExercice(tx, version.budget_id, version.annee)
  const lignes = await listLignes(tx, voteId)
  const { avant, compteurs } = await lireSocle(tx, version, exercice)
  return {
    version,
    exercice,
    lignes,
    avant,
    compteurs,
    anomalies:
      version.etat === 'preparation' ? controlerVersion(planOf(exercice), version.genre, lignes, avant, compteurs) : [],
  }
}

async function lireSocle(
  tx: Tx,
  version: VersionRow,
  exercice: ExerciceRow,
): Promise<{ avant: Ligne[]; compteurs: Compteur[] }> {
  // once voted, a version stands on what came before it, and its documents no longer change
  const credits = (await listCredits(tx, version.budget_id, version.annee)).filter(
    (c) => c.voteId !== version.id && (version.vote_le === null || c.voteLe < version.vote_le),
  )
  const virements = [
    ...Map.groupBy(
      credits.filter((c) => c.genre === 'VC'),
      (c) => c.voteId,
    ).values(),
  ]
  // the rate applies to what the assembly voted; restes à réaliser and virements are not a vote of it
  const votees = credits.filter((c) => c.genre === 'BP' || c.genre === 'BS' || c.genre === 'DM')
  return {
    avant: credits.filter((c) => c.genre !== 'provisoire'),
    compteurs: [
      compteurOf('F', exercice.fongibilite_f, votees, virements),
      compteurOf('I', exercice.fongibilite_i, votees, virements),
    ],
  }
}

/** Writes the results of the year before (001, 002, 1068) among the lines of a version in preparation. */
export async function reprendreResultats(tx: Tx, qui: Acteur, voteId: string): Promise<void> {
  const version = await lockVersion(tx, voteId)
  if (version.etat !== 'preparation') throw refusVoteFige()
  const exercice = await getExercice(tx, version.budget_id, version.annee)
  const { resultats } = await lireResultats(tx, version.budget_id, version.annee)
  const lignes = lignesDeResultat(planOf(exercice), resultats)
  if (lignes.length === 0)
    throw new Refus(
      'resultats.aucun',
      `Aucune écriture n’a été passée en ${version.annee - 1} dans Bosquet : saisissez 001, 002 et 1068 vous-même.`,
    )
  await upsertLignes(tx, qui.organismeId, voteId, lignes)
}

export type Vote = { deliberationNumero: string; deliberationDate: Jour }

/**
 * Records the vote: the lines become credits, for ever. The budget primitif takes back the credits open before it.
 * @throws Refus when a control blocks, or when less would be voted than what is already spent
 */
export async function voterVersion(tx: Tx, qui: Acteur, voteId: string, vote: Vote): Promise<void> {
  const { budget_id, annee } = await getVersion(tx, voteId)
  // votes of one exercice come one after the other: the equilibrium and the counter are those of the last one
  await tx
    .selectFrom('app.finances_exercice')
    .select('annee')
    .where('budget_id', '=', budget_id)
    .where('annee', '=', annee)
    .forUpdate()
    .execute()
  const version = await lockVersion(tx, voteId)
  if (version.etat !== 'preparation') throw refusVoteFige()
  const { exercice, lignes, anomalies } = await lireVersion(tx, voteId)
  if (!genresPossibles(exercice.etat).includes(version.genre))
    throw new Refus('version.genre', `L’exercice ${annee} ne permet plus ce vote.`)
  const bloquantes = anomalies.filter((a) => a.bloquante)
  if (bloquantes.length > 0) throw new Refus('version.bloquee', bloquantes.map((a) => a.message).join(' '))
  await tx
    .updateTable('app.finances_vote')
    .set({
      etat: 'vote',
      deliberation_numero: vote.deliberationNumero,
      deliberation_date: vote.deliberationDate,
      // votes of one transaction keep their order
      vote_le: sql<Date>`clock_timestamp()`,
      vote_par: qui.nom,
    })
    .where('id', '=', voteId)
    .execute()
  const provisoires =
    version.genre === 'BP' ? (await listCredits(tx, budget_id, annee)).filter((c) => c.genre === 'provisoire') : []
  const mouvements: Ligne[] = [
    ...lignes.filter((l) => l.montant !== 0n),
    ...provisoires.map(({ genre: _, voteId: __, ...l }) => ({ ...l, montant: -l.montant as Centimes })),
  ]
  await insertCredits(tx, version, mouvements)
  await ouvrirCredits(
    tx,
    { organismeId: qui.organismeId, budgetId: budget_id, exercice: annee },
    mouvements.map((l) => ({ imputation: l, vote: l.montant })),
  )
  const etat = version.genre === 'BP' ? 'ouvert' : exercice.etat === 'preparation' ? 'provisoire' : exercice.etat
  await tx
    .updateTable('app.finances_exercice')
    .set({ etat })
    .where('budget_id', '=', budget_id)
    .where('annee', '=', annee)
    .execute()
  await inscrire(tx, qui.organismeId, qui, {
    acte: 'budget.voter',
    objet: { type: 'budget', id: voteId, libelle: `${nomVersion(version.genre, version.numero)} ${annee}` },
    detail: {
      deliberation: vote.deliberationNumero,
      date: vote.deliberationDate,
      lignes: lignes.length,
      depenses: String(sum(lignes.filter((l) => l.sens === 'D').map((l) => l.montant))),
    },
  })
}

export async function abandonnerVersion(tx: Tx, qui: Acteur, voteId: string): Promise<void> {
  const version = await lockVersion(tx, voteId)
  if (version.etat !== 'preparation') throw refusVoteFige()
  await tx.updateTable('app.finances_vote').set({ etat: 'abandonne' }).where('id', '=', voteId).execute()
  await inscrire(tx, qui.organismeId, qui, {
    acte: 'budget.abandonner',
    objet: { type: 'budget', id: voteId, libelle: `${nomVersion(version.genre, version.numero)} ${version.annee}` },
  })
}
