import { sql } from 'kysely'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Auteur } from '../db/commun.ts'
import { listOfBordereau } from '../db/contexte.ts'
import type { Sens } from '../domain/controler.ts'
import { empreinteOf, lockBordereau, signerBordereau } from './bordereaux.ts'

/** What was voted, engaged and mandated, article by article. */
export async function lireArticles(tx: Tx, budgetId: string, annee: number) {
  const { rows } = await sql<{
    sens: Sens
    mouvement: string
    nature: string
    fonction: string
    operation: string
    service: string
    vote: string
    engage: string
    mandate: string
  }>`select sens, mouvement, nature, fonction, operation, service, vote, engage, mandate from app.finances_article
    where budget_id = ${budgetId} and annee = ${annee} order by sens, mouvement, nature, fonction, operation, service`.execute(
    tx,
  )
  return rows
}

/** Signs a bordereau as it stands now: an installation has nobody who reads it first. */
export async function signerEnvoye(tx: Tx, auteur: Auteur, id: string, le: Jour) {
  const b = await lockBordereau(tx, id)
  return signerBordereau(tx, auteur, id, { empreinte: empreinteOf(b, await listOfBordereau(tx, id)), le })
}
