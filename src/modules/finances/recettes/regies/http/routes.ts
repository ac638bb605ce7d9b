import { sql } from 'kysely'
import { sendFichier } from '#modules/documents/index.ts'
import { type Centimes, euros, inEuros, subtract, sum } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import { inOrganisme, type Tx } from '#socle/db/base.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { auteurOf } from '../../../execution/db/commun.ts'
import { aujourdhui } from '../../../execution/http/aujourdhui.ts'
import { listP503, resteOf } from '../../p503/actions.ts'
import {
  annulerOperation,
  controlerCaisse,
  enregistrerAgent,
  enregistrerOperation,
  enregistrerProduit,
  enregistrerRegie,
  finDAnnee,
  regulariser,
} from '../actions.ts'
import { type Caisse, GENRES_OPERATION } from '../contract.ts'
import {
  getRegie,
  listARegulariser,
  listOperations,
  listRegies,
  type OperationRow,
  type RegieRow,
  readEtat,
} from '../db.ts'
import { readJournal, renderJournal } from '../documents/journal.ts'
import { readQuittance, renderQuittance } from '../documents/quittance.ts'
import { alertesRegie, regrouper } from '../domain.ts'
import * as contrat from './contract.ts'

const fait = { fait: true }

async function aRegulariser(tx: Tx, r: RegieRow, annee: number, jour: Jour): Promise<Record<Caisse, Centimes>> {
  const of = async (caisse: Caisse) =>
    sum(regrouper(await listARegulariser(tx, r.id, caisse, annee, finDAnnee(annee, jour))).map((l) => l.montant))
  return { recettes: await of('recettes'), avances: await of('avances') }
}

async function vueResume(tx: Tx, r: RegieRow, annee: number, jour: Jour) {
  const etat = await readEtat(tx, r, jour)
  const attente = await aRegulariser(tx, r, annee, jour)
  return {
    etat,
    attente,
    resume: {
      id: r.id,
      code: r.code,
      libelle: r.libelle,
      genre: r.genre,
      encaisse: inEuros(etat.encaisse),
      avance: inEuros(etat.avance),
      aRegulariser: inEuros(sum([attente.recettes, attente.avances])),
      alertes: alertesRegie(etat, jour),
    },
  }
}

const vueOperation = (o: OperationRow): contrat.OperationVue => ({
  id: o.id,
  numero: o.numero,
  le: o.le,
  genre: o.genre,
  libelle: o.produit && o.genre !== 'annulation' ? o.produit : GENRES_OPERATION[o.genre],
  piece: o.piece,
  moyen: o.moyen,
  montant: o.montant,
  qui: o.qui,
  objet: o.objet,
  saisiPar: o.saisi_par_nom,
  peutAnnuler: !o.annulee && !o.regularisee && o.genre !== 'annulation',
  etat:
    o.annulee || o.genre === 'annulation'
      ? 'annulee'
      : o.regularisee
        ? 'regularisee'
        : o.produit
          ? 'libre'
          : 'sansSuite',
})

