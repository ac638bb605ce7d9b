import { sql } from 'kysely'
import { inEuros } from '#socle/argent.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { Refus } from '#socle/refus.ts'
import { lireEdition } from '../../../budget/actions/budgets.ts'
import { lireDisponible } from '../../../budget/db/credits.ts'
import { lireImputation, listBudgets } from '../../../budget/db/exercices.ts'
import { grilles } from '../../../echanges/pes/grilles.ts'
import { getPlan, type Vote } from '../../../nomenclature/index.ts'
import type { Sens } from '../../domain/controler.ts'
import { piecesJustificatives } from '../../donnees/index.ts'
import * as contrat from './contract.ts'

const fait = { fait: true }
const tripletsConnus = (sens: Sens) => grilles.triplets[sens === 'D' ? 'depense' : 'recette']

export function registerCadre(application: Application): void {
  servirOrganisme(application, contrat.lireCadre, 'finances.lire', async ({ tx, query }) => {
    const budgets = await listBudgets(tx)
    const { rows: exercices } = await sql<{
      budget_id: string
      annee: number
      etat: string
      plan: string
      plan_annee: number
      vote_selon: Vote
    }>`
      select budget_id, annee, etat, plan, plan_annee, vote_selon from app.finances_exercice order by annee desc`.execute(
      tx,
    )
    const budget = budgets.find((b) => b.id === query.budget) ?? budgets[0]
    const siens = exercices.filter((e) => e.budget_id === budget?.id)
    const exercice =
      siens.find((e) => e.annee === query.annee) ??
      siens.find((e) => e.etat === 'ouvert' || e.etat === 'provisoire') ??
      siens[0]
    const plan = exercice && getPlan(exercice.plan, exercice.plan_annee)
    const articles = (sens: Sens) =>
      [...(plan?.comptes.values() ?? [])].flatMap((c) => {
        const chapitre = c.estFeuille && !c.supprime ? plan!.chapitres.get(c.chapitres[sens].reel ?? '') : undefined
        return chapitre && chapitre.type !== 'prevision'
          ? [{ nature: c.code, libelle: c.libelle.trim(), chapitre: chapitre.code, section: chapitre.section }]
          : []
      })
    const propres = await sql<{ sens: Sens; triplet: string; libelle: string; source: string }>`
      select sens, type_bordereau || '-' || type_piece || '-' || nature_piece as triplet, libelle, source from app.finances_triplet`.execute(
      tx,
    )
    const tripletsOf = (sens: Sens) => [
      ...tripletsConnus(sens).map((t) => ({
        ...t,
        source: t.verifie ? grilles.source : 'Usage, à confirmer avec le comptable',
      })),
      ...propres.rows
        // the product may have learnt since then what a body added
        .filter((t) => t.sens === sens && !tripletsConnus(sens).some((c) => c.triplet === t.triplet))
        .map((t) => ({ triplet: t.triplet, libelle: t.libelle, source: t.source, verifie: false })),
    ]
    return {
      budgets: budgets.map((b) => ({
        id: b.id,
        code: b.code,
        libelle: b.libelle,
        assujettiTva: b.est_assujetti_tva,
        exercices: exercices.filter((e) => e.budget_id === b.id).map((e) => ({ annee: e.annee, etat: e.etat })),
      })),
      budget: budget?.id ?? null,
      annee: exercice?.annee ?? null,
      articles: { D: articles('D'), R: articles('R') },
      fonction:
        exercice?.vote_selon === 'fonction'
          ? ('requise' as const)
          : plan && plan.fonctions.size > 0 && (await lireEdition(tx)) === 'complete'
            ? ('facultative' as const)
            : ('absente' as const),
      fonctions: [...(plan?.fonctions.values() ?? [])]
        .filter((f) => f.estFeuille)
        .map((f) => ({ code: f.code, libelle: f.libelle.trim() })),
      rubriques: piecesJustificatives.rubriques.map((r) => ({ code: r.code, libelle: r.libelle, pieces: r.premier })),
      triplets: { D: tripletsOf('D'), R: tripletsOf('R') },
    }
  })

  servirOrganisme(application, contrat.lireDisponible, 'finances.lire', async ({ tx, query: q }) => {
    const i = await lireImputation(tx, {
      budgetId: q.budget,
      exercice: q.annee,
      sens: 'D',
      nature: q.nature,
      fonction: q.fonction,
      operation: q.operation,
    })
    const d = await lireDisponible(tx, q.budget, q.annee, i)
    const zero = '0.00'
    return d
      ? {
          cle: d.cle,
          libelle: i.libelle,
          vote: inEuros(d.vote),
          engage: inEuros(d.engage),
          mandate: inEuros(d.mandate),
          disponible: inEuros(d.disponible),
        }
      : { cle: null, libelle: i.libelle, vote: zero, engage: zero, mandate: zero, disponible: zero }
  })

  servirOrganisme(application, contrat.ajouterTriplet, 'finances.administrer', async ({ tx, qui, body }) => {
    const connu = tripletsConnus(body.sens).find((c) => c.triplet === body.triplet)
    if (connu)
      throw new Refus('triplet.connu', `${body.triplet} est déjà dans la liste : « ${connu.libelle} ».`, {
        champs: { triplet: 'Déjà dans la liste.' },
      })
    const [b, t, n] = body.triplet.split('-') as [string, string, string]
    await sql`insert into app.finances_triplet (organisme_id, sens, type_bordereau, type_piece, nature_piece, libelle, source, ajoute_par)
      values (${qui.organismeId}, ${body.sens}, ${b}, ${t}, ${n}, ${body.libelle}, ${body.source}, ${qui.nom}) on conflict do nothing`.execute(
      tx,
    )
    return fait
  })
}
