import '../db/tables.ts'
import { addJours, formatJour, type Jour, joursBetween, type Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { insertLot } from '#socle/db/lots.ts'
import { type Auteur, findDossier, noteActe, publishSuivi } from '../../db/dossiers.ts'
import { estModifiable } from '../../domain/dossier.ts'
import { readCalendrier, readReglage } from '../db/calendriers.ts'
import { isOuvre } from '../domain/calendrier.ts'

/**
 * Moves the cut-off of an open month, and with it every step that follows, by as many days: the steps keep their order
 * and fall on working days. Each is a date fixed, with its reason, as an officer would fix it. Gives false when the month
 * is not open, or already ends later.
 */
export async function reporterEcheances(
  tx: Tx,
  auteur: Auteur,
  mois: Mois,
  limite: Jour,
  motif: string,
): Promise<boolean> {
  const d = await findDossier(tx, mois)
  const reglage = await readReglage(tx, mois)
  if (!d || !reglage || !estModifiable(d.etat)) return false
  const echeances = await readCalendrier(tx, mois)
  const debut = echeances.findIndex((e) => e.etape === 'limiteDepot')
  const jours = joursBetween(echeances[debut]!.jour, limite)
  if (jours <= 0) return false
  const fermes = new Set(reglage.joursFermes)
  let precedent: Jour | undefined
  const reportees = echeances.slice(debut).map(({ etape, jour }) => {
    let nouveau = addJours(jour, jours)
    if (precedent && nouveau <= precedent) nouveau = addJours(precedent, 1)
    while (!isOuvre(nouveau, fermes)) nouveau = addJours(nouveau, 1)
    precedent = nouveau
    return { organisme_id: auteur.organismeId, mois, etape, jour: nouveau, motif, fixee_par: auteur.nom }
  })
  await tx
    .deleteFrom('app.paie_echeance')
    .where('mois', '=', mois)
    .where(
      'etape',
      'in',
      reportees.map((r) => r.etape),
    )
    .execute()
  await insertLot(
    tx,
    'app.paie_echeance',
    { organisme_id: 'uuid', mois: 'text', etape: 'text', jour: 'date', motif: 'text', fixee_par: 'text' },
    reportees,
  )
  await noteActe(tx, auteur, mois, 'Dates reportées', `Dépôts jusqu’au ${formatJour(reportees[0]!.jour)} (${motif})`)
  await publishSuivi(tx, auteur.organismeId, mois, reportees[0]!.jour)
  return true
}
