import { inscrire } from '#modules/journal/index.ts'
import { getOrganisme } from '#modules/organismes/index.ts'
import type { Tx } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import type { Edition } from '../../db/tables.ts'
import { findPlan, type Vote } from '../../nomenclature/index.ts'
import { getBudget } from '../db/exercices.ts'
import { listVersions } from '../db/versions.ts'
import type { Acteur } from './versions.ts'

export type BudgetSaisi = {
  id: string
  code: string
  libelle: string
  estPrincipal: boolean
  siret?: string | undefined
  codique?: string | undefined
  codeCollectivite?: string | undefined
  estAssujettiTva?: boolean | undefined
}

/** Creates a budget or changes how it is named; the same id is the same budget. */
export async function enregistrerBudget(tx: Tx, qui: Acteur, b: BudgetSaisi): Promise<void> {
  const organisme = await getOrganisme(tx, qui.organismeId)
  const autres = await tx.selectFrom('app.finances_budget').select(['id', 'code', 'est_principal']).execute()
  if (autres.some((a) => a.id !== b.id && a.code === b.code))
    throw new Refus('budget.code', `Le code ${b.code} est déjà celui d’un autre budget.`, {
      champs: { code: 'Code déjà pris.' },
    })
  if (b.estPrincipal && autres.some((a) => a.id !== b.id && a.est_principal))
    throw new Refus('budget.principal', 'Cet organisme a déjà son budget principal.')
  const valeurs = {
    code: b.code,
    libelle: b.libelle,
    est_principal: b.estPrincipal,
    siret: b.siret || organisme.siret,
    codique: b.codique ?? '',
    code_collectivite: b.codeCollectivite ?? '',
    est_assujetti_tva: b.estAssujettiTva ?? false,
  }
  await tx
    .insertInto('app.finances_budget')
    .values({ organisme_id: qui.organismeId, id: b.id, ...valeurs })
    .onConflict((oc) => oc.columns(['organisme_id', 'id']).doUpdateSet(valeurs))
    .execute()
  await inscrire(tx, qui.organismeId, qui, {
    acte: 'budget.regler',
    objet: { type: 'budget', id: b.id, libelle: b.libelle },
  })
}

export type ExerciceSaisi = {
  budgetId: string
  annee: number
  plan: string
  /** By nature when it is not said. By function: the chapter of a line is that of its function. */
  voteSelon?: Vote | undefined
  niveauF: 'chapitre' | 'article'
  niveauI: 'chapitre' | 'article'
  articlesSpecialises?: readonly string[]
  fongibiliteF: string
  fongibiliteI: string
}