export function registerRegies(application: Application): void {
  servirOrganisme(application, contrat.listerRegies, 'finances.lire', async ({ tx }) => {
    const jour = aujourdhui()
    const regies = []
    for (const r of await listRegies(tx)) regies.push((await vueResume(tx, r, Number(jour.slice(0, 4)), jour)).resume)
    return { regies }
  })

  servirOrganisme(application, contrat.lireRegie, 'finances.lire', async ({ tx, params, query }) => {
    const r = await getRegie(tx, params.regie)
    const jour = aujourdhui()
    const { rows: annees } = await sql<{ annee: number }>`
      select distinct annee from app.finances_regie_operation where regie_id = ${r.id} order by annee desc`.execute(tx)
    const annee = query.annee ?? annees[0]?.annee ?? Number(jour.slice(0, 4))
    const { etat, attente, resume } = await vueResume(tx, r, annee, jour)
    const { rows: agents } = await sql<{
      id: string
      nom: string
      qualite: 'regisseur' | 'suppleant' | 'mandataire'
      acte: string
      depuis: string
      jusqua: string | null
    }>`select id, nom, qualite, acte, depuis, jusqua from app.finances_regie_agent where regie_id = ${r.id}
      order by jusqua nulls first, depuis desc`.execute(tx)
    const { rows: produits } = await sql<{
      id: string
      caisse: Caisse
      libelle: string
      nature: string
      fonction: string
      tarif: string | null
      est_actif: boolean
    }>`select * from app.finances_regie_produit where regie_id = ${r.id} order by caisse desc, libelle`.execute(tx)
    const { rows: controles } = await sql<{
      id: string
      le: string
      theorique: string
      constate: string
      par_nom: string
      observation: string
    }>`select * from app.finances_regie_controle where regie_id = ${r.id} order by le desc, saisi_le desc limit 50`.execute(
      tx,
    )
    const p503 = (await listP503(tx, { budgetId: r.budget_id, annee })).filter(
      (p) => !p.ecarte_motif && resteOf(p) > 0n,
    )
    return {
      ...resume,
      budgetId: r.budget_id,
      annee,
      annees: annees.map((a) => a.annee),
      saisie: {
        code: r.code,
        libelle: r.libelle,
        genre: r.genre,
        acte: r.acte,
        acteLe: r.acte_le,
        encaisseMax: r.encaisse_max,
        fondsCaisse: r.fonds_caisse,
        avanceMax: r.avance_max,
        joursVersement: r.jours_versement,
        tiersId: r.tiers_id,
      },
      agents,
      produits: produits.map(({ est_actif, id, caisse, libelle, nature, fonction, tarif }) => ({
        id,
        caisse,
        libelle,
        nature,
        fonction,
        tarif,
        estActif: est_actif,
      })),
      soldes: etat.soldes.map((s) => ({ ...s, solde: inEuros(s.solde) })),
      aRegulariserParCaisse: { recettes: inEuros(attente.recettes), avances: inEuros(attente.avances) },
      operations: (await listOperations(tx, r.id, annee)).map(vueOperation),
      controles: controles.map((c) => ({
        id: c.id,
        le: c.le,
        theorique: c.theorique,
        constate: c.constate,
        ecart: inEuros(subtract(euros(c.constate), euros(c.theorique))),
        par: c.par_nom,
        observation: c.observation,
      })),
      p503: p503.map((p) => ({
        id: p.id,
        libelle: `${p.reference}, ${p.payeur || p.libelle}`,
        reste: inEuros(resteOf(p)),
      })),
    }
  })

  servirOrganisme(application, contrat.enregistrerRegie, 'finances.administrer', async ({ tx, qui, body }) => {
    const { id, budgetId, ...saisie } = body
    await enregistrerRegie(tx, auteurOf(qui), budgetId, id, saisie)
    return fait
  })
  servirOrganisme(application, contrat.nommerAgent, 'finances.administrer', async ({ tx, qui, params, body }) => {
    await enregistrerAgent(tx, auteurOf(qui), params.regie, body)
    return fait
  })
  servirOrganisme(
    application,
    contrat.enregistrerProduit,
    'finances.administrer',
    async ({ tx, qui, params, body }) => {
      await enregistrerProduit(tx, auteurOf(qui), params.regie, body)
      return fait
    },
  )
  servirOrganisme(application, contrat.enregistrerOperation, 'finances.liquider', async ({ tx, qui, params, body }) =>
    enregistrerOperation(tx, auteurOf(qui), params.regie, body, aujourdhui()),
  )
  servirOrganisme(application, contrat.annulerOperation, 'finances.liquider', async ({ tx, qui, params, body }) => {
    await annulerOperation(tx, auteurOf(qui), params.regie, params.operationRegie, body, aujourdhui())
    return fait
  })
  servirOrganisme(application, contrat.controlerCaisse, 'finances.liquider', async ({ tx, qui, params, body }) =>
    controlerCaisse(tx, auteurOf(qui), params.regie, body),
  )
  servirOrganisme(application, contrat.regulariserRegie, 'finances.liquider', async ({ tx, qui, params, body }) =>
    regulariser(tx, auteurOf(qui), params.regie, body),
  )
  servirLibre(application, contrat.editerQuittance, 'finances.lire', async ({ base, qui, params, reply }) => {
    const modele = await inOrganisme(base, qui.organismeId, (tx) =>
      readQuittance(tx, params.regie, params.operationRegie),
    )
    return sendFichier(reply, {
      nom: `quittance-${modele.annee}-${modele.piece}.pdf`,
      type: 'application/pdf',
      octets: renderQuittance(modele),
      telecharger: false,
    })
  })
  servirLibre(application, contrat.editerJournal, 'finances.lire', async ({ base, qui, params, query, reply }) => {
    const modele = await inOrganisme(base, qui.organismeId, (tx) =>
      readJournal(tx, params.regie, query.annee, aujourdhui()),
    )
    return sendFichier(reply, {
      nom: `journal-${modele.regie.code}-${query.annee}.pdf`,
      type: 'application/pdf',
      octets: renderJournal(modele),
      telecharger: false,
    })
  })
}
