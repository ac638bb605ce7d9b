import { randomBytes } from 'node:crypto'
import './tables.ts'
import type { Courrier } from '#socle/courriel/courriel.ts'
import { inPlateforme, type Tx } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import { empreinteOf } from '../db/comptes.ts'
import type { ServicesAcces } from '../services.ts'

const VALIDITE_MS = 3 * 24 * 3600_000

/** A link to an address that somebody gave: it counts once she has opened it. */
export async function sendConfirmation(tx: Tx, courrier: Courrier, compteId: string, courriel: string): Promise<void> {
  const jeton = randomBytes(32).toString('base64url')
  await tx
    .deleteFrom('app.acces_confirmation')
    .where('compte_id', '=', compteId)
    .where('utilise_le', 'is', null)
    .execute()
  await tx
    .insertInto('app.acces_confirmation')
    .values({
      empreinte: empreinteOf(jeton),
      compte_id: compteId,
      courriel,
      expire_le: new Date(Date.now() + VALIDITE_MS),
    })
    .execute()
  await courrier.sendPersonnel(tx, {
    a: courriel,
    objet: 'Confirmez votre adresse pour Bosquet',
    texte: `Cette adresse a été donnée pour ouvrir et retrouver un compte Bosquet.\n\nSi c’est vous, ouvrez ce lien dans les trois jours :\n${courrier.lien(`/connexion/adresse#${jeton}`)}\n\nSinon, ne faites rien : elle ne servira pas.`,
    motif: 'acces.adresse',
  })
}

export const readAdresse = (tx: Tx, compteId: string) =>
  tx
    .selectFrom('app.acces_compte as c')
    .leftJoin('app.acces_confirmation as a', (on) =>
      on.onRef('a.compte_id', '=', 'c.id').on('a.utilise_le', 'is', null).on('a.expire_le', '>', new Date()),
    )
    .select(['c.identifiant', 'c.identifiant_verifie', 'c.courriel_personnel', 'a.courriel as attente'])
    .where('c.id', '=', compteId)
    .executeTakeFirstOrThrow()

/** The reply is the same when the address is that of somebody else: the letter then tells its owner. */
export async function changeAdresse(s: ServicesAcces, compteId: string, courriel: string | null): Promise<boolean> {
  return inPlateforme(s.base, async (tx) => {
    if (courriel === null) {
      await tx
        .updateTable('app.acces_compte')
        .set({ courriel_personnel: null, courriel_verifie_le: null })
        .where('id', '=', compteId)
        .execute()
      return false
    }
    await sendConfirmation(tx, s.courrier, compteId, courriel.toLowerCase())
    return true
  })
}

export async function confirmAdresse(s: ServicesAcces, jeton: string): Promise<string> {
  return inPlateforme(s.base, async (tx) => {
    const lien = await tx
      .updateTable('app.acces_confirmation')
      .set({ utilise_le: new Date() })
      .where('empreinte', '=', empreinteOf(jeton))
      .where('utilise_le', 'is', null)
      .where('expire_le', '>', new Date())
      .returning(['compte_id', 'courriel'])
      .executeTakeFirst()
    if (!lien)
      throw new Refus('adresse.perimee', 'Ce lien a déjà servi, ou a plus de trois jours. Demandez-en un autre.', {
        status: 400,
      })
    const { identifiant } = await tx
      .selectFrom('app.acces_compte')
      .select('identifiant')
      .where('id', '=', lien.compte_id)
      .executeTakeFirstOrThrow()
    const autre = await tx
      .selectFrom('app.acces_compte')
      .select('id')
      .where('id', '<>', lien.compte_id)
      .where((eb) => eb.or([eb('identifiant', '=', lien.courriel), eb('courriel_personnel', '=', lien.courriel)]))
      .executeTakeFirst()
    if (autre) throw new Refus('adresse.prise', 'Cette adresse est déjà celle d’un autre compte.')
    await tx
      .updateTable('app.acces_compte')
      .set(
        lien.courriel === identifiant
          ? { identifiant_verifie: true }
          : { courriel_personnel: lien.courriel, courriel_verifie_le: new Date() },
      )
      .where('id', '=', lien.compte_id)
      .execute()
    return lien.courriel
  })
}
