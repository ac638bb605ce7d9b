import { type Cle, empreinteOf, organisme, personne, type Scelle, sceller } from '#modules/documents/index.ts'

/** One paper sealed twice: the employer's double under the key of the body, the holder's copy under her own. */
export type PapierScelle = { readonly double: Scelle; readonly copie: Scelle }

/** Pure and without a database: made to run in the worker thread that has just made the PDF. */
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
