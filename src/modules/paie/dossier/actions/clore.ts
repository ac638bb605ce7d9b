import { sql } from 'kysely'
import { deMois, type Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import { refusActe } from '../../refus.ts'
import { type Auteur, countDossier, lockDossier, noteActe, publishSuivi } from '../db/dossiers.ts'
import { LIBELLES_ETAT, nextEtat } from '../domain/dossier.ts'

/** Closes a month: its payslips are given, and nothing waits in it any more. */
export async function cloreMois(tx: Tx, auteur: Auteur, mois: Mois): Promise<void> {
  const d = await lockDossier(tx, mois)
  const etat = nextEtat(d.etat, 'clore')
  if (!etat) throw refusActe(LIBELLES_ETAT[d.etat])
  const c = await countDossier(tx, mois)
  const restes = [
    ...(c.pieces_a_lire > 0 ? [`${c.pieces_a_lire} pièce${c.pieces_a_lire > 1 ? 's' : ''} à lire`] : []),
    ...(c.questions > 0 ? [`${c.questions} question${c.questions > 1 ? 's' : ''} en cours`] : []),
    ...(c.complements > 0
      ? [`${c.complements} production${c.complements > 1 ? 's complémentaires' : ' complémentaire'} à finir`]
      : []),
    ...(c.rappels > 0 ? [`${c.rappels} rappel${c.rappels > 1 ? 's' : ''} à traiter`] : []),
  ]
  if (restes.length > 0)
    throw new Refus('paie.resteAFaire', `La paie ${deMois(mois)} n’est pas close : il reste ${restes.join(', ')}.`)
  await sql`update app.paie_dossier set etat = ${etat}, clos_le = now(), clos_par = ${auteur.nom}
    where mois = ${mois}`.execute(tx)
  await noteActe(tx, auteur, mois, 'Clôture du mois')
  await publishSuivi(tx, auteur.organismeId, mois)
}
