import { sql } from 'kysely'
import { add, euros, inEuros } from '#socle/argent.ts'
import { addMois, dernierJour, type Jour, type Mois, moisOf, moisRange, premierJour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { getExercice, planOf } from '../../budget/db/exercices.ts'
import type { Sens } from '../domain/controler.ts'
import { echeancesOf, prixAt } from '../domain/recurrence.ts'
import type { Cadre } from './contexte.ts'
import { listRecurrences, rythmeOf } from './recurrences.ts'
import { listFactures } from './vues.ts'

const MOIS_PREVUS = 4

/** Sums kept by article and by month: nothing here adds up the pieces of ten years. */
export async function readTableau(tx: Tx, cadre: Cadre, aujourdhui: Jour) {
  const exercice = await getExercice(tx, cadre.budgetId, cadre.annee)
  const plan = planOf(exercice)
  type Credit = { section: 'F' | 'I'; sens: Sens; chapitre: string; vote: string; engage: string; mandate: string }
  const { rows: chapitres } = await sql<Credit>`
    select section, sens, chapitre, sum(vote)::text as vote, sum(engage)::text as engage, sum(mandate)::text as mandate
    from app.finances_article where budget_id = ${cadre.budgetId} and annee = ${cadre.annee} and mouvement = 'reel'
    group by section, sens, chapitre order by section, sens, chapitre`.execute(tx)
  const { rows: sections } = await sql<Omit<Credit, 'chapitre'>>`
    select section, sens, sum(vote)::text as vote, sum(engage)::text as engage, sum(mandate)::text as mandate
    from app.finances_article where budget_id = ${cadre.budgetId} and annee = ${cadre.annee} and mouvement = 'reel'
    group by section, sens order by section, sens`.execute(tx)
  const parMois = async (annee: number) => {
    const { rows } = await sql<{ mois: string; depenses: string; recettes: string }>`
      select mois, coalesce(sum(montant) filter (where sens = 'D'), 0)::text as depenses,
        coalesce(sum(montant) filter (where sens = 'R'), 0)::text as recettes
      from app.finances_mois where budget_id = ${cadre.budgetId} and annee = ${annee} group by mois order by mois`.execute(
      tx,
    )
    return rows
  }
  const { rows: suivis } = await sql<{
    rejets: number
    suspensions: number
    restes: string
    viser: number
    comptes: number
  }>`
    select (select count(*)::int from app.finances_piece_suivi s where s.etat = 'rejetee' and not exists (
        select from app.finances_liquidation l where l.origine_id = s.piece_id and l.etat <> 'abandonnee')) as rejets,
      (select count(*)::int from app.finances_piece_suivi s where s.etat = 'suspendue') as suspensions,
      (select coalesce(sum(greatest(ttc - annule - regle, 0)), 0)::text from app.finances_piece_suivi s
        where budget_id = ${cadre.budgetId} and annee = ${cadre.annee} and sens = 'R'
        and etat in ('signee', 'transmise', 'priseEnCharge', 'suspendue', 'partielle')) as restes,
      (select count(*)::int from app.finances_bordereau b where etat = 'aViser') as viser,
      (select count(*)::int from app.finances_compte_bancaire c where etat = 'propose') as comptes`.execute(tx)
  const factures = (await listFactures(tx, aujourdhui, { aTraiter: true })).filter((f) => f.budgetId === cadre.budgetId)
  const s = suivis[0]!
  return {
    sections,
    chapitres: chapitres.map((c) => ({ ...c, libelle: plan.chapitres.get(c.chapitre)?.libelle ?? c.chapitre })),
    mois: await parMois(cadre.annee),
    precedent: await parMois(cadre.annee - 1),
    prevision: await prevoir(tx, cadre, aujourdhui),
    alertes: {
      facturesEnRetard: factures.filter((f) => f.enRetard).length,
      facturesARegler: factures.length,
      rejets: s.rejets,
      suspensions: s.suspensions,
      restesARecouvrer: s.restes,
      aViser: s.viser,
      comptesAControler: s.comptes,
    },
  }
}

/**
 * What will leave and come in the next months: what is known (unpaid mandats and invoices at their last day, due dates of
 * contracts, titres to collect), then the same month of the year before.
 */
async function prevoir(tx: Tx, cadre: Cadre, aujourdhui: Jour) {
  const debut = moisOf(aujourdhui)
  const mois = moisRange(debut, addMois(debut, MOIS_PREVUS - 1))
  type Ligne = { mois: string; sorties: string; entrees: string }
  const { rows: connu } = await sql<Ligne>`
    select mois, sum(sorties)::text as sorties, sum(entrees)::text as entrees from (
      select greatest(to_char(coalesce(echeance, maj_le::date + 30), 'YYYY-MM'), ${debut}) as mois,
        case when sens = 'D' then ttc - annule - regle else 0 end as sorties,
        case when sens = 'R' then ttc - annule - regle else 0 end as entrees
      from app.finances_piece_suivi where budget_id = ${cadre.budgetId} and annee >= ${cadre.annee - 1}
        and etat in ('signee', 'transmise', 'priseEnCharge', 'suspendue', 'partielle')
      union all
      select greatest(to_char(recue_le + 30, 'YYYY-MM'), ${debut}), ht + tva, 0 from app.finances_facture
      where budget_id = ${cadre.budgetId} and etat in ('recue', 'liquidee')) x group by mois`.execute(tx)
  const unAnAvant = mois.map((m) => addMois(m, -12))
  const { rows: passe } = await sql<Ligne>`
    select mois, coalesce(sum(montant) filter (where sens = 'D'), 0)::text as sorties,
      coalesce(sum(montant) filter (where sens = 'R'), 0)::text as entrees
    from app.finances_mois where budget_id = ${cadre.budgetId} and mois >= ${unAnAvant[0]!} and mois <= ${unAnAvant.at(-1)!}
    group by mois`.execute(tx)
  // contracts say their next due dates
  for (const r of await listRecurrences(tx, { budgetId: cadre.budgetId }))
    for (const le of echeancesOf(rythmeOf(r), dernierJour(mois.at(-1)!))) {
      if (r.faites.has(le) || le < premierJour(debut)) continue
      const { ht, tva } = prixAt(r.prix, le)
      const sorties = add(euros(ht), euros(tva))
      const m = connu.find((c) => c.mois === moisOf(le))
      if (m) m.sorties = inEuros(add(euros(m.sorties), sorties))
      else connu.push({ mois: moisOf(le), sorties: inEuros(sorties), entrees: '0.00' })
    }
  const of = (rows: readonly Ligne[], m: Mois) => rows.find((r) => r.mois === m)
  // the month under way is what is known; the following ones never less than a year ago
  return mois.map((m, i) => {
    const c = of(connu, m)
    const p = i === 0 ? undefined : of(passe, unAnAvant[i]!)
    const plusGrand = (a = '0.00', b = '0.00') => (Number(a) >= Number(b) ? a : b)
    return { mois: m, sorties: plusGrand(c?.sorties, p?.sorties), entrees: plusGrand(c?.entrees, p?.entrees) }
  })
}

export async function readGrandLivre(
  tx: Tx,
  cadre: Cadre,
  f: { compte?: string | undefined; journal?: string | undefined },
) {
  const plan = planOf(await getExercice(tx, cadre.budgetId, cadre.annee))
  const journal = f.journal ? sql`and journal = ${f.journal}` : sql``
  const { rows: balance } = await sql<{ compte: string; debit: string; credit: string; solde: string }>`
    select compte, sum(debit)::text as debit, sum(credit)::text as credit, (sum(debit) - sum(credit))::text as solde
    from app.finances_grand_livre where budget_id = ${cadre.budgetId} and annee = ${cadre.annee} ${journal}
    group by compte order by compte`.execute(tx)
  const { rows: lignes } =
    f.compte || f.journal
      ? await sql<{
          cle: string
          le: string
          journal: string
          piece_id: string
          numero: number
          sens: Sens
          compte: string
          contrepartie: string
          libelle: string
          tiers: string
          debit: string
          credit: string
        }>`
        select g.piece_id || '/' || g.ligne || '/' || g.rang || case when g.debit > 0 then 'd' else 'c' end as cle, g.le, g.journal,
          g.piece_id, p.numero, p.sens, g.compte, g.contrepartie, g.libelle, p.tiers_nom as tiers, g.debit, g.credit
        from app.finances_grand_livre g join app.finances_piece p on p.organisme_id = g.organisme_id and p.id = g.piece_id
        where g.budget_id = ${cadre.budgetId} and g.annee = ${cadre.annee} ${f.journal ? sql`and g.journal = ${f.journal}` : sql``}
          ${f.compte ? sql`and g.compte like ${`${f.compte}%`}` : sql``}
        order by g.le, p.sens, p.numero, g.ligne, g.rang limit 20000`.execute(tx)
      : { rows: [] }
  return {
    balance: balance.map((b) => ({ ...b, libelle: plan.comptes.get(b.compte)?.libelle ?? 'Compte de tiers' })),
    lignes: lignes.map(({ piece_id, ...l }) => ({ ...l, pieceId: piece_id })),
    total: lignes.length,
  }
}

export async function readRecherche(tx: Tx, q: string) {
  const mot = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  // « 1 234,56 » is an amount
  const chiffres = q.replace(/[\s€]/g, '').replace(',', '.')
  const montant = /^\d{1,12}(\.\d{1,2})?$/.test(chiffres) ? chiffres : null
  const { rows } = await sql<{ id: string; libelle: string; precision: string; vers: string }>`
    (select id::text, nom || ' ' || prenom as libelle, 'Tiers n° ' || numero as precision, '/finances/tiers?tiers=' || id as vers
      from app.finances_tiers where nom ilike ${mot} or siret = ${q} order by nom limit 6)
    union all
    (select id::text, 'Rôle, ' || libelle, 'Exercice ' || annee, '/finances/recettes/roles/' || id from app.finances_role
      where libelle ilike ${mot} and etat <> 'abandonne' order by cree_le desc limit 4)
    union all
    (select id::text, 'Dette ' || numero || ', ' || tiers_nom, objet, '/finances/recettes/roles/' || role_id || '?dette=' || id
      from app.finances_dette where tiers_nom ilike ${mot} or numero::text = ${q} or ht + tva = ${montant}::numeric
      order by annee desc, numero desc limit 6)
    union all
    (select id::text, 'Facture ' || numero, objet, '/finances/factures?facture=' || id from app.finances_facture
      where numero ilike ${mot} or objet ilike ${mot} or ht + tva = ${montant}::numeric order by recue_le desc limit 6)
    union all
    (select id::text, case when sens = 'D' then 'Mandat ' else 'Titre ' end || numero || ' de ' || annee, tiers_nom || ', ' || objet,
      case when sens = 'D' then '/finances/mandats' else '/finances/titres' end || '?budget=' || budget_id || '&annee=' || annee || '&piece=' || id
      from app.finances_piece where objet ilike ${mot} or tiers_nom ilike ${mot} or numero::text = ${q} or ht + tva = ${montant}::numeric order by emise_le desc limit 8)
    union all
    (select id::text, 'Contrat ' || libelle, reference, '/finances/echeances?budget=' || budget_id || '&contrat=' || id
      from app.finances_recurrence where libelle ilike ${mot} or reference ilike ${mot} order by libelle limit 4)
    union all
    (select id::text, 'Bordereau ' || numero || ' de ' || annee, case when sens = 'D' then 'Mandats' else 'Titres' end || ' du ' || to_char(date_emission, 'DD/MM/YYYY'),
      '/finances/bordereaux/' || id from app.finances_bordereau_signe where numero::text = ${q} order by date_emission desc limit 4)
    union all
    (select id::text, 'Engagement ' || numero || ' de ' || annee, objet, '/finances/engagements?engagement=' || id from app.finances_engagement
      where objet ilike ${mot} or marche ilike ${mot} order by engage_le desc limit 5)`.execute(tx)
  return rows.map((r) => ({ ...r, libelle: r.libelle.trim() }))
}
