import type { Jour, Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { questionIntrouvable } from '../../refus.ts'
import { type Auteur, getDossier, noteActe, publishSuivi } from '../db/dossiers.ts'

export type QuestionPosee = {
  id: string
  objet: string
  texte: string
  carriereId: string | null
  pieceId: string | null
  echeance: Jour | null
  genre: 'dossier' | 'conseil'
}

const addMessage = (tx: Tx, auteur: Auteur, questionId: string, id: string, texte: string) =>
  tx
    .insertInto('app.paie_message')
    .values({
      organisme_id: auteur.organismeId,
      id,
      question_id: questionId,
      personne_id: auteur.personneId,
      nom: auteur.nom,
      texte,
    })
    .execute()

export async function poserQuestion(tx: Tx, auteur: Auteur, mois: Mois, q: QuestionPosee): Promise<void> {
  await getDossier(tx, mois)
  const done = await tx
    .insertInto('app.paie_question')
    .values({
      organisme_id: auteur.organismeId,
      id: q.id,
      mois,
      carriere_id: q.carriereId,
      piece_id: q.pieceId,
      objet: q.objet,
      echeance: q.echeance,
      genre: q.genre,
      posee_par: auteur.nom,
    })
    .onConflict((oc) => oc.columns(['organisme_id', 'id']).doNothing())
    .executeTakeFirst()
  if ((done.numInsertedOrUpdatedRows ?? 0n) === 0n) return
  await addMessage(tx, auteur, q.id, newId(), q.texte)
  await noteActe(tx, auteur, mois, q.genre === 'conseil' ? 'Demande de conseil' : 'Question', q.objet)
  await publishSuivi(tx, auteur.organismeId, mois)
}

export async function repondreQuestion(
  tx: Tx,
  auteur: Auteur,
  questionId: string,
  reponse: { id: string; texte: string; clore: boolean },
): Promise<Mois> {
  const q = await tx
    .selectFrom('app.paie_question')
    .select(['mois', 'objet'])
    .where('id', '=', questionId)
    .executeTakeFirst()
  if (!q) throw questionIntrouvable()
  const mois = q.mois as Mois
  const deja = await tx.selectFrom('app.paie_message').select('id').where('id', '=', reponse.id).executeTakeFirst()
  if (deja) return mois
  await addMessage(tx, auteur, questionId, reponse.id, reponse.texte)
  await tx.updateTable('app.paie_question').set({ est_close: reponse.clore }).where('id', '=', questionId).execute()
  await noteActe(tx, auteur, mois, reponse.clore ? 'Réponse et clôture' : 'Réponse', q.objet)
  await publishSuivi(tx, auteur.organismeId, mois)
  return mois
}
