import { sql } from 'kysely'
import { getOrganisme } from '#modules/organismes/index.ts'
import type { Courrier } from '#socle/courriel/courriel.ts'
import type { Jour, Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import { insecables } from '#socle/texte.ts'
import { listAttendues } from '../../db/attendues.ts'
import { type Auteur, noteActe } from '../../db/dossiers.ts'
import { readDateLimite } from '../db/calendriers.ts'
import { composeRelance, type Manques, relanceDue } from '../domain/relance.ts'

export const MOTIF_RELANCE = 'paie.relance'

/** What the member still owes to the month. */
export async function readManques(tx: Tx, mois: Mois, aujourdhui: Jour): Promise<Manques> {
  const { attendues } = await listAttendues(tx, mois)
  const { rows } = await sql<{ a_remplacer: number; questions: number; en_retard: number }>`
    select (select count(*)::int from app.paie_piece where mois = ${mois} and etat in ('refusee', 'aCompleter')) as a_remplacer,
      count(*)::int as questions, count(*) filter (where echeance < ${aujourdhui})::int as en_retard
    from app.paie_question where mois <= ${mois} and not est_close and genre = 'dossier'`.execute(tx)
  const r = rows[0]!
  return {
    attendues: attendues.filter((a) => !a.cle.startsWith('saisonnier')).length,
    aRemplacer: r.a_remplacer,
    questions: r.questions,
    enRetard: r.en_retard,
  }
}

/** Sends the member what is missing, and writes it in the history of the month. */
export async function relancer(
  tx: Tx,
  courrier: Courrier,
  auteur: Auteur,
  mois: Mois,
  { aujourdhui, mot }: { aujourdhui: Jour; mot: string },
): Promise<void> {
  const organisme = await getOrganisme(tx, auteur.organismeId)
  if (!organisme.courriel)
    throw new Refus(
      'relance.sansAdresse',
      'Cette collectivité n’a pas d’adresse de courriel dans sa fiche : appelez-la, et faites compléter la fiche.',
    )
  const { objet, texte } = composeRelance({
    organisme: organisme.nom,
    mois,
    limite: await readDateLimite(tx, mois),
    aujourdhui,
    manques: await readManques(tx, mois, aujourdhui),
    mot,
    lien: courrier.lien(`/o/${organisme.siren}/dossier/${mois}`),
    par: auteur.nom,
  })
  await courrier.sendPourOrganisme(tx, auteur.organismeId, {
    a: organisme.courriel,
    objet: insecables(objet),
    texte: insecables(texte),
    motif: MOTIF_RELANCE,
    sujet: mois,
    par: auteur.nom,
  })
  await noteActe(tx, auteur, mois, 'Relance par courriel', organisme.courriel)
}

/** The reminder of the day, when one is due. Run twice the same day, it sends one. */
export async function relancerSiDu(
  tx: Tx,
  courrier: Courrier,
  auteur: Auteur,
  mois: Mois,
  aujourdhui: Jour,
): Promise<boolean> {
  const { rows } = await sql<{ jour: Jour | null }>`
    select max((demande_le at time zone 'Europe/Paris')::date) as jour from app.courriel
    where motif = ${MOTIF_RELANCE} and sujet = ${mois}`.execute(tx)
  const manques = await readManques(tx, mois, aujourdhui)
  if (!relanceDue(await readDateLimite(tx, mois), aujourdhui, manques, rows[0]?.jour ?? null)) return false
  const organisme = await getOrganisme(tx, auteur.organismeId)
  if (!organisme.courriel) return false
  await relancer(tx, courrier, auteur, mois, { aujourdhui, mot: '' })
  return true
}
