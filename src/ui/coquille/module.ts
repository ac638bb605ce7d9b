import type { Icon } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { NomEtat } from '../theme/jetons.ts'
import type { Vue } from './session.tsx'

export const GROUPES = [
  'Aujourd’hui',
  'Agents et paie',
  'Finances',
  'Population',
  'Social',
  'Culture',
  'Agence',
  'Réglages',
] as const
export type Groupe = (typeof GROUPES)[number]

export type EntreeRail = {
  groupe: Groupe
  libelle: string
  icone: Icon
  /** Path of one of the module's pages, as in `PageModule`, without parameters: `/paie/mois`. */
  chemin: string
  visible?: (vue: Vue) => boolean
  portee?: PageModule['portee']
}

export type PageModule = {
  /** TanStack Router path: `/paie/mois/$mois`. */
  chemin: string
  /** Best given by `lazy(() => import('./mois.tsx'))`: a trade is loaded when someone goes there. */
  composant: ComponentType
  /** `organisme` (default): the address starts with the body. `personne`: the holder is the person, as in the safe. */
  portee?: 'organisme' | 'personne'
  visible?: (vue: Vue) => boolean
}

export type ResultatPalette = {
  id: string
  libelle: string
  precision?: string
  icone?: Icon
  /** Where it leads (a path of a page), or what it does. */
  vers?: string
  executer?: () => void
}

export type FournisseurPalette = {
  nom: string
  visible?: (vue: Vue) => boolean
  /** Called as the person types, after a short pause; the signal tells when its answer is of no more use. */
  chercher: (texte: string, signal: AbortSignal) => ResultatPalette[] | Promise<ResultatPalette[]>
}

/** One act that waits for this person. */
export type Tache = {
  id: string
  libelle: string
  precision?: string
  /** Day before which it must be done. */
  echeance?: string
  etat?: NomEtat
  vers: string
}

export type FournisseurTaches = {
  nom: string
  visible?: (vue: Vue) => boolean
  chercher: (signal: AbortSignal) => Promise<Tache[]>
}

/** What a module brings to the screens; it is the default export of its `ui/index.tsx`. */
export type ModuleUi = {
  nom: string
  rail: readonly EntreeRail[]
  pages: readonly PageModule[]
  palette?: readonly FournisseurPalette[]
  taches?: readonly FournisseurTaches[]
}
