import { type Centimes, inEuros, sum, ZERO } from '#socle/argent.ts'
import type { Tx } from '#socle/db/base.ts'
import { listPlans, type Plan } from '../../nomenclature/index.ts'
import { lireEdition } from '../actions/budgets.ts'
import { lireResultats, lireVersion } from '../actions/versions.ts'
import type * as contrat from '../contract.ts'
import {
  type BudgetRow,
  type ExerciceRow,
  getBudget,
  getExercice,
  listBudgets,
  listExercices,
  planOf,
} from '../db/exercices.ts'
import { listArticles, listCredits, listVersions, type VersionRow } from '../db/versions.ts'
import { cleLigne, controlerEquilibre, type Ligne } from '../domain/equilibre.ts'
import { type Compteur, compteurOf } from '../domain/fongibilite.ts'
import type { LigneRealisee } from '../domain/reprise.ts'
import { actesPermis, genresPossibles, nomVersion } from '../domain/version.ts'

export const vueBudget = (b: BudgetRow): contrat.Budget => ({
  id: b.id,
  code: b.code,
  libelle: b.libelle,
  estPrincipal: b.est_principal,
  siret: b.siret,
  codique: b.codique,
  codeCollectivite: b.code_collectivite,
  estAssujettiTva: b.est_assujetti_tva,
})
const vueExercice = (e: ExerciceRow): contrat.Exercice => ({
  annee: e.annee,
  plan: e.plan,
  planLibelle: planOf(e).libelle,
  planAnnee: e.plan_annee,
  voteSelon: e.vote_selon,
  niveauF: e.niveau_f,
  niveauI: e.niveau_i,
  articlesSpecialises: e.articles_specialises,
  fongibiliteF: e.fongibilite_f,
  fongibiliteI: e.fongibilite_i,
  etat: e.etat,
})

export async function vueBudgets(tx: Tx): Promise<contrat.Budgets> {
  const budgets = await listBudgets(tx)
  const services = await tx.selectFrom('app.finances_service').select(['code', 'libelle']).orderBy('code').execute()
  const plans = new Map(listPlans().flatMap((p) => (p.usage === 'budget' ? [[p.code, p] as const] : [])))
  const liste: contrat.Budgets['budgets'] = []
  for (const b of budgets) liste.push({ ...vueBudget(b), exercices: (await listExercices(tx, b.id)).map(vueExercice) })
  return {
    edition: await lireEdition(tx),
    budgets: liste,
    plans: [...plans.values()].map((p) => ({ code: p.code, libelle: p.libelle, norme: p.norme })),
    services,
  }
}

const vueCompteur = (c: Compteur) => ({
  section: c.section,
  taux: c.taux,
  base: inEuros(c.base),
  plafond: inEuros(c.plafond),
  utilise: inEuros(c.utilise),
})
const vueEquilibre = (lignes: readonly Ligne[]): contrat.Equilibre => {
  const { F, I } = controlerEquilibre(lignes).sections
  const cote = (s: typeof F) => ({
    depenses: inEuros(s.depenses),
    recettes: inEuros(s.recettes),
    ecart: inEuros(s.ecart),
  })
  return { F: cote(F), I: cote(I) }
}
const vueResume = (
  v: Pick<
    VersionRow,
    'id' | 'genre' | 'numero' | 'etat' | 'deliberation_numero' | 'deliberation_date' | 'cree_par' | 'vote_par'
  >,
  lignes: number,
  depenses: string,
): contrat.VersionResume => ({
  id: v.id,
  genre: v.genre,
  nom: nomVersion(v.genre, v.numero),
  etat: v.etat,
  deliberationNumero: v.deliberation_numero ?? '',
  deliberationDate: v.deliberation_date,
  creePar: v.cree_par,
  votePar: v.vote_par,
  lignes,
  depenses,
})
const noms = (plan: Plan, l: { nature: string; chapitre: string; operation: string }) => ({
  libelle: plan.comptes.get(l.nature)?.libelle.trim() ?? '',
  chapitreLibelle: plan.chapitres.get(l.chapitre)?.libelle.trim() ?? '',
})

async function findPrecedents(tx: Tx, budgetId: string, annee: number) {
  return new Map((await listArticles(tx, budgetId, annee - 1)).map((a) => [cleLigne(a), a]))
}

