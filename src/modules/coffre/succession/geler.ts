import './tables.ts'
import { sql } from 'kysely'
import { freezeAcces, listAccesDeTitulaires, unfreezeAcces, writeAuTitulaire } from '#modules/acces/index.ts'
import { getDocument } from '#modules/documents/index.ts'
import { inscrire } from '#modules/journal/index.ts'
import type { Courrier } from '#socle/courriel/courriel.ts'
import { setContexte, type Tx } from '#socle/db/base.ts'
import type { Acteur } from '#socle/droits.ts'
import { newId } from '#socle/ids.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { noteActe, type Titulaire } from '../db/journal.ts'
import type { Succession } from './contract.ts'

/** Who writes in the journal of a safe that is not hers. */
export const pour = (qui: Acteur, personneId: string): Titulaire => ({ personneId, nom: `${qui.nom}, pour l’agence` })

export type Deces = { id: string; personneId: string; decedeeLe: string; motif: string; documentId: string }

/**
 * Freezes the safe of a person whose death has its certificate: nobody signs in for her, nothing more is deposited, and
 * her employers print. Nothing is lost, and it can be lifted. The transaction is the agency's. Sent twice, done once.
 */
export async function freezeCoffre(tx: Tx, courrier: Courrier, qui: Acteur, d: Deces): Promise<void> {
  const [titulaire] = await listAccesDeTitulaires(tx, [d.personneId])
  if (!titulaire) throw introuvable('Cette personne')
  if (d.personneId === qui.personneId) throw new Refus('succession.soi', 'On ne déclare pas son propre décès.')
  await getDocument(tx, d.documentId)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`succession/${d.personneId}`}, 0))`.execute(tx)
  const connues = await tx
    .selectFrom('app.coffre_succession')
    .select(['id', 'personne_id'])
    .where((eb) => eb.or([eb('id', '=', d.id), eb('personne_id', '=', d.personneId)]))
    .where((eb) => eb.or([eb('id', '=', d.id), eb('levee_le', 'is', null)]))
    .execute()
  if (connues.some((c) => c.id === d.id && c.personne_id === d.personneId)) return
  if (connues.length > 0) throw new Refus('succession.deja', 'Un décès est déjà déclaré pour ce coffre.')
  await tx
    .insertInto('app.coffre_succession')
    .values({
      organisme_id: qui.organismeId,
      id: d.id,
      personne_id: d.personneId,
      decedee_le: d.decedeeLe,
      motif: d.motif,
      document_id: d.documentId,
      declaree_par: qui.personneId,
      declaree_par_nom: qui.nom,
    })
    .execute()
  await setContexte(tx, { personne: d.personneId, organisme: qui.organismeId })
  const fermee = await tx
    .selectFrom('app.coffre_fermeture')
    .select('id')
    .where('personne_id', '=', d.personneId)
    .where('faite_le', 'is not', null)
    .executeTakeFirst()
  if (fermee)
    throw new Refus('succession.fermee', 'Son titulaire avait fermé ce coffre : il n’y reste rien à remettre.')
  // a closing that she had asked for waits no more: her heirs decide
  await tx
    .updateTable('app.coffre_fermeture')
    .set({ annulee_le: new Date() })
    .where('personne_id', '=', d.personneId)
    .where('annulee_le', 'is', null)
    .execute()
  await tx
    .insertInto('app.coffre_fermeture')
    .values({ personne_id: d.personneId, id: newId<'Fermeture'>(), origine: 'deces', prevue_le: null })
    .execute()
  await freezeAcces(tx, d.personneId)
  await noteActe(tx, pour(qui, d.personneId), { acte: 'geler' })
  // whoever is alive and reads this must know at once
  await writeAuTitulaire(tx, courrier, d.personneId, {
    objet: 'Votre coffre Bosquet est gelé',
    texte:
      'Un décès a été déclaré pour votre compte : votre coffre est gelé et personne ne peut s’y connecter. Rien n’est supprimé. Si c’est une erreur, prévenez tout de suite le support de l’agence.',
    motif: 'coffre.succession',
  })
  await inscrire(tx, qui.organismeId, qui, {
    acte: 'coffre.geler',
    objet: { type: 'personne', id: d.personneId, libelle: `${titulaire.prenom} ${titulaire.nom}`.trim() },
    detail: { decedeeLe: d.decedeeLe, motif: d.motif, preuve: d.documentId },
  })
}

/** The death was an error: the safe is its holder's again, as it was. Too late once its papers are destroyed. */
export async function unfreezeCoffre(
  tx: Tx,
  courrier: Courrier,
  qui: Acteur,
  s: Succession,
  motif: string,
): Promise<void> {
  await setContexte(tx, { personne: s.personneId, organisme: qui.organismeId })
  const rendu = await tx
    .updateTable('app.coffre_fermeture')
    .set({ annulee_le: new Date() })
    .where('personne_id', '=', s.personneId)
    .where('origine', '=', 'deces')
    .where('annulee_le', 'is', null)
    .where('faite_le', 'is', null)
    .executeTakeFirst()
  if (s.levee || rendu.numUpdatedRows === 0n)
    throw new Refus('succession.finie', 'Ce coffre n’est plus gelé : il a été rendu, ou fermé.')
  await tx
    .updateTable('app.coffre_succession')
    .set({ levee_le: new Date(), levee_par_nom: qui.nom, levee_motif: motif })
    .where('id', '=', s.id)
    .execute()
  await unfreezeAcces(tx, s.personneId)
  await noteActe(tx, pour(qui, s.personneId), { acte: 'degeler' })
  await writeAuTitulaire(tx, courrier, s.personneId, {
    objet: 'Votre coffre Bosquet vous est rendu',
    texte: `Le décès déclaré était une erreur : votre coffre est rouvert, avec tous ses documents.\n${courrier.lien('/coffre')}`,
    motif: 'coffre.succession',
  })
  await inscrire(tx, qui.organismeId, qui, {
    acte: 'coffre.degeler',
    objet: { type: 'personne', id: s.personneId, libelle: s.nom },
    detail: { motif },
  })
}
