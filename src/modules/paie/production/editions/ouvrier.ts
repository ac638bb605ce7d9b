import type { Attestation } from './documents/attestation.ts'
import { renderAttestation } from './documents/attestation.ts'
import { renderEtat } from './documents/etat.ts'
import type { Contexte, Etat } from './domain/etat.ts'

/** Work of a thread: a long table takes seconds, and the pages answer meanwhile. */
export const imprimerEtat = ({ etat, ctx }: { etat: Etat; ctx: Contexte }): Uint8Array => renderEtat(etat, ctx)
export const imprimerAttestation = (a: Attestation): Uint8Array => renderAttestation(a)
