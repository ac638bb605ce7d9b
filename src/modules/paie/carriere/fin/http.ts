import { sendFichier } from '#modules/documents/index.ts'
import { getOrganisme } from '#modules/organismes/index.ts'
import { addJours, formatMois, type Jour, moisOf } from '#socle/dates.ts'
import { inOrganisme, type Tx } from '#socle/db/base.ts'
import { type Application, servirLibre } from '#socle/http/servir.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import type { Bulletin } from '../../calcul/index.ts'
import { autoriteOf, emetteurOf } from '../avancement/prononcer.ts'
import { getAgent } from '../db/agents.ts'
import { getEtatCarriere } from '../db/histoire.ts'
import { type ActesImprimables, renderActes } from '../documents/actes.ts'
import { DOCUMENTS_FIN, type DocumentFin, lireDocumentFin } from './contract.ts'
import { type Contexte, documentsDe, toDocumentFin, toSolde } from './domain/documents.ts'

async function getBulletinDeSortie(tx: Tx, carriereId: string, sortie: Jour): Promise<Bulletin> {
  const mois = moisOf(addJours(sortie, -1))
  const row = await tx
    .selectFrom('app.paie_bulletin')
    .select('bulletin')
    .where('carriere_id', '=', carriereId)
    .where('mois', '=', mois)
    .executeTakeFirst()
  if (!row)
    throw new Refus(
      'fin.sansBulletin',
      `Le solde vient du dernier bulletin : calculez d’abord la paie de ${formatMois(mois)}.`,
    )
  return JSON.parse(row.bulletin) as Bulletin
}

async function readDocument(
  tx: Tx,
  organismeId: string,
  carriereId: string,
  document: DocumentFin,
): Promise<ActesImprimables> {
  const { agentId, ...etat } = await getEtatCarriere(tx, carriereId)
  const statut = etat.situations.at(-1)?.contenu.statut
  const { sortie } = etat
  if (!statut || sortie === null || !documentsDe(statut).includes(document)) throw introuvable('Ce document')
  const organisme = await getOrganisme(tx, organismeId)
  const a = await getAgent(tx, agentId)
  const contexte: Contexte = {
    emetteur: emetteurOf(organisme),
    siret: organisme.siret,
    ville: organisme.ville,
    qualite: autoriteOf(organisme).qualite,
    agent: { ...a, adresse: [a.adresse, `${a.codePostal} ${a.ville}`.trim()].filter(Boolean).join(', ') },
    etat: { ...etat, sortie },
  }
  return {
    version: 1,
    titre: `${DOCUMENTS_FIN[document]}, ${a.prenom} ${a.nom}`,
    auteur: organisme.nom,
    date: addJours(sortie, -1),
    actes: [
      document === 'soldeToutCompte'
        ? toSolde(contexte, await getBulletinDeSortie(tx, carriereId, sortie))
        : toDocumentFin(document, contexte),
    ],
  }
}

export function registerFin(application: Application): void {
  servirLibre(application, lireDocumentFin, 'agents.lire', async ({ base, qui, params, reply }) => {
    const modele = await inOrganisme(base, qui.organismeId, (tx) =>
      readDocument(tx, qui.organismeId, params.carriere, params.papier),
    )
    return sendFichier(reply, {
      nom: `${params.papier}.pdf`,
      type: 'application/pdf',
      octets: Buffer.from(renderActes(modele)),
    })
  })
}
