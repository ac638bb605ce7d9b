import { sendFichier } from '#modules/documents/index.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { exporterJournal } from '../actions/exporter.ts'
import { inscrire } from '../actions/inscrire.ts'
import { verifierChaineDe } from '../actions/verifier.ts'
import * as contrat from '../contract.ts'
import { findDernierBordereau } from '../db/bordereaux.ts'
import { listEcritures } from '../db/ecritures.ts'
import { lignesOf } from '../domain/bordereau.ts'
import { vueOf } from '../domain/libelles.ts'

export function registerJournal(application: Application): void {
  servirOrganisme(application, contrat.lireEcritures, 'journal.lire', async ({ tx, qui, query }) => {
    const { rows, total } = await listEcritures(tx, query)
    const bordereau = await findDernierBordereau(tx)
    const ligne = lignesOf(bordereau?.texte ?? '').find((l) => l.organismeId === qui.organismeId)
    return {
      ecritures: rows.map(vueOf),
      total,
      scellement:
        bordereau && ligne
          ? { numero: ligne.numero, le: bordereau.date_le.toISOString(), autorite: bordereau.autorite }
          : null,
    }
  })

  servirLibre(application, contrat.verifierChaine, 'journal.lire', async ({ base, qui }) => {
    const bilan = await verifierChaineDe(base, qui.organismeId, (tx, b) =>
      inscrire(tx, qui.organismeId, qui, {
        acte: 'journal.verifier',
        detail: { ecritures: b.ecritures, ruptures: b.ruptures.length },
      }),
    )
    return {
      ecritures: bilan.ecritures,
      ruptures: bilan.ruptures.slice(0, 100).map(({ numero, message }) => ({ numero, message })),
    }
  })

  servirLibre(application, contrat.exporter, 'journal.lire', async ({ base, qui, query, reply }) =>
    sendFichier(reply, {
      nom: 'journal.zip',
      type: 'application/zip',
      octets: await exporterJournal(base, qui.organismeId, qui, {
        ...(query.de ? { de: query.de } : {}),
        ...(query.a ? { a: query.a } : {}),
      }),
      telecharger: true,
    }),
  )
}
