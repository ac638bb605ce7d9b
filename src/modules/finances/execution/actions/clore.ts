import { sql } from 'kysely'
import { inscrire } from '#modules/journal/index.ts'
import { formatEuros } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { type Anomalie, Refus } from '#socle/refus.ts'
import { lireResultats } from '../../budget/actions/versions.ts'
import { getExercice } from '../../budget/db/exercices.ts'
import { listArticles } from '../../budget/db/versions.ts'
import { restesARealiser } from '../../budget/domain/reprise.ts'
import type { Auteur } from '../db/commun.ts'
import type { Cadre } from '../db/contexte.ts'

const pluriel = (n: number, un: string, plusieurs: string) => `${n} ${n > 1 ? plusieurs : un}`

/** What an exercice still lacks before it can be closed, and what will be carried to the next one. */
export async function lireCloture(tx: Tx, cadre: Cadre, le: Jour) {
  const { rows } = await sql<
    Record<'pretes' | 'aViser' | 'signes' | 'arretees' | 'engagements' | 'factures', number>
  >`select
    (select count(*)::int from app.finances_liquidation where budget_id = ${cadre.budgetId} and annee = ${cadre.annee} and etat = 'prete') as pretes,
    (select count(*)::int from app.finances_bordereau where budget_id = ${cadre.budgetId} and annee = ${cadre.annee} and etat = 'aViser') as "aViser",
    (select count(*)::int from app.finances_bordereau where budget_id = ${cadre.budgetId} and annee = ${cadre.annee} and etat = 'signe') as signes,
    (select count(*)::int from app.finances_piece_suivi s where budget_id = ${cadre.budgetId} and annee = ${cadre.annee} and etat in ('rejetee', 'suspendue')
      and not exists (select from app.finances_liquidation l where l.origine_id = s.piece_id and l.etat <> 'abandonnee')) as arretees,
    (select count(*)::int from app.finances_engagement where budget_id = ${cadre.budgetId} and annee = ${cadre.annee} and etat = 'ouvert') as engagements,
    (select count(*)::int from app.finances_facture where budget_id = ${cadre.budgetId} and etat = 'recue' and extract(year from recue_le) <= ${cadre.annee}) as factures`.execute(
    tx,
  )
  const n = rows[0]!
  const anomalies: Anomalie[] = []
  const dire = (code: string, bloquante: boolean, message: string, conseil: string) =>
    anomalies.push({ code, message, conseil, bloquante })
  if (le <= `${cadre.annee}-12-31`)
    dire('cloture.enCours', true, `L’exercice ${cadre.annee} court jusqu’au 31 décembre.`, 'Revenez après cette date.')
  if (n.pretes > 0)
    dire(
      'cloture.pretes',
      true,
      `${pluriel(n.pretes, 'pièce prête attend', 'pièces prêtes attendent')} un bordereau.`,
      'Envoyez-les à la signature, ou retirez-les.',
    )
  if (n.aViser > 0)
    dire(
      'cloture.aViser',
      true,
      `${pluriel(n.aViser, 'bordereau attend', 'bordereaux attendent')} la signature.`,
      'Signez ou renvoyez.',
    )
  if (n.signes > 0)
    dire(
      'cloture.signes',
      true,
      `${pluriel(n.signes, 'bordereau signé n’est pas remis', 'bordereaux signés ne sont pas remis')} au comptable.`,
      'Remettez leur flux dans « Échanges ».',
    )
  if (n.arretees > 0)
    dire(
      'cloture.arretees',
      true,
      `${pluriel(n.arretees, 'pièce est rejetée ou en instance', 'pièces sont rejetées ou en instance')} chez le comptable.`,
      'Réémettez-les, ou annulez-les.',
    )
  if (n.factures > 0)
    dire(
      'cloture.factures',
      false,
      `${pluriel(n.factures, 'facture reçue n’est pas mandatée', 'factures reçues ne sont pas mandatées')}.`,
      'Si le service est fait, mandatez-la sur l’exercice ; sinon elle ira sur le suivant.',
    )
  const annee = await listArticles(tx, cadre.budgetId, cadre.annee)
  const restes = restesARealiser(annee)
  if (n.engagements > 0)
    dire(
      'cloture.engagements',
      false,
      `${pluriel(n.engagements, 'engagement reste ouvert', 'engagements restent ouverts')}.`,
      'Ceux d’investissement seront les restes à réaliser ; soldez ceux qui ne serviront plus.',
    )
  const { resultats } = await lireResultats(tx, cadre.budgetId, cadre.annee + 1)
  return { etat: (await getExercice(tx, cadre.budgetId, cadre.annee)).etat, anomalies, resultats, restes }
}

/** Closes an exercice: nothing more is engaged, liquidated or signed on it. Asked twice, it is closed once. */
export async function cloreExercice(tx: Tx, auteur: Auteur, cadre: Cadre, le: Jour): Promise<void> {
  // whoever writes on this exercice has finished, or will find it closed
  await sql`select 1 from app.finances_exercice where budget_id = ${cadre.budgetId} and annee = ${cadre.annee} for update`.execute(
    tx,
  )
  const c = await lireCloture(tx, cadre, le)
  if (c.etat === 'clos') return
  if (c.etat !== 'ouvert') throw new Refus('cloture.nonVote', 'Un exercice sans budget voté ne se clôt pas.')
  const bloquantes = c.anomalies.filter((a) => a.bloquante)
  if (bloquantes[0])
    throw new Refus(
      'cloture.inachevee',
      `L’exercice ne peut pas être clos. ${bloquantes.map((a) => a.message).join(' ')}`,
    )
  await sql`update app.finances_exercice set etat = 'clos' where budget_id = ${cadre.budgetId} and annee = ${cadre.annee}`.execute(
    tx,
  )
  await inscrire(tx, auteur.organismeId, auteur, {
    acte: 'exercice.clore',
    objet: { type: 'budget', id: cadre.budgetId, libelle: `Exercice ${cadre.annee}` },
    detail: {
      fonctionnement: formatEuros(c.resultats.fonctionnement),
      investissement: formatEuros(c.resultats.investissement),
    },
  })
}
