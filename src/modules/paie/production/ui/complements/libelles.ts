import type { NomEtat } from '#ui'
import type { Complement } from '../../complements/contract.ts'

export const ETATS_COMPLEMENT: Record<Complement['etat'], NomEtat> = {
  prepare: 'aFaire',
  aApprouver: 'enAttente',
  renvoye: 'attention',
  approuve: 'fait',
  diffuse: 'fait',
  abandonne: 'enAttente',
}
