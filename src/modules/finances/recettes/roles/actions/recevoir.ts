import { sql } from 'kysely'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { findBudget, findOrCreateTiers, type PieceRecue } from '../../../execution/actions/recevoir.ts'
import type { Auteur } from '../../../execution/db/commun.ts'
import { type RoleSaisi, zArticleSaisi } from '../contract.ts'
import { creerRole, poserArticles } from './saisir.ts'

/** A list of debts that another module brings (canteen, water, rents…); `cle` is its own name for it. */
export type RoleRecu = {
  source: string
  cle: string
  annee: number
  /** Default: the main budget. */
  budgetId?: string | undefined
  role: RoleSaisi
  articles: readonly {
    tiers: PieceRecue['tiers']
    lignes: readonly { libelle: string; nature: string; base?: string; ht: string; tva?: string; fonction?: string }[]
  }[]
}

/** The door of the modules that bill many people: brought twice, entered once; it waits to be read and sent. */
export async function recevoirRole(tx: Tx, auteur: Auteur, r: RoleRecu): Promise<{ id: string; estNouveau: boolean }> {
  const { rows } = await sql<{ id: string }>`select id from app.finances_role
    where source = ${r.source} and source_cle = ${r.cle} and etat <> 'abandonne'`.execute(tx)
  if (rows[0]) return { id: rows[0].id, estNouveau: false }
  const id = newId<'Role'>()
  const cadre = { budgetId: await findBudget(tx, r.budgetId), annee: r.annee }
  await creerRole(tx, auteur, cadre, id, r.role, { source: r.source, cle: r.cle })
  const articles = []
  for (const a of r.articles)
    articles.push(
      zArticleSaisi.parse({
        id: newId<'Dette'>(),
        tiersId: await findOrCreateTiers(tx, auteur, a.tiers),
        objet: r.role.libelle,
        lignes: a.lignes,
      }),
    )
  await poserArticles(tx, auteur, id, articles)
  return { id, estNouveau: true }
}