/** Opens a year of a budget, or changes its settings before its budget is voted. */
export async function enregistrerExercice(tx: Tx, qui: Acteur, e: ExerciceSaisi): Promise<void> {
  await getBudget(tx, e.budgetId)
  const plan = findPlan(e.plan, e.annee)
  if (plan?.usage !== 'budget')
    throw new Refus('exercice.plan', 'Ce plan de comptes ne sert pas à préparer un budget.', {
      champs: { plan: 'Choisissez un plan de comptes.' },
    })
  if (plan.norme !== 'M57' && (Number(e.fongibiliteF) > 0 || Number(e.fongibiliteI) > 0))
    throw new Refus('exercice.fongibilite', 'La fongibilité des crédits n’existe qu’en M57.')
  const voteSelon = e.voteSelon ?? 'nature'
  if (voteSelon === 'fonction' && plan.code !== 'M57_D')
    throw new Refus('exercice.voteFonction', 'Seul un budget tenu en M57 développée se vote par fonction.', {
      champs: { voteSelon: 'M57 développée seulement.' },
    })
  if (voteSelon === 'fonction' && e.articlesSpecialises?.length)
    throw new Refus(
      'exercice.specialiseFonction',
      'Dans un vote par fonction, l’article est la fonction : il n’y a pas d’articles spécialisés par nature.',
      { champs: { articlesSpecialises: 'Laissez vide.' } },
    )
  for (const nature of e.articlesSpecialises ?? []) {
    const compte = plan.comptes.get(nature)
    if (!compte?.estFeuille || compte.supprime || !compte.chapitres.D.reel)
      throw new Refus(
        'exercice.specialise',
        `L’article ${nature} ne porte pas de dépense réelle dans ce plan de comptes.`,
        {
          champs: { articlesSpecialises: `${nature} ne convient pas.` },
        },
      )
  }
  const etat = await tx
    .selectFrom('app.finances_exercice')
    .select(['etat', 'vote_selon'])
    .where('budget_id', '=', e.budgetId)
    .where('annee', '=', e.annee)
    .executeTakeFirst()
  if (etat && etat.etat !== 'preparation')
    throw new Refus(
      'exercice.engage',
      'Des crédits sont déjà ouverts sur cet exercice : ses réglages ne changent plus.',
    )
  if (etat && etat.vote_selon !== voteSelon) await requireSansLigne(tx, e)
  const valeurs = {
    vote_selon: voteSelon,
    plan: plan.code,
    plan_annee: plan.annee,
    niveau_f: e.niveauF,
    niveau_i: e.niveauI,
    articles_specialises: [...new Set(e.articlesSpecialises)],
    fongibilite_f: e.fongibiliteF,
    fongibilite_i: e.fongibiliteI,
  }
  await tx
    .insertInto('app.finances_exercice')
    .values({ organisme_id: qui.organismeId, budget_id: e.budgetId, annee: e.annee, ...valeurs })
    .onConflict((oc) => oc.columns(['organisme_id', 'budget_id', 'annee']).doUpdateSet(valeurs))
    .execute()
}

/** Lines already prepared hold the chapters of the other vote. */
async function requireSansLigne(tx: Tx, { budgetId, annee }: ExerciceSaisi): Promise<void> {
  const enCours = (await listVersions(tx, budgetId, annee)).some(
    (v) => v.etat === 'preparation' && Number(v.lignes) > 0,
  )
  if (enCours)
    throw new Refus(
      'exercice.votePreparation',
      'Une version est en préparation avec ses chapitres : abandonnez-la avant de changer entre vote par nature et vote par fonction.',
    )
}

export const enregistrerService = (tx: Tx, qui: Acteur, s: { code: string; libelle: string }) =>
  tx
    .insertInto('app.finances_service')
    .values({ organisme_id: qui.organismeId, ...s })
    .onConflict((oc) => oc.columns(['organisme_id', 'code']).doUpdateSet({ libelle: s.libelle }))
    .execute()

export async function enregistrerOperation(
  tx: Tx,
  qui: Acteur,
  o: { budgetId: string; code: string; libelle: string },
): Promise<void> {
  await getBudget(tx, o.budgetId)
  await tx
    .insertInto('app.finances_operation')
    .values({ organisme_id: qui.organismeId, budget_id: o.budgetId, code: o.code, libelle: o.libelle })
    .onConflict((oc) => oc.columns(['organisme_id', 'budget_id', 'code']).doUpdateSet({ libelle: o.libelle }))
    .execute()
}

/** Changes what the screens show; no entry changes. */
export async function choisirEdition(tx: Tx, qui: Acteur, edition: Edition): Promise<void> {
  await tx
    .insertInto('app.finances_reglage')
    .values({ organisme_id: qui.organismeId, edition })
    .onConflict((oc) => oc.columns(['organisme_id']).doUpdateSet({ edition }))
    .execute()
  await inscrire(tx, qui.organismeId, qui, { acte: 'finances.edition', detail: { edition } })
}

export const lireEdition = async (tx: Tx): Promise<Edition> =>
  (await tx.selectFrom('app.finances_reglage').select('edition').executeTakeFirst())?.edition ?? 'essentielle'
