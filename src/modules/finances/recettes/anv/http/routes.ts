import { receiveFichier } from '#modules/documents/index.ts'
import { euros, inEuros, sum } from '#socle/argent.ts'
import { readFeuille } from '#socle/feuille.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { auteurOf } from '../../../execution/db/commun.ts'
import { delibererAnv, enregistrerListeAnv, listListesAnv, readListeAnv } from '../actions.ts'
import * as contrat from './contract.ts'

const total = (lignes: readonly { montant: string }[]) => inEuros(sum(lignes.map((l) => euros(l.montant))))

export function registerAnv(application: Application): void {
  servirOrganisme(application, contrat.listerAnv, 'finances.lire', async ({ tx, query }) => ({
    listes: (await listListesAnv(tx, { budgetId: query.budget, annee: query.annee })).map((l) => ({
      id: l.id,
      reference: l.reference,
      recueLe: l.recue_le,
      deliberation: l.deliberation_numero,
      deliberationLe: l.deliberation_le,
      total: total(l.lignes),
      admis: total(l.lignes.filter((g) => g.decision === 'admise')),
      mandats: [
        ...(l.mandat_anv_id ? [{ id: l.mandat_anv_id, libelle: 'Mandat 6541' }] : []),
        ...(l.mandat_eteintes_id ? [{ id: l.mandat_eteintes_id, libelle: 'Mandat 6542' }] : []),
      ],
      lignes: l.lignes.map(({ id, genre, exercice, titre, debiteur, montant, motif, decision }) => ({
        id,
        genre,
        exercice,
        titre,
        debiteur,
        montant,
        motif,
        decision,
      })),
    })),
  }))
  servirLibre(application, contrat.lireFeuilleAnv, 'finances.liquider', async ({ request }) => {
    const { lignes, anomalies } = readListeAnv(await readFeuille(await receiveFichier(request)))
    return { lignes, total: total(lignes), anomalies }
  })
  servirOrganisme(application, contrat.enregistrerAnv, 'finances.liquider', async ({ tx, qui, body }) => {
    const { budgetId, annee, ...liste } = body
    await enregistrerListeAnv(tx, auteurOf(qui), { budgetId, annee }, liste)
    return { fait: true }
  })
  servirOrganisme(application, contrat.delibererAnv, 'finances.liquider', async ({ tx, qui, params, body }) =>
    delibererAnv(tx, auteurOf(qui), params.listeAnv, body),
  )
}
