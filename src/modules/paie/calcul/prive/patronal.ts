import { add, type Centimes, inEuros, negate, ZERO } from '#socle/argent.ts'
import type { Ligne } from '../bulletin.ts'
import type { Contexte, LigneTravail, Trace } from '../moteur/contexte.ts'

/** An exemption or a reduction of the employer: a negative contribution. Negative `montant`: it is taken back. */
export function reduirePatronal(
  c: Contexte,
  ligne: Pick<Ligne, 'code' | 'libelle' | 'base' | 'tauxPatronal' | 'nombre'>,
  montant: Centimes,
  trace: () => Trace,
): void {
  if (montant === ZERO) return
  if (c.seulement && !c.seulement.has(ligne.code)) return
  c.cotisationsEmployeur = add(c.cotisationsEmployeur, negate(montant))
  const l: LigneTravail = { ...ligne, groupe: 'exoneration', montantPatronal: inEuros(negate(montant)) }
  if (c.tracer) l.trace = trace()
  c.lignes.push(l)
}
