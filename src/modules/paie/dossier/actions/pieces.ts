import { sql } from 'kysely'
import { type Depot, deposerDocument, type FichierRecu } from '#modules/documents/index.ts'
import type { Jour, Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import { agentIntrouvable, pieceIntrouvable } from '../../refus.ts'
import { LIBELLES_NATURE, NATURES_SANTE, type NaturePiece } from '../contract.ts'
import { type Auteur, lockDossier, noteActe, publishSuivi } from '../db/dossiers.ts'
import { ouvrirRappel } from '../rappels/actions/rappels.ts'
import { listMoisFiges } from '../rappels/db/du-mois.ts'
import { rappelDuDepot } from '../rappels/domain/rappel.ts'

export type DepotPiece = {
  id: string
  nature: NaturePiece
  libelle: string
  effet: Jour | null
  carriereIds: string[]
  /** A refused or incomplete paper of the same month that this one takes the place of. */
  remplace: string | null
}

/** Receipt numbers of a body follow each other without gap: the last one is taken in the transaction of the deposit. */
async function takeNumero(tx: Tx, organismeId: string): Promise<number> {
  const { rows } = await sql<{ dernier: number }>`
    insert into app.paie_numero_piece (organisme_id, dernier) values (${organismeId}, 1)
    on conflict (organisme_id) do update set dernier = app.paie_numero_piece.dernier + 1
    returning dernier`.execute(tx)
  return rows[0]!.dernier
}

/** A paper is never deleted: a better one takes its place, and both stay in the history. */
async function lockRemplacable(tx: Tx, mois: Mois, id: string) {
  const piece = await tx
    .selectFrom('app.paie_piece')
    .select(['id', 'numero', 'etat'])
    .where('id', '=', id)
    .where('mois', '=', mois)
    .forUpdate()
    .executeTakeFirst()
  if (!piece) throw pieceIntrouvable()
  return piece
}

/** Deposits a supporting document for the month. Its row is its receipt. Sent twice, it is deposited once. */
export async function deposerPiece(
  tx: Tx,
  depot: Depot,
  auteur: Auteur,
  mois: Mois,
  piece: DepotPiece,
  fichier: Pick<FichierRecu, 'nom' | 'bytes' | 'type'>,
  /** Absent for what a body brings with it: no cut-off applies to it. */
  echeance?: { aujourdhui: Jour; dateLimite: Jour | null } | undefined,
  /** The pages of a paper are separated: the agency does it whatever the state of the paper, in one or several parts. */
  libre = false,
): Promise<string> {
  const deja = await tx.selectFrom('app.paie_piece').select('id').where('id', '=', piece.id).executeTakeFirst()
  if (deja) return deja.id
  const d = await lockDossier(tx, mois)
  if (d.etat === 'clos') throw new Refus('piece.moisClos', 'Ce mois est clos. Déposez la pièce dans le mois suivant.')
  if (piece.carriereIds.length > 0) {
    const known = await tx.selectFrom('app.paie_carriere').select('id').where('id', 'in', piece.carriereIds).execute()
    if (known.length !== new Set(piece.carriereIds).size) throw agentIntrouvable()
  }
  const remplacee = piece.remplace ? await lockRemplacable(tx, mois, piece.remplace) : undefined
  if (remplacee && !libre && (remplacee.etat === 'recue' || remplacee.etat === 'remplacee'))
    throw new Refus(
      'piece.nonRemplacable',
      `La pièce n° ${remplacee.numero} est déjà ${remplacee.etat === 'recue' ? 'reçue' : 'remplacée'} : déposez la nouvelle à part.`,
    )
  const document = await deposerDocument(tx, depot, auteur, {
    nom: fichier.nom,
    type: fichier.type,
    bytes: fichier.bytes,
    sante: NATURES_SANTE.includes(piece.nature),
  })
  const numero = await takeNumero(tx, auteur.organismeId)
  await tx
    .insertInto('app.paie_piece')
    .values({
      organisme_id: auteur.organismeId,
      id: piece.id,
      mois,
      numero,
      nature: piece.nature,
      libelle: piece.libelle,
      document_id: document.id,
      nom_fichier: document.nom,
      empreinte: document.empreinte,
      taille: document.taille,
      effet: piece.effet,
      etat: 'deposee',
      motif: null,
      depose_par: auteur.personneId,
      depose_par_nom: auteur.nom,
      remplace: piece.remplace,
    })
    .execute()
  if (piece.carriereIds.length > 0)
    await tx
      .insertInto('app.paie_piece_carriere')
      .values(
        [...new Set(piece.carriereIds)].map((carriere_id) => ({
          organisme_id: auteur.organismeId,
          piece_id: piece.id,
          carriere_id,
        })),
      )
      .execute()
  if (remplacee)
    await tx.updateTable('app.paie_piece').set({ etat: 'remplacee' }).where('id', '=', remplacee.id).execute()
  await noteActe(
    tx,
    auteur,
    mois,
    'Dépôt d’une pièce',
    `N° ${numero}, ${LIBELLES_NATURE[piece.nature]}, ${document.nom}${remplacee ? `, remplace le n° ${remplacee.numero}` : ''}`,
  )
  if (echeance) {
    const r = rappelDuDepot({ mois, effet: piece.effet, figes: await listMoisFiges(tx), ...echeance })
    if (r)
      await ouvrirRappel(tx, auteur, {
        ...r,
        origine: 'depotTardif',
        libelle: `Pièce n° ${numero}, ${LIBELLES_NATURE[piece.nature]}${piece.libelle ? ` : ${piece.libelle}` : ''}`,
        pieceId: piece.id,
        carriereIds: piece.carriereIds,
      })
  }
  await publishSuivi(tx, auteur.organismeId, mois)
  return piece.id
}

/** The officer's answer; `deposee` takes it back, and the journal keeps both. */
export async function traiterPiece(
  tx: Tx,
  auteur: Auteur,
  id: string,
  decision: { etat: 'deposee' | 'recue' | 'aCompleter' | 'refusee'; motif?: string | undefined },
): Promise<void> {
  const piece = await tx
    .selectFrom('app.paie_piece')
    .select(['mois', 'numero', 'etat'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!piece) throw pieceIntrouvable()
  if (piece.etat === 'remplacee')
    throw new Refus('piece.remplacee', `La pièce n° ${piece.numero} est remplacée par une autre : traitez celle-ci.`)
  const motif = decision.etat === 'aCompleter' || decision.etat === 'refusee' ? (decision.motif ?? null) : null
  await tx.updateTable('app.paie_piece').set({ etat: decision.etat, motif }).where('id', '=', id).execute()
  const mots = { deposee: 'remise à lire', recue: 'reçue', aCompleter: 'à compléter', refusee: 'refusée' }
  await noteActe(
    tx,
    auteur,
    piece.mois as Mois,
    `Pièce ${mots[decision.etat]}`,
    `N° ${piece.numero}${motif ? ` : ${motif}` : ''}`,
  )
  await publishSuivi(tx, auteur.organismeId, piece.mois as Mois)
}