export async function vueExerciceComplete(tx: Tx, budgetId: string, annee: number) {
  const budget = await getBudget(tx, budgetId)
  const exercice = await getExercice(tx, budgetId, annee)
  const plan = planOf(exercice)
  const [versions, credits, articles, precedents] = [
    await listVersions(tx, budgetId, annee),
    await listCredits(tx, budgetId, annee),
    await listArticles(tx, budgetId, annee),
    await findPrecedents(tx, budgetId, annee),
  ]
  const votees = credits.filter((c) => c.genre === 'BP' || c.genre === 'BS' || c.genre === 'DM')
  const virements = [
    ...Map.groupBy(
      credits.filter((c) => c.genre === 'VC'),
      (c) => c.voteId,
    ).values(),
  ]
  return {
    budget: vueBudget(budget),
    exercice: vueExercice(exercice),
    versions: versions.map((v) => vueResume(v, v.lignes ?? 0, v.depenses ?? '0.00')),
    genres: genresPossibles(exercice.etat),
    equilibre: vueEquilibre(credits),
    compteurs: [
      compteurOf('F', exercice.fongibilite_f, votees, virements),
      compteurOf('I', exercice.fongibilite_i, votees, virements),
    ].map(vueCompteur),
    articles: articles.map((a) => vueArticle(plan, a, precedents.get(cleLigne(a)))),
    resultats: precedents.size > 0 ? vueResultats((await lireResultats(tx, budgetId, annee)).resultats) : null,
    edition: await lireEdition(tx),
  }
}

const vueResultats = (r: Record<'fonctionnement' | 'investissement' | 'besoin' | 'affecte' | 'reporte', Centimes>) => ({
  fonctionnement: inEuros(r.fonctionnement),
  investissement: inEuros(r.investissement),
  besoin: inEuros(r.besoin),
  affecte: inEuros(r.affecte),
  reporte: inEuros(r.reporte),
})

const vueArticle = (plan: Plan, a: LigneRealisee, avant: LigneRealisee | undefined): contrat.Article => ({
  sens: a.sens,
  mouvement: a.mouvement,
  nature: a.nature,
  fonction: a.fonction,
  operation: a.operation,
  service: a.service,
  section: a.section,
  chapitre: a.chapitre,
  ...noms(plan, a),
  precedent: inEuros(avant?.vote ?? ZERO),
  precedentRealise: inEuros(avant?.mandate ?? ZERO),
  vote: inEuros(a.vote),
  engage: inEuros(a.engage),
  realise: inEuros(a.mandate),
  disponible: inEuros((a.vote - a.engage - a.mandate) as Centimes),
})

export async function vueVersion(tx: Tx, voteId: string): Promise<contrat.Version> {
  const { version, exercice, lignes, avant, compteurs, anomalies } = await lireVersion(tx, voteId)
  const plan = planOf(exercice)
  const precedents = await findPrecedents(tx, version.budget_id, version.annee)
  const deja = Map.groupBy(avant, cleLigne)
  const apres = version.genre === 'provisoire' ? lignes : [...avant, ...lignes]
  return {
    budget: vueBudget(await getBudget(tx, version.budget_id)),
    exercice: vueExercice(exercice),
    version: vueResume(
      version,
      lignes.length,
      inEuros(sum(lignes.filter((l) => l.sens === 'D').map((l) => l.montant))),
    ),
    lignes: lignes.map((l) => ({
      sens: l.sens,
      mouvement: l.mouvement,
      nature: l.nature,
      fonction: l.fonction,
      operation: l.operation,
      service: l.service,
      section: l.section,
      chapitre: l.chapitre,
      ...noms(plan, l),
      demande: l.demande === null ? null : inEuros(l.demande),
      montant: inEuros(l.montant),
      note: l.note,
      precedent: inEuros(precedents.get(cleLigne(l))?.vote ?? ZERO),
      dejaVote: inEuros(sum((deja.get(cleLigne(l)) ?? []).map((x) => x.montant))),
    })),
    equilibre: vueEquilibre(apres),
    compteurs: compteurs.map(vueCompteur),
    anomalies,
    actes: actesPermis(version.etat),
    operations: await tx
      .selectFrom('app.finances_operation')
      .select(['code', 'libelle'])
      .where('budget_id', '=', version.budget_id)
      .orderBy('code')
      .execute(),
    services: await tx.selectFrom('app.finances_service').select(['code', 'libelle']).orderBy('code').execute(),
    edition: await lireEdition(tx),
  }
}
