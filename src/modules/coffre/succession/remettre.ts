import './tables.ts'
import type { PassThrough } from 'node:stream'
import { sql } from 'kysely'
import { type Depot, getDocument } from '#modules/documents/index.ts'
import { inscrire } from '#modules/journal/index.ts'
import { type Base, inOrganisme, setContexte, type Tx } from '#socle/db/base.ts'
import type { Acteur } from '#socle/droits.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { exportCoffre } from '../actions/exporter.ts'
import { DELAI_JOURS } from '../fermeture/contract.ts'
import { QUALITES, type Qualite, type Remise, type Succession } from './contract.ts'
import { pour } from './geler.ts'
import { getSuccession } from './lire.ts'

type Demande = { id: string; beneficiaire: string; qualite: Qualite; motif: string; documentId: string }

const enClair = (iso: string) =>
  new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long', timeStyle: 'short' }).format(
    new Date(iso),
  )

export function requireGelee(s: Succession): void {
  if (s.levee || s.fermeeLe)
    throw new Refus('succession.finie', 'Ce coffre n’est plus gelé : il a été rendu, ou fermé.')
}

/** One of the two: who is to receive the papers, why, and what proves it. Sent twice, written once. */
export async function prepareRemise(
  tx: Tx,
  qui: Acteur,
  s: Pick<Succession, 'id' | 'personneId' | 'nom'>,
  d: Demande,
): Promise<void> {
  await getDocument(tx, d.documentId)
  const fait = await tx
    .insertInto('app.coffre_remise')
    .values({
      organisme_id: qui.organismeId,
      id: d.id,
      succession_id: s.id,
      beneficiaire: d.beneficiaire,
      qualite: d.qualite,
      motif: d.motif,
      document_id: d.documentId,
      preparee_par: qui.personneId,
      preparee_par_nom: qui.nom,
    })
    .onConflict((c) => c.columns(['organisme_id', 'id']).doNothing())
    .executeTakeFirst()
  if (fait.numInsertedOrUpdatedRows === 0n) return
  await inscrire(tx, qui.organismeId, qui, {
    acte: 'coffre.preparerRemise',
    objet: { type: 'personne', id: s.personneId, libelle: s.nom },
    detail: { a: d.beneficiaire, qualite: QUALITES[d.qualite], motif: d.motif, preuve: d.documentId },
  })
}

export async function getRemise(tx: Tx, qui: Acteur, id: string): Promise<{ succession: Succession; remise: Remise }> {
  const row = await tx.selectFrom('app.coffre_remise').select('succession_id').where('id', '=', id).executeTakeFirst()
  if (!row) throw introuvable('Cette remise')
  const succession = await getSuccession(tx, qui, row.succession_id)
  return { succession, remise: succession.remises.find((r) => r.id === id)! }
}

/** The other of the two. The first handing over that is agreed dates the closing of the safe. */
export async function decideRemise(
  tx: Tx,
  qui: Acteur,
  id: string,
  decision: { accord: true } | { accord: false; motif: string },
): Promise<string> {
  const { succession: s, remise } = await getRemise(tx, qui, id)
  requireGelee(s)
  if (remise.estDeMoi)
    throw new Refus('remise.quatreYeux', 'Vous avez préparé cette remise : une autre personne de l’agence en décide.')
  const fait = await tx
    .updateTable('app.coffre_remise')
    .set({
      accord: decision.accord,
      refus_motif: decision.accord ? null : decision.motif,
      decidee_par: qui.personneId,
      decidee_par_nom: qui.nom,
      decidee_le: new Date(),
    })
    .where('id', '=', id)
    .where('decidee_le', 'is', null)
    .executeTakeFirst()
  if (fait.numUpdatedRows === 0n) throw new Refus('remise.decidee', 'Cette remise est déjà décidée.')
  if (decision.accord) {
    await setContexte(tx, { personne: s.personneId, organisme: qui.organismeId })
    await tx
      .updateTable('app.coffre_fermeture')
      .set({ prevue_le: sql<Date>`now() + make_interval(days => ${DELAI_JOURS})` })
      .where('personne_id', '=', s.personneId)
      .where('origine', '=', 'deces')
      .where('annulee_le', 'is', null)
      .where('prevue_le', 'is', null)
      .execute()
  }
  await inscrire(tx, qui.organismeId, qui, {
    acte: decision.accord ? 'coffre.accorderRemise' : 'coffre.refuserRemise',
    objet: { type: 'personne', id: s.personneId, libelle: s.nom },
    detail: {
      a: remise.beneficiaire,
      prepareePar: remise.prepareePar,
      motif: decision.accord ? remise.motif : decision.motif,
    },
  })
  return s.id
}

const bordereau = (s: Succession, r: Remise, par: string, le: Date) =>
  [
    'Remise des documents d’un coffre-fort électronique',
    '',
    `Titulaire : ${s.nom}, décès du ${s.decedeeLe.split('-').reverse().join('/')}`,
    `Remis à : ${r.beneficiaire} (${QUALITES[r.qualite].toLowerCase()})`,
    `Motif : ${r.motif}`,
    `Préparée par ${r.prepareePar} le ${enClair(r.prepareeLe)}`,
    `Accordée par ${r.decideePar} le ${enClair(r.decideeLe!)}`,
    `Archive faite par ${par} le ${enClair(le.toISOString())}`,
    `Référence : ${r.id}`,
    '',
  ].join('\r\n')

/** The papers of a frozen safe for whoever inherits them: told in both journals before the first byte leaves. */
export async function exportRemise(base: Base, depot: Depot, qui: Acteur, id: string): Promise<PassThrough> {
  const { succession: s, remise } = await inOrganisme(base, qui.organismeId, async (tx) => {
    const lue = await getRemise(tx, qui, id)
    requireGelee(lue.succession)
    if (lue.remise.etat !== 'accordee' && lue.remise.etat !== 'remise')
      throw new Refus('remise.nonAccordee', 'Cette remise n’est pas accordée : rien ne sort du coffre.')
    await tx
      .updateTable('app.coffre_remise')
      .set({ remise_le: new Date() })
      .where('id', '=', id)
      .where('remise_le', 'is', null)
      .execute()
    await inscrire(tx, qui.organismeId, qui, {
      acte: 'coffre.remettre',
      objet: { type: 'personne', id: lue.succession.personneId, libelle: lue.succession.nom },
      detail: { a: lue.remise.beneficiaire, accordeePar: lue.remise.decideePar },
      sensible: 'paie',
    })
    return lue
  })
  return exportCoffre(base, depot, pour(qui, s.personneId), {
    acte: 'remettre',
    joints: [{ chemin: 'REMISE.txt', texte: bordereau(s, remise, qui.nom, new Date()) }],
  })
}
