import { LIBELLES_NATURE, type NaturePiece } from '../../../contract.ts'

/** One letter for each usual kind: typed on a file, it says what the file is. */
export const TOUCHES: Readonly<Record<string, NaturePiece>> = {
  a: 'arrete',
  c: 'contrat',
  v: 'avenant',
  m: 'arretTravail',
  g: 'conge',
  r: 'rib',
  n: 'justificatifNir',
  s: 'sft',
  h: 'heures',
  p: 'etatPrimes',
  k: 'etatFrais',
  t: 'titreRestaurant',
  o: 'saisie',
  u: 'mutuelle',
  e: 'indemniteElu',
  d: 'deliberation',
  f: 'finContrat',
  x: 'autre',
}

type Agent = { carriereId: string; nom: string; prenom: string }
export type Geste =
  | { quoi: 'aller'; pas: 1 | -1 }
  | { quoi: 'nature'; nature: NaturePiece }
  /** Letters of a name being typed, and whom they name so far. */
  | { quoi: 'agent'; saisie: string; candidats: readonly Agent[] }
  | { quoi: 'tous' }
  | { quoi: 'fini' }

const plier = (t: string) => t.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Agents whose family name, then first name, begins with these letters. */
export const commencantPar = (saisie: string, agents: readonly Agent[]): Agent[] =>
  saisie === '' ? [] : agents.filter((a) => plier(`${a.nom} ${a.prenom}`).startsWith(plier(saisie)))

/**
 * What a key means on a file of the list. Arrows change file; a letter says its kind; the space bar begins a name, whose
 * letters follow until one agent is left; the star is the whole body.
 */
export function lireTouche(touche: string, saisie: string | undefined, agents: readonly Agent[]): Geste | undefined {
  if (touche === 'ArrowDown') return { quoi: 'aller', pas: 1 }
  if (touche === 'ArrowUp') return { quoi: 'aller', pas: -1 }
  if (saisie === undefined) {
    if (touche === ' ') return { quoi: 'agent', saisie: '', candidats: [] }
    if (touche === '*') return { quoi: 'tous' }
    const nature = TOUCHES[touche.toLowerCase()]
    return nature && { quoi: 'nature', nature }
  }
  if (touche === 'Escape' || touche === 'Enter') return { quoi: 'fini' }
  const suite = touche === 'Backspace' ? saisie.slice(0, -1) : touche.length === 1 ? saisie + touche : undefined
  return suite === undefined ? undefined : { quoi: 'agent', saisie: suite, candidats: commencantPar(suite, agents) }
}

/** The keys, as the help shows them. */
export const AIDE_TOUCHES = Object.entries(TOUCHES).map(([touche, n]) => ({
  touche: touche.toUpperCase(),
  libelle: LIBELLES_NATURE[n],
}))
