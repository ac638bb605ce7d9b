import { sql } from 'kysely'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { type LiquidationSaisie, zContenu } from '../contract.ts'
import type { Auteur } from '../db/commun.ts'
import { type Cadre, listOfBordereau } from '../db/contexte.ts'
import { empreinteOf, envoyerBordereau, lockBordereau, signerBordereau } from './bordereaux.ts'
import { liquider } from './liquider.ts'

export type OperationOrdre = {
  id: string
  libelle: string
  mouvement: 'entreSections' | 'interne'
  montant: string
  depense: { nature: string; fonction?: string }
  recette: { nature: string; fonction?: string }
}

/** One operation of ordre: a mandat and a titre of one amount, signed together or not at all. */
export async function passerOrdre(tx: Tx, auteur: Auteur, cadre: Cadre, o: OperationOrdre, le: Jour): Promise<void> {
  const { rows: deja } = await sql`select id from app.finances_operation_ordre where id = ${o.id}`.execute(tx)
  if (deja.length > 0) return
  const pieces = { D: newId<'Liquidation'>(), R: newId<'Liquidation'>() }
  await sql`insert into app.finances_operation_ordre (organisme_id, id, libelle, montant, mandat_id, titre_id)
    values (${auteur.organismeId}, ${o.id}, ${o.libelle}, ${o.montant}, ${pieces.D}, ${pieces.R})`.execute(tx)
  for (const sens of ['D', 'R'] as const) {
    const piece: LiquidationSaisie = {
      id: pieces[sens],
      objet: o.libelle,
      contenu: zContenu.parse({
        typePiece: '03',
        mouvement: o.mouvement,
        modeReglement: '08',
        lignes: [{ ...(sens === 'D' ? o.depense : o.recette), ht: o.montant }],
      }),
    }
    await liquider(tx, auteur, cadre, sens, [piece])
    const bordereau = newId<'Bordereau'>()
    await envoyerBordereau(tx, auteur, bordereau, [piece.id], le)
    const b = await lockBordereau(tx, bordereau)
    const empreinte = empreinteOf(b, await listOfBordereau(tx, bordereau))
    await signerBordereau(tx, auteur, bordereau, { empreinte, le, ordre: new Map([[piece.id, o.id]]) })
  }
}
