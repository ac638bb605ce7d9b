import '../db/tables.ts'
import { sql } from 'kysely'
import { addJours, addMois, type Jour, type Mois, moisOf, premierJour } from '#socle/dates.ts'
import { type Base, inOrganisme, type Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import type { Anomalie } from '#socle/refus.ts'
import type { Bulletin, Cumuls, JeuParametres, Situation } from '../calcul/index.ts'
import type { EmployeurPex } from '../carriere/contract.ts'
import { type CarriereAPayer, getEmployeur, listAPayer } from '../carriere/db/carrieres.ts'
import { toSituation, toSituationDepart } from '../carriere/domain/situation.ts'
import { debutHorsPaie } from '../carriere/positions/positions.ts'
import { type Auteur, lockDossier, noteActe, publishSuivi } from '../dossier/db/dossiers.ts'
import { LIBELLES_ETAT, nextEtat } from '../dossier/domain/dossier.ts'
import { premierMoisCorrige, prepareRappels } from '../dossier/rappels/db/du-mois.ts'
import { refusActe, refusCalculEnCours, refusDejaCalcule, refusSansEmployeur } from '../refus.ts'
import type { Atelier } from './atelier.ts'
import { type Bilan, controlerMois } from './controles/controler-mois.ts'
import { empreinteMoteur } from './moteur.ts'
import type { Calcule, Entrees, JeuFige } from './ouvrier.ts'

/**
 * A payslip also reads values of the past: the rate of a sick leave is that of the day when it was granted, and a leave
 * lasts at most a year; some ceilings are those of the first of January. A month that corrects earlier ones reads theirs.
 */
const MOIS_LUS_AVANT = 24
export const jeuDuMois = (jeu: JeuParametres, mois: Mois, premier: Mois = mois): JeuParametres =>
  jeu.extrait(addMois(premier, -MOIS_LUS_AVANT), mois)

/** A run that has given no sign for this long is dead: the next one takes its place. */
const CALCUL_MORT_APRES_S = 90

export type Contexte = { base: Base; atelier: Atelier; readJeu: () => Promise<JeuParametres> }

export type ResultatMois = {
  agents: number
  bulletins: number
  /** Payslips really computed: the others had the same inputs, the same legal values and the same engine. */
  recalcules: number
  anomalies: Anomalie[]
  /** True when nothing had moved since the last run: nothing was computed nor written. */
  inchange: boolean
  calculMs: number
  stockageMs: number
}

export type Prepare = {
  carriere: CarriereAPayer
  entrees?: string
  jeuxAvant?: JeuFige[]
  situation?: Situation
  anomalies: Anomalie[]
}

/** A payslip that a new run keeps as it is. */
type Garde = { brut: string; net_a_payer: string; cout: string; cumuls: string }

/**
 * Computes the month of one body: claims the dossier, computes outside of any transaction, then stores everything in
 * one. Killed anywhere, it leaves the previous payslips or the new ones, never a mix; run twice, it changes nothing.
 * @throws Refus when another run is under way, or when the month is no longer open to computation
 */
export async function calculerMois(
  { base, atelier, readJeu }: Contexte,
  auteur: Auteur,
  mois: Mois,
  calculId: string = newId<'Calcul'>(),
  /** Only these posts; the others keep their payslip, and the month stays to compute again if they had moved. */
  seulement?: readonly string[],
): Promise<ResultatMois> {
  const publie = await readJeu()
  const premier = await inOrganisme(base, auteur.organismeId, (tx) => premierMoisCorrige(tx, mois))
  const jeuMois = jeuDuMois(publie, mois, premier)
  const jeu = { empreinte: jeuMois.empreinte(), contenu: jeuMois.serialiser() }
  const moteur = empreinteMoteur()

  const claim = await inOrganisme(base, auteur.organismeId, async (tx) => {
    const d = await lockDossier(tx, mois)
    if (!nextEtat(d.etat, 'calculer')) throw refusActe(LIBELLES_ETAT[d.etat])
    const { rows } = await sql<{ vivant: boolean; recent: boolean }>`
      select coalesce(calcul_depuis > now() - make_interval(secs => ${CALCUL_MORT_APRES_S}), false) as vivant,
        coalesce(calcule_le > now() - interval '15 seconds', false) as recent
      from app.paie_dossier where mois = ${mois}`.execute(tx)
    if (d.calcul_id && d.calcul_id !== calculId && rows[0]!.vivant)
      throw refusCalculEnCours(d.calcul_par ?? 'un autre gestionnaire', heure(d.calcul_depuis))
    const { n } = await tx
      .selectFrom('app.paie_bulletin')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('mois', '=', mois)
      .executeTakeFirstOrThrow()
    const memeMoteur = d.moteur === moteur
    const aJour = memeMoteur && d.etat === 'calcule' && d.revision === d.revision_calculee && d.jeu === jeu.empreinte
    if (aJour && rows[0]!.recent && d.calcule_par !== null && d.calcule_par !== auteur.nom)
      throw refusDejaCalcule(d.calcule_par)
    if (aJour) return { inchange: Number(n) }
    await sql`update app.paie_dossier set calcul_id = ${calculId}, calcul_par = ${auteur.nom}, calcul_depuis = now()
      where mois = ${mois}`.execute(tx)
    await sql`insert into app.paie_jeu (empreinte, contenu) values (${jeu.empreinte}, ${jeu.contenu})
      on conflict do nothing`.execute(tx)
    const prepares = await prepareMois(tx, mois, jeuMois, publie)
    const gardes = memeMoteur ? await listGardes(tx, mois, jeu.empreinte, prepares) : new Map<string, Garde>()
    const cibles = seulement && new Set<string>(seulement)
    return {
      revision: d.revision,
      revisionCalculee: d.revision_calculee,
      prepares,
      gardes,
      aFaire: prepares.filter(
        ({ carriere: { carriereId } }) => !gardes.has(carriereId) && (!cibles || cibles.has(carriereId)),
      ),
    }
  })
  if ('inchange' in claim)
    return {
      agents: claim.inchange,
      bulletins: claim.inchange,
      recalcules: 0,
      anomalies: [],
      inchange: true,
      calculMs: 0,
      stockageMs: 0,
    }

  try {
    const debut = performance.now()
    const calcules = await atelier.calculer(
      claim.aFaire.flatMap((p) =>
        p.entrees === undefined
          ? []
          : [
              {
                carriereId: p.carriere.carriereId,
                entrees: p.entrees,
                ...(p.jeuxAvant ? { jeuxAvant: p.jeuxAvant } : {}),
              },
            ],
      ),
      jeu,
    )
    const fin = performance.now()
    const stored = await inOrganisme(base, auteur.organismeId, (tx) =>
      storeMois(
        tx,
        auteur,
        mois,
        {
          calculId,
          // when only some were asked for, what the others wait for is still to do
          revision:
            claim.aFaire.length + claim.gardes.size === claim.prepares.length ? claim.revision : claim.revisionCalculee,
          jeu: jeu.empreinte,
          moteur,
        },
        claim,
        calcules,
      ),
    )
    return {
      agents: claim.prepares.length,
      recalcules: calcules.length,
      ...stored,
      inchange: false,
      calculMs: Math.round(fin - debut),
      stockageMs: Math.round(performance.now() - fin),
    }
  } catch (e) {
    await inOrganisme(base, auteur.organismeId, (tx) =>
      sql`update app.paie_dossier set calcul_id = null, calcul_par = null, calcul_depuis = null
        where mois = ${mois} and calcul_id = ${calculId}`.execute(tx),
    )
    throw e
  }
}

const compter = (n: number, mot: string) => `${n} ${mot}${n > 1 ? 's' : ''}`

const heure = (d: Date | null) =>
  d ? d.toLocaleTimeString('fr-FR', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Paris' }) : 'l’instant'

/**
 * Every agent to pay for the month with the inputs of the engine, frozen as text: what was already paid of the month by
 * another production is one of them.
 */
export async function prepareMois(
  tx: Tx,
  mois: Mois,
  parametres: JeuParametres,
  publie: JeuParametres,
  options: { seulement?: readonly string[]; employeur?: EmployeurPex } = {},
): Promise<Prepare[]> {
  const employeur = options.employeur ?? (await getEmployeur(tx, mois))
  if (!employeur) throw refusSansEmployeur()
  const carrieres = await listAPayer(tx, mois, options.seulement)
  const dejaOf = await listDeja(tx, mois)
  // those who left, or were without pay, come back with what their last payslip counted
  const { rows: precedents } = await sql<{ carriere_id: string; cumuls: string }>`
    select distinct on (b.carriere_id) b.carriere_id, b.cumuls from app.paie_bulletin b
    join app.paie_carriere c on c.organisme_id = b.organisme_id and c.id = b.carriere_id
    where b.mois = ${addMois(mois, -1)} or (b.mois < ${mois} and c.sortie <= ${premierJour(mois)}
      and b.carriere_id in (select carriere_id from app.paie_variable where mois = ${mois} and effet is not null
        union select k.carriere_id from app.paie_rappel_carriere k join app.paie_rappel r
          on r.organisme_id = k.organisme_id and r.id = k.rappel_id where r.mois = ${mois}))
      or (b.mois < ${mois} and b.carriere_id in (select carriere_id from app.paie_position))
    order by b.carriere_id, b.mois desc`.execute(tx)
  const precedentOf = new Map(precedents.map((p) => [p.carriere_id, p]))
  const rappelsOf = await prepareRappels(tx, mois, parametres, (m) => jeuDuMois(publie, m))
  const partis = await listPartis(tx, mois, [...rappelsOf.keys()], carrieres)
  return [...carrieres, ...partis].map((carriere): Prepare => {
    const { sortie } = carriere
    const { situation, anomalies } =
      sortie !== null && sortie <= premierJour(mois)
        ? toSituationDepart({ employeur, ...carriere, sortie, parametres })
        : toSituation({ mois, employeur, ...carriere, parametres })
    const precedent = precedentOf.get(carriere.carriereId)
    if (!situation) return { carriere, anomalies }
    const poste = rappelsOf.get(carriere.carriereId)
    return {
      carriere,
      anomalies,
      situation,
      entrees: JSON.stringify({
        mois,
        situation,
        cumuls: precedent ? (JSON.parse(precedent.cumuls) as Cumuls | null) : null,
        ...(poste ? { rappels: poste.rappels } : {}),
        ...(dejaOf.has(carriere.carriereId) ? { deja: dejaOf.get(carriere.carriereId)! } : {}),
      } satisfies Entrees),
      ...(poste && poste.jeuxAvant.length > 0 ? { jeuxAvant: poste.jeuxAvant } : {}),
    }
  })
}

/** Agents gone, or without pay, before the month to whom the past owes something: their payslip carries it alone. */
async function listPartis(
  tx: Tx,
  mois: Mois,
  ids: readonly string[],
  presents: readonly CarriereAPayer[],
): Promise<CarriereAPayer[]> {
  const connus = new Set<string>(presents.map((c) => c.carriereId))
  const absents = ids.filter((id) => !connus.has(id))
  if (absents.length === 0) return []
  const sorties = await tx.selectFrom('app.paie_carriere').select(['id', 'sortie']).where('id', 'in', absents).execute()
  const partis: CarriereAPayer[] = []
  for (const { id, sortie } of sorties) {
    const depart =
      sortie && sortie <= premierJour(mois) ? (sortie as Jour) : await debutHorsPaie(tx, id, premierJour(mois))
    if (!depart) continue
    const connu = await listAPayer(tx, moisOf(addJours(depart, -1)), [id])
    partis.push(...connu.map((c) => ({ ...c, sortie: depart })))
  }
  return partis
}

/** Approved payslips of the month, by post, in the order of their approval. */
async function listDeja(tx: Tx, mois: Mois): Promise<Map<string, Bulletin[]>> {
  const rows = await tx
    .selectFrom('app.paie_bulletin_approuve')
    .select(['carriere_id', 'bulletin'])
    .where('mois', '=', mois)
    .orderBy('numero')
    .execute()
  return new Map(
    [...Map.groupBy(rows, (r) => r.carriere_id)].map(([id, l]) => [
      id,
      l.map((r) => JSON.parse(r.bulletin) as Bulletin),
    ]),
  )
}

/** Payslips of an earlier run whose inputs are, byte for byte, those of today. */
async function listGardes(tx: Tx, mois: Mois, jeu: string, prepares: readonly Prepare[]): Promise<Map<string, Garde>> {
  const rows = await tx
    .selectFrom('app.paie_bulletin')
    .select(['carriere_id', 'entrees', 'brut', 'net_a_payer', 'cout', 'cumuls'])
    .where('mois', '=', mois)
    .where('jeu', '=', jeu)
    .execute()
  const entreesOf = new Map(prepares.map((p) => [p.carriere.carriereId, p.entrees]))
  return new Map(rows.flatMap((r) => (entreesOf.get(r.carriere_id) === r.entrees ? [[r.carriere_id, r]] : [])))
}

type Claim = { prepares: readonly Prepare[]; gardes: ReadonlyMap<string, Garde>; aFaire: readonly Prepare[] }

async function storeMois(
  tx: Tx,
  auteur: Auteur,
  mois: Mois,
  run: { calculId: string; revision: number | null; jeu: string; moteur: string },
  { prepares, gardes, aFaire }: Claim,
  calcules: readonly Calcule[],
): Promise<{ bulletins: number; anomalies: Anomalie[] }> {
  const d = await lockDossier(tx, mois)
  if (d.calcul_id !== run.calculId)
    throw refusCalculEnCours(d.calcul_par ?? 'un autre gestionnaire', heure(d.calcul_depuis))
  const byCarriere = new Map(calcules.map((c) => [c.carriereId, c]))
  const rows = aFaire.flatMap(({ carriere, entrees }) => {
    const b = byCarriere.get(carriere.carriereId)?.bulletin
    if (!b || entrees === undefined) return []
    return [
      {
        carriere_id: carriere.carriereId,
        agent_id: carriere.agentId,
        entrees,
        bulletin: b.texte,
        cumuls: b.cumuls,
        empreinte: b.empreinte,
        population: b.population,
        brut: b.brut,
        cotisations: b.cotisations,
        net_imposable: b.netImposable,
        net_a_payer: b.netAPayer,
        cout: b.cout,
      },
    ]
  })
  // a payslip that stays: kept, or left for a later run of the others
  const refaits = new Set<string>(aFaire.map((p) => p.carriere.carriereId))
  const restants = prepares.map((p) => p.carriere.carriereId as string).filter((id) => !refaits.has(id))
  await sql`delete from app.paie_bulletin where mois = ${mois} and not (carriere_id = any(${restants}::uuid[]))`.execute(
    tx,
  )
  await sql`delete from app.paie_anomalie where mois = ${mois}
    and (origine <> 'moteur' or carriere_id is null or not (carriere_id = any(${restants}::uuid[])))`.execute(tx)
  if (rows.length > 0)
    await sql`insert into app.paie_bulletin (organisme_id, mois, carriere_id, agent_id, entrees, jeu, bulletin, cumuls,
        empreinte, population, brut, cotisations, net_imposable, net_a_payer, cout)
      select ${auteur.organismeId}, ${mois}, carriere_id, agent_id, entrees, ${run.jeu}, bulletin, cumuls,
        empreinte, population, brut, cotisations, net_imposable, net_a_payer, cout
      from json_to_recordset(${JSON.stringify(rows)}::json) as x(carriere_id uuid, agent_id uuid, entrees text,
        bulletin text, cumuls text, empreinte text, population text, brut numeric, cotisations numeric,
        net_imposable numeric, net_a_payer numeric, cout numeric)`.execute(tx)
  const montantsOf = new Map<string, Garde>([...gardes, ...rows.map((r) => [r.carriere_id, r] as const)])
  const bilans = prepares.flatMap((p): Bilan[] => {
    const b = montantsOf.get(p.carriere.carriereId)
    return b && p.situation
      ? [
          {
            carriere: p.carriere,
            situation: p.situation,
            netAPayer: b.net_a_payer,
            brut: b.brut,
            cout: b.cout,
            reportNegatif: b.cumuls.includes('"reportNegatif"'),
          },
        ]
      : []
  })
  // paid whole by a production before this one: no payslip is missing
  const soldes = new Set(calcules.flatMap((c) => (c.estSolde ? [c.carriereId] : [])))
  const constats = await controlerMois(
    tx,
    auteur.organismeId,
    mois,
    prepares.map((p) => p.carriere).filter((c) => !soldes.has(c.carriereId)),
    bilans,
  )
  const anomalies: (Anomalie & { carriereId: string | null; origine: 'preparation' | 'moteur' | 'controle' })[] = [
    ...prepares.flatMap(({ carriere: { carriereId }, anomalies }) =>
      anomalies.map((a) => ({ ...a, carriereId, origine: 'preparation' as const })),
    ),
    ...calcules.flatMap(({ carriereId, anomalies }) =>
      anomalies.map((a) => ({ ...a, carriereId, origine: 'moteur' as const })),
    ),
    ...constats.map((a) => ({ ...a, origine: 'controle' as const })),
  ]
  if (anomalies.length > 0)
    await tx
      .insertInto('app.paie_anomalie')
      .values(
        anomalies.map((a) => ({
          organisme_id: auteur.organismeId,
          id: newId(),
          mois,
          carriere_id: a.carriereId,
          code: a.code,
          message: a.message,
          lieu: a.lieu ?? null,
          conseil: a.conseil ?? null,
          est_bloquante: a.bloquante,
          origine: a.origine,
        })),
      )
      .execute()
  const etat = nextEtat(d.etat, 'calculer')
  await sql`update app.paie_dossier set etat = ${etat}, revision_calculee = ${run.revision}, jeu = ${run.jeu},
      moteur = ${run.moteur}, calcul_id = null, calcul_par = null, calcul_depuis = null, calcule_le = now(),
      calcule_par = ${auteur.nom}
    where mois = ${mois}`.execute(tx)
  const { n, bloquantes, total } = await countMois(tx, mois)
  await noteActe(
    tx,
    auteur,
    mois,
    'Calcul',
    `${compter(n, 'bulletin')}${calcules.length < n ? `, dont ${calcules.length} ${calcules.length > 1 ? 'recalculés' : 'recalculé'}` : ''}, ${compter(total, 'anomalie')}${bloquantes > 0 ? `, dont ${compter(bloquantes, 'bloquante')}` : ''}`,
  )
  await publishSuivi(tx, auteur.organismeId, mois)
  return { bulletins: n, anomalies: await listAnomaliesDuMois(tx, mois) }
}

async function countMois(tx: Tx, mois: Mois) {
  const { rows } = await sql<{ n: number; total: number; bloquantes: number }>`
    select (select count(*)::int from app.paie_bulletin where mois = ${mois}) as n, count(*)::int as total,
      count(*) filter (where est_bloquante)::int as bloquantes
    from app.paie_anomalie where mois = ${mois}`.execute(tx)
  return rows[0]!
}

/** Those of the kept payslips with those just found. */
async function listAnomaliesDuMois(tx: Tx, mois: Mois): Promise<Anomalie[]> {
  const rows = await tx
    .selectFrom('app.paie_anomalie')
    .select(['code', 'message', 'lieu', 'conseil', 'est_bloquante'])
    .where('mois', '=', mois)
    .execute()
  return rows.map(({ lieu, conseil, est_bloquante, ...a }) => ({
    ...a,
    ...(lieu === null ? {} : { lieu }),
    ...(conseil === null ? {} : { conseil }),
    bloquante: est_bloquante,
  }))
}
