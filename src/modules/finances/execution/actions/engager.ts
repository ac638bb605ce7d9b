import { sql } from 'kysely'
import { type Centimes, euros, formatEuros, inEuros, negate, ZERO } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { consommerCredits } from '../../budget/db/credits.ts'
import { lireImputation } from '../../budget/db/exercices.ts'
import type { EngagementSaisi } from '../contract.ts'
import { type Auteur, noteActe, takeNumeros } from '../db/commun.ts'
import { engagementIntrouvable, refusEngagement, refusEngagementFerme } from '../refus.ts'

export type Cadre = { budgetId: string; annee: number }

/** Reserves the credit of an order, a contract or a decision. Sent twice, it engages once. */
export async function engager(tx: Tx, auteur: Auteur, cadre: Cadre, e: EngagementSaisi, le: Jour): Promise<number> {
  const deja = await tx.selectFrom('app.finances_engagement').select('numero').where('id', '=', e.id).executeTakeFirst()
  if (deja) return deja.numero
  const numero = await takeNumeros(tx, auteur.organismeId, `engagement/${cadre.budgetId}/${cadre.annee}`)
  const imputation = await lireImputation(tx, {
    budgetId: cadre.budgetId,
    exercice: cadre.annee,
    sens: 'D',
    mouvement: 'reel',
    nature: e.nature,
    fonction: e.fonction,
    operation: e.operation,
    service: e.service,
  })
  await consommerCredits(tx, { organismeId: auteur.organismeId, budgetId: cadre.budgetId, exercice: cadre.annee }, [
    { imputation, engage: euros(e.montant), mandate: ZERO },
  ])
  await sql`insert into app.finances_engagement (organisme_id, id, budget_id, annee, numero, objet, tiers_id, nature, fonction,
      operation, service, marche, montant, engage_le, engage_par)
    values (${auteur.organismeId}, ${e.id}, ${cadre.budgetId}, ${cadre.annee}, ${numero}, ${e.objet}, ${e.tiersId ?? null},
      ${e.nature}, ${e.fonction}, ${e.operation}, ${e.service}, ${e.marche}, ${e.montant}, ${le}, ${auteur.nom})`.execute(
    tx,
  )
  await noteActe(tx, auteur, 'engagement', e.id, 'Engagement', `N° ${numero}, ${formatEuros(e.montant)}`)
  return numero
}

/** Takes from an engagement what a liquidation uses, or gives it back (negative). The credit stays engaged meanwhile. */
export async function prendreSurEngagement(tx: Tx, id: string, montant: Centimes): Promise<void> {
  const e = await tx
    .selectFrom('app.finances_engagement')
    .select(['montant', 'liquide', 'etat'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!e) throw engagementIntrouvable()
  if (e.etat !== 'ouvert' && montant > 0n) throw refusEngagementFerme()
  const reste = (euros(e.montant) - euros(e.liquide)) as Centimes
  if (montant > reste) throw refusEngagement(formatEuros(reste))
  await sql`update app.finances_engagement set liquide = liquide + ${inEuros(montant)}::numeric where id = ${id}`.execute(
    tx,
  )
}

/** Gives back to the budget what an engagement will not use. */
export async function solderEngagement(tx: Tx, auteur: Auteur, id: string): Promise<void> {
  const e = await tx
    .selectFrom('app.finances_engagement')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!e) throw engagementIntrouvable()
  if (e.etat !== 'ouvert') throw refusEngagementFerme()
  const reste = (euros(e.montant) - euros(e.liquide)) as Centimes
  const imputation = await lireImputation(tx, {
    budgetId: e.budget_id,
    exercice: e.annee,
    sens: 'D',
    mouvement: 'reel',
    nature: e.nature,
    fonction: e.fonction,
    operation: e.operation,
    service: e.service,
  })
  if (reste > 0n)
    await consommerCredits(tx, { organismeId: auteur.organismeId, budgetId: e.budget_id, exercice: e.annee }, [
      { imputation, engage: negate(reste), mandate: ZERO },
    ])
  const etat = euros(e.liquide) === 0n ? 'annule' : 'solde'
  await tx.updateTable('app.finances_engagement').set({ etat }).where('id', '=', id).execute()
  await noteActe(
    tx,
    auteur,
    'engagement',
    id,
    etat === 'annule' ? 'Annulation' : 'Solde',
    `${formatEuros(reste)} rendus au budget`,
  )
}
