import { sql } from 'kysely'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Anomalie } from '#socle/refus.ts'
import { getBudget, getExercice, planOf } from '../../../budget/db/exercices.ts'
import type { TiersRow } from '../../../execution/db/contexte.ts'
import { roleIntrouvable } from '../../refus.ts'
import { readReglages } from '../../reglages/reglages.ts'
import type { EtatRole, LigneRole } from '../contract.ts'
import { controlerRole, ttcOf } from '../domain/controler.ts'

export type RoleRow = {
  id: string
  budget_id: string
  annee: number
  libelle: string
  produit: string
  periode: number
  avis_le: Jour
  echeance: Jour
  prelevement_le: Jour | null
  edition: 'collectivite' | 'dgfip'
  etat: EtatRole
  motif: string
  source: string
  bordereau_id: string | null
  titre_id: string | null
  cree_par_nom: string
}
export async function getRole(tx: Tx, id: string, lock = false): Promise<RoleRow> {
  const { rows } =
    await sql<RoleRow>`select * from app.finances_role where id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx)
  if (!rows[0]) throw roleIntrouvable()
  return rows[0]
}

export type ArticleRow = {
  id: string
  tiers_id: string
  objet: string
  lignes: LigneRole[]
  ht: string
  tva: string
  tiers: TiersRow
}
/** Articles of a rôle with their debtors, in their order. */
export async function listArticles(tx: Tx, roleId: string): Promise<ArticleRow[]> {
  const { rows } = await sql<ArticleRow>`
    select a.id, a.tiers_id, a.objet, a.lignes, a.ht, a.tva, to_jsonb(t) as tiers
    from app.finances_role_article a
    join app.finances_tiers t on t.organisme_id = a.organisme_id and t.id = a.tiers_id
    where a.role_id = ${roleId} order by a.rang, a.id`.execute(tx)
  return rows
}

/** What would send this rôle back, as it stands. */
export async function controler(
  tx: Tx,
  role: RoleRow,
  articles: readonly ArticleRow[],
  aujourdhui: Jour,
): Promise<Anomalie[]> {
  const budget = await getBudget(tx, role.budget_id)
  const plan = planOf(await getExercice(tx, role.budget_id, role.annee))
  return controlerRole(
    {
      codeCollectivite: budget.code_collectivite,
      assujetti: budget.est_assujetti_tva,
      avisLe: role.avis_le,
      echeance: role.echeance,
      prelevementLe: role.prelevement_le,
      ics: (await readReglages(tx, role.budget_id)).ics,
      isArticle: (nature) => {
        const c = plan.comptes.get(nature)
        return c?.chapitres.R.reel !== undefined && !c.supprime
      },
      articles: articles.map(({ objet, lignes, tiers: t }) => ({
        objet,
        lignes,
        ttc: ttcOf(lignes),
        tiers: {
          nom: `${t.nom} ${t.prenom}`.trim(),
          categorie: t.categorie,
          civilite: t.civilite,
          estActif: t.est_actif,
          adresse: t.adresse,
          codePostal: t.code_postal,
          ville: t.ville,
        },
      })),
    },
    aujourdhui,
  )
}
