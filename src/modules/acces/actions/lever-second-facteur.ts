import { inscrireAgence } from '#modules/journal/index.ts'
import type { Courrier } from '#socle/courriel/courriel.ts'
import { type Base, inPlateforme } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import { findCompte } from '../db/comptes.ts'
import { writeAuTitulaire } from '../titulaire/ecrire.ts'

/**
 * For who has lost the phone, the key and the recovery codes, and whom somebody has recognised: her factors go, her
 * sessions close, and the next sign-in enrols a new one.
 */
export async function liftSecondFacteur(
  base: Base,
  courrier: Courrier,
  identifiant: string,
): Promise<{ retires: number }> {
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
    // whoever did not ask for it must learn it
    await writeAuTitulaire(tx, courrier, compte.personneId, {
      objet: 'Vos moyens de vérification Bosquet sont retirés',
      texte: `L’agence a retiré vos moyens de vérification, à votre demande, et fermé vos sessions. À la prochaine connexion vous en inscrirez un nouveau :\n${courrier.lien('/connexion')}\n\nSi vous ne l’avez pas demandé, prévenez tout de suite le support de l’agence.`,
      motif: 'acces.secondFacteur',
    })
    await inscrireAgence(
      tx,
      { personneId: null, nom: 'Commande « acces lever-second-facteur »' },
      { acte: 'secondFacteur.lever', objet: { type: 'personne', id: compte.personneId } },
    )
    return { retires: Number(numDeletedRows) }
  })
}
