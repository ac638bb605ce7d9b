import { Refus } from './refus.ts'

/** What opened the door: a role of the body, a portfolio, the supervision, a support grant, a program's token. */
export type Voie = 'appartenance' | 'portefeuille' | 'supervision' | 'soutien' | 'jeton'

/** Who acts, in which body, and what he may do there. Built once per request by the access module. */
export type Acteur = {
  readonly compteId: string
  readonly personneId: string
  readonly nom: string
  readonly organismeId: string
  readonly droits: ReadonlySet<string>
  /** An agency person inside a member's data came by his portfolio or by a grant, never by a membership. */
  readonly via: Voie
}

export const hasDroit = (acteur: Pick<Acteur, 'droits'>, droit: string) => acteur.droits.has(droit)

/** The only place where a right is refused. */
export function requireDroit(acteur: Pick<Acteur, 'droits'>, droit: string): void {
  if (!hasDroit(acteur, droit))
    throw new Refus('droit.absent', 'Votre rôle dans cet organisme ne permet pas cette action.', { status: 403 })
}
