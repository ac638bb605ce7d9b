import { sql } from 'kysely'
import { type Depot, deposerDocument, readDocument, receiveFichier, sendFichier } from '#modules/documents/index.ts'
import { euros, inEuros } from '#socle/argent.ts'
import { type Jour, jour } from '#socle/dates.ts'
import { inOrganisme, type Tx } from '#socle/db/base.ts'
import { type Acteur, requireDroit } from '#socle/droits.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { newId } from '#socle/ids.ts'
import { introuvable } from '#socle/refus.ts'
import { lireDisponible } from '../../budget/db/credits.ts'
import { lireImputation, listBudgets } from '../../budget/db/exercices.ts'
import { getPlan } from '../../nomenclature/index.ts'
import { engager, solderEngagement } from '../actions/engager.ts'
import { enregistrerFacture, traiterFacture } from '../actions/factures.ts'
import { abandonner, liquider } from '../actions/liquider.ts'
import { type Auteur, auteurOf, noteActe } from '../db/commun.ts'
import { listLiquidations } from '../db/contexte.ts'
import { listFactures, listPretes, viewLiquidations } from '../db/vues.ts'
import type { Sens } from '../domain/controler.ts'
import { computeInterets } from '../domain/delai.ts'
import { baremeInterets, piecesJustificatives, triplets } from '../donnees/index.ts'
import { factureIntrouvable, liquidationIntrouvable } from '../refus.ts'
import * as contrat from './contract.ts'

