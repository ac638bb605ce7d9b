import '../db/tables.ts'
import { sql } from 'kysely'
import { addMois, type Mois } from '#socle/dates.ts'
import { type Base, inOrganisme, type Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { type Anomalie, Refus } from '#socle/refus.ts'
import type { Cumuls, JeuParametres, Situation } from '../calcul/index.ts'
import { type CarriereAPayer, getEmployeur, listAPayer } from '../carriere/db/carrieres.ts'
import { toSituation } from '../carriere/domain/situation.ts'
import { type Auteur, lockDossier, noteActe, publishSuivi } from '../dossier/db/dossiers.ts'
import { LIBELLES_ETAT, nextEtat } from '../dossier/domain/dossier.ts'
import { refusActe, refusCalculEnCours, refusDejaCalcule } from '../refus.ts'
import type { Atelier } from './atelier.ts'
import { type AControler, controlMois } from './controles.ts'
import type { Calcule, Entrees } from './ouvrier.ts'

/**
 * A payslip also reads values of the past: the rate of a sick leave is that of the day when it was granted, and a leave
 * lasts at most a year; some ceilings are those of the first of January. The months of origin of rappels would count
 * too: `Entrees`, what a run computes from, holds none.
 */
const MOIS_LUS_AVANT = 24
export const jeuDuMois = (jeu: JeuParametres, mois: Mois): JeuParametres =>
  jeu.extrait(addMois(mois, -MOIS_LUS_AVANT), mois)

/** A run that has given no sign for this long is dead: the next one takes its place. */
const CALCUL_MORT_APRES_S = 90

export type Contexte = { base: Base; atelier: Atelier; readJeu: () => Promise<JeuParametres> }

export type ResultatMois = {
  agents: number
  bulletins: number
  anomalies: Anomalie[]
  /** True when nothing had moved since the last run: nothing was computed nor written. */
  inchange: boolean
  calculMs: number
  stockageMs: number
}

export type Prepare = {
  carriere: CarriereAPayer
  entrees?: string
  anomalies: Anomalie[]
  netPrecedent: string | undefined
  iban: string
}

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
): Promise<ResultatMois> {
  const jeuMois = jeuDuMois(await readJeu(), mois)
  const jeu = { empreinte: jeuMois.empreinte(), contenu: jeuMois.serialiser() }

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
    const aJour = d.etat === 'calcule' && d.revision === d.revision_calculee && d.jeu === jeu.empreinte
    if (aJour && rows[0]!.recent && d.calcule_par !== null && d.calcule_par !== auteur.nom)
      throw refusDejaCalcule(d.calcule_par)
    if (aJour) return { inchange: Number(n) }
    await sql`update app.paie_dossier set calcul_id = ${calculId}, calcul_par = ${auteur.nom}, calcul_depuis = now()
      where mois = ${mois}`.execute(tx)
    await sql`insert into app.paie_jeu (empreinte, contenu) values (${jeu.empreinte}, ${jeu.contenu})
      on conflict do nothing`.execute(tx)
    return { revision: d.revision, prepares: await prepareMois(tx, mois, jeuMois) }
  })
  if ('inchange' in claim)
    return {
      agents: claim.inchange,
      bulletins: claim.inchange,
      anomalies: [],
      inchange: true,
      calculMs: 0,
      stockageMs: 0,
    }

  try {
    const debut = performance.now()
    const calcules = await atelier.calculer(
      claim.prepares.flatMap((p) =>
        p.entrees === undefined ? [] : [{ carriereId: p.carriere.carriereId, entrees: p.entrees }],
      ),
      jeu,
    )
    const fin = performance.now()
    const stored = await inOrganisme(base, auteur.organismeId, (tx) =>
      storeMois(tx, auteur, mois, { calculId, revision: claim.revision, jeu: jeu.empreinte }, claim.prepares, calcules),
    )
    return {
      agents: claim.prepares.length,
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

/** Every agent to pay for the month with the inputs of the engine, frozen as text. */
export async function prepareMois(tx: Tx, mois: Mois, parametres: JeuParametres): Promise<Prepare[]> {
  const employeur = await getEmployeur(tx, mois)
  if (!employeur)
    throw new Refus(
      'paie.employeurSansReglages',
      'Les réglages de l’employeur (effectif, taux notifiés) manquent pour ce mois. Saisissez-les avant de calculer.',
    )
  const carrieres = await listAPayer(tx, mois)
  const precedents = await tx
    .selectFrom('app.paie_bulletin')
    .select(['carriere_id', 'cumuls', 'net_a_payer'])
    .where('mois', '=', addMois(mois, -1))
    .execute()
  const ibans = await tx.selectFrom('app.paie_agent').select(['id', 'iban']).execute()
  const precedentOf = new Map(precedents.map((p) => [p.carriere_id, p]))
  const ibanOf = new Map(ibans.map((a) => [a.id, a.iban]))
  return carrieres.map((carriere): Prepare => {
    const { situation, anomalies } = toSituation({
      mois,
      employeur,
      ...carriere,
      parametres,
    })
    const precedent = precedentOf.get(carriere.carriereId)
    const commun = {
      carriere,
      anomalies,
      netPrecedent: precedent?.net_a_payer,
      iban: ibanOf.get(carriere.agentId) ?? '',
    }
    if (!situation) return commun
    return {
      ...commun,
      entrees: freeze(mois, situation, precedent ? (JSON.parse(precedent.cumuls) as Cumuls | null) : null),
    }
  })
}

const freeze = (mois: Mois, situation: Situation, cumuls: Cumuls | null): string =>
  JSON.stringify({ mois, situation, cumuls } satisfies Entrees)

async function storeMois(
  tx: Tx,
  auteur: Auteur,
  mois: Mois,
  run: { calculId: string; revision: number; jeu: string },
  prepares: readonly Prepare[],
  calcules: readonly Calcule[],
): Promise<{ bulletins: number; anomalies: Anomalie[] }> {
  const d = await lockDossier(tx, mois)
  if (d.calcul_id !== run.calculId)
    throw refusCalculEnCours(d.calcul_par ?? 'un autre gestionnaire', heure(d.calcul_depuis))
  const byCarriere = new Map(calcules.map((c) => [c.carriereId, c]))
  const rows = prepares.flatMap(({ carriere, entrees }) => {
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
  const anomalies = [
    ...prepares.flatMap(({ carriere, anomalies }) =>
      [...anomalies, ...(byCarriere.get(carriere.carriereId)?.anomalies ?? [])].map((a) => ({
        ...a,
        carriereId: carriere.carriereId,
      })),
    ),
    ...controlMois(
      prepares.flatMap((p): AControler[] => {
        const b = byCarriere.get(p.carriere.carriereId)?.bulletin
        if (!b) return []
        return [
          {
            carriereId: p.carriere.carriereId,
            nom: `${p.carriere.prenom} ${p.carriere.nom}`,
            iban: p.iban,
            netAPayer: b.netAPayer,
            netPrecedent: p.netPrecedent,
            aDesVariables: p.carriere.variables.length > 0,
          },
        ]
      }),
    ),
  ]
  await tx.deleteFrom('app.paie_bulletin').where('mois', '=', mois).execute()
  await tx.deleteFrom('app.paie_anomalie').where('mois', '=', mois).execute()
  if (rows.length > 0)
    await sql`insert into app.paie_bulletin (organisme_id, mois, carriere_id, agent_id, entrees, jeu, bulletin, cumuls,
        empreinte, population, brut, cotisations, net_imposable, net_a_payer, cout)
      select ${auteur.organismeId}, ${mois}, carriere_id, agent_id, entrees, ${run.jeu}, bulletin, cumuls,
        empreinte, population, brut, cotisations, net_imposable, net_a_payer, cout
      from json_to_recordset(${JSON.stringify(rows)}::json) as x(carriere_id uuid, agent_id uuid, entrees text,
        bulletin text, cumuls text, empreinte text, population text, brut numeric, cotisations numeric,
        net_imposable numeric, net_a_payer numeric, cout numeric)`.execute(tx)
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
        })),
      )
      .execute()
  await sql`update app.paie_dossier set etat = 'calcule', revision_calculee = ${run.revision}, jeu = ${run.jeu},
      calcul_id = null, calcul_par = null, calcul_depuis = null, calcule_le = now(), calcule_par = ${auteur.nom}
    where mois = ${mois}`.execute(tx)
  const bloquantes = anomalies.filter((a) => a.bloquante).length
  await noteActe(
    tx,
    auteur,
    mois,
    'Calcul',
    `${compter(rows.length, 'bulletin')}, ${compter(anomalies.length, 'anomalie')}${bloquantes > 0 ? `, dont ${compter(bloquantes, 'bloquante')}` : ''}`,
  )
  await publishSuivi(tx, auteur.organismeId, mois)
  return { bulletins: rows.length, anomalies }
}
