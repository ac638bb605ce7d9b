import { canonique, type Json } from './canonique.ts'

/** Who did it. A work of the machine has no person, and a name that says what it is. */
export type Auteur = {
  readonly personneId: string | null
  readonly nom: string
  /** An officer of the agency inside a member's data: by what he came in. */
  readonly via?: string
}

/** What happened, in one body. Never a secret, never the content of a document, never a diagnosis. */
export type Fait = {
  /** `noun.verb`, as the right or the route is named: `dossier.approuver`. */
  readonly acte: string
  /** The thing, and the words that a person knows it by. */
  readonly objet?: { readonly type: string; readonly id: string; readonly libelle?: string }
  readonly detail?: { readonly [cle: string]: Json | undefined }
  /** The entry is the trace of data that the law protects more. */
  readonly sensible?: 'paie' | 'sante'
}

export function evenementOf(organismeId: string, qui: Auteur, fait: Fait, le: Date): string {
  return canonique({
    v: 1,
    le: le.toISOString(),
    organisme: organismeId,
    qui: { personne: qui.personneId, nom: qui.nom, via: qui.via === 'appartenance' ? undefined : qui.via },
    acte: fait.acte,
    objet: fait.objet,
    detail: fait.detail,
    sensible: fait.sensible,
  })
}

/** What the first entry of a chain follows. */
export const ORIGINE = '0'.repeat(64)

/** What is hashed: the fingerprint before, a line feed, the event. `printf '%s\n%s'` makes the same bytes. */
export const maillonOf = (precedente: string, evenement: string): string => `${precedente}\n${evenement}`
