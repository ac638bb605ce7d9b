import '../../db/tables.ts'
import { sql } from 'kysely'
import { type Centimes, euros, inEuros, sum } from '#socle/argent.ts'
import type { Tx } from '#socle/db/base.ts'
import { cleDeControle, estLimitatif, type Imputation, type Niveaux } from '../../nomenclature/index.ts'
import { refusCredit, refusExerciceFerme, refusPrevision, refusSansCredit } from '../../refus.ts'
import { type ExerciceRow, getExercice, keepExercice, niveauxOf, planOf } from './exercices.ts'

/** Signed: a cancelled mandat gives back what it took. */
export type Consommation = { imputation: Imputation; engage: Centimes; mandate: Centimes }

type Deltas = { vote: Centimes; engage: Centimes; mandate: Centimes }
const zero = (): Deltas => ({ vote: 0n as Centimes, engage: 0n as Centimes, mandate: 0n as Centimes })
const addTo = (d: Deltas, c: Partial<Deltas>) => {
  d.vote = sum([d.vote, c.vote ?? (0n as Centimes)])
  d.engage = sum([d.engage, c.engage ?? (0n as Centimes)])
  d.mandate = sum([d.mandate, c.mandate ?? (0n as Centimes)])
}

const SEP = '\u0000'
const articleOf = (i: Imputation) => [i.sens, i.mouvement, i.nature, i.fonction, i.operation, i.service].join(SEP)

/**
 * Adds signed amounts to the sums of an exercice, by what the vote limits and by article, and locks the rows of control
 * until the end of the transaction, always in the same order: two writers wait for each other and never go over.
 */
async function move(
  tx: Tx,
  organismeId: string,
  budgetId: string,
  annee: number,
  niveaux: Niveaux,
  lignes: readonly ({ imputation: Imputation } & Partial<Deltas>)[],
) {
  const controles = new Map<string, { imputation: Imputation; cle: string; deltas: Deltas }>()
  const articles = new Map<string, { imputation: Imputation; deltas: Deltas }>()
  for (const { imputation: i, ...c } of lignes) {
    const cle = cleDeControle(i, niveaux)
    const k = [i.section, i.sens, cle].join(SEP)
    if (!controles.has(k)) controles.set(k, { imputation: i, cle, deltas: zero() })
    addTo(controles.get(k)!.deltas, c)
    const a = articleOf(i)
    if (!articles.has(a)) articles.set(a, { imputation: i, deltas: zero() })
    addTo(articles.get(a)!.deltas, c)
  }
  const inSql = (d: Deltas) => ({ vote: inEuros(d.vote), engage: inEuros(d.engage), mandate: inEuros(d.mandate) })
  const cles = [...controles.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { imputation: i, cle, deltas }]) => ({
      section: i.section,
      sens: i.sens,
      cle,
      est_limitatif: estLimitatif(i),
      ...inSql(deltas),
    }))
  // the rows that are missing are made empty, so that each is locked before it is judged
  await sql`insert into app.finances_controle (organisme_id, budget_id, annee, section, sens, cle, est_limitatif)
    select ${organismeId}, ${budgetId}, ${annee}, x.section, x.sens, x.cle, x.est_limitatif
    from json_to_recordset(${JSON.stringify(cles)}::json)
      as x(section text, sens text, cle text, est_limitatif boolean)
    order by x.section, x.sens, x.cle
    on conflict do nothing`.execute(tx)
  const { rows } = await sql<{
    cle: string
    est_limitatif: boolean
    vote: string
    engage: string
    mandate: string
    d_vote: string
    d_engage: string
    d_mandate: string
  }>`
    select c.cle, c.est_limitatif, c.vote, c.engage, c.mandate, x.vote as d_vote, x.engage as d_engage,
      x.mandate as d_mandate
    from app.finances_controle c
    join json_to_recordset(${JSON.stringify(cles)}::json)
      as x(section text, sens text, cle text, vote numeric, engage numeric, mandate numeric)
      using (section, sens, cle)
    where c.budget_id = ${budgetId} and c.annee = ${annee}
    order by c.section, c.sens, c.cle
    for update of c`.execute(tx)
  for (const r of rows) {
    if (!r.est_limitatif) continue
    const disponible = (euros(r.vote) - euros(r.engage) - euros(r.mandate)) as Centimes
    const apres = (disponible + euros(r.d_vote) - euros(r.d_engage) - euros(r.d_mandate)) as Centimes
    // giving credits back is always possible, taking some never below nothing
    if (apres < 0n && apres < disponible)
      throw euros(r.vote) === 0n && euros(r.d_vote) === 0n
        ? refusSansCredit(r.cle)
        : refusCredit(r.cle, -apres as Centimes, disponible)
  }
  await sql`update app.finances_controle c
    set vote = c.vote + x.vote, engage = c.engage + x.engage, mandate = c.mandate + x.mandate
    from json_to_recordset(${JSON.stringify(cles)}::json)
      as x(section text, sens text, cle text, vote numeric, engage numeric, mandate numeric)
    where c.organisme_id = ${organismeId} and c.budget_id = ${budgetId} and c.annee = ${annee}
      and c.section = x.section and c.sens = x.sens and c.cle = x.cle`.execute(tx)
  const lots = [...articles.values()].map(({ imputation: i, deltas }) => ({
    sens: i.sens,
    mouvement: i.mouvement,
    nature: i.nature,
    fonction: i.fonction,
    operation: i.operation,
    service: i.service,
    section: i.section,
    chapitre: i.chapitre,
    ...inSql(deltas),
  }))
  await sql`insert into app.finances_article as a (organisme_id, budget_id, annee, sens, mouvement, nature, fonction,
      operation, service, section, chapitre, vote, engage, mandate)
    select ${organismeId}, ${budgetId}, ${annee}, x.* from json_to_recordset(${JSON.stringify(lots)}::json)
      as x(sens text, mouvement text, nature text, fonction text, operation text, service text, section text,
        chapitre text, vote numeric, engage numeric, mandate numeric)
    order by 4, 5, 6, 7, 8, 9
    on conflict (organisme_id, budget_id, annee, sens, mouvement, nature, fonction, operation, service)
    do update set vote = a.vote + excluded.vote, engage = a.engage + excluded.engage,
      mandate = a.mandate + excluded.mandate`.execute(tx)
}

