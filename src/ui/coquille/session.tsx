import { createContext, type ReactNode, useContext } from 'react'

/** A body where the person may act; the same shape as the reply of the access module. */
export type OrganismeSession = {
  id: string
  nom: string
  /** « Commune », « CCAS »…: as people say it. */
  type: string
  siren: string
  /** Labels of the roles held there. */
  roles: readonly string[]
  droits: readonly string[]
  /** An agency person inside a member's data never comes by a membership: the shell tells it all the time. */
  via: 'appartenance' | 'portefeuille' | 'supervision' | 'soutien'
  /** Why she is there and until when, once the server tells it. */
  motif?: string | undefined
  fin?: string | undefined
}

export type Session = {
  compteId: string
  identifiant: string
  personne: { id: string; nom: string; prenom: string }
  organismes: readonly OrganismeSession[]
  secondFacteur: { etat: 'fait' | 'aDonner' | 'aInscrire' | 'facultatif' }
  /** Minutes without an act of the person before the server locks the session. */
  verrouMinutes: number
}

/** What a screen, an entry of the rail or a provider may look at to decide whether it is there. */
export type Vue = { session: Session; organisme: OrganismeSession | undefined }

type Contexte = Vue & { quitter: () => Promise<void> }
const ContexteSession = createContext<Contexte | undefined>(undefined)

export function ProviderSession({ children, ...valeur }: Contexte & { children: ReactNode }) {
  return <ContexteSession value={valeur}>{children}</ContexteSession>
}

/** The person, the current body (from the address) and `quitter` to sign out. */
export function useSession(): Contexte {
  const c = useContext(ContexteSession)
  if (!c) throw new Error('useSession outside of the shell')
  return c
}

/** The current body; a page of a body always has one. */
export function useOrganisme(): OrganismeSession {
  const { organisme } = useSession()
  if (!organisme) throw new Error('useOrganisme on a page without a body')
  return organisme
}

/** « Commune de Mées » needs no « commune » after it. */
export const ditSonType = (o: OrganismeSession): boolean => o.nom.toLowerCase().startsWith(o.type.toLowerCase())

/** Whether the server would let this person do it in the current body: to show or hide an entry, never to decide. */
export const hasDroit = (vue: Vue, ...droits: string[]): boolean =>
  vue.organisme?.droits.some((d) => droits.includes(d)) ?? false
