import {
  type Cle,
  empreinteOf,
  organisme,
  type Proprietaire,
  personne,
  type Scelle,
  sceller,
} from '../domain/scellement.ts'
import type { Depot } from './depot.ts'

declare const durable: unique symbol
/** What `storePapiers` has made durable: only its row is missing. */
export type PapierDurable = {
  readonly [durable]: true
  readonly empreinte: string
  readonly taille: number
  readonly proprietaires: readonly [Proprietaire, Proprietaire]
}

/** One paper sealed twice: the employer's double under the key of the body, the holder's copy under her own. */
export type PapierScelle = { readonly double: Scelle; readonly copie: Scelle }

/** Pure and without a database: made to run in the worker process that has just made the PDF. */
export function scellerDouble(
  octets: Uint8Array,
  pour: { organismeId: string; cleOrganisme: Cle; personneId: string; clePersonne: Cle },
): PapierScelle {
  const empreinte = empreinteOf(octets)
  return {
    double: sceller(octets, pour.cleOrganisme, organisme(pour.organismeId), empreinte),
    copie: sceller(octets, pour.clePersonne, personne(pour.personneId), empreinte),
  }
}

/**
 * Writes sealed papers to the disk outside of any transaction, so that the database serves others meanwhile, and the
 * next batch of PDFs is made. `deposerAuCoffre` then only has rows to insert. Do it for papers that have no receipt yet.
 */
export async function storePapiers(
  depot: Pick<Depot, 'writeScelles'>,
  papiers: readonly PapierScelle[],
): Promise<PapierDurable[]> {
  for (const { double, copie } of papiers)
    if (double.empreinte !== copie.empreinte) throw new Error('the double and the copy are two different papers')
  await depot.writeScelles(papiers.flatMap((p) => [p.double, p.copie]))
  return papiers.map(
    ({ double, copie }) =>
      ({
        empreinte: double.empreinte,
        taille: double.taille,
        proprietaires: [double.proprietaire, copie.proprietaire],
      }) as unknown as PapierDurable,
  )
}
