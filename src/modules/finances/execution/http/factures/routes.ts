import { sql } from 'kysely'
import { type Depot, deposerDocument, readDocument, receiveFichier, sendFichier } from '#modules/documents/index.ts'
import { euros, inEuros } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { type Acteur, requireDroit } from '#socle/droits.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { introuvable } from '#socle/refus.ts'
import { enregistrerFacture, traiterFacture } from '../../actions/factures.ts'
import { auteurOf } from '../../db/commun.ts'
import { listFactures } from '../../db/vues.ts'
import { computeInterets } from '../../domain/delai.ts'
import { baremeInterets } from '../../donnees/index.ts'
import { factureIntrouvable } from '../../refus.ts'
import { aujourdhui } from '../aujourdhui.ts'
import * as contrat from './contract.ts'

const fait = { fait: true }

const requireDepot = (qui: Acteur) =>
  requireDroit(qui, qui.droits.has('finances.liquider') ? 'finances.liquider' : 'finances.engager')

export function registerFactures(application: Application, { depot }: { depot: Depot }): void {
  const { base } = application

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
      sql<{ type: string }>`select '' as type from app.finances_facture where document_id = ${params.document}
        union all select type_pj from app.finances_piece_jointe where document_id = ${params.document} limit 1`.execute(
        tx,
      ),
    )
    if (!rows[0]) throw introuvable('Ce document')
    // the payroll document holds every payslip of the month
    if (rows[0].type === '004') requireDroit(qui, 'bulletins.lire')
    const { document, octets } = await readDocument(base, depot, qui, params.document as never)
    return sendFichier(reply, { nom: document.nom, type: document.typeMime, octets })
  })
}
