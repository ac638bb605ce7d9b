import type { Depot } from '#modules/documents/index.ts'
import type { Jour, Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import { pieceIntrouvable } from '../../refus.ts'
import type { NaturePiece } from '../contract.ts'
import { type Auteur, noteActe } from '../db/dossiers.ts'
import { deposerPiece } from './pieces.ts'

export type Partie = {
  id: string
  nature: NaturePiece
  libelle: string
  effet: Jour | null
  carriereIds: string[]
  octets: Uint8Array
}

/** Papers made from the pages of one: they take its place, and it stays in the history. Sent twice, done once. */
export async function separerPiece(
  tx: Tx,
  depot: Depot,
  auteur: Auteur,
  pieceId: string,
  parties: readonly Partie[],
): Promise<Mois> {
  const piece = await tx
    .selectFrom('app.paie_piece')
    .select(['mois', 'numero', 'etat', 'nom_fichier'])
    .where('id', '=', pieceId)
    .forUpdate()
    .executeTakeFirst()
  if (!piece) throw pieceIntrouvable()
  const mois = piece.mois as Mois
  const deja = await tx.selectFrom('app.paie_piece').select('id').where('remplace', '=', pieceId).execute()
  if (deja.some((d) => d.id === parties[0]!.id)) return mois
  if (piece.etat === 'remplacee')
    throw new Refus(
      'piece.remplacee',
      `La pièce n° ${piece.numero} est déjà remplacée : séparez celle qui l’a remplacée.`,
    )
  const racine = piece.nom_fichier.replace(/\.pdf$/i, '')
  for (const [i, { octets, ...p }] of parties.entries())
    await deposerPiece(
      tx,
      depot,
      auteur,
      mois,
      { ...p, remplace: pieceId },
      {
        nom: parties.length === 1 ? `${racine}.pdf` : `${racine}-${i + 1}.pdf`,
        bytes: octets,
        type: 'application/pdf',
      },
      undefined,
      true,
    )
  await noteActe(
    tx,
    auteur,
    mois,
    'Pages séparées',
    `N° ${piece.numero}, en ${parties.length === 1 ? 'une pièce' : `${parties.length} pièces`}`,
  )
  return mois
}
