import { inscrireAgence } from '#modules/journal/index.ts'
import { type Base, inPlateforme } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import { findCompte } from '../db/comptes.ts'

/**
 * For who has lost the phone, the key and the recovery codes, and whom somebody has recognised: her factors go, her
 * sessions close, and the next sign-in enrols a new one.
 */
export async function liftSecondFacteur(base: Base, identifiant: string): Promise<{ retires: number }> {
  return inPlateforme(base, async (tx) => {
    const compte = await findCompte(tx, identifiant.toLowerCase())
    if (!compte) throw new Refus('compte.inconnu', `Aucun compte actif « ${identifiant} ».`)
    const { numDeletedRows } = await tx
      .deleteFrom('app.acces_facteur')
      .where('compte_id', '=', compte.id)
      .executeTakeFirstOrThrow()
    await tx.deleteFrom('app.acces_code_secours').where('compte_id', '=', compte.id).execute()
    await tx
      .updateTable('app.acces_session')
      .set({ revoquee_le: new Date() })
      .where('compte_id', '=', compte.id)
      .where('revoquee_le', 'is', null)
      .execute()
    await inscrireAgence(
      tx,
      { personneId: null, nom: 'Commande « acces lever-second-facteur »' },
      { acte: 'secondFacteur.lever', objet: { type: 'personne', id: compte.personneId } },
    )
    return { retires: Number(numDeletedRows) }
  })
}