const fait = { fait: true }
/** The day at the town hall: the clock stays at the door. */
export const aujourdhui = (): Jour =>
  jour(new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' }).format(new Date()))

async function joindre(
  tx: Tx,
  auteur: Auteur,
  liquidationId: string,
  docs: readonly { documentId: string; type: string; nom: string }[],
) {
  for (const d of docs) {
    const id = newId()
    await sql`insert into app.finances_piece_jointe (organisme_id, id, liquidation_id, document_id, id_unique, type_pj, nom)
      values (${auteur.organismeId}, ${id}, ${liquidationId}, ${d.documentId}, ${id.replaceAll('-', '').toUpperCase()}, ${d.type}, ${d.nom})
      on conflict do nothing`.execute(tx)
  }
}

export async function viewLiquidation(tx: Tx, id: string) {
  const [l] = await listLiquidations(tx, [id])
  if (!l) throw liquidationIntrouvable()
  const [vue] = await viewLiquidations(tx, { budgetId: l.budget_id, annee: l.annee }, l.sens, [l], aujourdhui())
  return vue!
}

export function registerDepenses(application: Application, { depot }: { depot: Depot }): void {
  const { base } = application

  servirOrganisme(application, contrat.lireCadre, 'finances.lire', async ({ tx, query }) => {
    const budgets = await listBudgets(tx)
    const { rows: exercices } = await sql<{
      budget_id: string
      annee: number
      etat: string
      plan: string
      plan_annee: number
    }>`
      select budget_id, annee, etat, plan, plan_annee from app.finances_exercice order by annee desc`.execute(tx)
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
      ...triplets[sens === 'D' ? 'depense' : 'recette'].map((t) => ({ ...t, source: triplets.source })),
      ...propres.rows
        .filter((t) => t.sens === sens)
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
    const [b, t, n] = body.triplet.split('-') as [string, string, string]
    await sql`insert into app.finances_triplet (organisme_id, sens, type_bordereau, type_piece, nature_piece, libelle, source, ajoute_par)
      values (${qui.organismeId}, ${body.sens}, ${b}, ${t}, ${n}, ${body.libelle}, ${body.source}, ${qui.nom}) on conflict do nothing`.execute(
      tx,
    )
    return fait
  })

  servirOrganisme(application, contrat.listerFactures, 'finances.lire', async ({ tx, query }) => ({
    factures: await listFactures(tx, aujourdhui(), { aTraiter: query.etat === 'aTraiter' }),
  }))
  servirOrganisme(application, contrat.lireInterets, 'finances.lire', async ({ tx, params, query }) => {
    const [f] = await listFactures(tx, aujourdhui(), { id: params.facture })
    if (!f) throw factureIntrouvable()
    const du = computeInterets(baremeInterets, euros(f.ttc), { echeance: f.echeance as Jour | null }, query.le)
    const legal = { texte: baremeInterets.texte, verifie: false }
    if (!du) return { jours: 0, taux: '', interets: '0.00', forfait: '0.00', total: '0.00', ...legal }
    return {
      jours: du.jours,
      taux: du.taux,
      interets: inEuros(du.interets),
      forfait: inEuros(du.forfait),
      total: inEuros(du.total),
      ...legal,
    }
  })
  servirOrganisme(application, contrat.enregistrerFacture, 'finances.liquider', async ({ tx, qui, body }) => {
    await enregistrerFacture(tx, auteurOf(qui), body, body.documentId ?? null)
    return fait
  })
  servirOrganisme(application, contrat.traiterFacture, 'finances.liquider', async ({ tx, qui, params, body }) => {
    await traiterFacture(tx, auteurOf(qui), params.facture, body)
    return fait
  })

  servirLibre(application, contrat.deposerDocument, 'finances.lire', async ({ qui, request }) => {
    requireDepot(qui)
    const fichier = await receiveFichier(request)
    return inOrganisme(base, qui.organismeId, async (tx) => {
      const d = await deposerDocument(tx, depot, auteurOf(qui), fichier)
      return { documentId: d.id, nom: d.nom }
    })
  })
  servirLibre(application, contrat.lireDocument, 'finances.lire', async ({ qui, params, reply }) => {
    // only the papers of the finances: a pay document of the same body is none of this door's business
    const { rows } = await inOrganisme(base, qui.organismeId, (tx) =>
      sql`select 1 from app.finances_facture where document_id = ${params.document}
        union all select 1 from app.finances_piece_jointe where document_id = ${params.document} limit 1`.execute(tx),
    )
    if (rows.length === 0) throw introuvable('Ce document')
    const { document, octets } = await readDocument(base, depot, qui, params.document as never)
    return sendFichier(reply, { nom: document.nom, type: document.typeMime, octets })
  })

  servirOrganisme(application, contrat.listerEngagements, 'finances.lire', async ({ tx, query }) => {
    const { rows } = await sql<{
      id: string
      numero: number
      objet: string
      tiers: string | null
      tiers_id: string | null
      nature: string
      fonction: string
      operation: string
      service: string
      marche: string
      montant: string
      liquide: string
      etat: 'ouvert' | 'solde' | 'annule'
      engage_le: string
      engage_par: string
    }>`
      select e.*, t.nom as tiers from app.finances_engagement e
      left join app.finances_tiers t on t.organisme_id = e.organisme_id and t.id = e.tiers_id
      where e.budget_id = ${query.budget} and e.annee = ${query.annee} order by e.numero desc`.execute(tx)
    return {
      engagements: rows.map((e) => ({
        id: e.id,
        numero: e.numero,
        objet: e.objet,
        tiers: e.tiers ?? '',
        tiersId: e.tiers_id,
        nature: e.nature,
        fonction: e.fonction,
        operation: e.operation,
        service: e.service,
        marche: e.marche,
        montant: e.montant,
        liquide: e.liquide,
        reste: e.etat === 'ouvert' ? inEuros((euros(e.montant) - euros(e.liquide)) as never) : '0.00',
        etat: e.etat,
        engageLe: e.engage_le,
        engagePar: e.engage_par,
      })),
    }
  })
  servirOrganisme(application, contrat.engager, 'finances.engager', async ({ tx, qui, body }) => ({
    numero: await engager(tx, auteurOf(qui), { budgetId: body.budgetId, annee: body.annee }, body, aujourdhui()),
  }))
  servirOrganisme(application, contrat.solderEngagement, 'finances.engager', async ({ tx, qui, params }) => {
    await solderEngagement(tx, auteurOf(qui), params.engagement)
    return fait
  })

  servirOrganisme(application, contrat.listerLiquidations, 'finances.lire', async ({ tx, query }) => ({
    liquidations: await listPretes(tx, { budgetId: query.budget, annee: query.annee }, query.sens, aujourdhui()),
  }))
  servirOrganisme(application, contrat.liquider, 'finances.liquider', async ({ tx, qui, body }) => {
    const auteur = auteurOf(qui)
    if (body.facture)
      await enregistrerFacture(
        tx,
        auteur,
        { ...body.facture, budgetId: body.budgetId },
        body.facture.documentId ?? null,
      )
    await liquider(tx, auteur, { budgetId: body.budgetId, annee: body.annee }, body.sens, [body.piece])
    await joindre(tx, auteur, body.piece.id, [
      ...(body.facture?.documentId
        ? [{ documentId: body.facture.documentId, type: 'facture', nom: `Facture ${body.facture.numero}` }]
        : []),
      ...body.documents,
    ])
    return viewLiquidation(tx, body.piece.id)
  })
  servirOrganisme(application, contrat.joindreDocument, 'finances.liquider', async ({ tx, qui, params, body }) => {
    const vue = await viewLiquidation(tx, params.liquidation)
    if (vue.etat === 'posee' || vue.etat === 'abandonnee') throw liquidationIntrouvable()
    await joindre(tx, auteurOf(qui), params.liquidation, [body])
    await noteActe(tx, auteurOf(qui), 'liquidation', params.liquidation, 'Pièce jointe', body.nom)
    return viewLiquidation(tx, params.liquidation)
  })
  servirOrganisme(application, contrat.abandonner, 'finances.liquider', async ({ tx, qui, params, body }) => {
    await abandonner(tx, auteurOf(qui), params.liquidation, body.motif)
    return fait
  })
}

const requireDepot = (qui: Acteur) =>
  requireDroit(qui, qui.droits.has('finances.liquider') ? 'finances.liquider' : 'finances.engager')
