import type { Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Bulletin } from '../../calcul/index.ts'
import { getPiece, listPieces } from '../db/vues.ts'
import { piecesDeLaLigne } from '../domain/justifier.ts'

/** A lasting paper founds lines for years: those of the last months are shown. */
const MOIS_MONTRES = 12

/** From the paper to the payslips: the way back of the one that goes from a line to its paper. */
export async function lignesDePiece(tx: Tx, pieceId: string) {
  const piece = await getPiece(tx, pieceId)
  const lignes = []
  for (const { carriereId, nom } of piece.concerne) {
    const pieces = await listPieces(tx, { carriereId })
    const variables = await tx
      .selectFrom('app.paie_variable')
      .select(['mois', 'contenu', 'piece_id', 'effet'])
      .where('carriere_id', '=', carriereId)
      .execute()
    const bulletins = await tx
      .selectFrom('app.paie_bulletin')
      .select(['mois', 'bulletin'])
      .where('carriere_id', '=', carriereId)
      .orderBy('mois', 'desc')
      .limit(MOIS_MONTRES)
      .execute()
    for (const b of bulletins) {
      const duMois = variables.filter((v) => v.mois === b.mois)
      for (const [ligne, l] of (JSON.parse(b.bulletin) as Bulletin).lignes.entries())
        if (piecesDeLaLigne(l, b.mois as Mois, duMois, pieces).some((p) => p.id === pieceId))
          lignes.push({ mois: b.mois, carriereId, nom, ligne, libelle: l.libelle, montant: l.montant ?? null })
    }
  }
  return lignes
}