/** An exercice that takes writings, and goes on taking them until this one is done. */
export async function requireOuvert(tx: Tx, budgetId: string, exercice: number): Promise<ExerciceRow> {
  const e = await keepExercice(tx, budgetId, exercice)
  if (e.etat === 'preparation' || e.etat === 'clos')
    throw refusExerciceFerme(exercice, e.etat === 'clos' ? 'clos' : 'encore en préparation')
  return e
}

/**
 * Takes from the credits of an exercice what is engaged and mandated (or gives it back: the amounts are signed), all or
 * nothing. What is engaged leaves `engage` when it is mandated: the caller gives both movements at once.
 * @throws Refus `credit.depasse` with what is left, `credit.absent`, `exercice.ferme`, `chapitre.sansExecution`
 */
export async function consommerCredits(
  tx: Tx,
  { organismeId, budgetId, exercice }: { organismeId: string; budgetId: string; exercice: number },
  lignes: readonly Consommation[],
): Promise<void> {
  if (lignes.length === 0) return
  await mouvementer(tx, { organismeId, budgetId, exercice }, lignes, await requireOuvert(tx, budgetId, exercice))
}

/** What the comptable refuses gives its credit back, even when the exercice was closed meanwhile. */
export async function rendreCredits(
  tx: Tx,
  cadre: { organismeId: string; budgetId: string; exercice: number },
  lignes: readonly Consommation[],
): Promise<void> {
  if (lignes.length > 0) await mouvementer(tx, cadre, lignes, await keepExercice(tx, cadre.budgetId, cadre.exercice))
}

async function mouvementer(
  tx: Tx,
  { organismeId, budgetId, exercice }: { organismeId: string; budgetId: string; exercice: number },
  lignes: readonly Consommation[],
  e: ExerciceRow,
): Promise<void> {
  const plan = planOf(e)
  for (const { imputation: i } of lignes) {
    const chapitre = plan.chapitres.get(i.chapitre)
    if (chapitre?.type === 'prevision') throw refusPrevision(chapitre.code, chapitre.libelle)
  }
  await move(tx, organismeId, budgetId, exercice, niveauxOf(e), lignes)
}

/** Opens credits (or takes some back), never under what is already engaged and mandated. */
export async function ouvrirCredits(
  tx: Tx,
  { organismeId, budgetId, exercice }: { organismeId: string; budgetId: string; exercice: number },
  lignes: readonly { imputation: Imputation; vote: Centimes }[],
): Promise<void> {
  if (lignes.length === 0) return
  await move(tx, organismeId, budgetId, exercice, niveauxOf(await getExercice(tx, budgetId, exercice)), lignes)
}

/** What is left where the vote limits this line; `undefined` where nothing is limited. */
export async function lireDisponible(
  tx: Tx,
  budgetId: string,
  exercice: number,
  imputation: Imputation,
): Promise<{ cle: string; vote: Centimes; engage: Centimes; mandate: Centimes; disponible: Centimes } | undefined> {
  if (!estLimitatif(imputation)) return undefined
  const cle = cleDeControle(imputation, niveauxOf(await getExercice(tx, budgetId, exercice)))
  const r = await tx
    .selectFrom('app.finances_controle')
    .select(['vote', 'engage', 'mandate'])
    .where('budget_id', '=', budgetId)
    .where('annee', '=', exercice)
    .where('section', '=', imputation.section)
    .where('sens', '=', imputation.sens)
    .where('cle', '=', cle)
    .executeTakeFirst()
  const [vote, engage, mandate] = [r?.vote ?? '0', r?.engage ?? '0', r?.mandate ?? '0'].map(euros) as [
    Centimes,
    Centimes,
    Centimes,
  ]
  return { cle, vote, engage, mandate, disponible: (vote - engage - mandate) as Centimes }
}
