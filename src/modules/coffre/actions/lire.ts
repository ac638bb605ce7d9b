import { type Cle, type Depot, personne } from '#modules/documents/index.ts'
import { type Base, inPersonne, type Tx } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import type { Objet } from '../contract.ts'
import { noteActe, type Titulaire } from '../db/journal.ts'
import { getObjet, listObjets } from '../db/objets.ts'

type Constat = 'corrompu' | 'absent'

const refusIllisible = (titre: string) =>
  new Refus(
    'coffre.illisible',
    `« ${titre} » ne correspond plus à ce qui a été déposé : il n’est pas affiché, et l’anomalie est inscrite au journal du coffre. Votre employeur en garde un double ; le support peut rétablir votre exemplaire.`,
    { status: 500 },
  )

export async function cleOf(tx: Tx, depot: Depot, titulaire: Titulaire): Promise<Cle> {
  const moi = personne(titulaire.personneId)
  return (await depot.cles(tx, [moi])).get(moi)!
}

/** Opens one paper of the holder's safe: journalled, then read outside of the transaction and verified. */
export async function openObjet(
  base: Base,
  depot: Depot,
  titulaire: Titulaire,
  id: string,
  acte: 'lire' | 'telecharger',
): Promise<{ objet: Objet; octets: Uint8Array }> {
  const { objet, cle } = await inPersonne(base, titulaire.personneId, async (tx) => {
    const objet = await getObjet(tx, id)
    await noteActe(tx, titulaire, { acte, objetId: id })
    return { objet, cle: await cleOf(tx, depot, titulaire) }
  })
  const lecture = await depot.open(cle, personne(titulaire.personneId), objet.empreinte)
  if (lecture.etat === 'intact') return { objet, octets: lecture.octets }
  await noteConstats(base, titulaire, [{ objet, constat: lecture.etat }])
  throw refusIllisible(objet.titre)
}

export async function noteConstats(
  base: Base,
  titulaire: Titulaire,
  constats: readonly { objet: Objet; constat: Constat }[],
): Promise<void> {
  if (constats.length === 0) return
  await inPersonne(base, titulaire.personneId, (tx) =>
    noteActe(
      tx,
      titulaire,
      ...constats.map((c) => ({ acte: 'controler' as const, objetId: c.objet.id, constat: c.constat })),
    ),
  )
}

/** Each paper of a safe against its hash; what is not as deposited is written in the journal of the holder. */
export async function controlObjets(
  base: Base,
  depot: Depot,
  titulaire: Titulaire,
  avant?: (tx: Tx, n: number) => Promise<void>,
) {
  const { objets, cle } = await inPersonne(base, titulaire.personneId, async (tx) => {
    const objets = await listObjets(tx)
    await avant?.(tx, objets.length)
    return { objets, cle: await cleOf(tx, depot, titulaire) }
  })
  const constats: { objet: Objet; constat: Constat }[] = []
  for (const objet of objets) {
    const { etat } = await depot.open(cle, personne(titulaire.personneId), objet.empreinte)
    if (etat !== 'intact') constats.push({ objet, constat: etat })
  }
  await noteConstats(base, titulaire, constats)
  return { objets, constats }
}

/** The holder controls her own safe, and the journal says so. */
export async function controlCoffre(base: Base, depot: Depot, titulaire: Titulaire) {
  const { objets, constats } = await controlObjets(base, depot, titulaire, (tx, nombre) =>
    noteActe(tx, titulaire, { acte: 'controler', nombre }),
  )
  return {
    controles: objets.length,
    anomalies: constats.map(({ objet, constat }) => ({ id: objet.id, titre: objet.titre, constat })),
  }
}
