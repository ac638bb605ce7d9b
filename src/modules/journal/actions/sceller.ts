import { listOrganismes } from '#modules/organismes/index.ts'
import { alsoInOrganisme, type Base, inPlateforme } from '#socle/db/base.ts'
import { type Bordereau, findDernierBordereau, insertBordereau } from '../db/bordereaux.ts'
import { findTete } from '../db/ecritures.ts'
import { type LigneBordereau, lignesOf, texteBordereau } from '../domain/bordereau.ts'
import { sha256 } from '../domain/controle.ts'
import { horodater } from '../exchange/horodatage.ts'

const AUCUN = '00000000-0000-7000-8000-000000000000'

/**
 * Seals the heads that moved since the last time, all in one text and one timestamp. Nothing moved: nothing is asked.
 * Two processes at once make the same rank; the second is refused by the key, and tries again another day.
 */
export async function scellerJournaux(base: Base, autorite: string): Promise<Bordereau | undefined> {
  const { dernier, lignes } = await inPlateforme(base, async (tx) => {
    const rows: LigneBordereau[] = []
    for (const { id } of await listOrganismes(tx)) {
      const tete = await alsoInOrganisme(tx, { dans: id, retour: AUCUN }, findTete)
      if (tete) rows.push({ organismeId: id, ...tete })
    }
    return { dernier: await findDernierBordereau(tx), lignes: rows }
  })
  const connues = new Map(lignesOf(dernier?.texte ?? '').map((l) => [l.organismeId, l.numero]))
  if (lignes.every((l) => connues.get(l.organismeId) === l.numero)) return undefined
  const rang = (dernier?.rang ?? 0) + 1
  const texte = texteBordereau(rang, dernier?.empreinte, lignes)
  const { jeton, dateLe } = await horodater(autorite, Buffer.from(texte))
  const bordereau = {
    rang,
    texte,
    empreinte: sha256(texte),
    autorite,
    jeton: jeton.toString('base64'),
    date_le: dateLe,
  }
  await inPlateforme(base, (tx) => insertBordereau(tx, bordereau))
  return bordereau
}
