import { type Depot, getDocument, organisme } from '#modules/documents/index.ts'
import { addJours, type Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Auteur } from '../../execution/db/commun.ts'
import { getFlux } from '../db/echanges.ts'
import { refusFluxEtat } from '../refus.ts'
import { type OptionsHelios, simulerHelios } from '../reponses/simulateur.ts'
import { appliquerReponse } from './appliquer.ts'

/** Demonstration and tests: the simulated comptable answers a flux that was handed over, and its answers are applied. */
export async function simulerReponses(
  tx: Tx,
  depot: Depot,
  auteur: Auteur,
  fluxId: string,
  date: Jour,
  options: Partial<OptionsHelios> = {},
): Promise<number> {
  const flux = await getFlux(tx, fluxId)
  if (flux.etat !== 'remis') throw refusFluxEtat(flux.etat)
  const document = await getDocument(tx, flux.document_id)
  const octets = await depot.read(tx, organisme(auteur.organismeId), document.empreinte, document.nom)
  const { acquit, retour } = simulerHelios(octets, { date, regleLe: addJours(date, 10), ...options })
  const premier = await appliquerReponse(tx, depot, auteur, { nom: `ACQUIT_${flux.nom}.xml`, octets: acquit })
  if (!retour) return premier.appliques
  const second = await appliquerReponse(tx, depot, auteur, { nom: `RETOUR_${flux.nom}.xml`, octets: retour })
  return premier.appliques + second.appliques
}
