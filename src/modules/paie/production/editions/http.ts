import './tables.ts'
import { sendFichier } from '#modules/documents/index.ts'
import { getOrganisme } from '#modules/organismes/index.ts'
import { dernierJour, formatMois, type Mois } from '#socle/dates.ts'
import { inOrganisme, type Tx } from '#socle/db/base.ts'
import { type Application, servirLibre } from '#socle/http/servir.ts'
import { getDossier } from '../../dossier/db/dossiers.ts'
import * as contrat from './contract.ts'
import { toCsv, toXlsx } from './documents/etat.ts'
import type { Contexte, Etat } from './domain/etat.ts'
import {
  etatDesCharges,
  journalComptable,
  listeDesVirements,
  listePapier,
  livreDePaie,
  recapitulatifAnnuel,
  statutDe,
} from './domain/etats.ts'
import { openImprimerie } from './imprimerie.ts'
import { listAnnee, listPapier, listPayes, readEmploi } from './lire.ts'

async function compose(
  tx: Tx,
  organismeId: string,
  edition: contrat.Edition,
  mois: Mois,
  rang: number | undefined,
): Promise<{ etat: Etat; ctx: Contexte }> {
  await getDossier(tx, mois)
  const o = await getOrganisme(tx, organismeId)
  const ctx = (approuve: boolean): Contexte => ({ mois, organisme: { nom: o.nom, siret: o.siret }, approuve })
  if (edition === 'papier') return { etat: listePapier(await listPapier(tx, dernierJour(mois))), ctx: ctx(true) }
  const annee = Number(mois.slice(0, 4))
  if (edition === 'annuel') return { etat: recapitulatifAnnuel(annee, await listAnnee(tx, annee)), ctx: ctx(true) }
  const { approuve, payes } = await listPayes(tx, mois, rang)
  const faire = { livre: livreDePaie, charges: etatDesCharges, journal: journalComptable, virements: listeDesVirements }
  return { etat: faire[edition](payes), ctx: ctx(approuve) }
}

const TYPES = {
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export function registerEditions(application: Application): void {
  const { base, app } = application
  const imprimerie = openImprimerie()
  app.addHook('onClose', () => imprimerie.close())

  servirLibre(application, contrat.lireEdition, 'bulletins.lire', async ({ qui, params, query, reply }) => {
    const { etat, ctx } = await inOrganisme(base, qui.organismeId, (tx) =>
      compose(tx, qui.organismeId, query.edition, params.mois, query.rang),
    )
    const { format } = query
    const octets =
      format === 'pdf'
        ? await imprimerie.etat(etat, ctx)
        : format === 'csv'
          ? Buffer.from(toCsv(etat))
          : await toXlsx(etat)
    return sendFichier(reply, { nom: `${etat.code}-${params.mois}.${format}`, type: TYPES[format], octets })
  })

  servirLibre(application, contrat.lireAttestation, 'bulletins.lire', async ({ qui, params, reply }) => {
    const attestation = await inOrganisme(base, qui.organismeId, async (tx) => {
      const { agent, mois } = await readEmploi(tx, params.carriere, params.mois)
      const o = await getOrganisme(tx, qui.organismeId)
      const population = mois.at(-1)?.population
      return {
        organisme: { nom: o.nom, siret: o.siret, adresse: o.adresse, codePostal: o.code_postal, ville: o.ville },
        agent: { ...agent, civilite: agent.sexe === 'F' ? ('Mme' as const) : ('M.' as const) },
        emploi: agent.emploi,
        statut: population ? statutDe(population) : 'agent',
        entree: agent.entree,
        sortie: agent.sortie,
        jour: dernierJour(params.mois),
        mois,
      }
    })
    const octets = await imprimerie.attestation(attestation)
    return sendFichier(reply, {
      nom: `attestation-${attestation.agent.nom}-${formatMois(params.mois).replace(' ', '-')}.pdf`,
      type: 'application/pdf',
      octets,
    })
  })
}
